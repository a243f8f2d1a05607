package dev.tarry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Submitter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RecordFormatTest {
    private final RecordWriter writer = new RecordWriter();

    private interface Reading<T> {
        T read(ByteBuffer value) throws StoreException;
    }

    private static Reading<MessageRecord> message(long number) {
        return value -> RecordFormat.message(ByteBuffer.wrap(Keys.message(Records.messageId(number))), value);
    }

    private static Reading<CopyRecord> copy(long number, int queue) {
        return value -> RecordFormat.copy(ByteBuffer.wrap(Keys.copy(Records.messageId(number), queue)), value);
    }

    private static Reading<QueueRecord> queue(int id) {
        return value -> RecordFormat.queue(ByteBuffer.wrap(Keys.queue(1, id)), value);
    }

    private static Reading<MailboxItem> item(String mailbox, long number) {
        return value -> RecordFormat.item(ByteBuffer.wrap(Keys.item(mailbox, Records.messageId(number))), value);
    }

    private static byte[] octets(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(octets);
        return octets;
    }

    @Test
    void a_message_of_an_older_version_does_not_say_how_long_it_took_to_come_in() throws Exception {
        MessageRecord message = Records.message(4, Records.content(4, 3, 1L << 40));
        assertEquals(0, message.receivingMillis());
        byte[] now = octets(RecordFormat.write(writer, message));
        byte[] then = Arrays.copyOf(now, now.length - 2);
        then[0] = 2;
        assertEquals(message, message(4).read(ByteBuffer.wrap(then)));
        byte[] without = Arrays.copyOf(now, now.length - 2);
        assertThrows(StoreException.class, () -> message(4).read(ByteBuffer.wrap(without)));
    }

    @Test
    void a_message_of_an_older_version_does_not_say_who_handed_it_in_and_is_bound_by_no_limit() throws Exception {
        MessageRecord message = Records.message(5, Records.content(5, 3, 1L << 40));
        assertEquals(Submitter.MEMBER, message.submitter());
        byte[] now = octets(RecordFormat.write(writer, message));
        byte[] then = Arrays.copyOf(now, now.length - 1);
        then[0] = 3;
        assertEquals(Submitter.SYSTEM, message(5).read(ByteBuffer.wrap(then)).submitter());
        now[now.length - 1] = 3;
        assertThrows(StoreException.class, () -> message(5).read(ByteBuffer.wrap(now)));
    }

    @Test
    void every_record_is_read_as_it_was_written() throws Exception {
        for (int number = 1; number <= 60; number++) {
            MessageRecord message = Records.message(number, Records.content(number, 3, 1L << 40));
            assertEquals(message, message(number).read(RecordFormat.write(writer, message)));
            CopyRecord copy = Records.copy(number, number, number);
            assertEquals(copy, copy(number, number).read(RecordFormat.write(writer, copy)));
            QueueRecord queue = Records.queue(number, number % 3);
            assertEquals(queue, queue(number).read(RecordFormat.write(writer, queue)));
            MailboxItem item = Records.item("user@company.com", number, Records.content(number, 1, number));
            assertEquals(item, item("user@company.com", number).read(RecordFormat.write(writer, item)));
        }
        for (long edge : List.of(0L, 1L, -1L, 63L, 64L, Long.MAX_VALUE, Long.MIN_VALUE)) {
            Marks marks = new Marks(edge, -edge, edge ^ 0x5555, Integer.MAX_VALUE);
            assertEquals(marks, RecordFormat.marks(1, RecordFormat.write(writer, marks)));
        }
    }

    @Test
    void a_copy_written_before_delays_were_told_of_is_read_and_nobody_was_told() throws Exception {
        ByteBuffer old = writer.begin(1)
                .number(1_700_000_000_001L)
                .flag(true)
                .number(3)
                .number(1_700_000_060_000L)
                .number(1)
                .text("b@gmail.com")
                .octet(8)
                .text(java.util.Optional.<String>empty())
                .text("451 4.4.0 DNS query failed")
                .text("gmail.com")
                .text("")
                .number(1_700_000_000_000L)
                .end();
        CopyRecord read = copy(5, 4).read(old);
        assertEquals(
                new CopyRecord(
                        Records.messageId(5),
                        4,
                        1_700_000_000_001L,
                        true,
                        false,
                        3,
                        1_700_000_060_000L,
                        List.of(new RecipientRecord(
                                dev.tarry.mail.Recipient.of("b@gmail.com"),
                                new ErrorRecord("451 4.4.0 DNS query failed", "gmail.com", "", 1_700_000_000_000L)))),
                read);
        assertEquals(read.toldOfDelay(), copy(5, 4).read(RecordFormat.write(writer, read.toldOfDelay())));
    }

    @Test
    void an_error_keeps_its_note_and_one_written_before_there_were_notes_has_none() throws Exception {
        ErrorRecord error = new ErrorRecord("451 4.4.0 DNS query failed", "gmail.com", "", 7, "D9 Timeout: x");
        CopyRecord noted = new CopyRecord(
                Records.messageId(5),
                4,
                1,
                false,
                false,
                0,
                0,
                List.of(new RecipientRecord(dev.tarry.mail.Recipient.of("b@gmail.com"), error)));
        assertEquals(noted, copy(5, 4).read(RecordFormat.write(writer, noted)));
        assertEquals("D9", ErrorRecord.code(error.note()));
        ByteBuffer old = writer.begin(2)
                .number(1)
                .flag(false)
                .flag(false)
                .number(0)
                .number(0)
                .number(1)
                .text("b@gmail.com")
                .octet(8)
                .text(java.util.Optional.<String>empty())
                .text("451 4.4.0 DNS query failed")
                .text("gmail.com")
                .text("")
                .number(7)
                .end();
        ErrorRecord read = copy(5, 4).read(old).recipients().getFirst().lastError();
        assertEquals(new ErrorRecord("451 4.4.0 DNS query failed", "gmail.com", "", 7), read);
        assertTrue(read.sameWords(error), "a note alone is no news");
    }

    @Test
    void a_record_of_a_later_version_is_refused_by_name() {
        byte[] later = octets(writer.begin(RecordFormat.VERSION + 1).number(0).end());
        StoreException refused =
                assertThrows(StoreException.class, () -> copy(1, 1).read(ByteBuffer.wrap(later)));
        assertTrue(refused.getMessage().contains("it has format " + (RecordFormat.VERSION + 1)), refused.getMessage());
    }

    @Test
    void a_record_cut_anywhere_or_continued_is_damaged() throws Exception {
        cut(octets(RecordFormat.write(writer, Records.message(5))), message(5));
        cut(octets(RecordFormat.write(writer, Records.copy(5, 4, 3))), copy(5, 4));
        cut(octets(RecordFormat.write(writer, Records.queue(5, 2))), queue(5));
        cut(
                octets(RecordFormat.write(writer, Records.item("a@b.example", 5, Records.content(1, 1, 1)))),
                item("a@b", 5));
    }

    private static <T> void cut(byte[] whole, Reading<T> reading) throws StoreException {
        reading.read(ByteBuffer.wrap(whole));
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer part = ByteBuffer.wrap(whole, 0, length);
            StoreException damage = assertThrows(StoreException.class, () -> reading.read(part));
            assertTrue(damage.getMessage().startsWith("the record of "), damage.getMessage());
        }
        ByteBuffer longer = ByteBuffer.allocate(whole.length + 1).put(whole).rewind();
        assertThrows(StoreException.class, () -> reading.read(longer));
    }

    @Test
    void a_record_with_wrong_octets_is_read_as_another_or_is_damaged_and_nothing_else() {
        byte[] message = octets(RecordFormat.write(writer, Records.message(5)));
        byte[] copy = octets(RecordFormat.write(writer, Records.copy(5, 4, 3)));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            scramble(message, random, message(5));
            scramble(copy, random, copy(5, 4));
        }
    }

    private static <T> void scramble(byte[] whole, SplittableRandom random, Reading<T> reading) {
        byte[] wrong = whole.clone();
        for (int k = random.nextInt(1, 4); k > 0; k--) {
            wrong[random.nextInt(wrong.length)] = (byte) random.nextInt();
        }
        try {
            reading.read(ByteBuffer.wrap(wrong));
        } catch (StoreException _) {
            // as it should be
        }
    }

    @Test
    void a_length_that_lies_costs_no_memory() {
        byte[] lying = octets(writer.begin(RecordFormat.VERSION)
                .number(0)
                .flag(false)
                .number(0)
                .number(0)
                .number(RecordFormat.MAX_RECIPIENTS)
                .end());
        assertThrows(StoreException.class, () -> copy(1, 1).read(ByteBuffer.wrap(lying)));
    }

    @Test
    void text_without_end_is_cut_at_a_character_so_that_the_record_can_be_stored() throws Exception {
        String endless = "é".repeat(RecordWriter.MAX_TEXT_BYTES) + "x";
        QueueRecord queue = new QueueRecord(
                4, "", "", new UUID(0, 0), false, 0, 0, 0, 0, new ErrorRecord("y" + endless, "", "", 0));
        String kept =
                queue(4).read(RecordFormat.write(writer, queue)).lastError().details();
        assertEquals("y" + "é".repeat(RecordWriter.MAX_TEXT_BYTES / 2 - 1), kept);
    }
}
