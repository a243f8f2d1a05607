package dev.tarry.config;

import java.time.Duration;
import java.util.List;

/// Priority queuing (reference §2.1, §9.6). Off, all that follows is ignored, and mail leaves in order of arrival.
///
/// @param queuingEnabled       whether High leaves before Normal before Low, each by the rows that follow
/// @param high                 of messages of High priority
/// @param normal               of all that say nothing else
/// @param low                  of messages of Low priority
/// @param maxHighMessageSize   bytes; a larger message of High priority counts as Normal
public record PrioritySettings(boolean queuingEnabled, Level high, Level normal, Level low, long maxHighMessageSize) {
    /// What holds for messages of one priority.
    ///
    /// @param expirationTimeout        lifetime from receipt, instead of MessageExpirationTimeout
    /// @param delayNotificationTimeout when the sender hears of the delay, instead of DelayNotificationTimeout
    /// @param connections              concurrent sessions a next hop that carry them
    public record Level(Duration expirationTimeout, Duration delayNotificationTimeout, int connections) {}

    private static final Setting<Boolean> ENABLED = Setting.of(
                    "priority.queuingEnabled",
                    Kinds.SWITCH,
                    "false",
                    "Whether mail of High priority leaves before Normal before Low, each with the shares and times below;"
                            + " without it they are ignored, and mail leaves in order of arrival.")
            .exchange("PriorityQueuingEnabled");
    private static final Setting<Duration> HIGH_EXPIRATION = expiration("high", "High", "08:00:00");
    private static final Setting<Duration> NORMAL_EXPIRATION = expiration("normal", "Normal", "2.00:00:00");
    private static final Setting<Duration> LOW_EXPIRATION = expiration("low", "Low", "2.00:00:00");
    private static final Setting<Duration> HIGH_DELAY = delay("high", "High", "00:30:00");
    private static final Setting<Duration> NORMAL_DELAY = delay("normal", "Normal", "04:00:00");
    private static final Setting<Duration> LOW_DELAY = delay("low", "Low", "08:00:00");
    private static final Setting<Integer> HIGH_CONNECTIONS = connections("High", "3");
    private static final Setting<Integer> NORMAL_CONNECTIONS = connections("Normal", "15");
    private static final Setting<Integer> LOW_CONNECTIONS = connections("Low", "2");
    private static final Setting<Long> MAX_HIGH_SIZE = Setting.of(
                    "priority.maxHighMessageSize",
                    Kinds.SIZE,
                    "250KB",
                    "How large a message of High priority may be; a larger one counts as Normal.")
            .between("0B", "2GB")
            .exchange("MaxHighPriorityMessageSize")
            .holds(Effect.NEW_MESSAGES);

    static final List<Setting<?>> ROWS = List.of(
            ENABLED,
            HIGH_EXPIRATION,
            NORMAL_EXPIRATION,
            LOW_EXPIRATION,
            HIGH_DELAY,
            NORMAL_DELAY,
            LOW_DELAY,
            HIGH_CONNECTIONS,
            NORMAL_CONNECTIONS,
            LOW_CONNECTIONS,
            MAX_HIGH_SIZE);

    private static Setting<Duration> expiration(String key, String name, String value) {
        return Setting.of(
                        "priority." + key + "ExpirationTimeout",
                        Kinds.SPAN,
                        value,
                        "How long after its receipt a message of " + name
                                + " priority is given up, instead of messageExpirationTimeout.")
                .between("00:00:05", "90.00:00:00")
                .exchange(name + "PriorityMessageExpirationTimeout")
                .holds(Effect.NEW_MESSAGES);
    }

    private static Setting<Duration> delay(String key, String name, String value) {
        return Setting.of(
                        "priority." + key + "DelayNotificationTimeout",
                        Kinds.SPAN,
                        value,
                        "How long after its receipt the sender of a message of " + name
                                + " priority that still waits is told, instead of delayNotificationTimeout.")
                .between("00:00:01", "30.00:00:00")
                .exchange(name + "PriorityDelayNotificationTimeout");
    }

    private static Setting<Integer> connections(String name, String value) {
        return Setting.of(
                        "priority.maxPerDomain" + name + "Connections",
                        Kinds.COUNT,
                        value,
                        "How many outbound connections to one next hop may carry mail of " + name + " priority.")
                .between("1", "10000")
                .exchange("MaxPerDomain" + name + "PriorityConnections");
    }

    static PrioritySettings from(Values values) {
        return new PrioritySettings(
                values.of(ENABLED),
                new Level(values.of(HIGH_EXPIRATION), values.of(HIGH_DELAY), values.of(HIGH_CONNECTIONS)),
                new Level(values.of(NORMAL_EXPIRATION), values.of(NORMAL_DELAY), values.of(NORMAL_CONNECTIONS)),
                new Level(values.of(LOW_EXPIRATION), values.of(LOW_DELAY), values.of(LOW_CONNECTIONS)),
                values.of(MAX_HIGH_SIZE));
    }

    /// Connections of all priorities together.
    int connections() {
        return high.connections() + normal.connections() + low.connections();
    }
}
