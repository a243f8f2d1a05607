package dev.tarry.app;

import dev.tarry.admin.OperationState;
import dev.tarry.admin.Operations;
import dev.tarry.lab.Lab;
import dev.tarry.lab.LabWatcher;
import dev.tarry.lab.dns.JournaledQuery;
import dev.tarry.lab.fault.ActiveFault;
import dev.tarry.lab.mx.ReceivedMessage;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.QueueSight;
import dev.tarry.queue.QueueWatcher;
import dev.tarry.scenario.condition.TrackingFeed;
import dev.tarry.store.MailboxItem;
import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.World;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingSink;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Gathers what happens (queues, tracking, the lab, its clock) into one ring, while anybody listens, and tells the
/// streams that there is more.
///
/// Whoever makes something happen only adds it to the ring: nothing waits, and no clock waits for it (design §3.7).
/// A loop of its own, which the ledger does not count, wakes the streams every [#GATHER] of wire time, and tells of
/// a queue what it has come to by then: however often it changed, that is one event.
final class EventFeed implements AutoCloseable {
    /// What happens is told so much later at most, in wire time.
    static final Duration GATHER = Duration.ofMillis(50);

    /// A stream on which nothing happens says so this often, in wire time.
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /// When the last stream has ended, what happens is still kept for so long, in wire time, for a client that
    /// comes back.
    static final Duration LINGER = Duration.ofSeconds(60);

    /// Queues that may have changed and not been told of yet; the changes of more are lost, and told as a gap.
    static final int MAX_CHANGED_QUEUES = EventRing.MAX_EVENTS;

    /// Ids of a later run of the server are larger, whatever happened in the one before.
    private static final long IDS_PER_MILLISECOND = 1_000;

    /// Where changes of queues are heard of; the queue loop tells a watcher first of all that there are.
    interface QueueBell {
        void watch(QueueWatcher watcher);

        void unwatch(QueueWatcher watcher);
    }

    private final QueueBell queues;
    private final TrackingFeed tracking;
    private final Operations operations;
    private final Optional<Lab> lab;
    private final LabClock clock;
    private final Supplier<QueueSettings> settings;
    private final World world;
    private final Loop loop;
    private final EventRing ring;
    private final List<EventStream> streams = new CopyOnWriteArrayList<>();
    private final AtomicBoolean announced = new AtomicBoolean();
    private volatile boolean closed;

    // guarded by this, all that follows
    private Optional<Ears> ears = Optional.empty();
    private Optional<Alarm> beat = Optional.empty();
    /// which chain of heartbeats goes on; one whose alarm rang before it could be cancelled is told by it
    private long beats;
    private Optional<Alarm> deaf = Optional.empty();

    /// @param loop belongs to the caller; what runs there counts in no ledger that a clock waits for
    EventFeed(
            QueueBell queues,
            TrackingFeed tracking,
            Operations operations,
            Optional<Lab> lab,
            LabClock clock,
            Supplier<QueueSettings> settings,
            World world,
            Loop loop) {
        this.queues = queues;
        this.tracking = tracking;
        this.operations = operations;
        this.lab = lab;
        this.clock = clock;
        this.settings = settings;
        this.world = world;
        this.loop = loop;
        this.ring = new EventRing(world.wireTime().millis() * IDS_PER_MILLISECOND);
    }

    EventRing ring() {
        return ring;
    }

    QueueSettings settings() {
        return settings.get();
    }

    boolean closed() {
        return closed;
    }

    /// Streams that are open.
    int streams() {
        return streams.size();
    }

    /// From now on the stream is woken when there is more; everything that happens after the return is in the ring.
    /// Blocking, for the queue loop.
    synchronized void join(EventStream stream) {
        deaf.ifPresent(Alarm::cancel);
        deaf = Optional.empty();
        ears.ifPresent(Ears::gather); // what happened before is no news to this one
        if (ears.isEmpty()) {
            ring.restart();
            Ears fresh = new Ears();
            ears = Optional.of(fresh);
            fresh.open();
        }
        streams.add(stream);
        if (beat.isEmpty()) {
            beatLater(++beats);
        }
    }

    private void beatLater(long chain) {
        beat = Optional.of(world.wireTimers().after(HEARTBEAT, loop, () -> beat(chain)));
    }

    synchronized void leave(EventStream stream) {
        if (streams.remove(stream) && streams.isEmpty()) {
            beat.ifPresent(Alarm::cancel);
            beat = Optional.empty();
            deaf = Optional.of(world.wireTimers().after(LINGER, loop, this::hearNoMore));
        }
    }

    private synchronized void hearNoMore() {
        if (streams.isEmpty()) {
            ears.ifPresent(Ears::close);
            ears = Optional.empty();
        }
    }

    private synchronized void beat(long chain) {
        if (chain == beats && !streams.isEmpty() && !closed) {
            streams.forEach(EventStream::beat);
            beatLater(chain);
        }
    }

    /// Any thread.
    private void announce() {
        if (announced.compareAndSet(false, true)) {
            world.wireTimers().after(GATHER, loop, this::tell);
        }
    }

    /// On the feed's loop.
    private void tell() {
        announced.set(false); // first: whoever comes after this announces anew
        Optional<Ears> now;
        synchronized (this) {
            now = ears;
        }
        now.ifPresent(Ears::gather);
        streams.forEach(EventStream::wake);
    }

