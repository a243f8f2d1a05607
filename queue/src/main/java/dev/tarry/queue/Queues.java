package dev.tarry.queue;

import dev.tarry.eventlog.EventSink;
import dev.tarry.eventlog.Events;
import dev.tarry.mail.Reply;
import dev.tarry.store.CommitResult;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MailboxItem;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.MessageStore;
import dev.tarry.store.StoreException;
import dev.tarry.time.World;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The queues, seen from outside. Mail comes in through [#submission]; two doorbells say that there is
/// something to categorize or to deliver, and whoever hears them asks for it here.
///
/// Methods are for the queue loop, unless they say otherwise; those that return a future may be called from any
/// thread.
public final class Queues {
    private static final Logger LOG = LoggerFactory.getLogger(Queues.class);

    /// The only shard there is so far.
    static final int SHARD = 1;

    /// Copies that are looked at in one turn of the loop: well under a millisecond's worth.
    public static final int SLICE_ROWS = 2_048;

    /// Queues that are looked at in one turn.
    private static final int SLICE_QUEUES = 512;

    /// Lines after which the log is let to catch up, while copies are read at start.
    private static final int CATCH_UP_LINES = 1_000;

    /// How long to wait before a failed store is opened again; in lab time at first.
    private static final Duration REOPEN_AFTER = Duration.ofSeconds(2);

    /// In lab time the waits double up to this while it goes on failing, so that a jump over a long failure does not
    /// try a hundred thousand times.
    private static final Duration REOPEN_AFTER_AT_MOST = Duration.ofMinutes(15);

    /// The same where a repair has failed: it reads everything there is.
    private static final Duration REPAIR_AFTER = Duration.ofMinutes(5);

    private final World world;
    private final StoreDoor door;
    private final Room room;
    private final Tracks tracks;
    private final Attempts attempts;
    private final Leases leases;
    private final Expiry expiry;
    private final Delays delays;
    private final Intake intake;
    private final Settlements settlements;
    private final SafetyNet safetyNet;
    private final Poison poison;
    private final RefusedArrivals refusedArrivals = new RefusedArrivals();
    private final Resubmissions resubmissions;
    private final Moves moves;
    private final Resubmits resubmits;
    private final Mailboxes mailboxes;
    private final Administration administration;
    private final QueueSnapshots snapshots;
    private final QueueMeter meter;
    /// the last message whose lines a load has written that did not come to its end; -1: none. Committer thread
    private long toldLoaded = -1;
    private boolean reopening;
    /// raised when the queues are stopped or started: what a life before has begun counts no more
    private volatile int life;
    private Duration reopenAfter = REOPEN_AFTER;
    private long reopenedMillis;

    /// Of which no administrator hears.
    public Queues(World world, StoreDoor door, TrackingSink tracking, QueueSettings settings, QueueMeter meter) {
        this(world, door, tracking, settings, meter, EventSink.NONE);
    }

    public Queues(
            World world,
            StoreDoor door,
            TrackingSink tracking,
            QueueSettings settings,
            QueueMeter meter,
            EventSink events) {
        this(world, door, tracking, settings, meter, events, InHand.inMemory());
    }

    /// @param inHand what was being processed when the process died before, and is now
    public Queues(
            World world,
            StoreDoor door,
            TrackingSink tracking,
            QueueSettings settings,
            QueueMeter meter,
            EventSink events,
            InHand inHand) {
        this.world = world;
        this.door = door;
        this.meter = meter;
        Committer committer = new Committer(world, door, meter);
        Journal journal = new Journal(committer, world.loops().queue(), SHARD, this::commitFailed);
        this.room = new Room(world, door, committer, journal, settings, events);
        this.tracks = new Tracks(tracking, room::settings);
        this.attempts = new Attempts(room, new DeferralNotes(room, tracks, meter), meter);
        this.leases = new Leases(room, attempts);
        this.expiry = new Expiry(room, leases);
        this.snapshots = new QueueSnapshots(room);
        this.poison = new Poison(room, inHand, tracks, meter);
        this.intake = new Intake(room, tracks, attempts, leases, expiry, meter, poison, refusedArrivals);
        intake.arrived(snapshots::arrived);
        Reports reports = new Reports(room, intake, meter, poison);
        this.delays = new Delays(room, leases, reports);
        intake.delays(delays);
        this.safetyNet = new SafetyNet(room);
        this.settlements =
                new Settlements(room, tracks, attempts, leases, expiry, delays, intake, reports, meter, safetyNet);
        this.resubmissions = new Resubmissions(room, intake, tracks);
        this.mailboxes = new Mailboxes(room);
        Moves moves = new Moves(room, attempts, leases, expiry, delays, settlements);
        this.moves = moves;
        this.resubmits = new Resubmits(room, attempts, leases, moves, intake.submitted());
        intake.moves(moves, resubmits);
        attempts.onResting(resubmits::offerAgain);
        Suspensions suspensions = new Suspensions(room, attempts, leases, poison);
        poison.moves(leases, moves, resubmits::offerAgain);
        expiry.poison(poison);
        settlements.onFinished(poison::fine);
        suspensions.onResumed(resubmits::offer, resubmits::offerAgain);
        Redirects redirects = new Redirects(room, attempts, leases, moves, tracks);
        intake.refusing(() -> redirects.target().isPresent());
        this.administration = new Administration(
                room,
                attempts,
                resubmits,
                suspensions,
                new Removals(room, leases, suspensions, settlements),
                redirects);
    }

    // ---- opening and closing

    /// As the other, for a clock that is never behind the store.
    public CompletableFuture<Void> open() {
        return open(_ -> {});
    }

    /// Reads what the store holds and takes up where it was. Any thread.
    ///
    /// @param newest told the latest moment that the store speaks of, before anything is taken up: lab time must
    /// not be earlier. On the committer thread
    /// @return done when the queues are complete; fails with a [StoreException]
    public CompletableFuture<Void> open(Consumer<Instant> newest) {
        return open(newest, Opening.FIRST);
    }

    /// Why the store is opened.
    private enum Opening {
        /// the process has started: the store is open
        FIRST,
        /// the service has started: mail is loaded as then
        START,
        /// it has failed: the mail has never left
        AFTER_FAILURE
    }

    private CompletableFuture<Void> open(Consumer<Instant> newest, Opening why) {
        CompletableFuture<Void> opened = new CompletableFuture<>();
        int begunIn = life;
        world.loops().committer().execute(() -> {
            try {
                if (why != Opening.FIRST) {
                    door.reopen();
                }
                Loaded loaded = load(why != Opening.AFTER_FAILURE);
                Shelves shelves = loaded.shelves();
                toldLoaded = -1;
                loaded.by().refused.takeOut(door.store(), SHARD, shelves.epoch());
                newest.accept(Instant.ofEpochMilli(shelves.newestMillis()));
                world.loops().queue().execute(() -> {
                    if (begunIn != life) {
                        opened.completeExceptionally(new ServiceStoppedException());
                        return;
                    }
                    try {
                        takeUp(shelves);
                        opened.complete(null);
                    } catch (RuntimeException e) {
                        opened.completeExceptionally(e);
                    }
                });
            } catch (StoreException | RuntimeException e) {
                opened.completeExceptionally(e);
            }
        });
        return opened;
    }

    /// What was found, and who was told of it.
    private record Loaded(Shelves shelves, Loading by) {}

    /// What makes no sense shows only when it is read.
    ///
    /// @param telling whether the tracking log is told
    private Loaded load(boolean telling) throws StoreException {
        try {
            return read(telling);
        } catch (StoreException e) {
            if (!e.damaged()) {
                throw e;
            }
            door.repair(e);
            return read(telling);
        }
    }

    private Loaded read(boolean telling) throws StoreException {
        Loading by = new Loading(telling);
        return new Loaded(Shelves.load(door.store(), SHARD, by), by);
    }

    /// Writes a line for each copy that is found, once a start: where damage or the disk ends a load, the next
    /// one goes on behind the message that it came to, since messages come in the order of their ids. Never with
    /// a time earlier than what the lines so far speak of, also if the clock is behind.
    private final class Loading implements Shelves.LoadListener {
        private final RefusedArrivals.Found refused = refusedArrivals.find();
        private final boolean telling;
        private long nowMillis = world.labTime().millis();
        private final long knownUpTo = toldLoaded;
        private int lines;

        Loading(boolean telling) {
            this.telling = telling;
        }

        @Override
        public boolean counts(MessageRecord message, List<CopyRecord> copies) {
            return !refused.isRefused(message, copies);
        }

        @Override
        public void loaded(MessageRecord message, CopyRecord copy, NextHopKey queue) {
            nowMillis = Math.max(nowMillis, Math.max(message.receivedMillis(), copy.enteredMillis()));
            if (telling && message.id() > knownUpTo) {
                toldLoaded = message.id();
                tracks.loaded(message, copy, queue, nowMillis);
                if (++lines % CATCH_UP_LINES == 0) {
                    tracks.catchUp(); // a million are read faster than they are logged
                }
            }
        }
    }

    private void takeUp(Shelves shelves) {
        room.stopped(false);
        room.shelves(shelves);
        meter.storeOpened();
        intake.open(shelves);
        moves.open();
        resubmits.open();
        expiry.resume();
        delays.resume();
        safetyNet.resume();
        poison.open();
        resubmissions.resume();
        snapshots.arrived();
        attempts.takeUp();
        resubmits.offer(shelves.submission());
        resubmits.offer(shelves.unreachable()); // the connectors may be others than they were
    }

    /// Accepts nothing more, and lets what is on its way get to the disk. Any thread.
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        world.loops().queue().execute(() -> {
            intake.close();
            resubmissions.close();
            settlements.reported().thenCombine(delays.close(), (_, _) -> null).thenRun(() -> flush(closed));
        });
        return closed;
    }

    /// Accepts nothing more, lets what is on its way get to the disk, and forgets the queues; the store stays open, so
    /// that mailboxes can be read. Alarms that are set ring for nothing. Any thread.
    ///
    /// @return done when [#start] may be called
    public CompletableFuture<Void> stop() {
        CompletableFuture<Void> forgotten = new CompletableFuture<>();
        close().thenRun(() -> world.loops().queue().execute(() -> {
            life++;
            room.stopped(true);
            reopening = false;
            room.shelves(null);
            administration.storeClosed();
            forgotten.complete(null);
        }));
        return forgotten;
    }

    /// Who stops the server has waited long enough: until the next [#start] the lab's slow disk holds nothing back, so
    /// that what was taken gets its answer, and nothing is forgotten. Queue loop only.
    public void hurry() {
        room.committer().hurried(true);
    }

    /// After [#stop]: opens the store anew and reads everything from it, as the start of a process does: every queue in
    /// Retry is tried at once. Any thread.
    ///
    /// @return done when the queues are complete; fails with a [StoreException], and then they are still stopped
    public CompletableFuture<Void> start() {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        world.loops().queue().execute(() -> {
            life++;
            room.committer().hurried(false);
            intake.reopen();
            delays.reopen();
            begun.complete(null);
        });
        return begun.thenCompose(_ -> open(_ -> {}, Opening.START));
    }

    private void flush(CompletableFuture<Void> closed) {
        room.journal().then(new Journal.Effect() {
            @Override
            public void committed() {
                closed.complete(null);
            }

            @Override
            public void failed(CommitResult result) {
                closed.complete(null);
            }
        });
    }

    private void commitFailed(CommitResult result) {
        if (reopening || !room.open()) {
            return;
        }
        meter.storeFailed(result);
        room.shelves(null);
        administration.storeClosed();
        if (result instanceof CommitResult.Fenced fenced) {
            LOG.error(
                    "another server holds this store now (epoch {}); this one accepts nothing more",
                    fenced.currentEpoch());
            intake.close();
            return;
        }
        LOG.error("the store has failed: {}; it is opened again, and clients are told 452 4.3.1 meanwhile", result);
        if (result instanceof CommitResult.Failed(var reason, var full)) {
            if (full) {
                room.events().report(Events.diskFull(reason));
            }
            room.events().report(Events.pressureIncreased(reason));
        }
        reopening = true;
        if (room.now() - reopenedMillis > REPAIR_AFTER.toMillis()) {
            reopenAfter = REOPEN_AFTER;
        }
        reopenLater();
    }

    private void reopenLater() {
        Duration wait = reopenAfter;
        Duration twice = wait.multipliedBy(2);
        reopenAfter = twice.compareTo(REOPEN_AFTER_AT_MOST) < 0 ? twice : REOPEN_AFTER_AT_MOST;
        int begunIn = life;
        Pause.of(world, wait, REOPEN_AFTER, () -> {
            if (begunIn == life) { // else a start opens it
                reopen();
            }
        });
    }

    private void reopen() {
        int begunIn = life;
        open(_ -> {}, Opening.AFTER_FAILURE)
                .whenComplete((_, failure) -> world.loops().queue().execute(() -> {
                    if (begunIn != life) {
                        return;
                    }
                    if (failure == null) {
                        reopening = false;
                        reopenedMillis = room.now();
                        LOG.info("the store is open again");
                        room.events().report(Events.pressureDecreased());
                    } else {
                        LOG.error("the store cannot be opened yet: {}", failure.toString());
                        if (door.damaged()) {
                            reopenAfter = REPAIR_AFTER;
                            room.events()
                                    .report(Events.pressureIncreased(
                                            "the damaged database cannot be repaired, and is tried again every "
                                                    + REPAIR_AFTER.toMinutes() + " minutes: "
                                                    + failure.getMessage()));
                        }
                        reopenLater();
                    }
                }));
    }

    // ---- changed settings

    /// Other settings hold from now on, also for what waits already: alarms that are set move. When a
    /// message expires was fixed at its receipt.
    public void settings(QueueSettings next) {
        QueueSettings before = room.settings();
        room.settings(next);
        if (room.open() && !next.equals(before)) {
            attempts.settingsChanged(before);
            expiry.settingsChanged();
            delays.settingsChanged();
            safetyNet.settingsChanged();
            // whatever else keeps an alarm that depends on a setting is told here
        }
    }

    /// Connectors or domains are others now: what had no way out is offered to the categorizer again
    /// (reference §1.2).
    public void offerUnreachable() {
        if (room.open()) {
            resubmits.offer(room.shelves().unreachable());
        }
    }

    // ---- coming in

    public Submission submission() {
        return intake;
    }

    /// @param bell rings, on the queue loop, when [#nextSubmitted] has something
    public void onSubmitted(Runnable bell) {
        intake.bell(bell);
    }

    public Optional<Submitted> nextSubmitted() {
        return intake.nextSubmitted();
    }

    /// Puts a message's recipients where the categorizer says; together the placements hold each recipient once.
    public void shelve(Submitted message, List<Placement> placements) {
        intake.shelve(message, placements);
    }

    /// The message could not be categorized: it waits in Submission and is offered again.
    public void postpone(Submitted message, Throwable why) {
        intake.postpone(message, why);
    }

    // ---- going out

    /// @param bell rings, on the queue loop, when [#nextAttempt] has something
    public void onDue(Runnable bell) {
        attempts.bell(bell);
    }

    /// An attempt to be made for a queue. It ends in one of [#attemptFailed], [#attemptRejected],
    /// [#attemptAbandoned], or, after [#connected], in [#disconnected] or [#connectionLost].
    ///
    /// @param epoch    which opening of the store it belongs to: after another, what it has to say counts no more
    /// @param priority of the mail that it is for: 0 High, 1 Normal, 2 Low; -1 for any
    /// @param retry    whether it is to find out if a next hop in Retry is back
    public record Attempt(int queueId, NextHopKey key, long epoch, int priority, boolean retry) {}

    /// Of any queue, in turn; queues in Retry and all others take turns.
    public Optional<Attempt> nextAttempt() {
        return nextAttempt(true);
    }

    /// As [#nextAttempt].
    ///
    /// @param retriesToo whether it may be for a queue in Retry
    public Optional<Attempt> nextAttempt(boolean retriesToo) {
        return nextMailboxAttempt().or(() -> attempts.nextOutbound(retriesToo).map(this::attempt));
    }

    /// As [#nextAttempt], but only for mailboxes: such an attempt needs no connection.
    public Optional<Attempt> nextMailboxAttempt() {
        return attempts.nextForMailboxes().map(this::attempt);
    }

    private Attempt attempt(Attempts.Owed owed) {
        return new Attempt(
                owed.queue().id(), owed.queue().key(), room.shelves().epoch(), owed.priority(), owed.retry());
    }

    /// A host was reached: a Retry episode is over.
    public void connected(Attempt attempt) {
        with(attempt, queue -> attempts.connected(queue, attempt.priority()));
    }

    /// The connection was ended in good order.
    public void disconnected(Attempt attempt) {
        with(attempt, queue -> attempts.disconnected(queue, attempt.priority()));
    }

    /// Nothing was left to send before a host was reached.
    public void attemptAbandoned(Attempt attempt) {
        with(attempt, queue -> attempts.abandoned(queue, attempt.priority()));
    }

    /// No host could be reached: the queue goes to Retry.
    public void attemptFailed(Attempt attempt, ErrorRecord error, Endpoint endpoint, TrackingEvent.Source source) {
        with(attempt, queue -> attempts.failed(queue, attempt.priority(), error, endpoint, source));
    }

    /// The connection broke; with messages left and no other connection, the queue goes to Retry.
    public void connectionLost(Attempt attempt, ErrorRecord error, Endpoint endpoint, TrackingEvent.Source source) {
        with(attempt, queue -> attempts.lost(queue, attempt.priority(), error, endpoint, source));
    }

    /// The next hop is known never to take anything: every message fails with this reply.
    public void attemptRejected(Attempt attempt, Reply reply, TrackingEvent.Source source, Endpoint endpoint) {
        attemptRejected(attempt, reply, "", source, endpoint);
    }

    /// As the other.
    ///
    /// @param note what tells the reply from others with the same words, as of an [ErrorRecord]
    public void attemptRejected(
            Attempt attempt, Reply reply, String note, TrackingEvent.Source source, Endpoint endpoint) {
        with(attempt, queue -> settlements.rejectAll(queue, attempt.priority(), reply, note, source, endpoint));
    }

    private void with(Attempt attempt, Consumer<NextHopQueue> action) {
        NextHopQueue queue = queue(attempt);
        if (queue != null) {
            action.accept(queue);
        }
    }

    /// Null if it is gone, or if the store was opened anew since: a queue of the same id knows nothing of this
    /// attempt.
    private NextHopQueue queue(Attempt attempt) {
        return room.open() && room.shelves().epoch() == attempt.epoch()
                ? room.shelves().queue(attempt.queueId())
                : null;
    }

    /// Leases up to so many messages of the attempt's queue.
    ///
    /// @param to gets them on the queue loop; an empty list if there are none
    public void lease(Attempt attempt, int most, Consumer<List<Leased>> to) {
        lease(attempt, most, 0, to);
    }

    /// As [#lease], and small bodies come along.
    ///
    /// @param bodyBytes up to how many octets a body of one chunk counts as small
    public void lease(Attempt attempt, int most, int bodyBytes, Consumer<List<Leased>> to) {
        NextHopQueue queue = queue(attempt);
        if (queue == null) {
            to.accept(List.of());
        } else {
            leases.next(queue, attempt.priority(), most, bodyBytes, found -> lend(attempt, most, bodyBytes, found, to));
        }
    }

    /// Whether a message that was leased, and that no host has been told of yet, may still leave: it goes back if
    /// it, or its queue, was suspended meanwhile, or if it is to be removed.
    public boolean mayLeave(Leased leased) {
        return leases.mayLeave(leased);
    }

    /// What has taken the process down too often is set aside instead.
    private void lend(Attempt attempt, int most, int bodyBytes, List<Leased> found, Consumer<List<Leased>> to) {
        List<Leased> sound = poison.without(found);
        if (sound.isEmpty() && !found.isEmpty()) {
            lease(attempt, most, bodyBytes, to);
        } else {
            to.accept(sound);
        }
    }

    /// Ends a lease with what became of its recipients; those without a verdict go on waiting with their queue.
    public void settle(Leased leased, List<Verdict> verdicts, Endpoint endpoint) {
        if (verdicts.isEmpty() && poison.takesBack(leased)) {
            return;
        }
        poison.forget(leased);
        settlements.settle(leased, verdicts, endpoint);
    }

    /// A message's octets cannot be read by the delivery that has it, which is about to settle it or give it back. If
    /// they are damaged, it waits on its own account then, and the next time it is poison.
    public void unreadable(Leased leased, Throwable why) {
        poison.unreadable(leased, why);
    }

    /// Messages that could not be read and have not come back yet.
    int unreadable() {
        return poison.unreadable();
    }

    /// Runs a part of a message's processing that might end the process: should it, the message is under suspicion at
    /// the next start. Any thread.
    public void processing(Leased leased, Runnable part) {
        poison.processing(leased.message(), part);
    }

    /// Ends a lease without an attempt.
    public void giveBack(Leased leased) {
        if (!poison.takesBack(leased)) {
            leases.giveBack(leased);
        }
    }

    // ---- administration

    /// Sends what Safety Net has kept once more.
    public Resubmissions resubmissions() {
        return resubmissions;
    }

    /// @param refusal what new mail is refused with at the moment, wherever it comes from: meanwhile nothing is
    ///     resubmitted either, but what is queued goes on leaving (reference §9.2). Asked on the queue loop
    public void refusal(Supplier<Optional<Reply>> refusal) {
        resubmissions.refusal(refusal);
    }

    /// Copies and queues that walks over many have passed so far. Queue loop only.
    long passed() {
        return room.passed();
    }

    /// What an administrator may do to queues and messages. Any thread.
    public Administration administration() {
        return administration;
    }

    /// The queue, which must be in Retry, is tried now (Retry-Queue).
    ///
    /// @return whether there is such a queue
    public CompletableFuture<Boolean> retryNow(int queueId) {
        return ask(shelves -> {
            NextHopQueue queue = shelves.queue(queueId);
            if (queue != null) {
                attempts.retryNow(queue);
            }
            return queue != null;
        });
    }

    /// By id. The persistent queues are always there. Many are looked at in slices, each of them at its own moment.
    public CompletableFuture<List<QueueView>> views() {
        return views(Integer.MIN_VALUE, new ArrayList<>());
    }

    private CompletableFuture<List<QueueView>> views(int after, List<QueueView> views) {
        return ask(shelves -> {
                    int slice = SLICE_QUEUES;
                    for (NextHopQueue queue : shelves.queuesAfter(after)) {
                        if (slice-- == 0) {
                            return false;
                        }
                        if (!Poison.holds(queue) || !queue.empty()) {
                            views.add(QueueView.of(queue, room.now())); // that one is not seen when it is empty
                        }
                    }
                    return true;
                })
                .thenCompose(all -> all
                        ? CompletableFuture.completedFuture(views)
                        : views(views.getLast().id(), views));
    }

    /// All copies that are in a queue, or in all, in order, as they are at one moment: it holds up the loop for as
    /// long as it takes.
    public CompletableFuture<List<MessageRow>> messages(Optional<Integer> queueId) {
        return ask(shelves -> {
            List<MessageRow> rows = new ArrayList<>();
            shelves.nodes().forEach(node -> {
                if (queueId.isEmpty() || node.queue.id() == queueId.get()) {
                    rows.add(MessageRow.of(node));
                }
            });
            return rows;
        });
    }

    /// Some of the copies in order, beginning behind a place.
    ///
    /// @param queueIds in which they are; empty: in all
    /// @param forward  whether the order is a rising one
    /// @param most     how many at most; at most [#SLICE_ROWS]
    public record RowsWanted(Set<Integer> queueIds, boolean forward, CopyPlace behind, int most) {
        /// @throws IllegalArgumentException if `most` is out of bounds
        public RowsWanted {
            queueIds = Set.copyOf(queueIds);
            if (most < 1 || most > SLICE_ROWS) {
                throw new IllegalArgumentException("1 to " + SLICE_ROWS + " rows at a time, not " + most);
            }
        }

        /// What follows.
        public RowsWanted behind(CopyPlace place, int most) {
            return new RowsWanted(queueIds, forward, place, most);
        }
    }

    /// What was found of it.
    ///
    /// @param rows    maybe none, also where more follow
    /// @param reached the place behind which to go on; empty: there are no more
    public record RowSlice(List<MessageRow> rows, Optional<CopyPlace> reached) {}

    /// Looks at up to so many copies, in one short turn of the loop. Who goes through all of them this way sees each
    /// that stays, as it is when it is passed.
    public CompletableFuture<RowSlice> rows(RowsWanted wanted) {
        return ask(shelves -> new RowWalk(shelves, wanted).slice());
    }

    /// A message's copies.
    public CompletableFuture<List<MessageRow>> copies(long messageId) {
        return ask(shelves -> {
            List<MessageRow> rows = new ArrayList<>();
            shelves.nodes().forEachCopy(messageId, node -> rows.add(MessageRow.of(node)));
            return rows;
        });
    }

    /// The records behind a row; empty if it has left since. Blocking: not for a loop.
    public Optional<Records> records(MessageRow row) throws StoreException {
        Optional<MessageRecord> message = door.store().message(row.messageId());
        Optional<CopyRecord> copy = door.store().copy(row.messageId(), row.queueId());
        return message.isPresent() && copy.isPresent()
                ? Optional.of(new Records(message.get(), copy.get()))
                : Optional.empty();
    }

    /// The records behind rows, which come in rising order: much faster than one by one. Blocking: not for a loop.
    ///
    /// @return one for each, empty if it has left since
    public List<Optional<Records>> records(List<MessageRow> rows) throws StoreException {
        List<Optional<Records>> records = new ArrayList<>(Collections.nCopies(rows.size(), Optional.empty()));
        door.store()
                .read(
                        rows.stream()
                                .map(row -> new MessageStore.CopyKey(row.messageId(), row.queueId()))
                                .toList(),
                        (i, message, copy) -> records.set(i, Optional.of(new Records(message, copy))));
        return records;
    }

    /// What the store has of a copy.
    public record Records(MessageRecord message, CopyRecord copy) {}

    /// Removes a message from a mailbox. Any thread.
    ///
    /// @return done when it is durable, or is not there any more
    public CompletableFuture<Void> removeItem(MailboxItem item) {
        return mailboxes.remove(item);
    }

    /// Has it told of every change from now on, and first of all queues as they are. Any thread.
    ///
    /// @return done when it has been told of those
    public CompletableFuture<Void> watch(QueueWatcher watcher) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        world.loops().queue().execute(() -> room.watch().add(watcher, () -> told.complete(null)));
        return told;
    }

    /// It is told no more. Any thread.
    public CompletableFuture<Void> unwatch(QueueWatcher watcher) {
        return CompletableFuture.runAsync(
                () -> room.watch().remove(watcher), world.loops().queue());
    }

    /// Gives the queues that are worth a line of the queue log at every whole interval of lab time, while there is
    /// mail; what was asked for before ends. Any thread.
    ///
    /// @param interval  from one snapshot to the next; zero: no more are given
    /// @param threshold delivery queues with fewer messages are left out, unless they are suspended; persistent
    /// ones that hold nothing are too
    /// @param to        gets them on the queue loop; must not block
    public void snapshots(Duration interval, int threshold, Consumer<QueueLogRow> to) {
        world.loops().queue().execute(() -> snapshots.begin(new QueueSnapshots.Terms(interval, threshold), to));
    }

    /// How many messages the attempt's queue holds; 0 if it is gone.
    public int waiting(Attempt attempt) {
        NextHopQueue queue = queue(attempt);
        return queue == null ? 0 : queue.messageCount();
    }

    /// How long what is queued has been here; many queues are looked at in slices. Any thread.
    ///
    /// @param limits rising; what the copies are counted by
    public CompletableFuture<QueueAges> ages(List<Duration> limits) {
        return ages(Integer.MIN_VALUE, limits, new EnumMap<>(QueueStatus.class));
    }

    private CompletableFuture<QueueAges> ages(int after, List<Duration> limits, Map<QueueStatus, Duration> oldest) {
        int[] last = {after};
        return ask(shelves -> {
                    long now = room.now();
                    int slice = SLICE_QUEUES;
                    for (NextHopQueue queue : shelves.queuesAfter(after)) {
                        if (slice-- == 0) {
                            return Optional.<QueueAges>empty();
                        }
                        last[0] = queue.id();
                        long received = queue.oldestMillis();
                        if (received != Long.MAX_VALUE) {
                            oldest.merge(
                                    queue.status(),
                                    Duration.ofMillis(Math.max(0, now - received)),
                                    (a, b) -> a.compareTo(b) > 0 ? a : b);
                        }
                    }
                    return Optional.of(new QueueAges(shelves.nodes().arrivals().byAge(now, limits), oldest));
                })
                .thenCompose(all ->
                        all.map(CompletableFuture::completedFuture).orElseGet(() -> ages(last[0], limits, oldest)));
    }

    /// How many messages there are, and the loop's other plain numbers, for metrics.
    public CompletableFuture<Integer> messageCount() {
        return ask(shelves -> shelves.nodes().messages());
    }

    /// Messages in the Submission queue. Any thread.
    public CompletableFuture<Integer> submissionLength() {
        return ask(shelves -> shelves.submission().messageCount());
    }

    /// Changes that wait for the store to write them. Any thread; counts them.
    public int changesWaiting() {
        return room.committer().waiting();
    }

    private <T> CompletableFuture<T> ask(Function<Shelves, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        world.loops().queue().execute(() -> {
            if (!room.open()) {
                answer.completeExceptionally(room.closed());
                return;
            }
            try {
                answer.complete(question.apply(room.shelves()));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
