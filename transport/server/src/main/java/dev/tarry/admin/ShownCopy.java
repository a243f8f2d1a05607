package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Notify;
import dev.tarry.mail.ReversePath;
import dev.tarry.queue.DeliveryType;
import dev.tarry.queue.LastError;
import dev.tarry.queue.MessageRow;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.Queues;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.MessageStore;
import dev.tarry.store.RecipientRecord;
import dev.tarry.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// A message's copy in one queue, with what its properties need to be shown. Its records are read when the
/// first property asks for them, so that a filter on what the index knows reads nothing. One thread.
final class ShownCopy {
    private final MessageRow row;
    private final QueueSettings server;
    private final QueueDesk queues;
    private final boolean withRecipients;
    private Optional<Queues.Records> records;
    private Instant latencyAt;

    ShownCopy(MessageRow row, QueueSettings server, QueueDesk queues, boolean withRecipients) {
        this.row = row;
        this.server = server;
        this.queues = queues;
        this.withRecipients = withRecipients;
    }

    /// With ComponentLatency, as it is at this moment.
    ShownCopy withLatency(Instant now) {
        latencyAt = now;
        return this;
    }

    /// Reads its records.
    ///
    /// @return whether it is still there
    boolean load() {
        if (records == null) {
            try {
                records = queues.records(row);
            } catch (StoreException e) {
                throw new OperationRefused(
                        Reason.UNAVAILABLE, "the record of message " + row.messageId() + " cannot be read", e);
            }
        }
        return records.isPresent();
    }

    /// Its records have been read; empty if it is not there any more.
    void loaded(Optional<Queues.Records> read) {
        records = read;
    }

    MessageRecord message() {
        return records.orElseThrow().message();
    }

    private CopyRecord copy() {
        return records.orElseThrow().copy();
    }

    MessageRow row() {
        return row;
    }

    String identity() {
        return MessageIdentity.shown(row.messageId(), row.queueId(), row.queue(), server);
    }

    String queue() {
        return QueueIdentity.shown(row.queueId(), row.queue(), server);
    }

    /// A recipient's own error, else its queue's.
    String lastError() {
        return shown(copy().recipients().stream()
                .map(RecipientRecord::lastError)
                .filter(error -> !error.isNone())
                .findFirst()
                .map(own -> LastError.latest(own, row.queueError()))
                .orElse(row.queueError()));
    }

    /// In the persistent queues no host has been tried: there is nothing to put beside the words (reference §3.1).
    private String shown(ErrorRecord error) {
        if (row.queueId() < MessageStore.FIRST_DYNAMIC_QUEUE) {
            return error.details();
        }
        return LastError.shown(error, server.profile(), server.zone());
    }

    Instant received() {
        return Instant.ofEpochMilli(row.receivedMillis());
    }

    Instant expires() {
        return Instant.ofEpochMilli(row.expiresMillis());
    }

    /// From coming in until it entered this queue.
    Duration latency() {
        return Duration.ofMillis(Math.max(0, copy().enteredMillis() - row.receivedMillis()));
    }

    String shownLatency() {
        return shown(latency());
    }

