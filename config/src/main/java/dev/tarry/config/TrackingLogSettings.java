package dev.tarry.config;

import java.util.List;

/// The message tracking log (reference §8.1).
///
/// @param enabled         whether it is written
/// @param subjectLogging  whether subjects are written
/// @param deferPerAttempt whether each failed attempt is a DEFER line, not just the first of a Retry episode and each
///                        change of the error
public record TrackingLogSettings(
        boolean enabled, LogFileSettings files, boolean subjectLogging, boolean deferPerAttempt) {

    private static final Setting<Boolean> ENABLED = Setting.of(
                    "trackingLog.enabled", Kinds.SWITCH, "true", "Whether the message tracking log is written.")
            .exchange("MessageTrackingLogEnabled");
    private static final LogFileSettings.Rows FILES = LogFileSettings.Rows.of(
            "trackingLog",
            "MessageTrackingLog",
            "message tracking log",
            "logs/MessageTracking",
            "30.00:00:00",
            "1000MB");
    private static final Setting<Boolean> SUBJECTS = Setting.of(
                    "trackingLog.subjectLoggingEnabled",
                    Kinds.SWITCH,
                    "true",
                    "Whether the message tracking log shows subjects.")
            .exchange("MessageTrackingLogSubjectLoggingEnabled");
    private static final Setting<Boolean> PER_ATTEMPT = Setting.of(
            "trackingLog.deferPerAttempt",
            Kinds.SWITCH,
            "false",
            "Whether every failed attempt writes a DEFER line, not just the first and those with another error.");

    static final List<Setting<?>> ROWS = FILES.behind(ENABLED, SUBJECTS, PER_ATTEMPT);

    static TrackingLogSettings from(Values values) {
        return new TrackingLogSettings(
                values.of(ENABLED), FILES.from(values), values.of(SUBJECTS), values.of(PER_ATTEMPT));
    }
}
