package dev.tarry.store;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.Envelope.Ret;
import dev.tarry.mail.Notify;
import dev.tarry.mail.Notify.Condition;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import dev.tarry.mail.Submitter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Records as octets: a version, then the fields in a fixed order, without what the key already says. A record of
/// a later version is refused; whoever changes a field raises [#VERSION] and goes on reading the older one.
final class RecordFormat {
    /// The version written; every older one is read.
    ///
    /// 2: a copy says whether its sender was told of its delay. 3: a message says how long it took to come in,
    /// and an error has a note. 4: a message says who handed it in.
    static final int VERSION = 4;

    private static final int OLDEST = 1;

    /// Versions above ours that may be a later tarry's; what is above them is damage.
    private static final int LATER_VERSIONS = 30;

    /// Recipients of one copy; far above what any limit lets in.
    static final int MAX_RECIPIENTS = 1_000_000;

    private static final int LEAST_RECIPIENT_BYTES = 7;
    private static final int NOTIFY_ABSENT = 8;

    private RecordFormat() {}

    static ByteBuffer write(RecordWriter to, MessageRecord message) {
        return fields(to.begin(VERSION), message).end();
    }

    private static RecordWriter fields(RecordWriter to, MessageRecord message) {
        to.uuid(message.networkMessageId())
                .text(message.internetMessageId())
                .text(message.subject())
                .text(message.sender().toString())
                .text(message.originalSender().map(ReversePath::toString))
                .octet(code(message.body()))
                .flag(message.smtpUtf8())
                .octet(message.ret().map(RecordFormat::code).orElse(0))
                .text(message.envelopeId())
                .number(message.receivedMillis())
                .number(message.expiresMillis())
                .text(message.sourceName())
                .text(message.sourceIp())
                .text(message.heloName())
                .number(message.priority())
                .number(message.headerBytes());
        return content(to, message.content()).number(message.receivingMillis()).octet(code(message.submitter()));
    }

    static MessageRecord message(ByteBuffer key, ByteBuffer value) throws StoreException {
        long id = key.getLong();
        return read("message " + id, value, (version, from) -> message(version, id, from));
    }

    private static MessageRecord message(int version, long id, RecordReader from) throws StoreException {
        return new MessageRecord(
                id,
                from.uuid(),
                from.text(),
                from.text(),
                ReversePath.of(from.text()),
                from.optionalText().map(ReversePath::of),
                body(from.octet()),
                from.flag(),
                ret(from.octet()),
                from.optionalText(),
                from.number(),
                from.number(),
                from.text(),
                from.text(),
                from.text(),
                from.count(Integer.MAX_VALUE),
                from.count(Integer.MAX_VALUE),
                content(from),
                version > 2 ? from.number() : 0,
                version > 3 ? submitter(from.octet()) : Submitter.SYSTEM);
    }

    static ByteBuffer write(RecordWriter to, CopyRecord copy) {
        to.begin(VERSION)
                .number(copy.enteredMillis())
                .flag(copy.suspended())
                .flag(copy.delayTold())
                .number(copy.attempts())
                .number(copy.nextAttemptMillis());
        return recipients(to, copy.recipients()).end();
    }

    private static RecordWriter recipients(RecordWriter to, List<RecipientRecord> recipients) {
        to.number(recipients.size());
        for (RecipientRecord recipient : recipients) {
            to.text(recipient.recipient().address().toString())
                    .octet(recipient
                            .recipient()
                            .notifyOn()
                            .map(RecordFormat::code)
                            .orElse(NOTIFY_ABSENT))
                    .text(recipient.recipient().originalRecipient());
            error(to, recipient.lastError());
        }
        return to;
    }

    static CopyRecord copy(ByteBuffer key, ByteBuffer value) throws StoreException {
        long messageId = key.getLong();
        int queueId = key.getInt();
        return read(
                "copy of message " + messageId + " in queue " + queueId,
                value,
                (version, from) -> new CopyRecord(
                        messageId,
                        queueId,
                        from.number(),
                        from.flag(),
                        version > 1 && from.flag(),
                        from.count(Integer.MAX_VALUE),
                        from.number(),
                        recipients(version, from)));
    }

