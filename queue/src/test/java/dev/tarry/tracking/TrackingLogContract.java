package dev.tarry.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What a search finds, whichever log keeps the events.
interface TrackingLogContract {
    TrackingLog log() throws Exception;

    private static List<Long> found(TrackingLog log, String... parameters) throws Exception {
        return search(log, parameters).events().stream()
                .map(TrackingEvent::internalMessageId)
                .toList();
    }

    private static TrackingSearch.Found search(TrackingLog log, String... parameters) throws Exception {
        Map<String, List<String>> map = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            map.computeIfAbsent(parameters[i], _ -> new ArrayList<>()).add(parameters[i + 1]);
        }
        return new TrackingSearch(log).find(TrackingQuery.of(map));
    }

    @Test
    default void the_newest_come_first_if_wanted_and_pages_follow_each_other() throws Exception {
        TrackingSearch search = new TrackingSearch(filled(log()));
        List<TrackingEvent> all = search.find(TrackingQuery.ALL).events();
        assertTrue(all.size() > 3, all::toString);
        assertEquals(all.reversed(), search.find(TrackingQuery.ALL, 0, true).events());
        TrackingQuery two = TrackingQuery.of(Map.of("ResultSize", List.of("2")));
        assertEquals(all.subList(1, 3), search.find(two, 1, false).events());
        assertEquals(all.reversed().subList(0, 2), search.find(two, 0, true).events());
        assertTrue(search.find(two, 0, true).more());
        TrackingSearch.Found last = search.find(two, all.size() - 1, false);
        assertEquals(all.subList(all.size() - 1, all.size()), last.events());
        assertFalse(last.more());
        assertEquals(List.of(), search.find(two, all.size() + 5, true).events());
        assertThrows(IllegalArgumentException.class, () -> search.find(two, TrackingQuery.MAX_RESULTS, false));
        assertThrows(IllegalArgumentException.class, () -> search.find(two, -1, false));
    }

    private static TrackingLog filled(TrackingLog log) {
        Instant noon = Events.NOON;
        log.write(Events.of(noon, Event.RECEIVE, Source.SMTP, 1, "Hello World", "anna@company.com", "x@gmail.com"));
        log.write(Events.of(
                noon.plusSeconds(1),
                Event.DEFER,
                Source.DNS,
                2,
                "Figures",
                "anna@company.com",
                "a@x.example",
                "b@x.example"));
        log.write(Events.of(noon.plusSeconds(2), Event.FAIL, Source.QUEUE, 3, "", "Bob@Company.com", "b@x.example"));
        log.write(Events.of(
                noon.plus(Duration.ofHours(30)),
                Event.DSN,
                Source.DSN,
                4,
                "Undeliverable: Hello",
                "p@company.com",
                "anna@company.com"));
        return log;
    }

    @Test
    default void everything_is_found_oldest_first() throws Exception {
        try (TrackingLog log = filled(log())) {
            assertEquals(List.of(1L, 2L, 3L, 4L), found(log));
            assertFalse(search(log).more());
            assertEquals(0, search(log).malformed());
        }
    }

    @Test
    default void each_parameter_narrows_the_search() throws Exception {
        try (TrackingLog log = filled(log())) {
            assertEquals(List.of(3L), found(log, "EventId", "fail"));
            assertEquals(List.of(), found(log, "EventId", "EXPAND"));
            assertEquals(List.of(2L), found(log, "source", "Dns"));
            assertEquals(List.of(3L), found(log, "Sender", "bob@company.com"));
            assertEquals(List.of(), found(log, "Sender", "bob"));
            assertEquals(List.of(2L, 3L), found(log, "Recipients", "B@x.example"));
            assertEquals(List.of(1L, 2L), found(log, "Recipients", "x@gmail.com", "Recipients", "a@x.example"));
            assertEquals(List.of(1L, 2L), found(log, "Recipients", "x@gmail.com, a@x.example"));
            assertEquals(List.of(2L), found(log, "MessageId", "<m2@company.com>"));
            assertEquals(List.of(2L), found(log, "MessageId", "m2@company.com"));
            assertEquals(List.of(3L), found(log, "InternalMessageId", "3"));
            assertEquals(List.of(3L), found(log, "NetworkMessageId", new UUID(1, 3).toString()));
            assertEquals(List.of(1L, 4L), found(log, "MessageSubject", "hello"));
            assertEquals(List.of(4L), found(log, "Reference", "<r4@company.com>"));
            assertEquals(List.of(4L), found(log, "Reference", "r4@company.com"));
            assertEquals(List.of(1L, 2L, 3L, 4L), found(log, "TransportTrafficType", "email"));
            assertEquals(List.of(), found(log, "TransportTrafficType", "Hygiene"));
            assertEquals(List.of(1L), found(log, "MessageSubject", "hello", "EventId", "RECEIVE", "Sender", ""));
        }
    }

    @Test
    default void the_start_is_inclusive_and_the_end_exclusive() throws Exception {
        try (TrackingLog log = filled(log())) {
            assertEquals(List.of(2L, 3L, 4L), found(log, "Start", "2026-03-02T12:00:01Z"));
            assertEquals(List.of(3L, 4L), found(log, "Start", "2026-03-02T12:00:01.001Z"));
            assertEquals(List.of(1L), found(log, "End", "2026-03-02 12:00:01"));
            assertEquals(List.of(1L, 2L), found(log, "End", "2026-03-02T13:00:01.001+01:00"));
            assertEquals(List.of(4L), found(log, "Start", "2026-03-03"));
            assertEquals(List.of(), found(log, "Start", "2026-03-04"));
            assertEquals(List.of(), found(log, "End", "2026-03-02"));
            assertEquals(List.of(2L), found(log, "Start", "2026-03-02T12:00:01", "End", "2026-03-02T12:00:02"));
        }
    }

    @Test
    default void the_oldest_are_kept_when_there_are_more_than_asked_for() throws Exception {
        try (TrackingLog log = log()) {
            for (int i = 0; i < 3_000; i++) {
                log.write(Events.at(Events.NOON.plusSeconds(10 * i), i));
            }
            assertEquals(1_000, search(log).events().size());
            assertTrue(search(log).more());
            assertEquals(999, search(log).events().getLast().internalMessageId());
            assertEquals(List.of(0L, 1L), found(log, "ResultSize", "2"));
            assertEquals(3_000, found(log, "ResultSize", "unlimited").size());
            assertFalse(search(log, "ResultSize", "3000").more());
        }
    }

    @Test
    default void results_are_ordered_by_time_even_if_they_came_in_another_order() throws Exception {
        try (TrackingLog log = log()) {
            log.write(Events.at(Events.NOON.plusSeconds(2), 3));
            log.write(Events.at(Events.NOON.minusSeconds(5), 1));
            log.write(Events.at(Events.NOON.plusSeconds(2), 4));
            log.write(Events.at(Events.NOON, 2));
            assertEquals(List.of(1L, 2L, 3L, 4L), found(log));
            assertEquals(List.of(1L), found(log, "ResultSize", "1"));
            assertEquals(List.of(1L), found(log, "End", "2026-03-02T12:00"));
        }
    }

    @Test
    default void a_wrong_parameter_is_refused_with_what_would_be_right() throws Exception {
        try (TrackingLog log = log()) {
            assertTrue(refusal(log, "EventId", "SENT").contains("RECEIVE"), refusal(log, "EventId", "SENT"));
            assertTrue(refusal(log, "Source", "x").contains("STOREDRIVER"));
            assertTrue(refusal(log, "Start", "yesterday").contains("2026-"));
            assertTrue(refusal(log, "ResultSize", "0").contains("Unlimited"));
            assertTrue(refusal(log, "ResultSize", "many").contains("Unlimited"));
            assertTrue(refusal(log, "InternalMessageId", "x").contains("whole number"));
            assertTrue(refusal(log, "NetworkMessageId", "x").contains("GUID"));
            assertTrue(refusal(log, "Subject", "x").contains("MessageSubject"));
            assertTrue(refusal(log, "Sender", "a@b", "Sender", "c@d").contains("one value"));
        }
    }

    private static String refusal(TrackingLog log, String... parameters) {
        return assertThrows(IllegalArgumentException.class, () -> search(log, parameters))
                .getMessage();
    }
}
