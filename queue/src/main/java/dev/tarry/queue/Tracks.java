package dev.tarry.queue;

import dev.tarry.store.CopyRecord;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.RecipientRecord;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import dev.tarry.tracking.TrackingSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Turns what happens in the queues into lines of the message tracking log (reference §8.4). Any thread.
final class Tracks {
    private final TrackingSink log;
    private final Supplier<QueueSettings> settings;
    private final Latencies latencies;

    Tracks(TrackingSink log, Supplier<QueueSettings> settings) {
        this.log = log;
        this.settings = settings;
        this.latencies = new Latencies(() -> settings.get().fqdn());
    }

    void received(MessageRecord message, List<RecipientRecord> recipients, Incoming.Source source) {
        Draft draft = new Draft(message, message.receivedMillis());
        draft.source = Source.valueOf(source.trackingSource());
        draft.event = draft.source == Source.SAFETYNET ? Event.RESUBMIT : Event.RECEIVE;
        draft.clientIp = source.clientIp();
        draft.clientHostname = source.clientHostname();
        draft.serverIp = source.serverIp();
        draft.serverHostname = settings.get().computerName();
        draft.context = source.context();
        draft.connector = source.connector();
        draft.recipients = addresses(recipients);
        draft.originalClientIp = source.clientIp();
        draft.info = draft.event == Event.RECEIVE ? Latencies.ofReceipt(message) : "";
        draft.custom = List.of(priority(message), "MsgRecipCount=" + recipients.size());
        draft.write();
    }

    /// @param replies the next hop's words per recipient, in order
    void sent(Leased leased, List<String> recipients, List<String> replies, Endpoint endpoint, long now) {
        MessageRecord message = leased.message();
        Draft draft = new Draft(message, now);
        draft.event = Event.SEND;
        draft.source = Source.SMTP;
        draft.clientHostname = settings.get().computerName();
        draft.serverIp = endpoint.ip();
        draft.serverHostname = endpoint.host();
        draft.context = replies.isEmpty() ? "" : replies.getFirst();
        draft.connector = endpoint.connector();
        draft.recipients = recipients;
        draft.status = replies;
        draft.nextHop = leased.queue().nextHopDomain();
        draft.custom = latency(message, now);
        draft.info = latencies.ofAttempt(leased, Latencies.SMTP_SEND, now);
        draft.write();
    }

    void delivered(Leased leased, List<String> recipients, long now) {
        MessageRecord message = leased.message();
        Draft draft = new Draft(message, now);
        draft.event = Event.DELIVER;
        draft.source = Source.STOREDRIVER;
        draft.clientHostname = settings.get().computerName();
        draft.serverHostname = settings.get().computerName();
        draft.recipients = recipients;
        draft.nextHop = leased.queue().nextHopDomain();
        draft.custom = latency(message, now);
        draft.info = latencies.ofAttempt(leased, Latencies.STORE_DRIVER, now);
        draft.write();
    }

    /// A whole queue could not be reached.
    TrackingEvent deferral(
            MessageRecord message,
            CopyRecord copy,
            NextHopKey queue,
            ErrorRecord error,
            Endpoint endpoint,
            Source source,
            long now) {
        List<String> recipients = addresses(copy.recipients());
        return deferral(
                        message,
                        queue,
                        recipients,
                        recipients.stream().map(_ -> error).toList(),
                        endpoint,
                        source,
                        now)
                .made();
    }

    void write(TrackingEvent event) {
        log.write(event);
    }

    /// Some recipients were refused for now.
    void deferred(
            MessageRecord message,
            NextHopKey queue,
            List<String> recipients,
            List<ErrorRecord> errors,
            Endpoint endpoint,
            Source source,
            long now) {
        deferral(message, queue, recipients, errors, endpoint, source, now).write();
    }

