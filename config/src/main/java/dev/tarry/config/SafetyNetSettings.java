package dev.tarry.config;

import java.time.Duration;
import java.util.List;

/// What is kept of mail after its delivery (reference §9.5).
///
/// @param holdTime how long; zero: nothing is kept
/// @param relayed  whether mail that another server took is kept too, and not just what went into mailboxes here
public record SafetyNetSettings(Duration holdTime, boolean relayed) {
    private static final Setting<Duration> HOLD_TIME = Setting.of(
                    "safetyNet.holdTime",
                    Kinds.SPAN,
                    "2.00:00:00",
                    "How long a copy of delivered mail is kept for resubmit requests; 0: none is.")
            .between("00:00:00", "90.00:00:00")
            .exchange("SafetyNetHoldTime");
    private static final Setting<Boolean> RELAYED = Setting.of(
            "safetyNet.relayed",
            Kinds.SWITCH,
            "false",
            "Whether mail that another server took is kept as well; it takes the disk for as long.");

    static final List<Setting<?>> ROWS = List.of(HOLD_TIME, RELAYED);

    static SafetyNetSettings from(Values values) {
        return new SafetyNetSettings(values.of(HOLD_TIME), values.of(RELAYED));
    }
}
