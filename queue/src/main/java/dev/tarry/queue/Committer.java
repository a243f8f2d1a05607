package dev.tarry.queue;

import dev.tarry.store.Batch;
import dev.tarry.store.CommitResult;
import dev.tarry.store.StoreException;
import dev.tarry.time.Loop;
import dev.tarry.time.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands everything that has gathered to the store at once, so that one sync serves many (design §3.1). Batches
/// are committed in the order of submission, on the one committer thread; submitting never blocks.
///
/// What is on its way counts in the ledger as the one task that commits it, which the committer's executor counts.
/// What a slow disk holds back does not count: it waits for an alarm, as a [Pause] does, and nothing is committed
/// meanwhile.
final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    /// Batches a commit takes at most.
    static final int MAX_BATCHES = 256;

    /// Batches of which a loop hears in one turn.
    static final int MAX_TOLD = 32;

    /// @param done gets the result
    /// @param where on which loop; null means on the committer thread itself
    private record Pending(Batch batch, Consumer<CommitResult> done, Loop where) {}

    private final World world;
    private final StoreDoor door;
    private final QueueMeter meter;
    private final Executor thread;
    private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    /// the last that there was; queue loop only
    private Optional<Pause> held = Optional.empty();
    /// queue loop only
    private boolean hurried;

    Committer(World world, StoreDoor door, QueueMeter meter) {
        this.world = world;
        this.door = door;
        this.meter = meter;
        this.thread = world.loops().committer();
    }

    void submit(Batch batch, Loop where, Consumer<CommitResult> done) {
        pending.add(new Pending(batch, done, where));
        if (scheduled.compareAndSet(false, true)) {
            thread.execute(this::drain);
        }
    }

    /// Batches that nobody has begun to commit. Any thread; counts them.
    int waiting() {
        return pending.size();
    }

    private void drain() {
        boolean many = false;
        while (true) {
            if (many) { // where many commit at once, more is on its way: let it come, if the processors are busy
                Thread.yield();
            }
            List<Pending> taken = new ArrayList<>();
            for (Pending next; taken.size() < MAX_BATCHES && (next = pending.poll()) != null; ) {
                taken.add(next);
            }
            many = taken.size() > 1;
            if (!taken.isEmpty()) {
                List<CommitResult> results = measured(taken);
                Duration late = late(results);
                if (late.isPositive()) {
                    holdBack(taken, results, late);
                    return;
                }
                tell(taken, results);
                continue;
            }
            scheduled.set(false);
            if (pending.isEmpty() || !scheduled.compareAndSet(false, true)) {
                return;
            }
        }
    }

    private static Duration late(List<CommitResult> results) {
        Duration latest = Duration.ZERO;
        for (CommitResult result : results) {
            if (result instanceof CommitResult.Committed(Duration late) && late.compareTo(latest) > 0) {
                latest = late;
            }
        }
        return latest;
    }

    private void holdBack(List<Pending> taken, List<CommitResult> results, Duration late) {
        Runnable goOn = () -> thread.execute(() -> {
            tell(taken, results);
            drain();
        });
        world.loops().queue().execute(() -> {
            if (hurried) {
                goOn.run();
            } else {
                held = Optional.of(Pause.of(world, late, late, goOn));
            }
        });
    }

    /// A slow disk holds back nothing from now on, and lets out at once what it holds; or it may again. Queue loop
    /// only.
    void hurried(boolean hurry) {
        hurried = hurry;
        if (hurry) {
            held.ifPresent(Pause::end);
        }
    }

    private static void tell(List<Pending> taken, List<CommitResult> results) {
        Loop loop = null;
        List<Runnable> onLoop = new ArrayList<>();
        for (int i = 0; i < taken.size(); i++) {
            Pending p = taken.get(i);
            CommitResult result = results.get(i);
            if (p.where == null) {
                tell(p, result);
            } else {
                loop = p.where;
                onLoop.add(() -> tell(p, result));
            }
        }
        for (int from = 0; from < onLoop.size(); from += MAX_TOLD) {
            List<Runnable> some = onLoop.subList(from, Math.min(onLoop.size(), from + MAX_TOLD));
            loop.execute(() -> some.forEach(Runnable::run));
        }
    }

    /// Whoever fails to hear it must not keep the others from hearing theirs, nor this thread from its work.
    private static void tell(Pending p, CommitResult result) {
        try {
            p.done.accept(result);
        } catch (RuntimeException unexpected) {
            LOG.error("whoever waited for a commit failed", unexpected);
        }
    }

    private List<CommitResult> measured(List<Pending> taken) {
        meter.committing();
        List<CommitResult> results = results(taken);
        boolean synced = false;
        boolean failed = false;
        for (int i = 0; i < taken.size(); i++) {
            synced |= taken.get(i).batch.durable();
            failed |= !(results.get(i) instanceof CommitResult.Committed);
        }
        meter.committed(taken.size(), synced, failed);
        return results;
    }

    private List<CommitResult> results(List<Pending> taken) {
        try {
            return door.store().commit(taken.stream().map(Pending::batch).toList());
        } catch (StoreException | RuntimeException | Error broken) {
            CommitResult failed = new CommitResult.Failed(broken.toString(), false);
            return taken.stream().map(_ -> failed).toList();
        }
    }
}