    /// `hh:mm:ss.ff`
    private static String shown(Duration d) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%02d",
                d.toHours(),
                d.toMinutesPart(),
                d.toSecondsPart(),
                d.toMillisPart() / 10);
    }

    /// Where it spent its time: coming in, in Submission and the categorizer until it came into this queue, and in it,
    /// an attempt that is under way included. Absent unless it was asked for, as in
    /// Exchange.
    Object componentLatency() {
        if (latencyAt == null) {
            return null;
        }
        Duration here = Duration.between(Instant.ofEpochMilli(copy().enteredMillis()), latencyAt);
        List<Object> components = new ArrayList<>();
        if (message().receivingMillis() > 0) {
            components.add(component("SMTP Receive", Duration.ofMillis(message().receivingMillis())));
        }
        if (!row.queue().equals(NextHopKey.SUBMISSION)) {
            components.add(component("Categorizer", latency()));
        }
        components.add(component(component(row.queue()), here.isNegative() ? Duration.ZERO : here));
        return components;
    }

    private static String component(NextHopKey queue) {
        if (queue.equals(NextHopKey.POISON)) {
            return "Poison Queue";
        }
        return switch (queue.deliveryType()) {
            case UNDEFINED -> "Submission Queue";
            case UNREACHABLE -> "Unreachable Queue";
            case SMTP_DELIVERY_TO_MAILBOX -> "Mailbox Delivery Queue";
            default -> "Delivery Queue";
        };
    }

    private static SequencedMap<String, Object> component(String name, Duration latency) {
        SequencedMap<String, Object> component = new LinkedHashMap<>();
        component.put("Component", name);
        component.put("Latency", shown(latency));
        return component;
    }

    /// Why it waits in Submission although it could be categorized; a next hop that cannot be reached is its queue's
    /// matter, and no deferral (reference §1.9).
    String deferReason() {
        boolean deferred = row.queue().equals(NextHopKey.SUBMISSION) && row.status() == MessageRow.Status.RETRY;
        return deferred ? "Transient Failure" : "None";
    }

    /// What our own people send is trusted (-1); of other mail nothing here judges more than that it is not known to be
    /// bad.
    long spamConfidence() {
        return directionality().equals("Originating") ? -1 : 0;
    }

    String priority() {
        return switch (row.priority()) {
            case 0 -> "High";
            case 2 -> "Low";
            default -> "Normal";
        };
    }

    String originalFrom() {
        return message()
                .originalSender()
                .map(ReversePath::toString)
                .orElse(message().sender().toString());
    }

    /// What our own people send, and what we send ourselves, originates here.
    String directionality() {
        boolean ours = message()
                .sender()
                .address()
                .map(a -> isInternal(a.domain()))
                .orElse(message().sourceIp().isEmpty());
        return ours ? "Originating" : "Incoming";
    }

    private boolean isInternal(String domain) {
        return server.internalDomains().contains(domain);
    }

    /// Absent unless it was asked for, as in Exchange.
    Object recipients() {
        if (!withRecipients) {
            return null;
        }
        return copy().recipients().stream().map(this::recipient).toList();
    }

    /// Its recipients with what the envelope asked for each (RFC 3461 §4); absent parameters are null.
    List<SequencedMap<String, Object>> deliveries() {
        List<SequencedMap<String, Object>> all = new ArrayList<>();
        for (RecipientRecord recipient : copy().recipients()) {
            SequencedMap<String, Object> shown = new LinkedHashMap<>();
            shown.put("Queue", queue());
            shown.putAll(recipient(recipient));
            shown.put(
                    "Notify",
                    recipient.recipient().notifyOn().map(Notify::toString).orElse(null));
            shown.put(
                    "OriginalRecipient",
                    recipient.recipient().originalRecipient().orElse(null));
            shown.put("Return", message().ret().map(Enum::name).orElse(null));
            shown.put("EnvelopeId", message().envelopeId().orElse(null));
            all.add(shown);
        }
        return all;
    }

    private SequencedMap<String, Object> recipient(RecipientRecord recipient) {
        SequencedMap<String, Object> shown = new LinkedHashMap<>();
        shown.put("Address", address(recipient).toString());
        shown.put("Type", type());
        shown.put("FinalDestination", finalDestination());
        shown.put("Status", status(recipient));
        shown.put("LastError", shown(error(recipient)));
        return shown;
    }

    /// As Exchange compares them: `address;type;status;error;code;destination;code`, with the numbers seen in real
    /// output.
    Object recipientTexts() {
        return copy().recipients().stream()
                .map(r -> address(r) + ";2;2;" + shown(error(r)) + ";16;" + finalDestination() + ";0")
                .toList();
    }

    private static EmailAddress address(RecipientRecord recipient) {
        return recipient.recipient().address();
    }

    private ErrorRecord error(RecipientRecord recipient) {
        return LastError.latest(recipient.lastError(), row.queueError());
    }

    private String status(RecipientRecord recipient) {
        boolean waits = row.status() == MessageRow.Status.RETRY
                || !recipient.lastError().isNone();
        return waits ? "Retry" : "Ready";
    }

    private String type() {
        return row.queue().deliveryType() == DeliveryType.SMTP_DELIVERY_TO_MAILBOX ? "Mailbox" : "External";
    }

    private String finalDestination() {
        return row.queue().deliveryType() == DeliveryType.UNREACHABLE
                ? "<No Matching Connector>"
                : row.queue().nextHopDomain();
    }
}