    private Draft deferral(
            MessageRecord message,
            NextHopKey queue,
            List<String> recipients,
            List<ErrorRecord> errors,
            Endpoint endpoint,
            Source source,
            long now) {
        Draft draft = new Draft(message, now);
        draft.event = Event.DEFER;
        draft.source = source;
        draft.clientHostname = settings.get().computerName();
        draft.serverIp = endpoint.ip();
        draft.serverHostname = endpoint.host();
        draft.connector = endpoint.connector();
        draft.recipients = recipients;
        draft.status = errors.stream().map(this::shown).toList();
        draft.context = errors.isEmpty() ? "" : errors.getFirst().note();
        draft.nextHop = queue.nextHopDomain();
        draft.custom = List.of(priority(message), cause(draft.context));
        return draft;
    }

    /// @param note      what tells it from others with the same words
    /// @param reference the Message-ID of the report that follows, empty if none does
    void failed(
            Leased leased,
            List<String> recipients,
            List<String> replies,
            String note,
            Endpoint endpoint,
            Source source,
            String reference,
            long now) {
        MessageRecord message = leased.message();
        Draft draft = new Draft(message, now);
        draft.event = Event.FAIL;
        draft.source = source;
        draft.clientHostname = settings.get().computerName();
        draft.serverIp = endpoint.ip();
        draft.serverHostname = endpoint.host();
        draft.connector = endpoint.connector();
        draft.recipients = recipients;
        draft.status = replies;
        draft.context = note;
        draft.reference = reference;
        draft.nextHop = leased.queue().nextHopDomain();
        List<String> custom = new ArrayList<>(latency(message, now));
        custom.add(cause(note));
        draft.custom = custom;
        draft.info = source == Source.SMTP
                ? latencies.ofAttempt(leased, Latencies.SMTP_SEND, now)
                : latencies.ofWaiting(leased, now);
        draft.write();
    }

    /// A message from nobody has failed: no report may follow (RFC 5321 §4.5.5), and this is the end of it.
    void dropped(MessageRecord message, NextHopKey queue, List<String> recipients, List<String> replies, long now) {
        Draft draft = new Draft(message, now);
        draft.event = Event.DROP;
        draft.source = Source.DSN;
        draft.clientHostname = settings.get().computerName();
        draft.serverHostname = settings.get().computerName();
        draft.context = "the reverse-path is null";
        draft.recipients = recipients;
        draft.status = replies;
        draft.nextHop = queue.nextHopDomain();
        draft.write();
    }

    /// A report was made.
    void reported(MessageRecord report, List<RecipientRecord> recipients, Incoming.About about) {
        Draft draft = new Draft(report, report.receivedMillis());
        draft.event = Event.DSN;
        draft.source = Source.DSN;
        draft.serverHostname = settings.get().computerName();
        draft.context = about.kind().word();
        draft.recipients = addresses(recipients);
        draft.status = draft.recipients.stream().map(_ -> about.status()).toList();
        draft.sender = about.reportSender();
        draft.reference = about.internetMessageId();
        draft.write();
    }

    /// Recipients go to another server than to their own next hop, by an administrator's word.
    ///
    /// @param from   where they waited
    /// @param target the other server
    void redirected(MessageRecord message, List<RecipientRecord> recipients, NextHopKey from, String target, long now) {
        Draft draft = new Draft(message, now);
        draft.event = Event.REDIRECT;
        draft.source = Source.ADMIN;
        draft.clientHostname = settings.get().computerName();
        draft.serverHostname = target;
        draft.context = "Redirect-Message;" + from.nextHopDomain() + ";" + target;
        draft.recipients = addresses(recipients);
        draft.nextHop = target;
        draft.write();
    }

    /// Has the log write out what waits. Blocking.
    void catchUp() {
        log.catchUp();
    }

    /// A message was found at start.
    void loaded(MessageRecord message, CopyRecord copy, NextHopKey queue, long now) {
        Draft draft = new Draft(message, now);
        draft.event = Event.LOAD;
        draft.source = Source.BOOTLOADER;
        draft.serverHostname = settings.get().computerName();
        draft.recipients = addresses(copy.recipients());
        draft.status = copy.recipients().size() == 1
                ? List.of(shown(copy.recipients().getFirst().lastError()))
                : copy.recipients().stream().map(r -> shown(r.lastError())).toList();
        draft.nextHop = queue.nextHopDomain();
        draft.write();
    }

