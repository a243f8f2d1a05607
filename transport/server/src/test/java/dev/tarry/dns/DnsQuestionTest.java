package dev.tarry.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

final class DnsQuestionTest {
    private static final int ID = 0x1234;
    private final DnsQuestion question = new DnsQuestion(Name.fromConstantString("gmail.com."), Type.MX);

    private Message answer() throws Exception {
        Message message = new Message(ID);
        message.getHeader().setFlag(Flags.QR);
        message.addRecord(Record.newRecord(question.name(), Type.MX, DClass.IN), Section.QUESTION);
        for (int i = 0; i < 3; i++) {
            message.addRecord(
                    Record.fromString(
                            question.name(), Type.MX, DClass.IN, 300, i + " mx" + i + ".gmail.com.", Name.root),
                    Section.ANSWER);
        }
        return message;
    }

    @Test
    void a_query_asks_for_recursion_and_offers_edns_of_1232_octets() throws Exception {
        Message query = new Message(question.query(ID, true));
        assertEquals(ID, query.getHeader().getID());
        assertEquals(true, query.getHeader().getFlag(Flags.RD));
        assertEquals(1232, query.getOPT().getPayloadSize());
        assertEquals(null, new Message(question.query(ID, false)).getOPT());
    }

    @Test
    void an_answer_in_another_case_is_still_ours() throws Exception {
        byte[] octets = answer().toWire();
        octets[13] = 'G';
        assertInstanceOf(DnsQuestion.Reading.Ours.class, question.read(octets, ID));
        assertInstanceOf(DnsQuestion.Reading.Foreign.class, question.read(octets, ID + 1));
    }

    @Test
    void an_answer_cut_anywhere_is_broken_or_foreign_and_never_ours() throws Exception {
        byte[] whole = answer().toWire();
        for (int length = 0; length < whole.length; length++) {
            DnsQuestion.Reading reading = question.read(Arrays.copyOf(whole, length), ID);
            if (length < 2) {
                assertInstanceOf(DnsQuestion.Reading.Foreign.class, reading);
            } else {
                assertInstanceOf(DnsQuestion.Reading.Broken.class, reading, "at " + length);
            }
        }
    }

    @Test
    void damaged_octets_never_throw_whatever_they_claim() throws Exception {
        byte[] whole = answer().toWire();
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 50_000; i++) {
            byte[] damaged = whole.clone();
            for (int hits = random.nextInt(1, 6); hits > 0; hits--) {
                damaged[random.nextInt(2, damaged.length)] = (byte) random.nextInt();
            }
            if (question.read(damaged, ID) instanceof DnsQuestion.Reading.Ours(var message, var complete)) {
                AnswerReading.read(message, question, 0, complete);
            }
        }
    }

    @Test
    void names_that_point_at_themselves_are_broken() throws Exception {
        byte[] octets = answer().toWire();
        int firstAnswer = 12 + 11 + 4;
        octets[firstAnswer] = (byte) 0xc0;
        octets[firstAnswer + 1] = (byte) firstAnswer;
        assertInstanceOf(DnsQuestion.Reading.Broken.class, question.read(octets, ID));
    }

    @Test
    void a_ttl_with_the_highest_bit_set_counts_as_none() throws Exception {
        byte[] octets = answer().toWire();
        int firstTtl = 12 + 11 + 4 + 2 + 4;
        octets[firstTtl] = (byte) 0x80;
        Message message = assertInstanceOf(DnsQuestion.Reading.Ours.class, question.read(octets, ID))
                .message();
        assertEquals(
                0,
                assertInstanceOf(AnswerReading.Found.class, AnswerReading.read(message, question, 0, true))
                        .ttlSeconds());
    }

    @Test
    void nxdomain_with_records_is_no_answer() throws Exception {
        Message message = answer();
        message.getHeader().setRcode(Rcode.NXDOMAIN);
        assertInstanceOf(AnswerReading.Bad.class, AnswerReading.read(message, question, 0, true));
    }
}
