package dev.tarry.receive;

import dev.tarry.mail.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Recipient domains that lead nowhere, where a connector refuses them (reference §6.2; RFC 2606).
final class ReservedDomains {
    /// RFC 2606 §2
    private static final Set<String> TOP_LEVEL = Set.of("test", "example", "invalid", "localhost");
    /// RFC 2606 §3
    private static final List<String> SECOND_LEVEL = List.of("example.com", "example.net", "example.org");

    private ReservedDomains() {}

    /// @param recipientDomain a domain in any case, or an address literal, which is none of them
    static Optional<Reply> objection(IntakeRules rules, String recipientDomain) {
        if (recipientDomain.startsWith("[")) {
            return Optional.empty();
        }
        String domain = recipientDomain.toLowerCase(Locale.ROOT);
        int dot = domain.lastIndexOf('.');
        if (rules.singleLabel() && dot < 0) {
            return Optional.of(Replies.SINGLE_LABEL);
        }
        if (rules.reservedTopLevel() && TOP_LEVEL.contains(domain.substring(dot + 1))) {
            return Optional.of(Replies.RESERVED_TOP_LEVEL);
        }
        if (rules.reservedSecondLevel()
                && SECOND_LEVEL.stream().anyMatch(one -> domain.equals(one) || domain.endsWith("." + one))) {
            return Optional.of(Replies.RESERVED_SECOND_LEVEL);
        }
        return Optional.empty();
    }
}
