package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.Settings;
import dev.tarry.eventlog.EventSink;
import dev.tarry.pressure.BackPressure;
import dev.tarry.pressure.PressureLevel;
import dev.tarry.pressure.Resource;
import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ResourceWatchTest {
    private final BackPressure pressure =
            new BackPressure(() -> Instant.EPOCH, EventSink.NONE, BackPressure.Effects.NONE);
    private final Deque<Runnable> alarms = new ArrayDeque<>();
    private int heapPercent;
    private long collections;
    private int collected;
    private int afterCollected;
    private int changes;
    private int submission;

    private final ResourceWatch.Heap heap = new ResourceWatch.Heap() {
        @Override
        public int percentAfterCollection() {
            return heapPercent;
        }

        @Override
        public long collections() {
            return collections;
        }

        @Override
        public void collect() {
            collected++;
            collections++;
            heapPercent = afterCollected;
        }
    };

    private final ResourceWatch.Backlog backlog = new ResourceWatch.Backlog() {
        @Override
        public int changesWaiting() {
            return changes;
        }

        @Override
        public CompletableFuture<Integer> submissionLength() {
            return submission < 0
                    ? CompletableFuture.failedFuture(new IllegalStateException("closed"))
                    : CompletableFuture.completedFuture(submission);
        }
    };

    @BeforeEach
    void watch() throws Exception {
        Settings settings = Settings.load(Optional.empty(), Map.of(), List.of());
        Loop here = new Loop() {
            @Override
            public boolean inLoop() {
                return true;
            }

            @Override
            public void execute(Runnable task) {
                task.run();
            }
        };
        Timers byHand = new Timers() {
            @Override
            public Alarm at(Instant due, Loop loop, Runnable ring) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Alarm after(Duration wait, Loop loop, Runnable ring) {
                assertEquals(Duration.ofSeconds(2), wait);
                alarms.add(ring);
                return () -> {};
            }
        };
        new ResourceWatch(heap, backlog, settings::resources, pressure, byHand, here);
    }

    @Test
    void each_resource_has_the_marks_that_are_set() {
        heapPercent = 73;
        submission = 10_000;
        changes = 1_000;
        look();
        look();
        assertEquals(PressureLevel.MEDIUM, pressure.level(Resource.PRIVATE_BYTES));
        assertEquals(PressureLevel.MEDIUM, pressure.level(Resource.SUBMISSION_QUEUE));
        assertEquals(PressureLevel.MEDIUM, pressure.level(Resource.USED_VERSION_BUCKETS));
        assertTrue(pressure.refusal().isEmpty());
        heapPercent = 76;
        submission = 15_001;
        changes = 1_501;
        look();
        look();
        assertEquals(PressureLevel.HIGH, pressure.level(Resource.PRIVATE_BYTES));
        assertEquals(PressureLevel.HIGH, pressure.level(Resource.SUBMISSION_QUEUE));
        assertEquals(PressureLevel.HIGH, pressure.level(Resource.USED_VERSION_BUCKETS));
        heapPercent = 71;
        submission = 2_000;
        changes = 800;
        look();
        look();
        assertEquals(PressureLevel.LOW, pressure.level());
        assertTrue(pressure.refusal().isEmpty());
    }

    @Test
    void changes_that_are_gone_at_the_next_look_are_no_pressure() {
        for (int i = 0; i < 10; i++) {
            changes = i % 2 == 0 ? 5_000 : 0;
            look();
            assertEquals(PressureLevel.LOW, pressure.level());
        }
    }

    @Test
    void a_heap_that_nothing_fills_is_collected_at_last_and_so_found_to_be_free_again() {
        heapPercent = 80;
        collections++;
        afterCollected = 10;
        look();
        assertEquals(PressureLevel.HIGH, pressure.level());
        for (int i = 0; i < ResourceWatch.COLLECT_AFTER_LOOKS - 1; i++) {
            look();
        }
        assertEquals(0, collected);
        assertEquals(PressureLevel.HIGH, pressure.level());
        look();
        assertEquals(1, collected);
        assertEquals(PressureLevel.LOW, pressure.level());
        for (int i = 0; i < 100; i++) {
            look();
        }
        assertEquals(1, collected, "a heap that is not full is left alone");
    }

    @Test
    void a_store_that_is_closed_keeps_nothing_else_from_being_looked_at() {
        submission = -1;
        heapPercent = 80;
        look();
        assertEquals(PressureLevel.HIGH, pressure.level(Resource.PRIVATE_BYTES));
        assertEquals(1, alarms.size());
    }

    private void look() {
        alarms.remove().run();
    }
}
