package dev.tarry.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Envelope.BodyType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of messages for hosts that take fewer kinds of octets; each cut in two at every octet.
final class MimeRewritingTest {
    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String lines(String text) {
        return text.replace("\n", "\r\n");
    }

    private static MimeSurvey survey(String message, BodyType from, BodyType to, int cut) {
        MimeSurvey survey = new MimeSurvey(from, to);
        feed(survey, message, cut);
        return survey;
    }

    private static void feed(MimeWalk walk, String message, int cut) {
        ByteBuf all = Unpooled.wrappedBuffer(octets(message));
        walk.feed(all.slice(0, cut));
        walk.feed(all.slice(cut, all.readableBytes() - cut));
        walk.end();
    }

    private static String rewritten(String message, BodyType from, BodyType to) {
        String first = rewritten(message, from, to, 0);
        for (int cut = 1; cut < message.length(); cut++) {
            assertEquals(first, rewritten(message, from, to, cut), "cut at " + cut);
        }
        return first;
    }

    private static String rewritten(String message, BodyType from, BodyType to, int cut) {
        MimeSurvey survey = survey(message, from, to, cut);
        assertEquals(Optional.empty(), survey.obstacle());
        MimeRewriting rewriting = new MimeRewriting(survey);
        StringBuilder out = new StringBuilder();
        ByteBuf all = Unpooled.wrappedBuffer(octets(message));
        rewriting.feed(all.slice(0, cut));
        out.append(rewriting.written().toString(StandardCharsets.ISO_8859_1));
        rewriting.feed(all.slice(cut, all.readableBytes() - cut));
        rewriting.end();
        return out.append(rewriting.written().toString(StandardCharsets.ISO_8859_1))
                .toString();
    }

    private static String inSevenBits(String message) {
        String out = rewritten(lines(message), BodyType.EIGHT_BIT_MIME, BodyType.SEVEN_BIT);
        assertTrue(out.chars().allMatch(c -> c < 0x80), out);
        return out;
    }

    private static Optional<String> obstacle(String message) {
        return survey(lines(message), BodyType.EIGHT_BIT_MIME, BodyType.SEVEN_BIT, 0)
                .obstacle();
    }

    @Test
    void text_becomes_quoted_printable_and_the_rest_of_the_header_stays() {
        assertEquals(lines("""
                        MIME-Version: 1.0
                        Subject: a
                         folded one
                        Content-Type: text/plain;
                         charset=iso-8859-1
                        Content-Transfer-Encoding: quoted-printable

                        Gr=FC=DFe =3D
                        =2E
                        """), inSevenBits("""
                        MIME-Version: 1.0
                        Subject: a
                         folded one
                        Content-Type: text/plain;
                         charset=iso-8859-1
                        Content-Transfer-Encoding:
                         8bit

                        Gr\u00fc\u00dfe =
                        .
                        """));
    }

    @Test
    void what_has_no_eight_bits_stays_octet_for_octet_but_for_labels_that_promise_more() {
        String plain = "Subject: x\n\nnothing here\n";
        assertEquals(lines(plain), inSevenBits(plain));
        assertEquals(
                lines("MIME-Version: 1.0\nContent-Transfer-Encoding: 7bit\n\nnothing\n"),
                inSevenBits("MIME-Version: 1.0\nContent-Transfer-Encoding: 8bit\n\nnothing\n"));
        String broken = "no header at all\nContent-Type multipart\n\n--x\n";
        assertEquals(lines(broken), inSevenBits(broken));
        assertEquals("", inSevenBits(""));
        assertEquals("A: b", inSevenBits("A: b"), "without an end");
    }

    @Test
    void of_a_multipart_only_the_parts_that_need_it_are_altered() {
        String out = inSevenBits("""
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="b 1"
                Content-Transfer-Encoding: 8bit

                preamble
                --b 1
                Content-Type: text/html; charset=utf-8

                <p>\u00c3\u00a4</p>
                --b 1
                Content-Type: text/plain

                stays -- as
                --b 10
                it is

                --b 1\t
                Content-Type: application/pdf
                Content-Transfer-Encoding: 8bit

                \u00ff\u00fe\u00fd
                --b 1--
                epilogue
                """);
        assertEquals(lines("""
                        MIME-Version: 1.0
                        Content-Type: multipart/mixed; boundary="b 1"
                        Content-Transfer-Encoding: 7bit

                        preamble
                        --b 1
                        Content-Type: text/html; charset=utf-8
                        Content-Transfer-Encoding: quoted-printable

                        <p>=C3=A4</p>
                        --b 1
                        Content-Type: text/plain

                        stays -- as
                        --b 10
                        it is

                        --b 1\t
                        Content-Type: application/pdf
                        Content-Transfer-Encoding: base64

                        //79

                        --b 1--
                        epilogue
                        """), out);
    }

