package dev.tarry.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// When resources are too short for more mail (reference §9.1, §9.2).
///
/// @param diskReserveBytes below so much free space on the store's disk mail is refused; never more than a tenth of the
/// disk; 0: nobody looks
/// @param meteringInterval how often resources are looked at, in real time
/// @param emergencyReserveBytes kept in a file on that disk, for when nothing else is left; never more than a sixteenth
/// of the disk; 0: none is
/// @param privateBytes     of the heap that is in use after a collection, in per cent
/// @param versionBuckets   of the changes that wait for the store
/// @param submissionQueue  of the messages in the Submission queue
/// @param tarpit           how MAIL is slowed down
public record ResourceSettings(
        long diskReserveBytes,
        Duration meteringInterval,
        long emergencyReserveBytes,
        Marks privateBytes,
        Marks versionBuckets,
        Marks submissionQueue,
        Tarpit tarpit) {
    private static final Setting<Long> DISK_RESERVE = Setting.of(
                    "resources.diskReserve",
                    Kinds.SIZE,
                    "500MB",
                    "Below so much free space on the store's disk, or a tenth of the disk if that is less, new mail is"
                            + " refused with 452 4.3.1, and below twice as much MAIL is slowed down; 0: nobody looks.")
            .between("0", "1024GB");
    private static final Setting<Duration> METERING = Setting.of(
                    "resources.meteringInterval",
                    Kinds.SPAN,
                    "00:00:02",
                    "How often resources are looked at, in real time.")
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

    private static final MarkRows MEMORY = new MarkRows(
            "privateBytes",
            "PrivateBytes",
            "100",
            "in use of the heap after a collection, in per cent,",
            List.of("72", "75", "73", "71", "30"));
    private static final MarkRows VERSIONS = new MarkRows(
            "usedVersionBuckets",
            "UsedVersionBuckets",
            "1000000",
            "changes that wait for the store",
            List.of("999", "1500", "1000", "800", "10"));
    private static final MarkRows SUBMISSION = new MarkRows(
            "submissionQueue",
            "QueueLength[SubmissionQueue]",
            "100000000",
            "messages in the Submission queue",
            List.of("9999", "15000", "10000", "2000", "300"));

    private static final Setting<Duration> TARPIT_FIRST = span(
            "resources.tarpit", "00:00:10", "How long the answer to MAIL is held back when a resource is at medium.");
    private static final Setting<Duration> TARPIT_STEP = span(
            "resources.tarpitStep",
            "00:00:05",
            "So much longer it is held back each time that the resource is looked at and still at medium.");
    private static final Setting<Duration> TARPIT_MOST = span(
            "resources.tarpitMost", "00:00:55", "The longest that the answer to MAIL is held back; 0s: not at all.");

    static final List<Setting<?>> ROWS = rows();

    /// Where levels begin and end.
    ///
    /// @param lowToMedium  above it the pressure is medium
    /// @param mediumToHigh above it, high
    /// @param highToMedium at it or below, medium again
    /// @param mediumToLow  at it or below, low again
    /// @param historyDepth looks at medium in a row after which it counts as high; 0: it never does
    public record Marks(int lowToMedium, int mediumToHigh, int highToMedium, int mediumToLow, int historyDepth) {}

    /// How MAIL is slowed down at medium, on wire time.
    ///
    /// @param first at the first look
    /// @param step  more at each further one
    /// @param most  never more; zero: not at all
    public record Tarpit(Duration first, Duration step, Duration most) {}

    /// The rows of one resource's marks.
    private record MarkRows(
            Setting<Integer> lowToMedium,
            Setting<Integer> mediumToHigh,
            Setting<Integer> highToMedium,
            Setting<Integer> mediumToLow,
            Setting<Integer> historyDepth) {
        MarkRows(String key, String exchangeName, String most, String of, List<String> usual) {
            this(
                    mark(key, "lowToMedium", exchangeName, most, usual.get(0))
                            .says("With more " + of + " the pressure is medium: MAIL is slowed down."),
                    mark(key, "mediumToHigh", exchangeName, most, usual.get(1))
                            .says("With more " + of + " it is high: new mail is refused with 452 4.3.1."),
                    mark(key, "highToMedium", exchangeName, most, usual.get(2))
                            .says("With no more " + of + " it is medium again."),
                    mark(key, "mediumToLow", exchangeName, most, usual.get(3))
                            .says("With no more " + of + " it is over."),
                    Setting.of(
                                    "resources." + key + ".historyDepth",
                                    Kinds.COUNT,
                                    usual.get(4),
                                    "The looks at medium in a row after which new mail is refused as at high; 0: it is"
                                            + " not.")
                            .between("0", "100000"));
        }

        private static Mark mark(String key, String transition, String exchangeName, String most, String usual) {
            String named = Character.toUpperCase(transition.charAt(0)) + transition.substring(1);
            return says -> Setting.of("resources." + key + "." + transition, Kinds.COUNT, usual, says)
                    .between("0", most)
                    .exchange(exchangeName + "." + named);
        }

        private interface Mark {
            Setting<Integer> says(String sentence);
        }

        List<Setting<?>> rows() {
            return List.of(lowToMedium, mediumToHigh, highToMedium, mediumToLow, historyDepth);
        }

        Marks from(Values values) {
            return new Marks(
                    values.of(lowToMedium),
                    values.of(mediumToHigh),
                    values.of(highToMedium),
                    values.of(mediumToLow),
                    values.of(historyDepth));
        }
    }

    private static Setting<Duration> span(String key, String usual, String says) {
        return Setting.of(key, Kinds.SPAN, usual, says).between("00:00:00", "00:04:00");
    }

    private static List<Setting<?>> rows() {
        List<Setting<?>> rows = new ArrayList<>(List.of(DISK_RESERVE, METERING, EMERGENCY));
        rows.addAll(MEMORY.rows());
        rows.addAll(VERSIONS.rows());
        rows.addAll(SUBMISSION.rows());
        rows.addAll(List.of(TARPIT_FIRST, TARPIT_STEP, TARPIT_MOST));
        return List.copyOf(rows);
    }

    static ResourceSettings from(Values values) {
        return new ResourceSettings(
                values.of(DISK_RESERVE),
                values.of(METERING),
                values.of(EMERGENCY),
                MEMORY.from(values),
                VERSIONS.from(values),
                SUBMISSION.from(values),
                new Tarpit(values.of(TARPIT_FIRST), values.of(TARPIT_STEP), values.of(TARPIT_MOST)));
    }
}
