package dev.tarry.delivery;

import dev.tarry.connectivity.ConnectivityTrail;
import dev.tarry.mail.Reply;
import dev.tarry.queue.Endpoint;
import dev.tarry.queue.Leased;
import dev.tarry.queue.Queues;
import dev.tarry.queue.StoreDoor;
import dev.tarry.queue.Verdict;
import dev.tarry.routing.SendConnector;
import dev.tarry.send.NextHopSender;
import dev.tarry.send.OutgoingMessage;
import dev.tarry.send.OutgoingSource;
import dev.tarry.send.RecipientOutcome;
import dev.tarry.send.SendEnd;
import dev.tarry.send.SendListener;
import dev.tarry.send.SendMeter;
import dev.tarry.send.SendPlan;
import dev.tarry.send.Target;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.StoreException;
import dev.tarry.time.Loop;
import dev.tarry.time.World;
import dev.tarry.tracking.TrackingEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One connection's worth of an attempt: leases messages ahead of the connection, and carries outcomes back.
/// Its state lives on the queue loop; the sender calls from its io loop, and each call is handed over.
final class Delivery implements OutgoingSource, SendListener {
    /// Messages leased ahead, so that the next one is there when the host has taken the last; few, so that other
    /// connections find work.
    private static final int AHEAD = 5;

    /// Bodies up to this come with the lease, which saves them a way to the disk and back of their own; a bound
    /// on memory, together with [#AHEAD] and the number of connections.
    private static final int SMALL_BODY_BYTES = 16 * 1024;

    /// Of what a host said so much becomes a LastError, which stays in memory with its queue.
    private static final int MAX_ERROR_CHARACTERS = 2_000;

    private final World world;
    private final Loop loop;
    private final Queues queues;
    private final StoreDoor store;
    private final Queues.Attempt attempt;
    private final SendConnector connector;
    private final DeliveryEngine engine;
    private final DeliveryEvents events;
    private final ConnectivityTrail trail;
    private final ArrayDeque<Leased> ahead = new ArrayDeque<>();
    private boolean connected;
    private boolean over;
    /// a message of ours that is damaged: that the connection ends because of it says nothing about the host. Null
    /// again when the connection has outlived it
    private Leased spoiler;

    private boolean spoilerBack;

    Delivery(
            World world,
            Queues queues,
            StoreDoor store,
            Queues.Attempt attempt,
            SendConnector connector,
            DeliveryEngine engine,
            DeliveryEvents events,
            ConnectivityTrail trail) {
        this.world = world;
        this.loop = world.loops().queue();
        this.queues = queues;
        this.store = store;
        this.attempt = attempt;
        this.connector = connector;
        this.engine = engine;
        this.events = events;
        this.trail = trail;
    }

    void begin(NextHopSender sender, SendPlan plan) {
        sender.send(plan, this, this);
    }

    // ---- the sender's side

    @Override
    public void next(Loop io, Consumer<Optional<OutgoingMessage>> done) {
        loop.execute(() -> take(message -> io.execute(() -> done.accept(message))));
    }

    private void take(Consumer<Optional<OutgoingMessage>> to) {
        if (spoilerBack) {
            outlived(); // it goes on with the next
        }
        if (over || engine.closed()) {
            to.accept(Optional.empty());
            return;
        }
        Optional<Leased> next = nextAhead();
        if (next.isPresent()) {
            to.accept(next.map(this::outgoing));
            return;
        }
        queues.lease(attempt, AHEAD, SMALL_BODY_BYTES, found -> {
            ahead.addAll(found);
            if (over) {
                giveBackAll();
            }
            to.accept(nextAhead().map(this::outgoing));
        });
    }

    private OutgoingMessage outgoing(Leased leased) {
        return new OutgoingCopy(
                world,
                queues,
                store,
                leased,
                OutgoingHeader.of(leased, DeliveryEngine.relayed(attempt)),
                this::unreadable);
    }

    /// What an administrator has stopped since it was leased goes back.
    private Optional<Leased> nextAhead() {
        for (Leased leased = ahead.poll(); leased != null; leased = ahead.poll()) {
            if (queues.mayLeave(leased)) {
                return Optional.of(leased);
            }
            queues.giveBack(leased);
        }
        return Optional.empty();
    }

    /// On a reader. Octets that are damaged are the message's trouble, and neither the host's nor the queue's.
    private void unreadable(Leased leased, Throwable why) {
        loop.execute(() -> {
            if (why instanceof StoreException e && e.damaged()) {
                spoiler = leased;
                spoilerBack = false;
            }
            queues.unreadable(leased, why);
        });
    }

    @Override
    public void hostFailed(Target target, Reply words, SendMeter.Trouble why) {
        trail.hostFailed(target, words, why);
        hostFailed(target, words);
    }

