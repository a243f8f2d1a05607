package dev.tarry.queue;

import dev.tarry.store.Batch;
import dev.tarry.store.CommitResult;
import dev.tarry.store.StoreException;
import dev.tarry.time.Ledger;
import dev.tarry.time.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands everything that has gathered to the store at once, so that one sync serves many (design §3.1). Batches
/// are committed in the order of submission, on the one committer thread; submitting never blocks.
final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    /// Batches a commit takes at most.
    static final int MAX_BATCHES = 256;

    /// @param done gets the result
    /// @param where on which loop; null means on the committer thread itself
    private record Pending(Batch batch, Consumer<CommitResult> done, Loop where) {}

    private final StoreDoor door;
    private final Executor thread;
    private final Ledger ledger;
    private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    Committer(StoreDoor door, Executor thread, Ledger ledger) {
        this.door = door;
        this.thread = thread;
        this.ledger = ledger;
    }

    void submit(Batch batch, Loop where, Consumer<CommitResult> done) {
        ledger.begin(Ledger.Kind.COMMIT);
        pending.add(new Pending(batch, done, where));
        if (scheduled.compareAndSet(false, true)) {
            thread.execute(this::drain);
        }
    }

    private void drain() {
        List<Pending> taken = new ArrayList<>();
        while (true) {
            taken.clear();
            for (Pending next; taken.size() < MAX_BATCHES && (next = pending.poll()) != null; ) {
                taken.add(next);
            }
            if (!taken.isEmpty()) {
                commit(taken);
                continue;
            }
            scheduled.set(false);
            if (pending.isEmpty() || !scheduled.compareAndSet(false, true)) {
                return;
            }
        }
    }

    private void commit(List<Pending> taken) {
        List<CommitResult> results = results(taken);
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
        if (loop != null) {
            loop.execute(() -> onLoop.forEach(Runnable::run));
        }
        for (int i = 0; i < taken.size(); i++) {
            ledger.end(Ledger.Kind.COMMIT);
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

    private List<CommitResult> results(List<Pending> taken) {
        try {
            return door.store().commit(taken.stream().map(Pending::batch).toList());
        } catch (StoreException | RuntimeException | Error broken) {
            CommitResult failed = new CommitResult.Failed(broken.toString(), false);
            return taken.stream().map(_ -> failed).toList();
        }
    }
}