    private static List<RecipientRecord> recipients(int version, RecordReader from) throws StoreException {
        int count = from.count(Math.min(MAX_RECIPIENTS, from.remaining() / LEAST_RECIPIENT_BYTES + 1));
        List<RecipientRecord> recipients = new ArrayList<>(Math.min(count, 1_000));
        for (int i = 0; i < count; i++) {
            Recipient recipient =
                    new Recipient(EmailAddress.of(from.text()), notifyOn(from.octet()), from.optionalText());
            recipients.add(new RecipientRecord(recipient, error(version, from)));
        }
        return recipients;
    }

    static ByteBuffer write(RecordWriter to, QueueRecord queue) {
        to.begin(VERSION)
                .text(queue.deliveryType())
                .text(queue.nextHopDomain())
                .uuid(queue.nextHopConnector())
                .flag(queue.suspended())
                .number(queue.retryCount())
                .number(queue.firstRetryMillis())
                .number(queue.lastRetryMillis())
                .number(queue.nextRetryMillis());
        return error(to, queue.lastError()).end();
    }

    static QueueRecord queue(ByteBuffer key, ByteBuffer value) throws StoreException {
        key.getInt();
        int id = key.getInt();
        return read(
                "queue " + id,
                value,
                (version, from) -> new QueueRecord(
                        id,
                        from.text(),
                        from.text(),
                        from.uuid(),
                        from.flag(),
                        from.count(Integer.MAX_VALUE),
                        from.number(),
                        from.number(),
                        from.number(),
                        error(version, from)));
    }

    static ByteBuffer write(RecordWriter to, MailboxItem item) {
        to.begin(VERSION)
                .number(item.deliveredMillis())
                .text(item.sender())
                .text(item.subject())
                .text(item.internetMessageId())
                .text(item.prefix());
        return content(to, item.content()).end();
    }

    static MailboxItem item(ByteBuffer key, ByteBuffer value) throws StoreException {
        String mailbox = Keys.mailbox(key);
        long id = key.getLong();
        return read(
                "item " + id + " of a mailbox",
                value,
                (_, from) -> new MailboxItem(
                        mailbox, id, from.number(), from.text(), from.text(), from.text(), from.text(), content(from)));
    }

    static ByteBuffer write(RecordWriter to, NetItem item) {
        fields(to.begin(VERSION).uuid(item.destination()), item.message());
        return recipients(to, item.recipients()).end();
    }

    static NetItem netItem(ByteBuffer key, ByteBuffer value) throws StoreException {
        key.get();
        key.getInt();
        NetItem.Place place = new NetItem.Place(key.getLong(), key.getLong(), key.getInt());
        return read(
                "message " + place.messageId() + " in Safety Net",
                value,
                (version, from) -> new NetItem(
                        place, from.uuid(), message(version, place.messageId(), from), recipients(version, from)));
    }

    static ByteBuffer write(RecordWriter to, ResubmitRecord request) {
        ResubmitRecord.Wanted wanted = request.wanted();
        return to.begin(VERSION)
                .number(request.createdMillis())
                .flag(request.enabled())
                .flag(request.finished())
                .text(wanted.destination().map(UUID::toString))
                .text(wanted.sender())
                .text(wanted.recipient())
                .text(wanted.messageId())
                .text(wanted.resubmitTo())
                .number(wanted.startMillis())
                .number(wanted.endMillis())
                .number(request.next().deliveredMillis())
                .number(request.next().messageId())
                .number(request.next().part())
                .number(request.resubmitted())
                .number(request.failed())
                .end();
    }

    static ResubmitRecord request(ByteBuffer key, ByteBuffer value) throws StoreException {
        key.get();
        key.getInt();
        int id = key.getInt();
        return read(
                "resubmit request " + id,
                value,
                (_, from) -> new ResubmitRecord(
                        id,
                        from.number(),
                        from.flag(),
                        from.flag(),
                        new ResubmitRecord.Wanted(
                                from.optionalText().map(UUID::fromString),
                                from.optionalText(),
                                from.optionalText(),
                                from.optionalText(),
                                from.optionalText(),
                                from.number(),
                                from.number()),
                        new NetItem.Place(from.number(), from.number(), from.count(Integer.MAX_VALUE)),
                        from.count(Integer.MAX_VALUE),
                        from.count(Integer.MAX_VALUE)));
    }

    static ByteBuffer write(RecordWriter to, Marks marks) {
        return to.begin(VERSION)
                .number(marks.epoch())
                .number(marks.messages())
                .number(marks.contents())
                .number(marks.queues())
                .end();
    }

