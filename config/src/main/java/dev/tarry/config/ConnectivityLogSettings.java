package dev.tarry.config;

import java.util.List;

/// The connectivity log: each attempt to reach a next hop (reference §8.1, §8.6).
///
/// @param enabled whether it is written
public record ConnectivityLogSettings(boolean enabled, LogFileSettings files) {
    private static final Setting<Boolean> ENABLED = Setting.of(
                    "connectivityLog.enabled", Kinds.SWITCH, "true", "Whether the connectivity log is written.")
            .exchange("ConnectivityLogEnabled");
    private static final LogFileSettings.Rows FILES = LogFileSettings.Rows.of(
            "connectivityLog", "ConnectivityLog", "connectivity log", "logs/Hub/Connectivity", "30.00:00:00", "1000MB");

    static final List<Setting<?>> ROWS = FILES.behind(ENABLED);

    static ConnectivityLogSettings from(Values values) {
        return new ConnectivityLogSettings(values.of(ENABLED), FILES.from(values));
    }
}
