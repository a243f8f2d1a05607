package dev.tarry.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeaderScanTest {
    @Test
    void an_ordinary_header() {
        String header = "Received: from a\r\n\tby b\r\nreceived : from c\r\nFrom: a@b\r\nSubject: Hello\r\n"
                + "Message-ID: <1@b>\r\nDate: now\r\nX-Priority: 1 (Highest)\r\n\r\n";
        scans(header + "Subject: not this\r\n\r\nReceived: nor this\r\n", scan -> {
            assertEquals(header.length(), scan.headerBytes());
            assertTrue(scan.hasEmptyLine());
            assertEquals(2, scan.received());
            assertEquals("Hello", scan.subject());
            assertEquals(Optional.of("<1@b>"), scan.messageId());
            assertTrue(scan.hasDate());
            assertEquals(0, scan.priority());
        });
    }

    @Test
    void a_message_that_is_all_header() {
        scans("Subject: a\r\n b\r\n", scan -> {
            assertEquals(16, scan.headerBytes());
            assertFalse(scan.hasEmptyLine());
            assertEquals("a b", scan.subject());
        });
        scans("Subject: a\r\nDate: x", scan -> {
            assertEquals(19, scan.headerBytes());
            assertTrue(scan.hasDate());
        });
    }

    @Test
    void a_message_without_header() {
        scans("", scan -> assertEquals(0, scan.headerBytes()));
        scans("Hello there\r\nSubject: x\r\n\r\n", scan -> {
            assertEquals(0, scan.headerBytes());
            assertFalse(scan.hasEmptyLine());
            assertEquals("", scan.subject());
        });
        scans(" Subject: x\r\n\r\n", scan -> assertEquals(0, scan.headerBytes()));
        scans(": x\r\n\r\n", scan -> assertEquals(0, scan.headerBytes()));
        scans("a b: x\r\n\r\n", scan -> assertEquals(0, scan.headerBytes()));
        scans("\r\nbody\r\n", scan -> {
            assertEquals(2, scan.headerBytes());
            assertTrue(scan.hasEmptyLine());
        });
    }

    /// Each costs a search for a character set: hundreds of them held a thread up for a tenth of a second.
    @Test
    void behind_many_words_that_cannot_be_decoded_the_rest_of_a_subject_stands_as_it_is() {
        String strange = "=?x-none?q?a?= ";
        String known = "=?utf-8?q?b?=";
        String few = strange.repeat(EncodedWords.MAX_STRANGE_WORDS - 1);
        scans("Subject: " + few + known + "\r\n\r\n", scan -> assertEquals(few + "b", scan.subject()));
        String many = strange.repeat(EncodedWords.MAX_STRANGE_WORDS);
        scans("Subject: " + many + known + "\r\n\r\n", scan -> assertEquals(many + known, scan.subject()));
    }

    @Test
    void lines_that_are_no_fields_are_passed_over() {
        scans("From somebody Mon Jan\r\n folded\r\nSubject: x\r\nrubbish\r\n more\r\nDate: y\r\n\r\n", scan -> {
            assertEquals("x", scan.subject());
            assertTrue(scan.hasDate());
            assertTrue(scan.hasEmptyLine());
        });
    }

    @Test
    void a_bare_lf_ends_no_line() {
        scans("Subject: a\nDate: x\n\nb\r\nX: y\r\n\r\n", scan -> {
            assertFalse(scan.hasDate());
            assertEquals("aDate: xb", scan.subject());
        });
    }

    @Test
    void the_first_of_a_field_counts() {
        scans("Subject: a\r\nSubject: b\r\nMessage-ID: <1@x>\r\nMessage-ID: <2@x>\r\n\r\n", scan -> {
            assertEquals("a", scan.subject());
            assertEquals(Optional.of("<1@x>"), scan.messageId());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "<a@b>,<a@b>",
        "a@b,<a@b>",
        "(x) <a@b> y,<a@b>",
        "<a b@c>,<ab@c>",
        "<a@b,<a@b>",
        "<>,",
        "' ',",
        "<é\u0001@b>,<@b>"
    })
    void message_ids(String value, String id) {
        scans("Message-Id: " + value + "\r\n\r\n", scan -> assertEquals(Optional.ofNullable(id), scan.messageId()));
    }

    @Test
    void a_message_id_is_bounded() {
        HeaderScan scan = HeaderScan.of(utf8("Message-ID: <" + "x".repeat(5_000) + "@y>\r\n\r\n"));
        assertEquals(
                HeaderScan.MAX_MESSAGE_ID_CHARACTERS,
                scan.messageId().orElseThrow().length());
        assertTrue(scan.messageId().orElseThrow().endsWith("x>"));
    }

    @ParameterizedTest
    @CsvSource({
        "Importance: High,0",
        "importance: low,2",
        "X-Priority: 5,2",
        "X-Priority: 3,1",
        "Priority: urgent,0",
        "Priority: non-urgent,2",
        "Importance: strange,1",
        "X-Priority: ,1",
        "Y: z,1"
    })
    void priorities(String field, int priority) {
        scans(field + "\r\n\r\n", scan -> assertEquals(priority, scan.priority()));
    }

    @Test
    void importance_decides_over_x_priority() {
        scans("X-Priority: 1\r\nImportance: low\r\n\r\n", scan -> assertEquals(2, scan.priority()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "=?utf-8?Q?Gr=C3=BC=C3=9Fe_an_alle?=|Grüße an alle",
                "=?UTF-8?B?R3LDvMOfZQ==?=|Grüße",
                "=?iso-8859-1?q?Gr=FC=DFe?= x|Grüße x",
                "a =?utf-8?q?b?= =?utf-8?q?c?= d|a bc d",
                "=?utf-8?q?a?= x =?utf-8?q?b?=|a x b",
                "=?utf-8*de?q?a?=|a",
                "=?nonsense?q?a?=|=?nonsense?q?a?=",
                "=?utf-8?x?a?=|=?utf-8?x?a?=",
                "=?utf-8?b?*?=|=?utf-8?b?*?=",
                "=?utf-8?q?a=z?=|=?utf-8?q?a=z?=",
                "=?utf-8?q?a|=?utf-8?q?a",
                "=?=?=?utf-8?q?a?=|=?=?a",
                "=?utf-8?q?=0D=0AX:_y=1B[2J?=|X: y[2J",
                "2+2=?|2+2=?"
            })
    void subjects(String value, String subject) {
        scans("Subject: " + value + "\r\n\r\n", scan -> assertEquals(subject, scan.subject()));
    }

    @Test
    void a_subject_is_bounded_and_free_of_controls() {
        HeaderScan scan = HeaderScan.of(utf8("Subject: " + "😀".repeat(3_000) + "\r\n\r\n"));
        assertEquals("😀".repeat(500), scan.subject());
        scan = HeaderScan.of(utf8("Subject: x" + "😀".repeat(3_000) + "\r\n\r\n"));
        assertEquals("x" + "😀".repeat(499), scan.subject());
        assertEquals(
                "a b?cd",
                HeaderScan.of(utf8("Subject: a\tb?\u0007c\u0085\u2028d\r\n\r\n"))
                        .subject());
    }

    @Test
    void hostile_headers_take_no_longer_than_others() {
        for (String value : new String[] {
            "=?".repeat(120_000),
            "=?a?q?".repeat(40_000),
            "=?a?q?" + "x".repeat(240_000),
            "<".repeat(240_000),
            "\r\n ".repeat(80_000)
        }) {
            HeaderScan scan = HeaderScan.of(utf8("Subject: " + value + "\r\nMessage-ID: " + value + "\r\n\r\n"));
            assertTrue(scan.hasEmptyLine());
        }
    }

    @Test
    void nothing_makes_it_throw() {
        Random random = new Random(3);
        String[] words = {
            "\r\n",
            "\r",
            "\n",
            ":",
            "Subject",
            "Message-ID",
            "X-Priority",
            "=?utf-8?q?",
            "?=",
            " ",
            "\t",
            "<",
            ">",
            "a",
            "\0",
            "é"
        };
        for (int round = 0; round < 50_000; round++) {
            StringBuilder message = new StringBuilder();
            for (int i = random.nextInt(15); i > 0; i--) {
                message.append(words[random.nextInt(words.length)]);
            }
            ByteBuf octets = utf8(message.toString());
            HeaderScan scan = HeaderScan.of(octets);
            assertTrue(scan.headerBytes() >= 0 && scan.headerBytes() <= octets.readableBytes());
        }
    }

    /// Whole, and grown octet by octet.
    private static void scans(String message, Consumer<HeaderScan> expected) {
        ByteBuf octets = utf8(message);
        expected.accept(HeaderScan.of(octets));
        HeaderScan scan = new HeaderScan();
        ByteBuf grown = Unpooled.buffer();
        boolean complete = false;
        while (octets.isReadable()) {
            grown.writeByte(octets.readByte());
            if (!complete) {
                complete = scan.advance(grown);
            }
        }
        if (!complete) {
            scan.end(grown);
        }
        expected.accept(scan);
    }

    private static ByteBuf utf8(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