    private void hostFailed(Target target, Reply words) {
        events.hostFailed(connector, attempt.key().nextHopDomain(), target, words);
    }

    @Override
    public void certificateMissing(Target target, String what) {
        events.certificateMissing(connector, what);
    }

    @Override
    public void inTheClear(Target target, String why) {
        trail.inTheClear(target, why);
    }

    @Override
    public void connected(Target target) {
        trail.connected(target);
        loop.execute(() -> {
            connected = true;
            queues.connected(attempt);
            engine.engaged(attempt);
        });
    }

    @Override
    public void finished(OutgoingMessage message, Target target, List<RecipientOutcome> outcomes) {
        loop.execute(() -> {
            Leased leased = ((OutgoingCopy) message).leased();
            back(leased);
            List<Verdict> verdicts = new ArrayList<>(outcomes.size());
            for (RecipientOutcome outcome : outcomes) {
                verdict(outcome, target).ifPresent(verdicts::add);
            }
            if (verdicts.stream().anyMatch(v -> v instanceof Verdict.Delivered)) {
                trail.sent(message.bytes());
            }
            queues.settle(leased, verdicts, endpoint(target));
        });
    }

    private Optional<Verdict> verdict(RecipientOutcome outcome, Target target) {
        return switch (outcome) {
            case RecipientOutcome.Delivered d ->
                Optional.of(new Verdict.Delivered(d.recipient(), d.reply(), d.passedOn()));
            case RecipientOutcome.Deferred d ->
                Optional.of(errors().permanent(d.reply()) ? never(d, d.reply()) : later(d, d.reply(), target));
            case RecipientOutcome.Failed f ->
                Optional.of(errors().temporary(f.reply()) ? later(f, f.reply(), target) : never(f, f.reply()));
            // says nothing about the recipient: it goes on waiting with the queue; unless such words are for good
            case RecipientOutcome.Interrupted i ->
                errors().permanent(i.reply()) ? Optional.of(never(i, i.reply())) : Optional.empty();
        };
    }

    private TurnedErrors errors() {
        return engine.turnedErrors(connector);
    }

    private Verdict later(RecipientOutcome outcome, Reply reply, Target target) {
        return new Verdict.Deferred(outcome.recipient(), error(reply, target));
    }

    private Verdict never(RecipientOutcome outcome, Reply reply) {
        return new Verdict.Failed(outcome.recipient(), reply, TrackingEvent.Source.SMTP, ErrorRecord.NONE);
    }

    @Override
    public void untried(OutgoingMessage message) {
        loop.execute(() -> {
            Leased leased = ((OutgoingCopy) message).leased();
            back(leased);
            queues.giveBack(leased);
        });
    }

    private void back(Leased leased) {
        if (leased == spoiler) {
            spoilerBack = true;
        } else if (spoilerBack) {
            outlived(); // another has been sent since
        }
    }

    private void outlived() {
        spoiler = null;
        spoilerBack = false;
    }

    @Override
    public void ended(SendEnd end) {
        loop.execute(() -> {
            over = true;
            giveBackAll();
            switch (end) {
                case SendEnd.Done _ -> {
                    trail.ended();
                    endedWell();
                }
                case SendEnd.ConnectionFailed(Reply words, Target last) -> {
                    trail.retry(words.toString());
                    failed(words, last);
                }
                case SendEnd.Dropped _
                when spoiler != null -> {
                    trail.ended();
                    endedWell();
                }
                case SendEnd.Dropped(Reply words, Target target) -> {
                    trail.retry(words.toString());
                    hostFailed(target, words);
                    failed(words, target);
                }
            }
            engine.ended(attempt, connected);
        });
    }

    private void endedWell() {
        if (connected) {
            queues.disconnected(attempt);
        } else {
            queues.attemptAbandoned(attempt);
        }
    }

    private void failed(Reply words, Target target) {
        ErrorRecord error = error(words, target);
        if (!connected && errors().permanent(words)) {
            queues.attemptRejected(attempt, words, TrackingEvent.Source.SMTP, endpoint(target));
        } else if (connected) {
            queues.connectionLost(attempt, error, endpoint(target), TrackingEvent.Source.SMTP);
        } else {
            queues.attemptFailed(attempt, error, endpoint(target), TrackingEvent.Source.SMTP);
        }
    }

    private void giveBackAll() {
        ahead.forEach(queues::giveBack);
        ahead.clear();
    }

    private ErrorRecord error(Reply reply, Target target) {
        String words = reply.toString();
        return new ErrorRecord(
                words.length() <= MAX_ERROR_CHARACTERS ? words : words.substring(0, MAX_ERROR_CHARACTERS) + "…",
                target.host(),
                target.ip(),
                world.labTime().millis());
    }

    private Endpoint endpoint(Target target) {
        return new Endpoint(connector.name(), target.host(), target.ip());
    }
}
