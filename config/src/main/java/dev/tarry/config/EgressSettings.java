package dev.tarry.config;

import java.net.InetSocketAddress;
import java.util.List;

/// What may be dialled outside the lab. Nothing, unless it is named here (design §3.10).
///
/// @param allow the rules; one that fits is enough
public record EgressSettings(List<EgressRule> allow) {
    private static final Setting<List<EgressRule>> ALLOW = Setting.of(
            "egress.allow",
            Kinds.list(Kinds.EGRESS_RULE),
            "",
            "The addresses of the network that may be dialled, DNS servers as well as mail hosts; in the lab they are doors"
                    + " out of it.");

    static final List<Setting<?>> ROWS = List.of(ALLOW);

    /// The list is copied.
    public EgressSettings {
        allow = List.copyOf(allow);
    }

    /// Whether an address may be dialled.
    public boolean allows(InetSocketAddress address) {
        return allow.stream().anyMatch(rule -> rule.allows(address));
    }

    static EgressSettings from(Values values) {
        return new EgressSettings(values.of(ALLOW));
    }
}
