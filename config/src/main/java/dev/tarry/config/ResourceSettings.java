package dev.tarry.config;

import java.time.Duration;
import java.util.List;

/// When resources are too short for more mail (reference §9.1).
///
/// @param diskReserveBytes below so much free space on the store's disk mail is refused; never more than a tenth of the
/// disk; 0: nobody looks
/// @param meteringInterval how often it is looked at, in real time
/// @param emergencyReserveBytes kept in a file on that disk, for when nothing else is left; never more than a sixteenth
/// of the disk; 0: none is
public record ResourceSettings(long diskReserveBytes, Duration meteringInterval, long emergencyReserveBytes) {
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

    private static final Setting<Long> EMERGENCY = Setting.of(
                    "resources.emergencyReserve",
                    Kinds.SIZE,
                    "16MB",
                    "So much of the store's disk, or a sixteenth of it if that is less, is kept in the file RESERVE"
                            + " beside the records, and given back when the disk is full, so that what is queued can"
                            + " still leave; 0: none is.")
            .between("0", "1GB");

    static final List<Setting<?>> ROWS = List.of(DISK_RESERVE, METERING, EMERGENCY);

    static ResourceSettings from(Values values) {
        return new ResourceSettings(values.of(DISK_RESERVE), values.of(METERING), values.of(EMERGENCY));
    }
}
