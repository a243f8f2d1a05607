package dev.tarry.config;

import java.time.Duration;
import java.util.List;

/// What all receive connectors together bear from clients that are slow or many.
///
/// @param commandTimeout from a command's first octet to its end
/// @param minDataRate    octets a second that a message must come in with, once the connector's
///                       ConnectionInactivityTimeout of patience is used up; 0: any rate will do
/// @param memoryBytes    of messages that are coming in and are not on the disk yet; never more than half of the memory
///                       there is for buffers
public record ReceiveLoadSettings(Duration commandTimeout, int minDataRate, long memoryBytes) {
    private static final Setting<Duration> COMMAND = Setting.of(
                    "receive.commandTimeout",
                    Kinds.SPAN,
                    "00:01:00",
                    "How long a client may take from a command's first octet to its end, however busily it sends.")
            .between("00:00:01", "1.00:00:00")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Integer> RATE = Setting.of(
                    "receive.minDataRate",
                    Kinds.COUNT,
                    "500",
                    "The octets a second that a message must come in with; a client that is slower is cut off when it"
                            + " has lagged behind by its connector's connectionInactivityTimeout. 0: any rate will do.")
            .between("0", "1000000")
            .holds(Effect.NEW_SESSIONS);
    private static final Setting<Long> MEMORY = Setting.of(
                    "receive.memory",
                    Kinds.SIZE,
                    "128MB",
                    "The most memory, or half of what there is for buffers if that is less, for messages that are"
                            + " coming in and are not on the disk yet. Above half of it clients wait for the disk; at"
                            + " the whole of it messages are refused with 452 4.3.1.")
            .between("1MB", "64GB");

    static final List<Setting<?>> ROWS = List.of(COMMAND, RATE, MEMORY);

    static ReceiveLoadSettings from(Values values) {
        return new ReceiveLoadSettings(values.of(COMMAND), values.of(RATE), values.of(MEMORY));
    }
}
