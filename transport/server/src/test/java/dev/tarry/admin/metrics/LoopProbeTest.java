package dev.tarry.admin.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.time.RealTime;
import dev.tarry.time.TimeLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LoopProbeTest {
    private static final Instant NOW = Instant.parse("2026-03-04T09:15:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final TimeLine wire = new TimeLine(
            new RealTime() {
                @Override
                public Instant wall() {
                    return NOW;
                }

                @Override
                public long nanos() {
                    return 0;
                }
            },
            NOW,
            TimeLine.Pace.FROZEN);
    private final Deque<Runnable> loop = new ArrayDeque<>();
    private final Metrics metrics = new Metrics(this::real);
    private final LoopProbe probe = LoopProbe.ofQueueLoop(metrics, loop::add, this::real, wire);

    private long real() {
        return wire.millis() * 1_000_000 + nanos.get();
    }

    private long measured() {
        return Arrays.stream(metrics.queueLoopLag.counts()).sum();
    }

    private void pass(Duration time) {
        Instant until = wire.instant().plus(time);
        while (wire.ringNext(until)) {}
        wire.moveTo(until);
    }

    @Test
    void a_wait_is_measured_from_the_handing_over_until_the_loop_gets_to_it() {
        pass(LoopProbe.INTERVAL);
        assertEquals(1, loop.size());
        assertEquals(0, measured());
        nanos.addAndGet(3_000_000);
        loop.remove().run();
        assertEquals(1, measured());
        assertEquals(3_000_000, metrics.queueLoopLag.sum());
    }

    @Test
    void a_loop_that_is_stuck_has_one_probe_waiting_and_counts_for_all_the_time() {
        pass(LoopProbe.INTERVAL);
        pass(Duration.ofSeconds(10));
        assertEquals(1, loop.size(), "no pile of probes behind a loop that is stuck");
        loop.remove().run();
        assertTrue(measured() >= 20, () -> "measurements: " + measured());
        long[] counts = metrics.queueLoopLag.counts();
        assertTrue(counts[10] + counts[11] >= 10, () -> "above a second: " + Arrays.toString(counts));
    }

    @Test
    void it_ends_when_it_is_closed() {
        probe.close();
        pass(Duration.ofSeconds(10));
        assertEquals(0, loop.size());
        assertArrayEquals(new long[12 + 1], metrics.queueLoopLag.counts());
    }
}
