package dev.tarry.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeLineTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final Hand real = new Hand();
    private final Here loop = new Here();
    private final TimeLine line = new TimeLine(real, START, TimeLine.Pace.FROZEN);
    private final List<String> rang = new ArrayList<>();

    private Alarm at(int second, String name) {
        return line.at(START.plusSeconds(second), loop, () -> rang.add(name));
    }

    @Test
    void alarms_ring_by_moment_and_then_by_the_order_of_setting() {
        at(2, "c");
        at(1, "a");
        at(2, "d");
        at(1, "b");
        while (line.ringNext(START.plusSeconds(2))) {}
        assertEquals(List.of("a", "b", "c", "d"), rang);
        assertEquals(START.plusSeconds(2), line.instant());
    }

    @Test
    void no_alarm_rings_beyond_the_limit_and_none_rings_twice() {
        at(1, "a");
        assertFalse(line.ringNext(START.plusMillis(999)));
        assertEquals(START, line.instant());
        assertTrue(line.ringNext(START.plusSeconds(1)));
        assertFalse(line.ringNext(START.plusSeconds(9)));
        assertEquals(List.of("a"), rang);
    }

    @Test
    void what_was_cancelled_does_not_ring_and_cancelling_late_or_twice_does_nothing() {
        Alarm a = at(1, "a");
        Alarm b = at(1, "b");
        a.cancel();
        a.cancel();
        while (line.ringNext(START.plusSeconds(5))) {}
        b.cancel();
        assertEquals(List.of("b"), rang);
        assertEquals(Optional.empty(), line.nextAlarm());
    }

    @Test
    void cancelled_alarms_leave_memory_long_before_they_are_due() {
        at(3_600, "stays");
        for (int i = 0; i < 100_000; i++) {
            at(3_600 + i, "never").cancel();
        }
        assertTrue(line.held() < 200, () -> line.held() + " are held");
        assertTrue(line.ringNext(START.plusSeconds(7_200)));
        assertEquals(List.of("stays"), rang);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void against_a_plain_list_whatever_is_set_and_cancelled(long seed) {
        Random random = new Random(seed);
        record Set(int second, int order, Alarm alarm) {}
        List<Set> model = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            switch (random.nextInt(3)) {
                case 0 -> {
                    int second = random.nextInt(10_000);
                    model.add(new Set(second, i, at(second, second + "/" + i)));
                }
                case 1 -> {
                    if (!model.isEmpty()) {
                        model.remove(random.nextInt(model.size())).alarm.cancel();
                    }
                }
                default -> {
                    if (random.nextInt(4) == 0 && line.ringNext(START.plusSeconds(10_000))) {
                        Set first = model.stream()
                                .min(Comparator.comparingInt(Set::second).thenComparingInt(Set::order))
                                .orElseThrow();
                        model.remove(first);
                        expected.add(first.second + "/" + first.order);
                    }
                }
            }
        }
        assertEquals(expected, rang);
        assertTrue(line.held() <= 2 * model.size() + 130, () -> line.held() + " for " + model.size());
    }

    @Test
    void it_runs_at_its_rate_and_a_change_of_rate_is_no_jump() {
        line.pace(new TimeLine.Pace(60));
        real.pass(Duration.ofSeconds(1));
        assertEquals(START.plusSeconds(60), line.instant());
        line.pace(TimeLine.Pace.REAL);
        real.pass(Duration.ofSeconds(1));
        assertEquals(START.plusSeconds(61), line.instant());
        line.pace(TimeLine.Pace.FROZEN);
        real.pass(Duration.ofSeconds(100));
        assertEquals(START.plusSeconds(61), line.instant());
    }

    @Test
    void it_never_goes_back() {
        line.moveTo(START.plusSeconds(10));
        line.moveTo(START);
        assertEquals(START.plusSeconds(10), line.instant());
        at(1, "late");
        assertTrue(line.ringNext(START.plusSeconds(10)));
        assertEquals(START.plusSeconds(10), line.instant());
    }

    @Test
    void a_loop_that_has_ended_does_not_stop_the_clock_for_the_others() {
        Loop ended = new Loop() {
            @Override
            public boolean inLoop() {
                return false;
            }

            @Override
            public void execute(Runnable task) {
                throw new RejectedExecutionException();
            }
        };
        line.at(START.plusSeconds(1), ended, () -> {});
        at(2, "a");
        while (line.ringNext(START.plusSeconds(3))) {}
        assertEquals(List.of("a"), rang);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 1_000_001, Double.NaN, Double.POSITIVE_INFINITY})
    void a_rate_that_makes_no_sense_is_refused(double rate) {
        assertThrows(IllegalArgumentException.class, () -> new TimeLine.Pace(rate));
    }

    /// Real time that is moved by hand.
    static final class Hand implements RealTime {
        private long nanos;

        void pass(Duration span) {
            nanos += span.toNanos();
        }

        @Override
        public Instant wall() {
            return START.plusNanos(nanos);
        }

        @Override
        public long nanos() {
            return nanos;
        }
    }

    /// Runs a task where it is handed over.
    static final class Here implements Loop {
        @Override
        public boolean inLoop() {
            return true;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }
}
