package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tarry.admin.MailboxOperations.Query;
import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.mailbox.Mailboxes;
import dev.tarry.queue.StoreDoor;
import dev.tarry.store.Batch;
import dev.tarry.store.CommitResult;
import dev.tarry.store.ContentRef;
import dev.tarry.store.CopyRecord;
import dev.tarry.store.MailboxItem;
import dev.tarry.store.MemoryDisk;
import dev.tarry.store.MemoryMessageStore;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.MessageStore;
import dev.tarry.store.QueueRecord;
import dev.tarry.store.StoreFaults;
import dev.tarry.store.Write;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MailboxOperationsTest {
    private static final String PREFIX = "Return-Path: <>\r\n";
    private static final String BODY = "Subject: Undeliverable\r\n\r\nSorry.\r\n";

    private MailboxOperations mailboxes;

    @BeforeEach
    void deliver() throws Exception {
        MemoryDisk disk = new MemoryDisk();
        StoreDoor door = StoreDoor.open(() -> MemoryMessageStore.open(disk, StoreFaults.NONE));
        MessageStore.Opened opened = door.store().open(1, new Ignoring());
        ByteBuffer octets = ByteBuffer.allocateDirect(BODY.length());
        octets.put(BODY.getBytes(StandardCharsets.US_ASCII)).flip();
        ContentRef content = new ContentRef(opened.nextContent(), 1, BODY.length());
        List<Write> writes = List.of(
                new Write.Chunk(content.id(), 0, octets),
                new Write.PutItem(new MailboxItem(
                        "user@company.com",
                        1_099_511_627_776L,
                        Desk.NOW.toEpochMilli(),
                        "<>",
                        "Undeliverable",
                        "<1@mail.company.com>",
                        PREFIX,
                        content)));
        assertInstanceOf(
                CommitResult.Committed.class,
                door.store()
                        .commit(List.of(new Batch(1, opened.epoch(), true, writes)))
                        .getFirst());
        mailboxes = new MailboxOperations(new Mailboxes(door, null));
    }

    private static final class Ignoring implements MessageStore.Loader {
        @Override
        public void queue(QueueRecord queue) {}

        @Override
        public void message(MessageRecord message, List<CopyRecord> copies) {}

        @Override
        public void item(MailboxItem item) {}
    }

    private static Reason reason(Runnable act) {
        return assertThrows(OperationRefused.class, act::run).reason();
    }

    @Test
    void a_delivered_message_is_listed_with_its_mailbox() {
        assertEquals(
                List.of(Map.of("Mailbox", "user@company.com", "Count", 1L)),
                mailboxes.list().toList());
        Map<String, Object> message = mailboxes
                .messages("User@Company.com", Query.oldest(ResultSize.DEFAULT))
                .toList()
                .getFirst();
        assertEquals(
                List.of("Id", "Received", "From", "Subject", "MessageId", "SizeBytes"),
                new ArrayList<>(message.keySet()));
        assertEquals("1099511627776", message.get("Id"));
        assertEquals(Desk.NOW, message.get("Received"));
        assertEquals((long) (PREFIX.length() + BODY.length()), message.get("SizeBytes"));
        assertEquals(
                List.of(),
                mailboxes
                        .messages("nobody@company.com", Query.oldest(ResultSize.DEFAULT))
                        .toList());
    }

    @Test
    void its_content_begins_with_what_delivery_put_before_it() throws Exception {
        RawContent content = mailboxes.content("user@company.com", "1099511627776");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        content.octets().writeTo(part -> {
            while (part.hasRemaining()) {
                all.write(part.get());
            }
        });
        assertEquals(PREFIX + BODY, all.toString(StandardCharsets.US_ASCII));
        assertEquals(all.size(), content.bytes());
        assertEquals("1099511627776.eml", content.fileName());
    }

    @Test
    void it_is_read_with_its_header_and_text() {
        Map<String, Object> message = mailboxes.message("user@company.com", "1099511627776");
        assertEquals("Undeliverable", message.get("Subject"));
        assertEquals(
                List.of(
                        Map.of("Name", "Return-Path", "Value", "<>", "Decoded", "<>"),
                        Map.of("Name", "Subject", "Value", "Undeliverable", "Decoded", "Undeliverable")),
                message.get("Headers"));
        assertEquals("Sorry.\r\n", message.get("Text"));
        assertEquals(null, message.get("Report"));
        assertEquals(true, message.get("Whole"));
        assertEquals(Reason.UNKNOWN_MESSAGE, reason(() -> mailboxes.message("user@company.com", "7")));
    }

    @Test
    void patterns_and_moments_narrow_the_list() {
        assertEquals(1, found("undeliv*", null, null));
        assertEquals(1, found("*", "<>", Desk.NOW));
        assertEquals(0, found("deliver*", null, null));
        assertEquals(0, found(null, "alice@*", null));
        assertEquals(0, found(null, null, Desk.NOW.plusMillis(1)));
    }

    private int found(String subject, String from, Instant since) {
        return mailboxes
                .messages(
                        "user@company.com",
                        new Query(
                                Optional.ofNullable(subject),
                                Optional.ofNullable(from),
                                Optional.ofNullable(since),
                                true,
                                ResultSize.DEFAULT))
                .toList()
                .size();
    }

    @Test
    void what_is_not_there_or_no_address_is_refused() {
        assertEquals(Reason.UNKNOWN_MESSAGE, reason(() -> mailboxes.content("user@company.com", "7")));
        assertEquals(Reason.UNKNOWN_MESSAGE, reason(() -> mailboxes.content("user@company.com", "../7")));
        assertEquals(Reason.UNKNOWN_MESSAGE, reason(() -> mailboxes.remove("user@company.com", "9".repeat(30))));
        assertEquals(
                Reason.INVALID_PARAMETER, reason(() -> mailboxes.messages("nobody", Query.oldest(ResultSize.DEFAULT))));
    }
}
