package dev.tarry.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class JourneyTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private final Ledger ledger = new Ledger();
    private final TimeLineTest.Here here = new TimeLineTest.Here();
    private final AtomicLong nanos = new AtomicLong();
    private final RealTime real = new RealTime() {
        @Override
        public Instant wall() {
            return START;
        }

        @Override
        public long nanos() {
            return nanos.addAndGet(1_000_000);
        }
    };
    private final TimeLine line = new TimeLine(real, START, TimeLine.Pace.FROZEN);
    private final Journey journey = new Journey(line, ledger, real);

    @Test
    void every_alarm_rings_at_its_own_moment_also_those_that_are_set_on_the_way() throws Exception {
        List<Instant> rang = new ArrayList<>();
        line.after(Duration.ofMinutes(1), here, () -> {
            rang.add(line.instant());
            line.after(Duration.ofMinutes(1), here, () -> rang.add(line.instant()));
        });
        Journey.Trip trip = journey.advance(START.plusSeconds(3_600), next -> next, _ -> {});
        assertEquals(List.of(START.plusSeconds(60), START.plusSeconds(120)), rang);
        assertEquals(2, trip.alarms());
        assertEquals(START.plusSeconds(3_600), trip.to());
        assertEquals(TimeLine.Pace.FROZEN, line.pace());
    }

    @Test
    void it_ends_at_the_alarm_after_which_it_has_gone_far_enough() throws Exception {
        List<Instant> rang = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            line.after(Duration.ofMinutes(i), here, () -> rang.add(line.instant()));
        }
        Journey.Trip trip = journey.advance(START.plusSeconds(3_600), () -> rang.size() == 3, next -> next, _ -> {});
        assertTrue(trip.enough());
        assertEquals(3, trip.alarms());
        assertEquals(START.plusSeconds(180), trip.to());
        assertEquals(START.plusSeconds(180), line.instant());

        trip = journey.advance(START.plusSeconds(3_600), () -> true, next -> next, _ -> {});
        assertTrue(trip.enough());
        assertEquals(0, trip.alarms());
        assertEquals(START.plusSeconds(180), line.instant());

        trip = journey.advance(START.plusSeconds(3_600), () -> false, next -> next, _ -> {});
        assertFalse(trip.enough());
        assertEquals(START.plusSeconds(3_600), trip.to());
    }

    @Test
    void whether_it_is_far_enough_is_asked_only_when_all_that_an_alarm_began_is_over() throws Exception {
        AtomicLong begun = new AtomicLong();
        Thread[] worker = new Thread[1];
        line.after(Duration.ofMinutes(1), here, () -> {
            ledger.begin(Ledger.Kind.READ);
            begun.set(1);
            worker[0] = Thread.ofPlatform().start(() -> {
                begun.set(0);
                ledger.end(Ledger.Kind.READ);
            });
        });
        Journey.Trip trip = journey.advance(START.plusSeconds(90), () -> begun.get() == 1, next -> next, _ -> {});
        worker[0].join();
        assertFalse(trip.enough());
    }

    @Test
    void the_next_alarm_waits_until_what_the_last_one_began_is_over() throws Exception {
        List<String> order = new ArrayList<>();
        Thread[] worker = new Thread[1];
        line.after(Duration.ofMinutes(1), here, () -> {
            ledger.begin(Ledger.Kind.READ);
            worker[0] = Thread.ofPlatform().start(() -> {
                synchronized (order) {
                    order.add("read at " + Duration.between(START, line.instant()));
                }
                ledger.end(Ledger.Kind.READ);
            });
        });
        line.after(Duration.ofMinutes(2), here, () -> {
            synchronized (order) {
                order.add("second");
            }
        });
        journey.advance(START.plusSeconds(180), next -> next, _ -> {});
        worker[0].join();
        assertEquals(List.of("read at PT1M", "second"), order);
    }

    @Test
    void it_says_where_it_goes_before_it_goes_there() throws Exception {
        List<String> told = new ArrayList<>();
        line.after(Duration.ofMinutes(1), here, () -> told.add("rang"));
        journey.advance(
                START.plusSeconds(90),
                next -> {
                    told.add(line.instant().until(next).toString());
                    return next;
                },
                _ -> {});
        assertEquals(List.of("PT1M", "rang", "PT30S"), told);
    }

    @Test
    void it_is_not_told_again_before_the_moment_it_named() throws Exception {
        List<Instant> told = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            line.after(Duration.ofMinutes(i), here, () -> {});
        }
        journey.advance(
                START.plusSeconds(240),
                next -> {
                    told.add(next);
                    return next.plusSeconds(90);
                },
                _ -> {});
        assertEquals(List.of(START.plusSeconds(60), START.plusSeconds(180), START.plusSeconds(240)), told);
    }

    @Test
    void many_threads_that_settle_at_once_ring_each_alarm_once_and_in_order() throws Exception {
        List<Integer> rang = new ArrayList<>();
        try (ThreadLoop one = new ThreadLoop("one", ledger, Throwable::printStackTrace);
                ThreadLoop other = new ThreadLoop("other", ledger, Throwable::printStackTrace)) {
            for (int i = 0; i < 5_000; i++) {
                int number = i;
                line.after(Duration.ofMillis(i), i % 2 == 0 ? one : other, () -> {
                    rang.add(number);
                    (number % 2 == 0 ? other : one).execute(() -> {});
                    (number % 3 == 0 ? one : other).execute(() -> {});
                });
            }
            assertEquals(
                    5_000,
                    journey.advance(START.plusSeconds(10), next -> START.plusSeconds(10), _ -> {})
                            .alarms());
        }
        assertEquals(java.util.stream.IntStream.range(0, 5_000).boxed().toList(), rang);
    }

    @Test
    void an_interrupt_ends_it_at_the_alarm_it_has_reached_though_nothing_is_ever_in_flight() {
        for (int i = 1; i <= 10; i++) {
            int minute = i;
            line.after(Duration.ofMinutes(i), here, () -> {
                if (minute == 3) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        assertThrows(
                InterruptedException.class,
                () -> journey.advance(START.plus(Duration.ofHours(1)), next -> next, _ -> {}));
        assertEquals(START.plus(Duration.ofMinutes(3)), line.instant());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void what_never_ends_stops_it_with_a_word_of_what_it_is_and_leaves_the_pace_as_it_was() {
        line.pace(TimeLine.Pace.REAL);
        line.after(Duration.ofMinutes(1), here, () -> {
            ledger.begin(Ledger.Kind.WIRE);
            nanos.addAndGet(0);
        });
        real.nanos();
        Journey.Stalled stalled = assertThrows(
                Journey.Stalled.class,
                () -> new Journey(line, ledger, impatient()).advance(START.plusSeconds(90), next -> next, _ -> {}));
        assertTrue(stalled.getMessage().contains("WIRE 1"), stalled.getMessage());
        assertEquals(TimeLine.Pace.REAL, line.pace());
    }

    private RealTime impatient() {
        return new RealTime() {
            @Override
            public Instant wall() {
                return START;
            }

            @Override
            public long nanos() {
                return nanos.addAndGet(Journey.PATIENCE.toNanos());
            }
        };
    }

    @Test
    void a_ledger_counts_by_kind_and_moves_only_by_ends() {
        assertEquals("nothing", ledger.toString());
        ledger.begin(Ledger.Kind.TASK);
        ledger.begin(Ledger.Kind.WIRE);
        ledger.begin(Ledger.Kind.WIRE);
        assertEquals(0, ledger.moves());
        assertEquals("TASK 1, WIRE 2", ledger.toString());
        ledger.end(Ledger.Kind.WIRE);
        ledger.end(Ledger.Kind.TASK);
        assertFalse(ledger.settled());
        ledger.end(Ledger.Kind.WIRE);
        assertTrue(ledger.settled());
        assertEquals(3, ledger.moves());
    }

    @Test
    void a_task_counts_until_it_has_run_also_when_it_throws_or_is_refused() {
        List<Runnable> waiting = new ArrayList<>();
        CountedExecutor counted = new CountedExecutor(waiting::add, ledger, Ledger.Kind.TASK);
        counted.execute(() -> {
            throw new IllegalStateException();
        });
        assertFalse(ledger.settled());
        assertThrows(IllegalStateException.class, waiting.getFirst()::run);
        assertTrue(ledger.settled());
        CountedExecutor refusing = new CountedExecutor(
                _ -> {
                    throw new java.util.concurrent.RejectedExecutionException();
                },
                ledger,
                Ledger.Kind.TASK);
        assertThrows(java.util.concurrent.RejectedExecutionException.class, () -> refusing.execute(() -> {}));
        assertTrue(ledger.settled());
    }
}
