package dev.tarry.lab.net;

import java.util.Objects;
import java.util.Optional;

/// One rule, as `New-NetFirewallRule` makes it.
///
/// @param name its id, unique, blind to case
/// @param displayName what people call it; need not be unique
/// @param direction outbound rules hold for what the server dials, inbound ones for who dials its receive
///     connectors
/// @param protocol empty: any
/// @param localPort which ports of the server. What it dials with is any port, so an outbound rule that names
///     some matches nothing
/// @param remotePort which ports of the far end
/// @param remoteAddress which addresses of the far end
/// @param profile kept and shown, without effect
/// @param description for people, as `profile`; may be empty
/// @param group likewise
public record FirewallRule(
        String name,
        String displayName,
        Direction direction,
        Optional<Protocol> protocol,
        PortSet localPort,
        PortSet remotePort,
        AddressSet remoteAddress,
        Action action,
        boolean enabled,
        String profile,
        String description,
        String group) {
    static final int TEXT_MAX = 1_000;

    public enum Direction {
        INBOUND,
        OUTBOUND
    }

    /// Windows knows the first two; the third is the lab's own.
    public enum Action {
        ALLOW,
        /// Dropped in silence.
        BLOCK,
        /// Answered with a TCP reset, or port unreachable for UDP.
        REJECT
    }

    public FirewallRule {
        readable("Name", name);
        readable("DisplayName", displayName);
        readable("Profile", profile);
        optional("Description", description);
        optional("Group", group);
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(localPort, "localPort");
        Objects.requireNonNull(remotePort, "remotePort");
        Objects.requireNonNull(remoteAddress, "remoteAddress");
        Objects.requireNonNull(action, "action");
    }

    public FirewallRule withEnabled(boolean on) {
        return new FirewallRule(
                name,
                displayName,
                direction,
                protocol,
                localPort,
                remotePort,
                remoteAddress,
                action,
                on,
                profile,
                description,
                group);
    }

    private static void optional(String field, String text) {
        Objects.requireNonNull(text, field);
        if (!text.isEmpty()) {
            readable(field, text);
        }
    }

    private static void readable(String field, String text) {
        Objects.requireNonNull(text, field);
        if (text.isBlank() || text.length() > TEXT_MAX || text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new BadRule(field, "is empty, too long or holds control characters", "one line of text is needed");
        }
    }
}
