package dev.tarry.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The Pickup and Replay directories (reference §9.4).
///
/// @param directory              where files lie whose envelope is made of their header; a relative path lies in the
///                               data folder; absent: there is none
/// @param replayDirectory        where files lie that say their envelope themselves; as `directory`
/// @param maxMessagesPerMinute   files taken from each of them in any minute
/// @param maxHeaderSize          bytes of the header of a file in Pickup
/// @param maxRecipientsPerMessage recipients of a file in Pickup
public record PickupSettings(
        Optional<Path> directory,
        Optional<Path> replayDirectory,
        int maxMessagesPerMinute,
        long maxHeaderSize,
        int maxRecipientsPerMessage) {

    private static final Setting<Optional<Path>> DIRECTORY = Setting.of(
                    "pickup.directory",
                    Kinds.optional(Kinds.PATH),
                    "Pickup",
                    "The folder whose .eml files are sent to whom their header names; a relative path lies in the data"
                            + " folder; without one, nothing is picked up.")
            .exchange("PickupDirectoryPath");
    private static final Setting<Optional<Path>> REPLAY = Setting.of(
                    "pickup.replayDirectory",
                    Kinds.optional(Kinds.PATH),
                    "Replay",
                    "The folder whose .eml files are sent as their X-Sender and X-Receiver lines say; a relative path"
                            + " lies in the data folder; without one, nothing is replayed.")
            .exchange("ReplayDirectoryPath");
    private static final Setting<Integer> PER_MINUTE = Setting.of(
                    "pickup.maxMessagesPerMinute",
                    Kinds.COUNT,
                    "100",
                    "How many files are taken in a minute, from each of the two folders.")
            .between("1", "20000")
            .exchange("PickupDirectoryMaxMessagesPerMinute");
    private static final Setting<Long> MAX_HEADER = Setting.of(
                    "pickup.maxHeaderSize",
                    Kinds.SIZE,
                    "64KB",
                    "How large the header of a file in the Pickup folder may be; a file with a larger one is bad.")
            .between("1KB", "1MB")
            .exchange("PickupDirectoryMaxHeaderSize");
    private static final Setting<Integer> MAX_RECIPIENTS = Setting.of(
                    "pickup.maxRecipientsPerMessage",
                    Kinds.COUNT,
                    "100",
                    "How many recipients a file in the Pickup folder may name; a file with more is bad.")
            .between("1", "10000")
            .exchange("PickupDirectoryMaxRecipientsPerMessage");

    static final List<Setting<?>> ROWS = List.of(DIRECTORY, REPLAY, PER_MINUTE, MAX_HEADER, MAX_RECIPIENTS);

    static PickupSettings from(Values values) {
        return new PickupSettings(
                values.of(DIRECTORY),
                values.of(REPLAY),
                values.of(PER_MINUTE),
                values.of(MAX_HEADER),
                values.of(MAX_RECIPIENTS));
    }
}