    /// Ends all streams.
    @Override
    public synchronized void close() {
        closed = true;
        beat.ifPresent(Alarm::cancel);
        deaf.ifPresent(Alarm::cancel);
        ears.ifPresent(Ears::close);
        ears = Optional.empty();
        streams.forEach(EventStream::wake);
    }

    /// What listens, from the first stream's beginning until some time after the last one's end.
    private final class Ears implements QueueWatcher, LabWatcher, TrackingSink {
        private final Runnable clockWatcher = () -> heard(new Happening.Clock(clock.read()));
        private final Consumer<OperationState> operationWatcher = this::noted;
        private volatile boolean over;

        /// how each queue stood last, for what is told when it goes; queue loop only
        private final Map<Integer, QueueSight> known = new HashMap<>();
        /// whether queues that are told of have changed, and are not only there; queue loop only
        private boolean seeded;

        private final Object changes = new Object();
        /// by the queue's id, in the order of their first change; guarded by changes, and so is the next
        private Map<Integer, Happening> changed = new LinkedHashMap<>();
        private long lost;
        /// by the operation's id: how far it has come, not each step; guarded by changes
        private Map<Long, Happening> moved = new LinkedHashMap<>();

        private volatile boolean faultsStale;
        /// as they were last told of; guarded by this
        private Map<Long, ActiveFault> faults = new LinkedHashMap<>();

        void open() {
            CompletableFuture<Void> there = new CompletableFuture<>();
            queues.watch(this);
            // behind the task that tells of all queues there are
            world.loops().queue().execute(() -> {
                seeded = true;
                there.complete(null);
            });
            tracking.watch(this);
            lab.ifPresent(outside -> {
                outside.watch(this);
                faults = faults(outside);
            });
            clock.watch(clockWatcher);
            operations.watch(operationWatcher);
            there.join();
        }

        void close() {
            over = true;
            queues.unwatch(this);
            tracking.unwatch(this);
            lab.ifPresent(outside -> outside.unwatch(this));
            clock.unwatch(clockWatcher);
            operations.unwatch(operationWatcher);
        }

        private void heard(Happening what) {
            if (!over) {
                ring.add(what);
                announce();
            }
        }

        @Override
        public void write(TrackingEvent event) {
            heard(new Happening.Tracking(event));
        }

        // ---- queues

        @Override
        public void changed(QueueSight queue) {
            QueueSight before = known.put(queue.id(), queue);
            if (seeded && !queue.equals(before)) {
                note(queue.id(), new Happening.Queue(now(), false, queue));
            }
        }

        @Override
        public void gone(int queueId) {
            QueueSight before = known.remove(queueId);
            if (before != null) {
                note(queueId, new Happening.Queue(now(), true, before));
            }
        }

        @Override
        public void anew() {
            known.values().forEach(queue -> note(queue.id(), new Happening.Queue(now(), true, queue)));
            known.clear();
        }

        private void note(int queueId, Happening change) {
            synchronized (changes) {
                if (changed.size() < MAX_CHANGED_QUEUES || changed.containsKey(queueId)) {
                    changed.put(queueId, change);
                } else {
                    lost++;
                }
            }
            announce();
        }

        private void noted(OperationState operation) {
            synchronized (changes) {
                moved.put(operation.id(), new Happening.Operation(now(), operation));
            }
            announce();
        }

        private Instant now() {
            return world.labTime().instant();
        }

        @Override
        public void delivered(MailboxItem item) {}

        @Override
        public void removed(MailboxItem item) {}

        // ---- the lab

        @Override
        public void received(ReceivedMessage message) {
            heard(new Happening.Mail(message));
        }

        @Override
        public void asked(JournaledQuery query) {
            heard(new Happening.Query(query));
        }

        @Override
        public void faultsChanged() {
            faultsStale = true;
            announce();
        }

        private static Map<Long, ActiveFault> faults(Lab lab) {
            Map<Long, ActiveFault> all = new LinkedHashMap<>();
            lab.faults().forEach(fault -> all.put(fault.id(), fault));
            return all;
        }

        // ---- what has gathered

        /// One at a time; on the feed's loop, or where a stream begins.
        synchronized void gather() {
            Map<Integer, Happening> all;
            Map<Long, Happening> operated;
            long unheard;
            synchronized (changes) {
                all = changed;
                unheard = lost;
                changed = new LinkedHashMap<>();
                lost = 0;
                operated = moved;
                moved = new LinkedHashMap<>();
            }
            if (faultsStale) {
                faultsStale = false; // before the look: what changes during it is looked at again
                lab.ifPresent(outside -> compare(faults(outside)));
            }
            ring.lose(unheard);
            all.values().forEach(ring::add);
            operated.values().forEach(ring::add);
        }

        private void compare(Map<Long, ActiveFault> fresh) {
            Instant now = now();
            faults.forEach((id, fault) -> {
                if (!fresh.containsKey(id)) {
                    ring.add(new Happening.Fault(now, Happening.Change.REMOVED, fault));
                }
            });
            fresh.forEach((id, fault) -> {
                ActiveFault before = faults.get(id);
                if (before == null) {
                    ring.add(new Happening.Fault(now, Happening.Change.ADDED, fault));
                }
                if (fault.fired() > (before == null ? 0 : before.fired())) {
                    ring.add(new Happening.Fault(now, Happening.Change.FIRED, fault));
                }
            });
            faults = fresh;
        }
    }
}
