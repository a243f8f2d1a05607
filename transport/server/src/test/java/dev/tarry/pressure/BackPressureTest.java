package dev.tarry.pressure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.eventlog.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BackPressureTest {
    private static final PressureMarks MARKS = new PressureMarks(10, 20, 15, 5);

    private final List<Event> events = new ArrayList<>();
    private final List<String> effects = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-04T09:00:00Z");
    private final BackPressure pressure = new BackPressure(() -> now, events::add, new BackPressure.Effects() {
        @Override
        public void giveUpDnsCache() {
            effects.add("cache");
        }

        @Override
        public void sendAgain() {
            effects.add("send");
        }
    });

    @Test
    void while_all_is_well_nobody_is_slowed_down_or_refused() {
        look(Resource.SUBMISSION_QUEUE, 10);
        assertEquals(Duration.ZERO, pressure.delay());
        assertTrue(pressure.refusal().isEmpty());
        assertTrue(pressure.refusalOfOthers().isEmpty());
        assertTrue(pressure.refusalOfConnections().isEmpty());
        assertTrue(events.isEmpty());
    }

    @Test
    void at_medium_mail_is_slowed_down_by_a_step_more_at_each_look_up_to_a_bound() {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            look(Resource.SUBMISSION_QUEUE, 11);
            seconds.add(pressure.delay().toSeconds());
        }
        assertEquals(List.of(10L, 15L, 20L, 25L, 30L, 35L, 40L, 45L, 50L, 55L, 55L, 55L), seconds);
        assertTrue(pressure.refusal().isEmpty(), "it is slow, and taken");
        assertEquals(
                "452 4.3.1 Insufficient system resources (QueueLength[SubmissionQueue])",
                pressure.refusalOfOthers().orElseThrow().toString());
        look(Resource.SUBMISSION_QUEUE, 5);
        assertEquals(Duration.ZERO, pressure.delay());
        assertTrue(pressure.refusalOfOthers().isEmpty());
        look(Resource.SUBMISSION_QUEUE, 11);
        assertEquals(Duration.ofSeconds(10), pressure.delay(), "it begins anew");
    }

    @Test
    void medium_that_lasts_for_its_whole_history_refuses_like_high() {
        for (int i = 0; i < 3; i++) {
            look(Resource.SUBMISSION_QUEUE, 11, 3);
            assertTrue(pressure.refusal().isEmpty());
        }
        look(Resource.SUBMISSION_QUEUE, 11, 3);
        assertTrue(pressure.refusal().isPresent());
        look(Resource.SUBMISSION_QUEUE, 5, 3);
        assertTrue(pressure.refusal().isEmpty());
    }

    @Test
    void high_refuses_and_says_for_want_of_what_and_both_ways_are_told() {
        look(Resource.PRIVATE_BYTES, 21);
        assertEquals(
                "452 4.3.1 Insufficient system resources (PrivateBytes)",
                pressure.refusal().orElseThrow().toString());
        assertEquals(
                "421 4.3.2 Service not available",
                pressure.refusalOfConnections().orElseThrow().toString());
        look(Resource.PRIVATE_BYTES, 15);
        assertTrue(pressure.refusal().isEmpty());
        assertTrue(pressure.refusalOfConnections().isEmpty());
        look(Resource.PRIVATE_BYTES, 5);
        assertEquals(
                List.of(15004, 15007, 15005, 15005),
                events.stream().map(event -> event.kind().id()).toList());
        assertEquals(
                "Resource pressure increased from Normal to High: 21 seen.",
                events.getFirst().message());
        assertEquals(
                "Resource pressure decreased from Medium to Normal: 5 seen.",
                events.getLast().message());
    }

    @Test
    void only_memory_turns_connections_away() {
        look(Resource.USED_DISK_SPACE, 21);
        look(Resource.SUBMISSION_QUEUE, 21);
        look(Resource.USED_VERSION_BUCKETS, 21);
        assertTrue(pressure.refusalOfConnections().isEmpty());
        assertEquals(PressureLevel.HIGH, pressure.level());
    }

    @Test
    void the_dns_cache_is_given_up_once_each_time_that_the_submission_queue_is_high() {
        look(Resource.SUBMISSION_QUEUE, 11);
        assertTrue(effects.isEmpty());
        look(Resource.SUBMISSION_QUEUE, 21);
        look(Resource.SUBMISSION_QUEUE, 22);
        assertEquals(List.of("cache"), effects);
        look(Resource.SUBMISSION_QUEUE, 5);
        look(Resource.SUBMISSION_QUEUE, 21);
        assertEquals(List.of("cache", "cache"), effects);
    }

    @Test
    void nothing_is_sent_while_the_store_is_far_behind_and_again_afterwards() {
        look(Resource.USED_VERSION_BUCKETS, 11);
        assertFalse(pressure.sendingPaused());
        look(Resource.USED_VERSION_BUCKETS, 21);
        assertTrue(pressure.sendingPaused());
        assertTrue(effects.isEmpty());
        look(Resource.USED_VERSION_BUCKETS, 12);
        assertFalse(pressure.sendingPaused());
        assertEquals(List.of("send"), effects);
    }

    @Test
    void each_resource_stands_with_what_it_was_before_and_since_when() {
        look(Resource.SUBMISSION_QUEUE, 3);
        now = now.plusSeconds(2);
        look(Resource.SUBMISSION_QUEUE, 12);
        now = now.plusSeconds(2);
        look(Resource.SUBMISSION_QUEUE, 13);
        assertEquals(
                List.of(new BackPressure.Standing(
                        Resource.SUBMISSION_QUEUE,
                        13,
                        12,
                        PressureLevel.MEDIUM,
                        PressureLevel.LOW,
                        now.minusSeconds(2),
                        2,
                        false,
                        MARKS.toString())),
                pressure.standings());
    }

    private void look(Resource resource, long use) {
        look(resource, use, 0);
    }

    private void look(Resource resource, long use, int historyDepth) {
        PressureLevel level = MARKS.next(pressure.level(resource), use);
        pressure.told(new BackPressure.Look(resource, use, level, MARKS.toString(), historyDepth, use + " seen"));
    }
}
