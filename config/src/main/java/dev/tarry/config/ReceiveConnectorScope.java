package dev.tarry.config;

import static dev.tarry.config.Kinds.SWITCH;

import java.net.InetAddress;
import java.util.List;

/// Whom a receive connector is for (reference §6.1).
///
/// @param enabled        whether it takes connections at all
/// @param remoteIpRanges its clients; of several connectors at one address the one whose range says most of a
/// client takes it
public record ReceiveConnectorScope(boolean enabled, List<AddressRange> remoteIpRanges) {
    private static final Setting<Boolean> ENABLED = Setting.of(
                    "enabled", SWITCH, "true", "Whether the connector takes connections.")
            .exchange("Enabled");
    private static final Setting<List<AddressRange>> RANGES = Setting.of(
                    "remoteIPRanges",
                    Kinds.list(Kinds.ADDRESS_RANGE),
                    "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,0.0.0.0-255.255.255.255",
                    "The clients that the connector is for; of connectors that share a binding, the one with the smallest"
                            + " range around a client takes it.")
            .exchange("RemoteIPRanges")
            .holds(Effect.NEW_SESSIONS);

    static final List<Setting<?>> ROWS = List.of(ENABLED, RANGES);

    /// The list is copied.
    public ReceiveConnectorScope {
        remoteIpRanges = List.copyOf(remoteIpRanges);
    }

    static ReceiveConnectorScope from(Values values) {
        return new ReceiveConnectorScope(values.of(ENABLED), values.of(RANGES));
    }

    /// Whether it is for a client.
    public boolean takes(InetAddress client) {
        return remoteIpRanges.stream().anyMatch(range -> range.contains(client));
    }
}
