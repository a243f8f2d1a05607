package dev.tarry.queue;

import dev.tarry.store.Batch;
import dev.tarry.store.CommitResult;
import dev.tarry.store.Write;
import dev.tarry.time.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gathers what one turn of the queue loop changes into one batch, and lets its effects out when the batch is
/// where it must be (design §3.1, §3.3). A turn ends when the tasks that were waiting when it began have run.
/// Queue loop only.
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /// What waits for a commit.
    interface Effect {
        /// The turn's writes are in the store; on the queue loop.
        void committed();

        /// They are not, and will not be.
        default void failed(CommitResult result) {}
    }

    private final Committer committer;
    private final Loop loop;
    private final int shard;
    private final Consumer<CommitResult> failures;
    private long epoch;
    private List<Write> writes = new ArrayList<>();
    private List<Effect> effects = new ArrayList<>();
    private boolean durable;
    private boolean turnOpen;

    /// @param failures told once for each batch that did not get to the store, after its effects
    Journal(Committer committer, Loop loop, int shard, Consumer<CommitResult> failures) {
        this.committer = committer;
        this.loop = loop;
        this.shard = shard;
        this.failures = failures;
    }

    void epoch(long epoch) {
        this.epoch = epoch;
    }

    long epoch() {
        return epoch;
    }

    /// A change that nothing may undo: the batch is synced.
    void write(Write change) {
        openTurn();
        writes.add(change);
        durable = true;
    }

    /// A change that a loss of power may undo, though not a kill: it alone causes no sync.
    void note(Write change) {
        openTurn();
        writes.add(change);
    }

    /// Lets something out when everything written so far is in the store.
    void then(Effect effect) {
        openTurn();
        effects.add(effect);
    }

    private void openTurn() {
        if (!turnOpen) {
            turnOpen = true;
            loop.execute(this::endTurn);
        }
    }

    private void endTurn() {
        turnOpen = false;
        List<Effect> waiting = effects;
        Batch batch = new Batch(shard, epoch, durable, writes);
        writes = new ArrayList<>();
        effects = new ArrayList<>();
        durable = false;
        committer.submit(batch, loop, result -> {
            boolean committed = result instanceof CommitResult.Committed;
            for (Effect effect : waiting) {
                letOut(effect, committed, result);
            }
            if (!committed && batch.epoch() == epoch) { // else the store was opened anew since
                failures.accept(result);
            }
        });
    }

    /// One effect that goes wrong must not hold back the others of its turn: they are in the store.
    private static void letOut(Effect effect, boolean committed, CommitResult result) {
        try {
            if (committed) {
                effect.committed();
            } else {
                effect.failed(result);
            }
        } catch (RuntimeException unexpected) {
            LOG.error("what a commit has let out failed", unexpected);
        }
    }
}
