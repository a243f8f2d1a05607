package dev.tarry.config;

import static dev.tarry.config.Kinds.SWITCH;

import java.util.List;

/// Who may use a send connector (reference §5.1).
///
/// @param scoped        whether only servers of its own site may
/// @param sourceServers the computer names of the servers that send by it; empty: this one
public record SendConnectorScope(boolean scoped, List<String> sourceServers) {
    private static final Setting<Boolean> SCOPED = Setting.of(
                    "isScopedConnector",
                    SWITCH,
                    "false",
                    "Whether only servers of the connector's own site use it; there is one site here.")
            .exchange("IsScopedConnector");
    private static final Setting<List<String>> SOURCES = Setting.of(
                    "sourceTransportServers",
                    Kinds.list(Kinds.SERVER),
                    "",
                    "The servers that send by the connector, by computer name or full name; without any, this one. A"
                            + " connector that names others only takes no mail here.")
            .exchange("SourceTransportServers");

    static final List<Setting<?>> ROWS = List.of(SCOPED, SOURCES);

    /// The list is copied.
    public SendConnectorScope {
        sourceServers = List.copyOf(sourceServers);
    }

    static SendConnectorScope from(Values values) {
        return new SendConnectorScope(values.of(SCOPED), values.of(SOURCES));
    }
}
