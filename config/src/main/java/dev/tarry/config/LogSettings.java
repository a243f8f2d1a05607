package dev.tarry.config;

import java.util.List;

/// The server's own log, which goes to standard error.
///
/// @param format what a line looks like
/// @param level  how much it tells
public record LogSettings(LogFormat format, LogLevel level) {
    /// What holds until the settings are read.
    public static final LogSettings DEFAULTS = new LogSettings(LogFormat.TEXT, LogLevel.INFO);

    private static final Setting<LogFormat> FORMAT = Setting.of(
            "log.format",
            Kinds.choice("a format", LogFormat.class, LogFormat::word),
            "text",
            "What the server's own log (standard error) looks like: lines for people, or a JSON object a line.");
    private static final Setting<LogLevel> LEVEL = Setting.of(
            "log.level",
            Kinds.choice("a level", LogLevel.class, LogLevel::word),
            "info",
            "How much the server's own log tells.");

    static final List<Setting<?>> ROWS = List.of(FORMAT, LEVEL);

    static LogSettings from(Values values) {
        return new LogSettings(values.of(FORMAT), values.of(LEVEL));
    }
}
