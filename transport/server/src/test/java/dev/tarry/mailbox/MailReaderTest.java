package dev.tarry.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class MailReaderTest {
    private static final String REPORT = String.join(
            "\r\n",
            "From: postmaster@company.com",
            "Subject: =?utf-8?Q?Unzustellbar=3A_Gr=C3=BC=C3=9Fe?=",
            "X-Folded: one",
            "\ttwo",
            "Content-Type: multipart/report; report-type=delivery-status;",
            " boundary=\"b1\"",
            "",
            "preamble",
            "--b1",
            "Content-Type: multipart/alternative; boundary=b2",
            "",
            "--b2",
            "Content-Type: text/html; charset=utf-8",
            "",
            "<b>Sorry</b>",
            "--b2",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            "Leider, Gr=C3=BC=C3=9Fe",
            "--b2--",
            "--b1",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns;mail.company.com",
            "",
            "Final-Recipient: rfc822;user@external-company.com",
            "Action: failed",
            "Diagnostic-Code: smtp;550 4.4.7",
            " QUEUE.Expired",
            "",
            "Final-Recipient: rfc822;other@external-company.com",
            "Action: delayed",
            "--b1",
            "Content-Type: message/rfc822",
            "",
            "Subject: the original",
            "Content-Type: multipart/mixed; boundary=b3",
            "",
            "--b3",
            "",
            "x",
            "--b3--",
            "--b1--",
            "");

    private static ReadMail read(String message) throws StoreException {
        return MailReader.read(octets(message));
    }

    private static InputStream octets(String message) {
        return new ByteArrayInputStream(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void a_report_is_read_with_its_text_its_parts_and_what_it_says() throws Exception {
        ReadMail mail = read(REPORT);
        assertTrue(mail.whole());
        assertEquals(
                List.of("From", "Subject", "X-Folded", "Content-Type"),
                mail.headers().stream().map(HeaderField::name).toList());
        assertEquals("Unzustellbar: Grüße", mail.headers().get(1).decoded());
        assertEquals(
                "=?utf-8?Q?Unzustellbar=3A_Gr=C3=BC=C3=9Fe?=",
                mail.headers().get(1).value());
        assertEquals("one\ttwo", mail.headers().get(2).value());
        assertEquals(Optional.of("Leider, Grüße"), mail.text().map(String::strip));
        assertEquals(
                List.of(
                        "0 multipart/report",
                        "1 multipart/alternative",
                        "2 text/html",
                        "2 text/plain",
                        "1 message/delivery-status",
                        "1 message/rfc822"),
                mail.parts().stream().map(p -> p.depth() + " " + p.type()).toList());
        assertEquals(3, mail.report().size());
        assertEquals(
                new HeaderField("Reporting-MTA", "dns;mail.company.com"),
                mail.report().getFirst().getFirst());
        assertEquals(
                List.of(
                        new HeaderField("Final-Recipient", "rfc822;user@external-company.com"),
                        new HeaderField("Action", "failed"),
                        new HeaderField("Diagnostic-Code", "smtp;550 4.4.7 QUEUE.Expired")),
                mail.report().get(1));
    }

    @Test
    void a_plain_message_is_its_text() throws Exception {
        ReadMail mail = read("Subject: x\r\n\r\nHello.\r\nBye.\r\n");
        assertEquals(Optional.of("Hello.\r\nBye.\r\n"), mail.text());
        assertEquals(List.of(), mail.report());
        assertEquals(1, mail.parts().size());
        assertEquals(14, mail.parts().getFirst().sizeBytes());
    }

    @Test
    void octets_that_are_no_utf_8_and_charsets_that_are_none_are_kept() throws Exception {
        ReadMail mail = read(
                "Subject: caf\u00e9\r\nX: \u00c3\u00a9\r\nContent-Type: text/plain; charset=no-such\r\n\r\n\u00e9");
        assertEquals("café", mail.headers().get(0).value());
        assertEquals("é", mail.headers().get(1).value());
        assertEquals(Optional.of("é"), mail.text());
        assertEquals(Optional.of("é"), read("Subject: x\r\n\r\n\u00c3\u00a9").text());
    }

    @Test
    void only_the_header_is_read_where_only_that_is_wanted() throws Exception {
        int[] taken = {0};
        InputStream endless = new InputStream() {
            private final byte[] head = "Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

            @Override
            public int read() {
                int at = taken[0]++;
                return at < head.length ? head[at] : 'x';
            }
        };
        ReadMail mail = MailReader.header(endless);
        assertEquals(List.of(new HeaderField("Subject", "x")), mail.headers());
        assertTrue(mail.whole());
        assertTrue(taken[0] < 100_000, () -> taken[0] + " octets were read");
    }

    @Test
    void a_header_beyond_its_bounds_is_told_as_far_as_it_goes() throws Exception {
        ReadMail many = MailReader.header(octets("X: y\r\n".repeat(MailReader.MAX_FIELDS * 2) + "\r\n"));
        assertFalse(many.whole());
        assertTrue(
                many.headers().size() <= MailReader.MAX_FIELDS,
                () -> many.headers().size() + " fields");
        ReadMail large = MailReader.header(
                octets("Subject: x\r\nX: " + "y".repeat(MailReader.MAX_HEADER_BYTES + 10) + "\r\n\r\n"));
        assertFalse(large.whole());
        assertEquals("Subject", large.headers().getFirst().name());
    }

    @Test
    void bombs_end_the_reading_and_nothing_else() throws Exception {
        StringBuilder nested = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            nested.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }
        assertFalse(read(nested.toString()).whole());
        String parts =
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(10_000) + "--b--\r\n";
        ReadMail many = read(parts);
        assertFalse(many.whole());
        assertTrue(many.parts().size() <= MailReader.MAX_PARTS);
        ReadMail longText = read("Subject: x\r\n\r\n" + "y".repeat(MailReader.MAX_TEXT_CHARACTERS * 5));
        assertTrue(longText.textCut());
        assertEquals(
                MailReader.MAX_TEXT_CHARACTERS, longText.text().orElseThrow().length());
    }

    @Test
    void no_octets_at_all_or_any_octets_are_read_without_a_failure() throws Exception {
        assertEquals(List.of(), read("").headers());
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] octets = REPORT.getBytes(StandardCharsets.ISO_8859_1);
            for (int n = random.nextInt(1, 30); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            ReadMail mail = MailReader.read(new ByteArrayInputStream(octets, 0, random.nextInt(octets.length)));
            assertTrue(mail.parts().size() <= MailReader.MAX_PARTS);
            List<String> all = new ArrayList<>();
            mail.headers().forEach(field -> all.add(field.decoded()));
        }
    }

    @Test
    void a_store_that_cannot_be_read_is_told() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException(new StoreException("the disk is gone"));
            }
        };
        assertThrows(StoreException.class, () -> MailReader.read(broken));
    }
}
