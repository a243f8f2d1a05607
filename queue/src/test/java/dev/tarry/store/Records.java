package dev.tarry.store;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.Envelope.Ret;
import dev.tarry.mail.MessageIds;
import dev.tarry.mail.Notify;
import dev.tarry.mail.Notify.Condition;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import dev.tarry.mail.Submitter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/// Records for tests, each a function of its number alone.
final class Records {
    static final int SHARD = 1;

    private static final long START_MILLIS = 1_700_000_000_000L;

    private Records() {}

    static long messageId(long number) {
        return MessageIds.of(SHARD, number);
    }

    static long contentId(long number) {
        return Keys.firstId(SHARD) + number;
    }

    static ContentRef content(long number, int chunks, long bytes) {
        return new ContentRef(contentId(number), chunks, bytes);
    }

    static MessageRecord message(long number, ContentRef content) {
        boolean odd = number % 2 == 1;
        return new MessageRecord(
                messageId(number),
                new UUID(number, ~number),
                "<" + number + "@client.example>",
                odd ? "Grüße aus Zürich, " + number : "",
                number % 5 == 0 ? ReversePath.NULL : ReversePath.of(EmailAddress.of("sender@company.com")),
                number % 5 == 0 ? Optional.of(ReversePath.of("first@company.com")) : Optional.empty(),
                BodyType.values()[(int) (number % 3)],
                odd,
                number % 3 == 0 ? Optional.empty() : Optional.of(odd ? Ret.FULL : Ret.HDRS),
                odd ? Optional.of("QQ+3D" + number) : Optional.empty(),
                START_MILLIS + number,
                START_MILLIS + number + 172_800_000L,
                "SMTP:Default Frontend MAIL",
                odd ? "127.0.0.1" : "",
                odd ? "client.example" : "",
                (int) (number % 3),
                (int) Math.min(100, content.bytes()),
                content,
                number % 4 * 17,
                number % 4 == 0 ? Submitter.SYSTEM : odd ? Submitter.MEMBER : Submitter.ANONYMOUS);
    }

    static MessageRecord message(long number) {
        return message(number, content(number, 1, 10));
    }

    static CopyRecord copy(long messageNumber, int queueId, int recipients) {
        List<RecipientRecord> list = new ArrayList<>();
        for (int i = 0; i < recipients; i++) {
            Recipient recipient = new Recipient(
                    EmailAddress.of("user" + i + "@host" + queueId + ".example"),
                    switch (i % 3) {
                        case 0 -> Optional.empty();
                        case 1 -> Optional.of(Notify.NEVER);
                        default -> Optional.of(new Notify(Set.of(Condition.FAILURE, Condition.DELAY)));
                    },
                    i % 2 == 0 ? Optional.empty() : Optional.of("rfc822;user" + i + "@elsewhere.example"));
            list.add(new RecipientRecord(recipient, i % 2 == 0 ? ErrorRecord.NONE : error(messageNumber)));
        }
        return new CopyRecord(
                messageId(messageNumber),
                queueId,
                START_MILLIS + messageNumber,
                messageNumber % 7 == 0,
                messageNumber % 5 == 0,
                (int) (messageNumber % 4),
                messageNumber % 4 == 0 ? 0 : START_MILLIS + messageNumber + 60_000,
                list);
    }

    static ErrorRecord error(long number) {
        return new ErrorRecord("451 4.4.0 DNS query failed. " + number, "mx.host.example", "203.0.113.7", START_MILLIS);
    }

    static QueueRecord queue(int id, int retryCount) {
        return new QueueRecord(
                id,
                "DnsConnectorDelivery",
                "host" + id + ".example",
                new UUID(0, id),
                id % 2 == 0,
                retryCount,
                retryCount == 0 ? 0 : START_MILLIS,
                retryCount == 0 ? 0 : START_MILLIS + retryCount,
                retryCount == 0 ? 0 : START_MILLIS + retryCount + 60_000,
                retryCount == 0 ? ErrorRecord.NONE : error(retryCount));
    }

    static MailboxItem item(String mailbox, long messageNumber, ContentRef content) {
        return new MailboxItem(
                mailbox,
                messageId(messageNumber),
                START_MILLIS + messageNumber,
                "<>",
                "Undeliverable: " + messageNumber,
                "<" + messageNumber + "@mail.company.com>",
                "Return-Path: <>\r\n",
                content);
    }

    /// The octets that a chunk of this content always has in tests.
    static ByteBuffer octets(long contentNumber, int chunk, int bytes) {
        ByteBuffer octets = ByteBuffer.allocateDirect(bytes);
        SplittableRandom random = new SplittableRandom(contentNumber * 31 + chunk);
        while (octets.remaining() >= Long.BYTES) {
            octets.putLong(random.nextLong());
        }
        while (octets.hasRemaining()) {
            octets.put((byte) random.nextInt());
        }
        return octets.flip();
    }

    static Write.Chunk chunk(long contentNumber, int chunk, int bytes) {
        return new Write.Chunk(contentId(contentNumber), chunk, octets(contentNumber, chunk, bytes));
    }
}