    @Test
    void a_message_within_a_message_is_altered_within() {
        assertEquals(lines("""
                        MIME-Version: 1.0
                        Content-Type: message/rfc822
                        Content-Transfer-Encoding: 7bit

                        Subject: inner
                        MIME-Version: 1.0
                        Content-Type: text/plain; charset=unknown-8bit
                        Content-Transfer-Encoding: quoted-printable

                        =E4
                        """), inSevenBits("""
                        MIME-Version: 1.0
                        Content-Type: message/rfc822
                        Content-Transfer-Encoding: 8bit

                        Subject: inner

                        \u00e4
                        """));
    }

    @Test
    void what_is_no_MIME_and_has_eight_bits_is_called_so() {
        assertEquals(lines("""
                        Subject: x
                        MIME-Version: 1.0
                        Content-Type: text/plain; charset=unknown-8bit
                        Content-Transfer-Encoding: quoted-printable

                        =E4
                        """), inSevenBits("Subject: x\n\n\u00e4\n"));
    }

    @Test
    void what_is_signed_encrypted_or_must_not_be_encoded_is_an_obstacle_if_it_has_eight_bits() {
        String signed = """
                MIME-Version: 1.0
                Content-Type: multipart/signed; boundary=s; protocol="application/pgp-signature"

                --s
                Content-Type: multipart/mixed; boundary=i

                --i
                Content-Type: text/plain

                EIGHT
                --i--
                --s--
                """;
        assertEquals(Optional.of("a signed or encrypted part"), obstacle(signed.replace("EIGHT", "\u00e4")));
        assertEquals(Optional.empty(), obstacle(signed.replace("EIGHT", "plain")));
        assertEquals(lines(signed), inSevenBits(signed));
        assertEquals(
                Optional.of("a part of type message/partial"),
                obstacle("MIME-Version: 1.0\nContent-Type: message/partial; id=1\n\n\u00e4\n"));
        assertEquals(
                Optional.of("a part of type text/plain"),
                obstacle("MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n\u00e4\n"));
        assertEquals(
                Optional.of("eight bits between its parts"),
                obstacle("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\u00e4\n--b\n\nx\n--b--\n"));
    }

    @Test
    void of_binary_only_what_is_binary_is_encoded_for_a_host_of_eight_bits() {
        String message = lines("""
                        MIME-Version: 1.0
                        Content-Type: multipart/mixed; boundary=b
                        Content-Transfer-Encoding: binary

                        --b
                        Content-Type: text/plain; charset=utf-8
                        Content-Transfer-Encoding: binary

                        \u00c3\u00a4
                        --b
                        Content-Type: application/octet-stream
                        Content-Transfer-Encoding: binary

                        BINARY
                        --b--
                        """).replace("BINARY", "\u0000\rx\n--not\u00ff\r");
        String out = rewritten(message, BodyType.BINARY_MIME, BodyType.EIGHT_BIT_MIME);
        assertTrue(out.contains("Content-Transfer-Encoding: 8bit\r\n\r\n\u00c3\u00a4\r\n--b\r\n"), out);
        String encoded = Base64.getEncoder().encodeToString(octets("\u0000\rx\n--not\u00ff\r"));
        assertTrue(out.contains("Content-Transfer-Encoding: base64\r\n\r\n" + encoded + "\r\n"), out);
        assertFalse(out.contains("binary"), out);
        assertFalse(out.contains("\u0000"), out);
    }

    @Test
    void headers_of_eight_bits_are_noticed() {
        assertTrue(survey("Subject: \u00c3\u00a4\r\n\r\nx", BodyType.SEVEN_BIT, BodyType.SEVEN_BIT, 3)
                .utf8Header());
        assertFalse(survey("Subject: x\r\n\r\n\u00c3\u00a4", BodyType.SEVEN_BIT, BodyType.SEVEN_BIT, 3)
                .utf8Header());
    }

    @Test
    void the_estimate_is_near_what_is_written() {
        String text = lines("MIME-Version: 1.0\n\n" + "Gr\u00fc\u00dfe und mehr\n".repeat(1_000));
        MimeSurvey survey = survey(text, BodyType.EIGHT_BIT_MIME, BodyType.SEVEN_BIT, 0);
        int truly =
                rewritten(text, BodyType.EIGHT_BIT_MIME, BodyType.SEVEN_BIT, 0).length();
        assertEquals(truly, text.length() + survey.added(), truly / 10.0);
    }

    @Test
    void what_is_too_intricate_is_not_looked_into() {
        assertThrows(
                MimeWalk.TooIntricate.class,
                () -> survey("A: " + "b".repeat(MimeWalk.MAX_HEAD_BYTES), BodyType.SEVEN_BIT, BodyType.SEVEN_BIT, 0));
        String deep = "Content-Type: message/rfc822\r\n\r\n".repeat(MimeWalk.MAX_DEPTH + 1);
        assertThrows(MimeWalk.TooIntricate.class, () -> survey(deep, BodyType.SEVEN_BIT, BodyType.SEVEN_BIT, 0));
        String many = "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\n".repeat(MimeWalk.MAX_PARTS);
        assertThrows(MimeWalk.TooIntricate.class, () -> survey(many, BodyType.SEVEN_BIT, BodyType.SEVEN_BIT, 0));
    }
}
