package dev.tarry.admin;

import dev.tarry.admin.OperationState.Phase;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.Refusal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;

/// One operation's counts, and whether it is to go on. Counted on the thread that carries it out; read, and
/// cancelled, from any.
final class Operation {
    private final long id;
    private final String verb;
    private final String what;
    private final Instant started;
    private final CompletableFuture<OperationState> over = new CompletableFuture<>();
    private volatile boolean cancelled;
    private volatile Runnable onCancel = () -> {};

    // guarded by this, all that follows
    private Phase phase = Phase.RUNNING;
    private Optional<Instant> ended = Optional.empty();
    private String problem = "";
    private String warning = "";
    private long objects;
    private long looked;
    private long matched;
    private long done;
    private long pending;
    private long unchanged;
    private long gone;
    private long messages;
    private final SequencedMap<Refusal, Long> refused = new LinkedHashMap<>();

    Operation(long id, String verb, String what, Instant started) {
        this.id = id;
        this.verb = verb;
        this.what = what;
        this.started = started;
    }

    long id() {
        return id;
    }

    /// How many there are to look at.
    synchronized void objects(long all) {
        objects = all;
    }

    /// More that have been looked at, some of which are meant.
    synchronized void looked(long more, long ofThemMatched) {
        looked += more;
        matched += ofThemMatched;
    }

    /// What became of one.
    synchronized void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Done(int concerned) -> {
                done++;
                messages += concerned;
            }
            case Outcome.Pending _ -> pending++;
            case Outcome.Unchanged _ -> unchanged++;
            case Outcome.Gone _ -> gone++;
            case Outcome.Refused(Refusal why) -> refused.merge(why, 1L, Long::sum);
        }
    }

    /// So many, which were found and dealt with in one go.
    synchronized void moved(long copies) {
        looked(copies, copies);
        done += copies;
        messages += copies;
    }

    /// What whoever ordered it should know besides.
    synchronized void warn(String what) {
        warning = what;
    }

    /// It is to end after what is under way. One that is over is left alone.
    void cancel() {
        if (!over.isDone()) {
            cancelled = true;
            onCancel.run();
        }
    }

    /// For one that does not look whether it is cancelled: has it told so, also if it is already.
    ///
    /// @param told on whichever thread; quick, and to be told twice is to be told once
    void onCancel(Runnable told) {
        onCancel = told;
        if (cancelled) {
            told.run();
        }
    }

    boolean cancelled() {
        return cancelled;
    }

    /// Done when nothing of it goes on any more.
    CompletableFuture<OperationState> over() {
        return over;
    }

    void end(Phase how, String why, Instant now) {
        synchronized (this) {
            phase = how;
            problem = why;
            ended = Optional.of(now);
        }
        over.complete(state());
    }

    synchronized OperationState state() {
        return new OperationState(
                id, verb, what, phase, objects, looked, matched, done, pending, unchanged, gone, refused, messages,
                started, ended, problem, warning);
    }
}
