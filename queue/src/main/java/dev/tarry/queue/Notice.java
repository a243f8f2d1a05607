package dev.tarry.queue;

import dev.tarry.dsn.DsnKind;
import dev.tarry.dsn.DsnRequest.Diagnostic;
import dev.tarry.dsn.DsnRequest.RecipientReport;
import dev.tarry.dsn.DsnRequest.RemoteHost;
import dev.tarry.mail.Notify.Condition;
import dev.tarry.mail.Reply;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.RecipientRecord;
import dev.tarry.tracking.TrackingEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a message's sender is to be told, and of whom: who wants to know decides, and nobody is told of a message from
/// nobody (RFC 5321 §4.5.5, RFC 3461 §4.1). Immutable.
///
/// @param kind       what became of them
/// @param about      the message; it has a sender
/// @param recipients at least one: those of whom the sender wants to hear this, and no others (RFC 3461 §5.2.8)
record Notice(DsnKind kind, MessageRecord about, List<RecipientReport> recipients) {
    /// What a mailbox of our own would say.
    private static final Reply TAKEN = Reply.of(250, "2.1.5 Recipient OK");

    /// What an attempt's verdicts give reason to say: failures, deliveries, relayings; one notice for each kind.
    static List<Notice> of(Leased leased, List<Verdict> verdicts, Endpoint endpoint, long nowMillis) {
        if (leased.message().sender().isNull()) {
            return List.of();
        }
        Instant now = Instant.ofEpochMilli(nowMillis);
        Set<ErrorRecord> answers = answers(leased);
        List<RecipientReport> failed = new ArrayList<>();
        List<RecipientReport> delivered = new ArrayList<>();
        List<RecipientReport> relayed = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            switch (verdict) {
                case Verdict.Failed f
                when f.recipient().wants(Condition.FAILURE) ->
                    failed.add(failed(f, endpoint, answers.contains(f.cause()), now));
                case Verdict.Stored s
                when s.recipient().wants(Condition.SUCCESS) ->
                    delivered.add(new RecipientReport(
                            s.recipient().address(),
                            s.recipient().originalRecipient(),
                            TAKEN,
                            Optional.of(now),
                            Optional.empty(),
                            List.of()));
                // RFC 3461 §5.2.2: the host will never say anything
                case Verdict.Delivered d
                when !d.passedOn() && d.recipient().wants(Condition.SUCCESS) ->
                    relayed.add(new RecipientReport(
                            d.recipient().address(),
                            d.recipient().originalRecipient(),
                            d.reply(),
                            Optional.of(now),
                            remote(endpoint.host(), endpoint.ip(), true),
                            List.of()));
                case Verdict.Failed _, Verdict.Stored _, Verdict.Delivered _, Verdict.Deferred _ -> {}
            }
        }
        List<Notice> notices = new ArrayList<>(1);
        add(notices, DsnKind.FAILURE, leased.message(), failed);
        add(notices, new DsnKind.Delivered(), leased.message(), delivered);
        add(notices, new DsnKind.Relayed(), leased.message(), relayed);
        return notices;
    }

    /// That a message is late, said of all its recipients who still wait and of whom the sender wants to hear it.
    ///
    /// @param copies all of one message
    /// @return empty if there is nobody to tell, or nobody to tell it of
    static Optional<Notice> ofDelay(List<Leased> copies, long nowMillis) {
        MessageRecord message = copies.getFirst().message();
        List<RecipientReport> late = new ArrayList<>();
        for (Leased copy : copies) {
            RetryState retry = copy.node().queue.retry();
            for (RecipientRecord r : copy.copy().recipients()) {
                if (r.recipient().wants(Condition.DELAY)) {
                    late.add(
                            late(r, retry == null ? ErrorRecord.NONE : retry.error(), Instant.ofEpochMilli(nowMillis)));
                }
            }
        }
        List<Notice> notices = new ArrayList<>(1);
        add(notices, new DsnKind.Delay(Instant.ofEpochMilli(message.expiresMillis())), message, late);
        return message.sender().isNull() ? Optional.empty() : notices.stream().findFirst();
    }

    /// Whether the sender's domain is told such things (Set-RemoteDomain).
    boolean isFor(QueueSettings settings) {
        return settings.reports(about.sender().address().orElseThrow(), kind instanceof DsnKind.Failure);
    }

    private static void add(List<Notice> to, DsnKind kind, MessageRecord about, List<RecipientReport> recipients) {
        if (!recipients.isEmpty()) {
            to.add(new Notice(kind, about, List.copyOf(recipients)));
        }
    }

    /// What hosts have answered for recipients already: errors of their own, not of their queue.
    private static Set<ErrorRecord> answers(Leased leased) {
        Set<ErrorRecord> answers = new HashSet<>();
        for (RecipientRecord r : leased.copy().recipients()) {
            if (!r.lastError().ip().isEmpty()) {
                answers.add(r.lastError());
            }
        }
        return answers;
    }

    private static RecipientReport failed(Verdict.Failed failed, Endpoint endpoint, boolean answered, Instant now) {
        ErrorRecord cause = failed.cause();
        // reference §7.3: what we decide ourselves without an attempt carries no time and names no host
        Optional<Instant> at = Optional.empty();
        Optional<RemoteHost> remote = Optional.empty();
        if (failed.source() == TrackingEvent.Source.SMTP) {
            at = Optional.of(now);
            remote = remote(endpoint.host(), endpoint.ip(), true);
        } else if (failed.source() == TrackingEvent.Source.QUEUE) {
            at = Optional.of(now);
            remote = cause.ip().isEmpty() ? remote : remote(cause.host(), cause.ip(), answered);
        }
        return new RecipientReport(
                failed.recipient().address(),
                failed.recipient().originalRecipient(),
                failed.reply(),
                at,
                remote,
                earlier(cause));
    }

    private static RecipientReport late(RecipientRecord r, ErrorRecord ofQueue, Instant now) {
        ErrorRecord cause = LastError.latest(r.lastError(), ofQueue);
        return new RecipientReport(
                r.recipient().address(),
                r.recipient().originalRecipient(),
                DsnKind.Delay.REPLY,
                Optional.of(now),
                cause.ip().isEmpty() ? Optional.empty() : remote(cause.host(), cause.ip(), cause == r.lastError()),
                earlier(cause));
    }

    private static List<Diagnostic> earlier(ErrorRecord cause) {
        return cause.isNone()
                ? List.of()
                : List.of(new Diagnostic(
                        Instant.ofEpochMilli(cause.atMillis()),
                        cause.details(),
                        remote(cause.host(), cause.ip(), false)));
    }

    private static Optional<RemoteHost> remote(String host, String ip, boolean answered) {
        return host.isEmpty() && ip.isEmpty()
                ? Optional.empty()
                : Optional.of(new RemoteHost(
                        host.isEmpty() ? ip : host, ip.isEmpty() ? Optional.empty() : Optional.of(ip), answered));
    }
}
