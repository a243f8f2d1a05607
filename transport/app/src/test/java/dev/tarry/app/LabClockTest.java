package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.time.Ledger;
import dev.tarry.time.Loop;
import dev.tarry.time.RealTime;
import dev.tarry.time.TimeLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabClockTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private static final RealTime STANDING = new RealTime() {
        @Override
        public Instant wall() {
            return START;
        }

        @Override
        public long nanos() {
            return 0;
        }
    };

    private static final Loop HERE = new Loop() {
        @Override
        public boolean inLoop() {
            return true;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    };

    private final TimeLine line = new TimeLine(STANDING, START, TimeLine.Pace.FROZEN);

    @TempDir
    private Path folder;

    private Path file;
    private LabClock clock;

    @BeforeEach
    void clock() {
        file = folder.resolve("clock");
        clock = new LabClock(line, new Ledger(), STANDING, file, Optional::empty);
    }

    private Instant kept() throws IOException {
        return LabClock.Kept.read(file).orElseThrow().lab();
    }

    @Test
    void what_is_kept_is_never_behind_what_is_shown_while_it_is_advanced() throws Exception {
        List<Duration> ahead = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            line.after(Duration.ofMinutes(10L * i), HERE, () -> {
                try {
                    ahead.add(Duration.between(line.instant(), kept()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        clock.advance(START.plus(Duration.ofHours(48)));
        assertEquals(288, ahead.size());
        assertTrue(ahead.stream().noneMatch(Duration::isNegative), "a kill would bring back an earlier time: " + ahead);
        assertTrue(
                ahead.stream().allMatch(span -> span.compareTo(LabClock.KEPT_AHEAD) <= 0),
                () -> "too far ahead: " + ahead);
        assertEquals(START.plus(Duration.ofHours(48)), kept());
    }

    @Test
    void an_advance_without_alarms_is_kept_before_it_is_shown() throws Exception {
        clock.advance(START.plus(Duration.ofDays(3)));
        assertEquals(START.plus(Duration.ofDays(3)), kept());
    }

    @Test
    void an_advance_that_cannot_be_kept_does_not_happen() throws Exception {
        Files.createDirectory(folder.resolve("clock.new"));
        List<Boolean> told = new ArrayList<>();
        clock.watch(() -> told.add(clock.read().advance().isPresent()));
        assertThrows(IOException.class, () -> clock.advance(START.plusSeconds(60)));
        assertEquals(List.of(true, false), told, "who watches it hears of its end all the same");
        assertEquals(START, line.instant());
        assertTrue(clock.read().advance().isEmpty());
    }

    @Test
    void the_pace_that_is_kept_on_the_way_is_the_one_it_goes_on_with() throws Exception {
        line.pace(new TimeLine.Pace(10));
        line.after(Duration.ofMinutes(1), HERE, () -> {
            try {
                assertEquals(10, LabClock.Kept.read(file).orElseThrow().rate());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        clock.advance(START.plusSeconds(90));
        assertEquals(10, LabClock.Kept.read(file).orElseThrow().rate());
    }

    @Test
    void a_moment_behind_it_or_too_far_ahead_is_refused() {
        assertThrows(LabClock.Refused.class, () -> clock.advance(START.minusSeconds(1)));
        assertThrows(LabClock.Refused.class, () -> clock.advance(START.plus(Duration.ofDays(367))));
        assertEquals(START, line.instant());
    }

    @Test
    void a_wait_steps_a_frozen_clock_no_farther_than_it_must_and_keeps_where_it_is() throws Exception {
        List<Instant> rang = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            line.after(Duration.ofHours(i), HERE, () -> rang.add(line.instant()));
        }
        LabClock.Outcome met = clock.await(() -> rang.size() == 2, Duration.ofHours(10), Optional.empty(), false);
        assertEquals(LabClock.End.MET, met.end());
        assertEquals(START.plus(Duration.ofHours(2)), met.now());
        assertEquals(2, met.alarms());
        assertEquals(met.now(), kept());

        LabClock.Outcome already = clock.await(() -> true, Duration.ofHours(10), Optional.empty(), false);
        assertEquals(LabClock.End.MET, already.end());
        assertEquals(0, already.alarms());

        LabClock.Outcome never = clock.await(() -> false, Duration.ofHours(10), Optional.empty(), false);
        assertEquals(LabClock.End.ARRIVED, never.end());
        assertEquals(START.plus(Duration.ofHours(12)), never.now());
        assertEquals(3, never.alarms());

        LabClock.Outcome tooLong = clock.await(() -> false, Duration.ofHours(1), Optional.of(Duration.ZERO), false);
        assertEquals(LabClock.End.REAL_LIMIT, tooLong.end());
        assertEquals(START.plus(Duration.ofHours(12)), tooLong.now());
        assertThrows(
                LabClock.Refused.class, () -> clock.await(() -> true, Duration.ofDays(367), Optional.empty(), false));
    }

    @Test
    void on_a_running_clock_what_is_true_in_the_middle_of_a_change_only_does_not_count() throws Exception {
        Ledger ledger = new Ledger();
        long[] nanos = {0};
        RealTime moving = new RealTime() {
            @Override
            public Instant wall() {
                return START;
            }

            @Override
            public long nanos() {
                return nanos[0] += 1_000_000;
            }
        };
        TimeLine running = new TimeLine(moving, START, TimeLine.Pace.REAL);
        LabClock its = new LabClock(running, ledger, moving, file, Optional::empty);
        ledger.begin(Ledger.Kind.TASK);
        int[] asked = {0};
        LabClock.Outcome glimpsed = its.await(() -> asked[0]++ < 20, Duration.ofSeconds(1), Optional.empty(), false);
        assertEquals(LabClock.End.ARRIVED, glimpsed.end());
        assertEquals(
                LabClock.End.MET,
                its.await(() -> true, Duration.ofMinutes(1), Optional.empty(), false)
                        .end());
        ledger.end(Ledger.Kind.TASK);
        long before = nanos[0];
        assertEquals(
                LabClock.End.MET,
                its.await(() -> true, Duration.ofMinutes(1), Optional.empty(), false)
                        .end());
        assertTrue(nanos[0] - before < LabClock.STEADY.toNanos());
        its.end();
        assertThrows(
                InterruptedException.class,
                () -> its.await(() -> false, Duration.ofMinutes(1), Optional.empty(), false));
    }

    @Test
    void what_must_be_settled_is_not_believed_however_long_it_has_held() throws Exception {
        Ledger ledger = new Ledger();
        long[] nanos = {0};
        RealTime moving = new RealTime() {
            @Override
            public Instant wall() {
                return START;
            }

            @Override
            public long nanos() {
                return nanos[0] += 1_000_000;
            }
        };
        LabClock its =
                new LabClock(new TimeLine(moving, START, TimeLine.Pace.REAL), ledger, moving, file, Optional::empty);
        ledger.begin(Ledger.Kind.TASK);
        assertEquals(
                LabClock.End.ARRIVED,
                its.await(() -> true, Duration.ofSeconds(1), Optional.empty(), true)
                        .end());
        ledger.end(Ledger.Kind.TASK);
        assertEquals(
                LabClock.End.MET,
                its.await(() -> true, Duration.ofSeconds(1), Optional.empty(), true)
                        .end());
    }

    @Test
    void where_time_may_not_be_moved_a_running_clock_can_still_be_waited_for() throws Exception {
        LabClock its = new LabClock(line, new Ledger(), STANDING, file, () -> Optional.of("somebody owes an answer"));
        LabClock.Refused refused = assertThrows(
                LabClock.Refused.class, () -> its.await(() -> true, Duration.ofHours(1), Optional.empty(), false));
        assertEquals("somebody owes an answer", refused.getMessage());
        assertEquals(START, line.instant());
        line.pace(TimeLine.Pace.REAL);
        assertEquals(
                LabClock.End.MET,
                its.await(() -> true, Duration.ofHours(1), Optional.empty(), false)
                        .end());
        assertThrows(LabClock.Refused.class, () -> its.advance(START.plusSeconds(1)));
    }

    @Test
    void the_pace_is_not_changed_under_who_advances_it() throws Exception {
        List<Exception> refused = new ArrayList<>();
        line.after(Duration.ofHours(1), HERE, () -> {
            refused.add(assertThrows(LabClock.Refused.class, () -> clock.pace(TimeLine.Pace.REAL)));
            refused.add(assertThrows(LabClock.Refused.class, () -> clock.advance(START.plusSeconds(7_200))));
            assertEquals(
                    START.plusSeconds(7_200),
                    clock.read().advance().orElseThrow().target());
        });
        assertEquals(1, clock.advance(START.plusSeconds(7_200)).alarms());
        assertEquals(2, refused.size());
        assertTrue(clock.read().advance().isEmpty());
    }

    @Test
    void a_client_that_hangs_up_at_the_end_of_an_advance_leaves_the_clock_kept_where_it_is() throws Exception {
        boolean[] rang = {false};
        boolean[] hangsUp = {false};
        RealTime interrupting = new RealTime() {
            @Override
            public Instant wall() {
                if (hangsUp[0]) {
                    Thread.currentThread().interrupt();
                }
                return START;
            }

            @Override
            public long nanos() {
                return 0;
            }
        };
        TimeLine its = new TimeLine(interrupting, START, TimeLine.Pace.FROZEN);
        LabClock shown = new LabClock(its, new Ledger(), interrupting, file, Optional::empty);
        List<Boolean> told = new ArrayList<>();
        shown.watch(() -> told.add(shown.read().advance().isPresent()));
        its.after(Duration.ofMinutes(10), HERE, () -> rang[0] = true);
        LabClock.Outcome met =
                shown.advance(START.plus(Duration.ofHours(2)), () -> hangsUp[0] = rang[0], Optional.empty());
        assertTrue(Thread.interrupted(), "it was interrupted while it was written down, and is so still");
        assertEquals(LabClock.End.MET, met.end());
        assertEquals(START.plus(Duration.ofMinutes(10)), met.now());
        assertEquals(met.now(), kept());
        assertEquals(List.of(true, false), told);
    }
}
