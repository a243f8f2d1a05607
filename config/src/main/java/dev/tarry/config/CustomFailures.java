package dev.tarry.config;

import java.util.List;

/// What the error policies DowngradeCustomFailures and UpgradeCustomFailures of send connectors mean (reference §5.4).
///
/// @param downgraded permanent errors that are temporary by the first
/// @param upgraded   temporary errors that are permanent by the second
public record CustomFailures(List<ReplyPattern> downgraded, List<ReplyPattern> upgraded) {
    private static final Setting<List<ReplyPattern>> DOWNGRADED = Setting.of(
            "customFailures.downgraded",
            Kinds.list(ReplyPattern.KIND),
            String.join(
                    ",",
                    "504 5.7.4 Unrecognized authentication type",
                    "530 5.7.0 Must issue a STARTTLS command first",
                    "530 5.7.1 Client was not authenticated",
                    "530 5.7.1 Not authenticated",
                    "535 5.7.3 Authentication unsuccessful",
                    "550 5.2.2 Submission quota exceeded",
                    "550 5.3.5 System incorrectly configured",
                    "550 5.4.1",
                    "550 5.7.1",
                    "550 5.7.7 Access Denied*bad EHLO",
                    "554 5.4.4 Unable to route",
                    "554 5.4.4 Unable to route due to invalid recipient address",
                    "554 5.6.0 Invalid message content",
                    "554 5.7.3 Unable to initialize security subsystem"),
            "The permanent errors that are temporary for connectors with DowngradeCustomFailures.");
    private static final Setting<List<ReplyPattern>> UPGRADED = Setting.of(
            "customFailures.upgraded",
            Kinds.list(ReplyPattern.KIND),
            "421 4.7.1*All messages from*will be permanently deferred",
            "The temporary errors that are permanent for connectors with UpgradeCustomFailures.");

    static final List<Setting<?>> ROWS = List.of(DOWNGRADED, UPGRADED);

    /// Copied.
    public CustomFailures {
        downgraded = List.copyOf(downgraded);
        upgraded = List.copyOf(upgraded);
    }

    static CustomFailures from(Values values) {
        return new CustomFailures(values.of(DOWNGRADED), values.of(UPGRADED));
    }

    /// @param reply in one line
    public boolean downgrades(String reply) {
        return downgraded.stream().anyMatch(pattern -> pattern.matches(reply));
    }

    /// @param reply in one line
    public boolean upgrades(String reply) {
        return upgraded.stream().anyMatch(pattern -> pattern.matches(reply));
    }
}
