package dev.tarry.client;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/// Something that happened, as the server told it.
public sealed interface ServerEvent {
    /// Grows from event to event, over restarts of the server too. 0 is a gap's whose place nobody knows.
    long id();

    /// A queue stands otherwise than before: what it has come to, not each step.
    ///
    /// @param at           lab time
    /// @param gone         whether it is there no more
    /// @param identity     `MAIL\4`
    /// @param status       as Get-Queue shows it; the last one if it is gone
    /// @param messageCount 0 if it is gone
    /// @param lastError    empty if the last attempt did not fail
    record Queue(
            long id,
            Instant at,
            boolean gone,
            String identity,
            String deliveryType,
            String nextHopDomain,
            String status,
            long messageCount,
            String lastError)
            implements ServerEvent {}

    /// An event of the message tracking log, with the properties of reference §8.5.
    record Tracking(long id, SequencedMap<String, Object> event) implements ServerEvent {}

    /// A verb on everything that matches a filter has begun, has got further, or is over.
    ///
    /// @param at lab time
    record Operation(long id, Instant at, OperationStatus status) implements ServerEvent {}

    /// Something happened in the lab.
    ///
    /// @param kind `mail`, `dnsQuery`, `faultAdded`, `faultFired`, `faultRemoved`, `clock`
    /// @param what the message, query, fault or clock, as the lab's API has it
    record Lab(long id, String kind, SequencedMap<String, Object> what) implements ServerEvent {}

    /// Events were lost to this client, or may have been: it was away too long, or too slow, or its stream broke off
    /// before the server had told where it was.
    ///
    /// @param lost how many, of any type; absent if nobody knows
    record Gap(long id, OptionalLong lost) implements ServerEvent {}

    /// @return empty for a type that this client does not know
    static Optional<ServerEvent> of(long id, String type, Answer data) {
        return switch (type) {
            case "queue" ->
                Optional.of(new Queue(
                        id,
                        data.moment("At"),
                        data.text("Change").equals("gone"),
                        data.text("Identity"),
                        data.text("DeliveryType"),
                        data.text("NextHopDomain"),
                        data.text("Status"),
                        data.count("MessageCount"),
                        data.text("LastError")));
            case "tracking" -> Optional.of(new Tracking(id, data.bag()));
            case "operation" ->
                data.optionalObject("Operation")
                        .map(told -> new Operation(id, data.moment("At"), OperationStatus.of(told)));
            case "lab" -> Optional.of(new Lab(id, data.text("Kind"), what(data)));
            case "gap" ->
                Optional.of(new Gap(
                        id,
                        data.fields().get("lost") instanceof Long lost ? OptionalLong.of(lost) : OptionalLong.empty()));
            default -> Optional.empty();
        };
    }

    private static SequencedMap<String, Object> what(Answer data) {
        for (Object member : data.fields().values()) {
            if (member instanceof Map<?, ?> map) {
                return Answer.of(data.request(), map).bag();
            }
        }
        return data.bag();
    }
}
