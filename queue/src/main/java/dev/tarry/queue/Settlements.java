package dev.tarry.queue;

import dev.tarry.dsn.DsnKind;
import dev.tarry.eventlog.Events;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MailboxItem;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.RecipientRecord;
import dev.tarry.store.Write;
import dev.tarry.tracking.TrackingEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/// What an attempt leads to: recipients leave, wait, or fail; a report of it is made first, and then goes
/// into the same commit as the settling that caused it, so that a crash can neither lose nor double it (design
/// §3.3). Queue loop only.
final class Settlements {
    private static final Reply NO_REPORT_YET = Reply.of(451, "4.3.0 The report that was asked for cannot be made yet");

    private final Room room;
    private final Tracks tracks;
    private final Attempts attempts;
    private final Leases leases;
    private final Expiry expiry;
    private final Delays delays;
    private final Reports reports;
    private final QueueMeter meter;
    private final SafetyNet safetyNet;
    private int reporting;
    /// null until somebody asks
    private CompletableFuture<Void> reported;

    private Consumer<MessageRecord> finished = _ -> {};

    Settlements(
            Room room,
            Tracks tracks,
            Attempts attempts,
            Leases leases,
            Expiry expiry,
            Delays delays,
            Intake intake,
            Reports reports,
            QueueMeter meter,
            SafetyNet safetyNet) {
        this.room = room;
        this.safetyNet = safetyNet;
        this.tracks = tracks;
        this.attempts = attempts;
        this.leases = leases;
        this.expiry = expiry;
        this.delays = delays;
        this.reports = reports;
        this.meter = meter;
        expiry.settlements(this);
        intake.settlements(this);
    }

    /// @param finished told of each message that got through what it owed, reports too
    void onFinished(Consumer<MessageRecord> finished) {
        this.finished = finished;
    }

    /// Ends a lease. Recipients without a verdict go on waiting with their queue.
    void settle(Leased leased, List<Verdict> verdicts, Endpoint endpoint) {
        if (!leases.valid(leased)) {
            return; // the store has failed since; what was delivered may be delivered again
        }
        reported(
                Notice.of(leased, verdicts, endpoint, room.now()),
                made -> finish(
                        leased,
                        made.isPresent() ? verdicts : postponed(verdicts, room.now()),
                        endpoint,
                        made.orElse(List.of()),
                        made.isEmpty()));
    }

    /// The copy is done with by an administrator's word.
    ///
    /// @param withNdr whether its sender is told, if he wants to be
    /// @param removed told whether it is, when that is durable; else no report could be made, and it is held still
    void remove(Leased leased, Reply reply, boolean withNdr, Consumer<Boolean> removed) {
        if (!leases.valid(leased)) {
            return;
        }
        List<Verdict> verdicts = failures(leased, reply, "", TrackingEvent.Source.ADMIN);
        List<Notice> notices = withNdr ? Notice.of(leased, verdicts, Endpoint.NONE, room.now()) : List.of();
        reported(notices, made -> {
            if (made.isPresent()) {
                finish(leased, verdicts, Endpoint.NONE, made.get(), false);
                room.journal().then(() -> removed.accept(true));
            } else if (leases.valid(leased)) {
                removed.accept(false);
            }
        });
    }

    /// Makes the reports that are owed; while one is being made, the server does not end.
    private void reported(List<Notice> reasons, Consumer<Optional<List<Reports.Report>>> then) {
        List<Notice> notices =
                reasons.stream().filter(notice -> notice.isFor(room.settings())).toList();
        if (notices.isEmpty()) {
            then.accept(Optional.of(List.of()));
            return;
        }
        reporting++;
        reports.make(notices, made -> {
            then.accept(made);
            if (--reporting == 0 && reported != null) {
                reported.complete(null);
            }
        });
    }

    /// Done when no report is being made: what waits for one would else be forgotten when the server ends, also whom
    /// the message was delivered to. Asked for once, when the server ends.
    CompletableFuture<Void> reported() {
        reported = new CompletableFuture<>();
        if (reporting == 0) {
            reported.complete(null);
        }
        return reported;
    }

    /// Every message that waits in the queue fails with this reply; those that come in meanwhile too. The
    /// attempt that found it out ends when none is left.
    ///
    /// @param priority of the mail that the attempt was for; all others fail as well
    ///
    /// @param note as [Verdict.Failed] has it
    void rejectAll(
            NextHopQueue queue,
            int priority,
            Reply reply,
            String note,
            TrackingEvent.Source source,
            Endpoint endpoint) {
        leases.next(queue, Expiry.SLICE, found -> {
            for (Leased leased : found) {
                settle(leased, failures(leased, reply, note, source), endpoint);
            }
            if (found.isEmpty()) {
                attempts.abandoned(queue, priority);
            } else {
                rejectAll(queue, priority, reply, note, source, endpoint);
            }
        });
    }