    static Marks marks(int shard, ByteBuffer value) throws StoreException {
        return read(
                "marks of shard " + shard,
                value,
                (_, from) -> new Marks(from.number(), from.number(), from.number(), from.count(Integer.MAX_VALUE)));
    }

    private interface Fields<T> {
        T read(int version, RecordReader from) throws StoreException;
    }

    private static <T> T read(String what, ByteBuffer value, Fields<T> fields) throws StoreException {
        RecordReader from = new RecordReader(value);
        int version = value.hasRemaining() ? value.get(value.position()) & 0xFF : 0;
        if (version > VERSION && version <= VERSION + LATER_VERSIONS) {
            // no damage: it must not be set aside, but read by whoever knows it
            throw new StoreException("the record of " + what + " cannot be read: it has format " + version
                    + " and this version of tarry reads up to " + VERSION
                    + ": open it with the version of tarry that wrote it");
        }
        try {
            from.octet();
            if (version < OLDEST || version > VERSION) {
                throw new StoreException("it has format " + version + ", which there is not");
            }
            T record = fields.read(version, from);
            if (from.remaining() > 0) {
                throw new StoreException(from.remaining() + " octets follow its last field");
            }
            return record;
        } catch (StoreException | IllegalArgumentException e) {
            throw StoreException.ofDamage("the record of " + what + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static RecordWriter content(RecordWriter to, ContentRef content) {
        return to.number(content.id()).number(content.chunks()).number(content.bytes());
    }

    private static ContentRef content(RecordReader from) throws StoreException {
        return new ContentRef(from.number(), from.count(Integer.MAX_VALUE), from.number());
    }

    private static RecordWriter error(RecordWriter to, ErrorRecord error) {
        return to.text(error.details())
                .text(error.host())
                .text(error.ip())
                .number(error.atMillis())
                .text(error.note());
    }

    private static ErrorRecord error(int version, RecordReader from) throws StoreException {
        return new ErrorRecord(from.text(), from.text(), from.text(), from.number(), version > 2 ? from.text() : "");
    }

    // What stands on disk is a code of its own, never an ordinal: enums may be sorted anew.

    private static int code(BodyType body) {
        return switch (body) {
            case SEVEN_BIT -> 0;
            case EIGHT_BIT_MIME -> 1;
            case BINARY_MIME -> 2;
        };
    }

    private static BodyType body(int code) throws StoreException {
        return switch (code) {
            case 0 -> BodyType.SEVEN_BIT;
            case 1 -> BodyType.EIGHT_BIT_MIME;
            case 2 -> BodyType.BINARY_MIME;
            default -> throw new StoreException("no body type has the code " + code);
        };
    }

    private static int code(Submitter submitter) {
        return switch (submitter) {
            case SYSTEM -> 0;
            case ANONYMOUS -> 1;
            case MEMBER -> 2;
        };
    }

    private static Submitter submitter(int code) throws StoreException {
        return switch (code) {
            case 0 -> Submitter.SYSTEM;
            case 1 -> Submitter.ANONYMOUS;
            case 2 -> Submitter.MEMBER;
            default -> throw new StoreException("no submitter has the code " + code);
        };
    }

    private static int code(Ret ret) {
        return switch (ret) {
            case FULL -> 1;
            case HDRS -> 2;
        };
    }

    private static Optional<Ret> ret(int code) throws StoreException {
        return switch (code) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(Ret.FULL);
            case 2 -> Optional.of(Ret.HDRS);
            default -> throw new StoreException("no RET has the code " + code);
        };
    }

    private static int code(Notify notify) {
        return (notify.on(Condition.SUCCESS) ? 1 : 0)
                | (notify.on(Condition.FAILURE) ? 2 : 0)
                | (notify.on(Condition.DELAY) ? 4 : 0);
    }

    private static Optional<Notify> notifyOn(int code) throws StoreException {
        if (code == NOTIFY_ABSENT) {
            return Optional.empty();
        }
        if (code > NOTIFY_ABSENT) {
            throw new StoreException("no NOTIFY has the code " + code);
        }
        Set<Condition> conditions = EnumSet.noneOf(Condition.class);
        if ((code & 1) != 0) conditions.add(Condition.SUCCESS);
        if ((code & 2) != 0) conditions.add(Condition.FAILURE);
        if ((code & 4) != 0) conditions.add(Condition.DELAY);
        return Optional.of(new Notify(conditions));
    }
}
