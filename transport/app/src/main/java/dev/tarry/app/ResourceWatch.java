package dev.tarry.app;

import dev.tarry.config.ResourceSettings;
import dev.tarry.pressure.BackPressure;
import dev.tarry.pressure.PressureMarks;
import dev.tarry.pressure.Resource;
import dev.tarry.queue.Queues;
import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every few seconds at the heap, at what waits for the store, and at the Submission queue, and tells
/// [BackPressure] (reference §9.1); the disk has its own watch, [SpaceWatch]. On a loop that no clock waits for.
final class ResourceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceWatch.class);

    /// Between two looks when not even the settings can be read.
    private static final Duration LAST_RESORT = Duration.ofSeconds(10);

    /// Looks at a heap that was too full after which it is collected, if nothing else has made that happen: while
    /// mail is refused nothing fills it, and nobody would find out that it is not full any more.
    static final int COLLECT_AFTER_LOOKS = 15;

    /// The heap as it was found by the last collection that looked at what lives long.
    interface Heap {
        /// In use, in per cent.
        int percentAfterCollection();

        /// How many of those there have been.
        long collections();

        /// Has one made; may take a second or two.
        void collect();
    }

    /// The store and the queues, as far as they are looked at.
    interface Backlog {
        /// Changes that wait for the store.
        int changesWaiting();

        /// Messages in the Submission queue; fails while the store is closed.
        CompletableFuture<Integer> submissionLength();

        static Backlog of(Queues queues) {
            return new Backlog() {
                @Override
                public int changesWaiting() {
                    return queues.changesWaiting();
                }

                @Override
                public CompletableFuture<Integer> submissionLength() {
                    return queues.submissionLength();
                }
            };
        }
    }

    private final Heap heap;
    private final Backlog backlog;
    private final Supplier<ResourceSettings> settings;
    private final BackPressure pressure;
    private final Timers wireTimers;
    private final Loop loop;
    private volatile boolean closed;
    private volatile Alarm next = () -> {};
    // loop only, all that follows
    private long collections;
    private int looksSinceCollection;
    private int lastChangesWaiting;

    /// @param settings asked anew for every look
    ResourceWatch(
            Heap heap,
            Backlog backlog,
            Supplier<ResourceSettings> settings,
            BackPressure pressure,
            Timers wireTimers,
            Loop loop) {
        this.heap = heap;
        this.backlog = backlog;
        this.settings = settings;
        this.pressure = pressure;
        this.wireTimers = wireTimers;
        this.loop = loop;
        loop.execute(this::look);
    }

    private void look() {
        if (closed) {
            return;
        }
        Duration wait = LAST_RESORT;
        try {
            ResourceSettings now = settings.get();
            wait = now.meteringInterval();
            lookAtHeap(now.privateBytes());
            lookAtChanges(now.versionBuckets());
            backlog.submissionLength()
                    .thenAccept(length -> loop.execute(() -> tell(
                            Resource.SUBMISSION_QUEUE,
                            length,
                            now.submissionQueue(),
                            "there are " + length + " messages in the Submission queue")));
        } catch (RuntimeException e) {
            LOG.error("resources could not be looked at", e);
        } finally {
            next = wireTimers.after(wait, loop, this::look);
        }
    }

    private void lookAtHeap(ResourceSettings.Marks marks) {
        long now = heap.collections();
        looksSinceCollection = now == collections ? looksSinceCollection + 1 : 0;
        collections = now;
        int percent = heap.percentAfterCollection();
        if (percent > marks.mediumToLow() && looksSinceCollection >= COLLECT_AFTER_LOOKS) {
            looksSinceCollection = 0;
            heap.collect();
            percent = heap.percentAfterCollection();
        }
        tell(
                Resource.PRIVATE_BYTES,
                percent,
                marks,
                percent + " per cent of the heap were in use after the last collection");
    }

    /// Many come at once and are gone with the next commit: what counts is what two looks have found.
    private void lookAtChanges(ResourceSettings.Marks marks) {
        int waiting = backlog.changesWaiting();
        int lasting = Math.min(waiting, lastChangesWaiting);
        lastChangesWaiting = waiting;
        tell(
                Resource.USED_VERSION_BUCKETS,
                lasting,
                marks,
                lasting + " changes wait for the queue database to write them");
    }

    private void tell(Resource resource, long use, ResourceSettings.Marks marks, String says) {
        PressureMarks levels =
                new PressureMarks(marks.lowToMedium(), marks.mediumToHigh(), marks.highToMedium(), marks.mediumToLow());
        pressure.told(new BackPressure.Look(
                resource,
                use,
                levels.next(pressure.level(resource), use),
                levels.toString(),
                marks.historyDepth(),
                says));
    }

    @Override
    public void close() {
        closed = true;
        next.cancel();
    }
}