    /// The categorizer has no place for these recipients of the copy; whoever else is in it stays.
    void reject(Node node, List<Placement.Rejected> rejections) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Placement.Rejected rejection : rejections) {
            for (RecipientRecord r : rejection.recipients()) {
                verdicts.add(new Verdict.Failed(
                        r.recipient(), rejection.reply(), TrackingEvent.Source.ROUTING, r.lastError()));
            }
        }
        leases.these(
                node.queue, List.of(node), found -> found.forEach(leased -> settle(leased, verdicts, Endpoint.NONE)));
    }

    private static List<Verdict> failures(Leased leased, Reply reply, String note, TrackingEvent.Source source) {
        List<Verdict> verdicts = new ArrayList<>();
        for (RecipientRecord r : leased.copy().recipients()) {
            verdicts.add(new Verdict.Failed(r.recipient(), reply, source, r.lastError(), note));
        }
        return verdicts;
    }

    /// A report could not be made: what failed, or would go into a mailbox, is kept and tried again, rather than done
    /// in silence. What a host has taken is gone.
    private static List<Verdict> postponed(List<Verdict> verdicts, long now) {
        return verdicts.stream()
                .map(v -> switch (v) {
                    case Verdict.Failed f -> postponed(f.recipient(), f.reply(), now);
                    case Verdict.Stored s -> postponed(s.recipient(), NO_REPORT_YET, now);
                    case Verdict.Delivered _, Verdict.Deferred _ -> v;
                })
                .toList();
    }

    private static Verdict postponed(Recipient recipient, Reply reply, long now) {
        return new Verdict.Deferred(recipient, new ErrorRecord(reply.toString(), "", "", now));
    }

    /// @param unreported whether a report should have been made and could not be
    private void finish(
            Leased leased, List<Verdict> verdicts, Endpoint endpoint, List<Reports.Report> made, boolean unreported) {
        if (!leases.valid(leased)) {
            Reports.discard(made);
            return;
        }
        if (!unreported && !verdicts.isEmpty()) {
            finished.accept(leased.message());
        }
        long now = room.now();
        Node node = leased.node();
        NextHopQueue queue = node.queue;
        List<RecipientRecord> left = remaining(leased.copy(), verdicts);
        Set<String> mailboxes = new HashSet<>();
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Stored stored && mailboxes.add(stored.mailbox())) {
                store(leased.message(), stored, now); // once a mailbox, however many of its names were written
            }
        }
        safetyNet.keep(leased, verdicts, now);
        room.journal().then(() -> track(leased, verdicts, endpoint, made, now));
        if (left.isEmpty()) {
            room.journal().write(new Write.DropCopy(node.messageId, queue.id()));
            remove(node, leased.message());
        } else {
            keep(leased, left, verdicts, unreported, now);
        }
        reports.submit(made);
        made.stream()
                .filter(report -> report.kind() == DsnKind.FAILURE)
                .forEach(report -> room.journal()
                        .then(() -> tellFailed(leased, only(verdicts, Verdict.Failed.class), report.incoming())));
        attempts.changed(queue);
    }

    private void tellFailed(Leased leased, List<Verdict.Failed> failed, Incoming report) {
        room.events()
                .report(Events.deliveryFailed(
                        leased.queue().nextHopDomain(),
                        leased.message().sender().toString(),
                        addresses(failed),
                        leased.message().internetMessageId(),
                        failed.getFirst().reply().toString(),
                        report.internetMessageId()));
    }

    private static List<RecipientRecord> remaining(CopyRecord copy, List<Verdict> verdicts) {
        // the same recipient may stand in an envelope twice, and then each has its own verdict
        Map<Recipient, ArrayDeque<Verdict>> of = HashMap.newHashMap(verdicts.size());
        verdicts.forEach(
                v -> of.computeIfAbsent(v.recipient(), _ -> new ArrayDeque<>(1)).add(v));
        List<RecipientRecord> left = new ArrayList<>();
        for (RecipientRecord record : copy.recipients()) {
            ArrayDeque<Verdict> own = of.get(record.recipient());
            switch (own == null ? null : own.poll()) {
                case null -> left.add(record);
                case Verdict.Deferred deferred -> left.add(new RecipientRecord(record.recipient(), deferred.error()));
                case Verdict.Delivered _, Verdict.Stored _, Verdict.Failed _ -> {}
            }
        }
        return left;
    }

    private void store(MessageRecord message, Verdict.Stored stored, long now) {
        MailboxItem item = new MailboxItem(
                stored.mailbox(),
                message.id(),
                now,
                message.sender().toString(),
                message.subject(),
                message.internetMessageId(),
                stored.prefix(),
                message.content());
        room.journal().write(new Write.PutItem(item));
        room.journal().then(() -> room.watch().delivered(item));
        room.shelves().addItem(message.content());
    }

    /// The copy is done with; with the message's last copy goes the message, and with its last owner the content.
    private void remove(Node node, MessageRecord message) {
        if (gone(node)) {
            boolean kept = room.shelves().hasItems(message.content());
            room.tidying().stir(kept ? 0 : message.content().bytes());
            room.journal().write(new Write.DropMessage(message.id()));
            if (!kept) {
                room.journal().write(new Write.DropContent(message.content()));
            }
        }
    }

    /// Takes a leased copy out of the index.
    ///
    /// @return whether it was the message's last
    boolean gone(Node node) {
        expiry.remove(node);
        delays.remove(node);
        boolean last = room.shelves().nodes().remove(node);
        node.queue.done(node, room.now());
        return last;
    }

    /// The copy is back when its record is in the store, not before: who has it next goes by the record.
    private void keep(Leased leased, List<RecipientRecord> left, List<Verdict> verdicts, boolean unreported, long now) {
        Node node = leased.node();
        if (verdicts.size() < leased.copy().recipients().size() && !unreported) {
            node.queue.brokeOff(node);
        }
        if (verdicts.isEmpty()) {
            leases.giveBack(leased); // nothing has changed
            return;
        }
        boolean waits = verdicts.stream().anyMatch(v -> v instanceof Verdict.Deferred);
        long next = waits ? now + room.ownWait(node.queue).toMillis() : 0;
        node.attempts += waits ? 1 : 0;
        CopyRecord copy = leased.copy();
        Write put = new Write.PutCopy(new CopyRecord(
                copy.messageId(),
                copy.queueId(),
                copy.enteredMillis(),
                node.queue.fate(node) != null,
                node.delayTold,
                node.attempts,
                next,
                left));
        if (left.size() < copy.recipients().size()) {
            room.journal().write(put);
        } else {
            room.journal().note(put); // nobody has left: a loss of power costs an attempt, never a recipient
        }
        node.queue.hold(node, unreported || waits ? Node.State.WAITING : Node.State.READY);
        room.journal().then(() -> {
            if (!leases.valid(leased)) {
                return; // the store has failed since: everything was looked at anew
            }
            if (unreported) {
                leases.setAside(node);
            } else if (waits) {
                leases.wait(node, next);
            } else {
                leases.giveBack(leased);
            }
        });
    }

    // ---- the trail

    private void track(Leased leased, List<Verdict> verdicts, Endpoint endpoint, List<Reports.Report> made, long now) {
        MessageRecord message = leased.message();
        List<Verdict.Delivered> sent = only(verdicts, Verdict.Delivered.class);
        if (!sent.isEmpty()) {
            tracks.sent(leased, addresses(sent), texts(sent, d -> d.reply().toString()), endpoint, now);
            meter.delivered(sent.size());
        }
        List<Verdict.Stored> stored = only(verdicts, Verdict.Stored.class);
        if (!stored.isEmpty()) {
            tracks.delivered(leased, addresses(stored), now);
            meter.stored(stored.size());
        }
        List<Verdict.Deferred> deferred = only(verdicts, Verdict.Deferred.class);
        if (!deferred.isEmpty()) {
            meter.deferred(deferred.size(), QueueMeter.Deferral.HOST);
        }
        // as with a queue's own error: once, and again when the words change
        List<Verdict.Deferred> untold = deferred.stream()
                .filter(d -> room.settings().deferPerAttempt()
                        || !lastError(leased.copy(), d.recipient()).sameWords(d.error()))
                .toList();
        if (!untold.isEmpty()) {
            List<ErrorRecord> errors =
                    untold.stream().map(Verdict.Deferred::error).toList();
            tracks.deferred(
                    message, leased.queue(), addresses(untold), errors, endpoint, TrackingEvent.Source.SMTP, now);
        }
        String reference = made.stream()
                .filter(report -> report.kind() instanceof DsnKind.Failure)
                .map(report -> report.incoming().internetMessageId())
                .findFirst()
                .orElse("");
        Map<TrackingEvent.Source, List<Verdict.Failed>> failed = new LinkedHashMap<>();
        only(verdicts, Verdict.Failed.class)
                .forEach(f -> failed.computeIfAbsent(f.source(), _ -> new ArrayList<>())
                        .add(f));
        failed.forEach((source, of) -> {
            tracks.failed(
                    leased,
                    addresses(of),
                    texts(of, f -> f.reply().toString()),
                    of.getFirst().note(),
                    endpoint,
                    source,
                    reference,
                    now);
            if (message.sender().isNull()) {
                tracks.dropped(
                        message,
                        leased.queue(),
                        addresses(of),
                        texts(of, f -> f.reply().toString()),
                        now);
            }
            meter.failed(of.size(), source);
            if (source == TrackingEvent.Source.QUEUE) {
                meter.expired(of.size(), ErrorRecord.code(of.getFirst().note()));
            }
        });
    }

    private static ErrorRecord lastError(CopyRecord copy, Recipient recipient) {
        return copy.recipients().stream()
                .filter(record -> record.recipient().equals(recipient))
                .map(RecipientRecord::lastError)
                .findFirst()
                .orElse(ErrorRecord.NONE);
    }

    private static <V extends Verdict> List<V> only(List<Verdict> verdicts, Class<V> kind) {
        return verdicts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static List<String> addresses(List<? extends Verdict> verdicts) {
        return texts(verdicts, v -> v.recipient().address().toString());
    }

    private static <V extends Verdict> List<String> texts(List<V> verdicts, Function<V, String> text) {
        return verdicts.stream().map(text).toList();
    }
}
