package dev.tarry.config;

import java.util.List;

/// When a message is poison (reference §9.3).
///
/// @param detectionEnabled whether any message ever is
/// @param threshold        after so many times that its processing threw, or took the process down
public record PoisonSettings(boolean detectionEnabled, int threshold) {
    private static final Setting<Boolean> DETECTION = Setting.of(
                    "poison.detectionEnabled",
                    Kinds.SWITCH,
                    "true",
                    "Whether a message that again and again makes its processing fail is moved to the Poison queue.")
            .exchange("PoisonMessageDetectionEnabled");
    private static final Setting<Integer> THRESHOLD = Setting.of(
                    "poison.threshold",
                    Kinds.COUNT,
                    "2",
                    "How many times a message's processing may fail unexpectedly, or end the process, before it is"
                            + " moved to the Poison queue.")
            .between("1", "10")
            .exchange("PoisonThreshold");

    static final List<Setting<?>> ROWS = List.of(DETECTION, THRESHOLD);

    static PoisonSettings from(Values values) {
        return new PoisonSettings(values.of(DETECTION), values.of(THRESHOLD));
    }
}
