package dev.tarry.config;

import java.time.Duration;
import java.util.List;

/// When resources are too short for more mail (reference §9.1).
///
/// @param diskReserveBytes below so much free space on the store's disk mail is refused; never more than a tenth of the
/// disk; 0: nobody looks
/// @param meteringInterval how often it is looked at, in real time
public record ResourceSettings(long diskReserveBytes, Duration meteringInterval) {
    private static final Setting<Long> DISK_RESERVE = Setting.of(
                    "resources.diskReserve",
                    Kinds.SIZE,
                    "500MB",
                    "Below so much free space on the store's disk, or a tenth of the disk if that is less, new mail is"
                            + " refused with 452 4.3.1; 0: nobody looks.")
            .between("0", "1024GB");
    private static final Setting<Duration> METERING = Setting.of(
                    "resources.meteringInterval",
                    Kinds.SPAN,
                    "00:00:02",
                    "How often the free space is looked at, in real time.")
            .between("00:00:01", "01:00:00")
            .exchange("ResourceMeteringInterval");

    static final List<Setting<?>> ROWS = List.of(DISK_RESERVE, METERING);

    static ResourceSettings from(Values values) {
        return new ResourceSettings(values.of(DISK_RESERVE), values.of(METERING));
    }
}
