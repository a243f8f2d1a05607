package dev.tarry.tracking;

import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// The parameters of Get-MessageTrackingLog (reference §8.5). All that are given must match; texts are compared without
/// case.
///
/// @param start              the earliest moment, inclusive
/// @param end                the latest moment, exclusive
/// @param eventId            what happened
/// @param source             which component
/// @param sender             the whole sender address
/// @param recipients         any of them, whole addresses; none means all messages
/// @param messageId          with or without angle brackets
/// @param internalMessageId  the message integer
/// @param networkMessageId   given at receipt
/// @param messageSubject     a part of the subject
/// @param reference          with or without angle brackets
/// @param transportTrafficType only `Email` ever matches
/// @param resultSize         1 to [#MAX_RESULTS]
public record TrackingQuery(
        Optional<Instant> start,
        Optional<Instant> end,
        Optional<Event> eventId,
        Optional<Source> source,
        Optional<String> sender,
        List<String> recipients,
        Optional<String> messageId,
        Optional<Long> internalMessageId,
        Optional<UUID> networkMessageId,
        Optional<String> messageSubject,
        Optional<String> reference,
        Optional<String> transportTrafficType,
        int resultSize) {
    /// As Exchange's.
    public static final int DEFAULT_RESULTS = 1_000;

    /// What `Unlimited` means: results stand in memory.
    public static final int MAX_RESULTS = 100_000;

    /// The parameters by name, as [#of] takes them.
    public static final List<String> PARAMETERS = List.of(
            "Start",
            "End",
            "EventId",
            "Source",
            "Sender",
            "Recipients",
            "MessageId",
            "InternalMessageId",
            "NetworkMessageId",
            "MessageSubject",
            "Reference",
            "TransportTrafficType",
            "ResultSize");

    /// The oldest 1,000 events, whatever they are.
    public static final TrackingQuery ALL = of(Map.of());

    public TrackingQuery {
        recipients = List.copyOf(recipients);
        if (resultSize < 1 || resultSize > MAX_RESULTS) {
            throw new IllegalArgumentException("ResultSize is 1 to " + MAX_RESULTS + " or Unlimited");
        }
    }

    /// Reads parameters as text.
    ///
    /// @param parameters by name, in any case; each with one value, `Recipients` with any number (or with
    /// several between commas). Moments are ISO 8601, in UTC where they have no offset. Empty values are as none
    /// @throws IllegalArgumentException if a name is unknown or a value is none for it; says what would be right
    public static TrackingQuery of(Map<String, List<String>> parameters) {
        for (String name : parameters.keySet()) {
            if (PARAMETERS.stream().noneMatch(name::equalsIgnoreCase)) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is no parameter; these are: " + String.join(", ", PARAMETERS));
            }
        }
        return new TrackingQuery(
                one(parameters, "Start", TrackingQuery::moment),
                one(parameters, "End", TrackingQuery::moment),
                one(parameters, "EventId", Event::of),
                one(parameters, "Source", Source::of),
                one(parameters, "Sender", Function.identity()),
                recipients(parameters),
                one(parameters, "MessageId", Function.identity()),
                one(parameters, "InternalMessageId", TrackingQuery::number),
                one(parameters, "NetworkMessageId", TrackingQuery::uuid),
                one(parameters, "MessageSubject", Function.identity()),
                one(parameters, "Reference", Function.identity()),
                one(parameters, "TransportTrafficType", Function.identity()),
                one(parameters, "ResultSize", TrackingQuery::size).orElse(DEFAULT_RESULTS));
    }

    private static List<String> values(Map<String, List<String>> parameters, String name) {
        List<String> values = new ArrayList<>();
        parameters.forEach((key, given) -> {
            if (key.equalsIgnoreCase(name)) {
                given.stream().filter(v -> !v.isBlank()).map(String::strip).forEach(values::add);
            }
        });
        return values;
    }

    private static <T> Optional<T> one(Map<String, List<String>> parameters, String name, Function<String, T> reads) {
        List<String> values = values(parameters, name);
        if (values.size() > 1) {
            throw new IllegalArgumentException(name + " takes one value, not " + values.size());
        }
        return values.stream().findFirst().map(reads);
    }

    private static List<String> recipients(Map<String, List<String>> parameters) {
        return values(parameters, "Recipients").stream()
                .flatMap(v -> List.of(v.split(",")).stream())
                .map(String::strip)
                .filter(v -> !v.isEmpty())
                .toList();
    }

    private static Instant moment(String text) {
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            String iso = text.replace(' ', 'T');
            boolean offset = iso.endsWith("Z") || iso.indexOf('+') > 0 || iso.lastIndexOf('-') > 10;
            return offset
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException _) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no moment; write it as 2026-03-04T09:15:00Z, 2026-03-04T09:15 or 2026-03-04");
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("InternalMessageId is a whole number, not \"" + text + "\"");
        }
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("NetworkMessageId is a GUID, not \"" + text + "\"");
        }
    }

    private static int size(String text) {
        if (text.equalsIgnoreCase("Unlimited")) {
            return MAX_RESULTS;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("ResultSize is 1 to " + MAX_RESULTS + " or Unlimited, not " + text);
        }
    }

    /// Whether that moment lies between start and end.
    boolean spans(Instant moment) {
        return !start.map(moment::isBefore).orElse(false)
                && end.map(moment::isBefore).orElse(true);
    }

    /// Whether an event is wanted, its time aside.
    boolean matches(TrackingEvent event) {
        return eventId.map(e -> e == event.event()).orElse(true)
                && source.map(s -> s == event.source()).orElse(true)
                && sender.map(s -> Folded.same(s, event.sender())).orElse(true)
                && (recipients.isEmpty() || event.recipients().stream().anyMatch(this::isRecipient))
                && messageId.map(id -> Folded.sameId(id, event.messageId())).orElse(true)
                && internalMessageId.map(id -> id == event.internalMessageId()).orElse(true)
                && (networkMessageId.isEmpty() || networkMessageId.equals(event.networkMessageId()))
                && messageSubject
                        .map(s -> Folded.of(event.subject()).contains(Folded.of(s)))
                        .orElse(true)
                && reference.map(r -> Folded.sameId(r, event.reference())).orElse(true)
                && transportTrafficType
                        .map(TrackingFormat.TRAFFIC_TYPE::equalsIgnoreCase)
                        .orElse(true);
    }

    private boolean isRecipient(String address) {
        for (String recipient : recipients) {
            if (Folded.same(address, recipient)) {
                return true;
            }
        }
        return false;
    }
}
