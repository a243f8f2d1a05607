package dev.tarry.app;

import dev.tarry.admin.OperationState;
import dev.tarry.admin.QueueOperations;
import dev.tarry.lab.dns.JournaledQuery;
import dev.tarry.lab.fault.ActiveFault;
import dev.tarry.lab.fault.FaultGrammar;
import dev.tarry.lab.mx.ReceivedMessage;
import dev.tarry.queue.LastError;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.QueueSight;
import dev.tarry.tracking.PropertyView;
import dev.tarry.tracking.TrackingEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// Something that whoever listens is told: kept as it was handed over, and put into words only for those who
/// hear it.
sealed interface Happening {
    /// What a client can choose among.
    enum Type {
        QUEUE,
        TRACKING,
        OPERATION,
        LAB;

        /// As the event's type on the wire.
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Type> of(String word) {
            return Arrays.stream(values())
                    .filter(type -> type.word().equalsIgnoreCase(word))
                    .findFirst();
        }
    }

    /// A queue stands otherwise than before, or has gone away.
    ///
    /// @param sight how it stands, or stood last
    record Queue(Instant at, boolean gone, QueueSight sight) implements Happening {}

    record Tracking(TrackingEvent event) implements Happening {}

    /// A verb on everything that matches a filter has begun, has got further, or is over.
    record Operation(Instant at, OperationState state) implements Happening {}

    /// A host of the lab took a message.
    record Mail(ReceivedMessage message) implements Happening {}

    /// A DNS server of the lab was asked.
    record Query(JournaledQuery query) implements Happening {}

    /// What became of a fault.
    enum Change {
        ADDED,
        FIRED,
        REMOVED
    }

    /// @param fault as it is now, or was last
    record Fault(Instant at, Change change, ActiveFault fault) implements Happening {}

    /// The clock was frozen, or runs, or is advanced, or has been.
    record Clock(LabClock.Reading reading) implements Happening {}

    default Type type() {
        return switch (this) {
            case Queue _ -> Type.QUEUE;
            case Tracking _ -> Type.TRACKING;
            case Operation _ -> Type.OPERATION;
            case Mail _, Query _, Fault _, Clock _ -> Type.LAB;
        };
    }

    /// Whom it concerns; absent where that makes no sense.
    default Optional<List<String>> recipients() {
        return switch (this) {
            case Tracking(TrackingEvent event) -> Optional.of(event.recipients());
            case Mail(ReceivedMessage message) ->
                Optional.of(message.recipients().stream()
                        .map(ReceivedMessage.Recipient::address)
                        .toList());
            case Queue _, Operation _, Query _, Fault _, Clock _ -> Optional.empty();
        };
    }

    /// About how many bytes it holds in memory.
    default int weightBytes() {
        int small = 512;
        return small
                + switch (this) {
                    case Tracking(TrackingEvent event) ->
                        2 * small
                                + letters(event.recipients())
                                + letters(event.recipientStatus())
                                + event.subject().length();
                    case Mail(ReceivedMessage message) ->
                        message.recipients().stream()
                                .mapToInt(to -> 64 + to.address().length() + letters(to.parameters()))
                                .sum();
                    case Query(JournaledQuery query) -> letters(query.answers());
                    case Operation(var _, OperationState state) ->
                        small + state.what().length();
                    case Queue _, Fault _, Clock _ -> small;
                };
    }

    private static int letters(List<String> texts) {
        int letters = 0;
        for (String text : texts) {
            letters += 48 + text.length();
        }
        return letters;
    }

    /// The event's data, as it is written.
    default SequencedMap<String, Object> bag(QueueSettings server) {
        return switch (this) {
            case Queue queue -> shown(queue, server);
            case Tracking(TrackingEvent event) -> PropertyView.of(event);
            case Operation(Instant at, OperationState state) -> {
                SequencedMap<String, Object> bag = new LinkedHashMap<>();
                bag.put("At", at);
                bag.put("Operation", state.bag());
                yield bag;
            }
            case Mail(ReceivedMessage message) -> ofLab("mail", "Mail", LabRoutes.shown(message));
            case Query(JournaledQuery query) -> ofLab("dnsQuery", "Query", LabRoutes.shown(query));
            case Fault(Instant at, Change change, ActiveFault fault) -> {
                String kind = switch (change) {
                    case ADDED -> "faultAdded";
                    case FIRED -> "faultFired";
                    case REMOVED -> "faultRemoved";
                };
                SequencedMap<String, Object> bag = ofLab(kind, "Fault", FaultGrammar.write(fault));
                bag.put("At", at);
                yield bag;
            }
            case Clock(LabClock.Reading reading) -> ofLab("clock", "Clock", ClockRoutes.shown(reading));
        };
    }

    private static SequencedMap<String, Object> ofLab(String kind, String name, Object value) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Kind", kind);
        bag.put(name, value);
        return bag;
    }

    private static SequencedMap<String, Object> shown(Queue queue, QueueSettings server) {
        QueueSight sight = queue.sight;
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("At", queue.at);
        bag.put("Change", queue.gone ? "gone" : "changed");
        bag.put("Identity", QueueOperations.identity(sight.id(), sight.key(), server));
        bag.put("DeliveryType", sight.key().deliveryType().shellName());
        bag.put("NextHopDomain", sight.key().nextHopDomain());
        bag.put("NextHopConnector", sight.key().connector().toString());
        bag.put("Status", sight.status().shellName());
        bag.put("MessageCount", queue.gone ? 0 : sight.messages());
        bag.put("LastError", LastError.shown(sight.lastError(), server.profile(), server.zone()));
        return bag;
    }
}
