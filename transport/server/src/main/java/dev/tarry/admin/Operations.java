package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.admin.OperationState.Phase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Orders to everything that matches a filter: each is carried out on a thread of its own, slice by slice,
/// so that the queue loop is never held, and can be watched and cancelled meanwhile. An operation lives as
/// long as the server: when that ends, the rest of it is simply not done. Thread-safe.
public final class Operations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

    /// Operations that go on at once.
    public static final int MAX_RUNNING = 4;

    /// Operations that are over and can still be asked for; the oldest is forgotten first.
    public static final int MAX_KEPT = 100;

    private final InstantSource labTime;
    private final ThreadFactory threads;
    private final List<Consumer<OperationState>> watchers = new CopyOnWriteArrayList<>();

    // guarded by this, all that follows
    private final SequencedMap<Long, Operation> known = new TreeMap<>();
    private long last;
    private int running;
    private boolean closed;

    /// @param labTime when they begin and end
    /// @param threads make the threads they are carried out on
    /// @param first   ids are larger than this: of two runs of the server the later has the larger ones
    public Operations(InstantSource labTime, ThreadFactory threads, long first) {
        this.labTime = labTime;
        this.threads = threads;
        this.last = first;
    }

    /// Does the work, and tells the operation of it.
    @FunctionalInterface
    interface Work {
        /// @return whether all has been looked at; else the operation was cancelled
        /// @throws OperationRefused if it cannot go on
        boolean run(Operation operation);
    }

    /// Begins one.
    ///
    /// @throws OperationRefused if there are as many as may be, or the server is stopping
    OperationState begin(String verb, String what, Work work) {
        return begin(verb, what, () -> work);
    }

    /// Begins one whose first step may be refused: it has its place before that step, and is known after it.
    ///
    /// @param first sets it going, on this thread, only if it may go on
    /// @throws OperationRefused if there are as many as may be, or the server is stopping; or as the first step
    OperationState begin(String verb, String what, Supplier<Work> first) {
        takePlace();
        Work work;
        try {
            work = first.get();
        } catch (RuntimeException refused) {
            giveBackPlace();
            throw refused;
        }
        Operation operation;
        synchronized (this) {
            operation = new Operation(++last, verb, what, labTime.instant());
            known.put(operation.id(), operation);
            forget();
        }
        LOG.info("operation {} begins: {} of {}", operation.id(), verb, OperationRefused.quoted(what));
        tell(operation);
        threads.newThread(() -> carryOut(operation, work)).start();
        return operation.state();
    }

    private synchronized void takePlace() {
        if (closed) {
            throw new OperationRefused(Reason.UNAVAILABLE, "the server is stopping");
        }
        if (running == MAX_RUNNING) {
            throw new OperationRefused(
                    Reason.BUSY,
                    "there are " + MAX_RUNNING
                            + " operations under way, as many as may be at once; wait for one, or cancel it");
        }
        running++;
    }

    private synchronized void giveBackPlace() {
        running--;
    }

    private void forget() {
        int over = known.size() - running;
        var oldest = known.values().iterator();
        while (over > MAX_KEPT && oldest.hasNext()) {
            if (oldest.next().over().isDone()) {
                oldest.remove();
                over--;
            }
        }
    }

    private void carryOut(Operation operation, Work work) {
        Phase how = Phase.FAILED;
        String problem = "something went wrong in the server; its log says what it was";
        try {
            how = work.run(operation) ? Phase.DONE : Phase.CANCELLED;
            problem = "";
        } catch (OperationRefused refused) {
            problem = refused.getMessage();
        } catch (RuntimeException e) {
            LOG.error("operation {} could not go on", operation.id(), e);
        } finally {
            giveBackPlace();
            operation.end(how, problem, labTime.instant());
            LOG.info("operation {} is {}", operation.id(), operation.state().sentence());
            tell(operation);
        }
    }

    /// Newest first.
    public List<OperationState> list() {
        List<Operation> all;
        synchronized (this) {
            all = new ArrayList<>(known.sequencedValues().reversed());
        }
        return all.stream().map(Operation::state).toList();
    }

    /// @throws OperationRefused if there is none of this id (any more)
    public OperationState find(long id) {
        return operation(id).state();
    }

    /// Done when nothing of it goes on any more.
    ///
    /// @throws OperationRefused if there is none of this id (any more)
    public CompletableFuture<OperationState> over(long id) {
        return operation(id).over();
    }

    /// Has it end after the slice that is under way; what it had not come to stays as it was. One that is
    /// over is left alone.
    ///
    /// @return how it stands, and how far it came if it has ended within that time
    /// @param within real time
    /// @throws OperationRefused if there is none of this id (any more)
    public OperationState cancel(long id, Duration within) {
        Operation operation = operation(id);
        operation.cancel();
        try {
            return operation.over().get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return operation.state();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return operation.state();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an operation ends, and does not fail to", e);
        }
    }

    private synchronized Operation operation(long id) {
        Operation operation = known.get(id);
        if (operation == null) {
            throw new OperationRefused(
                    Reason.UNKNOWN_OBJECT,
                    "there is no operation " + id + "; the last " + MAX_KEPT + " of this run of the server are kept");
        }
        return operation;
    }

    /// Has it told of every change from now on, on the operation's thread; quick, and waits for nothing.
    public void watch(Consumer<OperationState> watcher) {
        watchers.add(watcher);
    }

    /// It is told no more.
    public void unwatch(Consumer<OperationState> watcher) {
        watchers.remove(watcher);
    }

    void tell(Operation operation) {
        if (!watchers.isEmpty()) {
            OperationState state = operation.state();
            watchers.forEach(watcher -> watcher.accept(state));
        }
    }

    /// How many go on.
    public synchronized int running() {
        return running;
    }

    /// Ends those that go on: each after the slice that is under way.
    @Override
    public void close() {
        List<Operation> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(known.values());
        }
        for (Operation operation : all) {
            if (!operation.over().isDone()) {
                LOG.info("the server ends, and operation {} with it; its rest is not done", operation.id());
                operation.cancel();
            }
        }
    }
}
