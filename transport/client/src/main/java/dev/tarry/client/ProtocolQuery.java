package dev.tarry.client;

import java.time.Instant;
import java.util.Optional;

/// Which lines of a protocol log to find; every part that is present narrows the search.
///
/// @param connector the connector-id: `Internet`, `MAIL\\Default Frontend MAIL`; case does not count
/// @param session   the session-id; case does not count
/// @param remote    the other end, an address or `address:port`
/// @param text      stands in what was said; case does not count
/// @param start     the first moment, included
/// @param end       the last moment, excluded
/// @param limit     so many of the newest
public record ProtocolQuery(
        Optional<String> connector,
        Optional<String> session,
        Optional<String> remote,
        Optional<String> text,
        Optional<Instant> start,
        Optional<Instant> end,
        ResultLimit limit) {
    public static ProtocolQuery everything() {
        return new ProtocolQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ResultLimit.serverDefault());
    }

    /// The same for one session alone: its transcript.
    public ProtocolQuery ofSession(String one) {
        return new ProtocolQuery(connector, Optional.of(one), remote, text, start, end, limit);
    }

    /// The same for lines that hold this.
    public ProtocolQuery holding(String part) {
        return new ProtocolQuery(connector, session, remote, Optional.of(part), start, end, limit);
    }
}