    /// A message has gone into the Poison queue, or has left it.
    void poison(MessageRecord message, List<RecipientRecord> recipients, boolean into, long now) {
        Draft draft = new Draft(message, now);
        draft.event = Event.POISONMESSAGE;
        draft.source = Source.POISONMESSAGE;
        draft.serverHostname = settings.get().computerName();
        String why = recipients.getFirst().lastError().details();
        draft.context = !into
                ? "Resumed from the Poison queue"
                : why.startsWith(Poison.DAMAGED) ? "Moved to the Poison queue: " + why : "Moved to the Poison queue";
        draft.recipients = addresses(recipients);
        draft.nextHop = NextHopKey.POISON.nextHopDomain();
        draft.write();
    }

    /// What Safety Net has of a message could not be sent once more.
    ///
    /// @param later whether it is tried again
    /// @param of    the resubmit request
    void notResubmitted(MessageRecord message, List<RecipientRecord> recipients, boolean later, String of, long now) {
        Draft draft = new Draft(message, now);
        draft.event = later ? Event.RESUBMITDEFER : Event.RESUBMITFAIL;
        draft.source = Source.SAFETYNET;
        draft.serverHostname = settings.get().computerName();
        draft.context = of;
        draft.recipients = addresses(recipients);
        draft.write();
    }

    private String shown(ErrorRecord error) {
        return LastError.shown(error, settings.get().profile(), settings.get().zone());
    }

    /// Our own senders' mail and our reports originate here; everything else comes in.
    private String directionality(MessageRecord message) {
        return message.sender()
                        .address()
                        .map(sender -> settings.get().internal(sender))
                        .orElse(true)
                ? "Originating"
                : "Incoming";
    }

    private static List<String> latency(MessageRecord message, long now) {
        return List.of("E2ELatency=" + Latencies.seconds(now - message.receivedMillis()), priority(message));
    }

    /// The code of a note; empty, and then not written, if there is none.
    private static String cause(String note) {
        String code = ErrorRecord.code(note);
        return code.isEmpty() ? "" : "Cause=" + code;
    }

    private static String priority(MessageRecord message) {
        return "DeliveryPriority="
                + switch (message.priority()) {
                    case 0 -> "High";
                    case 2 -> "Low";
                    default -> "Normal";
                };
    }

    private static List<String> addresses(List<RecipientRecord> recipients) {
        if (recipients.size() == 1) { // as most have, and a start has them all
            return List.of(recipients.getFirst().recipient().address().toString());
        }
        return recipients.stream().map(r -> r.recipient().address().toString()).toList();
    }

    /// A line in the making; what is not set stays empty.
    private final class Draft {
        final MessageRecord message;
        final Instant time;
        final String returnPath;
        Event event;
        Source source;
        String clientIp = "";
        String clientHostname = "";
        String serverIp = "";
        String serverHostname = "";
        String context = "";
        String connector = "";
        List<String> recipients = List.of();
        List<String> status = List.of();
        String reference = "";
        String sender;
        String originalClientIp = "";
        String nextHop = "";
        String info = "";
        List<String> custom = List.of();

        Draft(MessageRecord message, long millis) {
            this.message = message;
            this.time = Instant.ofEpochMilli(millis);
            this.returnPath = message.sender().toString();
            this.sender = returnPath;
        }

        void write() {
            log.write(made());
        }

        TrackingEvent made() {
            return new TrackingEvent(
                    time,
                    event,
                    source,
                    clientIp,
                    clientHostname,
                    serverIp,
                    serverHostname,
                    context,
                    connector,
                    message.id(),
                    message.internetMessageId(),
                    Optional.of(message.networkMessageId()),
                    recipients,
                    status,
                    message.content().bytes(),
                    "",
                    reference,
                    message.subject(),
                    sender,
                    returnPath,
                    info,
                    directionality(message),
                    originalClientIp,
                    nextHop,
                    custom);
        }
    }
}
