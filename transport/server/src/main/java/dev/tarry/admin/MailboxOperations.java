package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mailbox.MailReader;
import dev.tarry.mailbox.Mailboxes;
import dev.tarry.store.MailboxItem;
import dev.tarry.store.MessageStore;
import dev.tarry.store.StoreException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// Reading local mailboxes, where mail for accepted domains and reports to our own people end. Thread-safe;
/// blocks for the store.
public final class MailboxOperations {
    /// How much of a message is written at once.
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Mailboxes mailboxes;

    public MailboxOperations(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    /// Mailboxes that hold something, by name: `Mailbox` and `Count`.
    public Listing list() {
        List<MessageStore.MailboxCount> all = read(mailboxes::list);
        return to -> {
            for (MessageStore.MailboxCount mailbox : all) {
                SequencedMap<String, Object> bag = new LinkedHashMap<>();
                bag.put("Mailbox", mailbox.mailbox());
                bag.put("Count", (long) mailbox.items());
                to.accept(bag);
            }
            return false;
        };
    }

    /// Which messages of a mailbox are wanted.
    ///
    /// @param subject     the Subject, whatever its case; `*` stands for anything; absent: any
    /// @param from        the envelope's sender, in the same way
    /// @param since       the earliest moment of delivery, lab time; absent: any
    /// @param newestFirst whether the newest come first, instead of the oldest
    public record Query(
            Optional<String> subject,
            Optional<String> from,
            Optional<Instant> since,
            boolean newestFirst,
            ResultSize size) {
        /// The oldest so many.
        public static Query oldest(ResultSize size) {
            return new Query(Optional.empty(), Optional.empty(), Optional.empty(), false, size);
        }

        private boolean wants(MailboxItem item) {
            return subject.map(s -> Wildcard.matches(s, item.subject())).orElse(true)
                    && from.map(f -> Wildcard.matches(f, item.sender())).orElse(true)
                    && since.map(s -> item.deliveredMillis() >= s.toEpochMilli())
                            .orElse(true);
        }
    }

    /// A mailbox's messages: `Id`, `Received`, `From`, `Subject`, `MessageId`, `SizeBytes`. Nothing where nobody
    /// wrote.
    ///
    /// @throws OperationRefused if the address is none
    public Listing messages(String address, Query query) {
        String mailbox = mailbox(address);
        List<MailboxItem> all = read(() -> mailboxes.messages(mailbox));
        List<MailboxItem> items = (query.newestFirst() ? all.reversed() : all)
                .stream().filter(query::wants).toList();
        ResultSize size = query.size();
        return to -> {
            items.stream().limit(size.most()).map(MailboxOperations::bag).forEach(to);
            return items.size() > size.most();
        };
    }

    private static SequencedMap<String, Object> bag(MailboxItem item) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Id", Long.toString(item.id()));
        bag.put("Received", Instant.ofEpochMilli(item.deliveredMillis()));
        bag.put("From", item.sender());
        bag.put("Subject", item.subject());
        bag.put("MessageId", item.internetMessageId());
        bag.put(
                "SizeBytes",
                item.prefix().getBytes(StandardCharsets.UTF_8).length
                        + item.content().bytes());
        return bag;
    }

    /// A message as somebody reads it: what [#messages] tells of it, then `Headers` (`Name`, `Value`, `Decoded`),
    /// `Text`, `TextCut`, `Parts` (`Depth`, `Type`, `Charset`, `Encoding`, `SizeBytes`), `Report` (of a delivery
    /// status: `Message` and `Recipients`, fields by name; else null) and `Whole`.
    ///
    /// @throws OperationRefused if there is none
    public SequencedMap<String, Object> message(String address, String id) {
        MailboxItem item = item(address, id);
        SequencedMap<String, Object> bag = bag(item);
        bag.putAll(MailBags.of(read(() -> MailReader.read(mailboxes.open(item)))));
        return bag;
    }

    /// Removes all messages of a mailbox; returns when that is durable.
    ///
    /// @return how many
    /// @throws OperationRefused if the address is none
    public int removeAll(String address) {
        String mailbox = mailbox(address);
        List<MailboxItem> items = read(() -> mailboxes.messages(mailbox));
        items.stream().map(mailboxes::remove).toList().forEach(Answers::await);
        return items.size();
    }

    /// The octets of a message.
    ///
    /// @throws OperationRefused if there is none
    public RawContent content(String address, String id) {
        MailboxItem item = item(address, id);
        return new RawContent(item.id() + ".eml", bytes(item), to -> {
            try (OutputStream stream = new BufferedOutputStream(stream(to), BUFFER_BYTES)) {
                mailboxes.write(item, stream);
            }
        });
    }

    private static long bytes(MailboxItem item) {
        return item.prefix().getBytes(StandardCharsets.UTF_8).length
                + item.content().bytes();
    }

    private static OutputStream stream(RawContent.Sink to) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int offset, int count) throws IOException {
                to.write(ByteBuffer.wrap(octets, offset, count));
            }
        };
    }

    /// Removes a message; returns when that is durable.
    ///
    /// @throws OperationRefused if there is none
    public void remove(String address, String id) {
        Answers.await(mailboxes.remove(item(address, id)));
    }

    private MailboxItem item(String address, String id) {
        String mailbox = mailbox(address);
        Optional<MailboxItem> item =
                isNumber(id) ? read(() -> mailboxes.message(mailbox, Long.parseLong(id))) : Optional.empty();
        return item.orElseThrow(() -> new OperationRefused(
                Reason.UNKNOWN_MESSAGE,
                "there is no message " + OperationRefused.quoted(id) + " in the mailbox "
                        + OperationRefused.quoted(mailbox)));
    }

    private static boolean isNumber(String id) {
        return !id.isEmpty() && id.length() <= 18 && id.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String mailbox(String address) {
        return EmailAddress.parse(address)
                .map(a -> a.toString().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new OperationRefused(
                        Reason.INVALID_PARAMETER, OperationRefused.quoted(address) + " is no mailbox address"));
    }

    private interface Reading<T> {
        T read() throws StoreException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (StoreException e) {
            throw new OperationRefused(Reason.UNAVAILABLE, "the mailboxes cannot be read", e);
        }
    }
}
