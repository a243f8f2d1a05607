package dev.tarry.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class EventThrottleTest {
    private static final long HOUR = EventThrottle.PERIOD.toMillis();

    private final EventThrottle throttle = new EventThrottle();

    private OptionalInt dns(String domain, long millis) {
        return throttle.admit(Events.dnsFailure("Internet", domain, "451 4.4.0 DNS query failed", "D9", ""), millis);
    }

    @Test
    void the_same_is_told_once_an_hour_with_the_number_of_those_between() {
        assertEquals(OptionalInt.of(0), dns("a.example", 0));
        assertEquals(OptionalInt.empty(), dns("a.example", 60_000));
        assertEquals(OptionalInt.empty(), dns("a.example", HOUR - 1));
        assertEquals(OptionalInt.of(2), dns("a.example", HOUR));
        assertEquals(OptionalInt.of(0), dns("a.example", 3 * HOUR));
    }

    @Test
    void a_category_that_is_told_in_full_leaves_nothing_out_and_another_does() {
        throttle.inFull("SmtpSend"::equals);
        for (int i = 0; i < 2 * EventThrottle.MAX_PER_KIND; i++) {
            assertEquals(OptionalInt.of(0), dns("a.example", i));
        }
        Event refused = Events.logonFailed("Default Frontend MAIL", "LOGIN", "192.0.2.1");
        assertEquals(OptionalInt.of(0), throttle.admit(refused, 0));
        assertEquals(OptionalInt.empty(), throttle.admit(refused, 1));
    }

    @Test
    void another_thing_is_told_by_itself() {
        assertEquals(OptionalInt.of(0), dns("a.example", 0));
        assertEquals(OptionalInt.of(0), dns("b.example", 0));
        assertEquals(
                OptionalInt.of(0),
                throttle.admit(Events.connectionError("Internet", "a.example", "mx", "192.0.2.1", "x"), 0));
    }

    @Test
    void ten_thousand_queues_that_fail_at_once_are_fifty_events_and_a_count() {
        int told = 0;
        for (int i = 0; i < 10_000; i++) {
            told += dns("d" + i + ".example", i).isPresent() ? 1 : 0;
        }
        assertEquals(EventThrottle.MAX_PER_KIND, told);
        assertEquals(OptionalInt.of(10_000 - EventThrottle.MAX_PER_KIND), dns("last.example", HOUR));
    }

    @Test
    void things_that_were_seen_are_not_remembered_without_bound() {
        for (int i = 0; i < 3 * EventThrottle.MAX_THINGS; i++) {
            dns("d" + i + ".example", i);
        }
        assertTrue(throttle.held() <= EventThrottle.MAX_THINGS);
    }

    @Test
    void what_goes_up_and_down_is_told_each_time() {
        for (int i = 0; i < 10; i++) {
            assertEquals(OptionalInt.of(0), throttle.admit(Events.pressureIncreased("x"), i));
            assertEquals(OptionalInt.of(0), throttle.admit(Events.pressureDecreased(), i));
        }
    }
}
