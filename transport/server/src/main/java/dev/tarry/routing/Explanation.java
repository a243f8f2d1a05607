package dev.tarry.routing;

import java.util.List;
import java.util.Optional;

/// Which way a recipient's mail would go, and why.
///
/// @param route      the way
/// @param accepted   the accepted domain that the recipient's domain belongs to, if any
/// @param connectors what became of each connector, in the order in which they were made; empty where none was asked,
/// because the mail stays here
public record Explanation(Route route, Optional<AcceptedDomain> accepted, List<Choice> connectors) {
    /// Copied.
    public Explanation {
        connectors = List.copyOf(connectors);
    }

    /// The connector that takes it, if one does.
    public Optional<Choice> chosen() {
        return connectors.stream()
                .filter(choice -> choice.verdict() == Choice.Verdict.CHOSEN)
                .findFirst();
    }
}
