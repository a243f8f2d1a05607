package dev.tarry.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Envelope;
import dev.tarry.mail.Reply;
import dev.tarry.smtp.BareLineEnds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// CHUNKING and BINARYMIME (RFC 3030).
final class BdatTest {
    private static final String HELLO = "EHLO client.example\r\n";
    private static final String ENVELOPE = "MAIL FROM:<a@company.com>\r\nRCPT TO:<b@company.com>\r\n";
    private static final String BINARY = "MAIL FROM:<a@company.com> BODY=BINARYMIME\r\nRCPT TO:<b@company.com>\r\n";
    private static final String SMUGGLED =
            "\r\n.\r\nMAIL FROM:<evil@evil.example>\r\nRCPT TO:<b@company.com>\r\n" + "BDAT 0 LAST\r\nDATA\r\nQUIT\r\n";

    @Test
    void a_message_in_chunks() {
        Dialogue d = open(ENVELOPE);
        assertEquals("250 2.6.0 CHUNK received OK, 10 octets", d.octets(chunk("Subject: t")));
        assertEquals("250 2.6.0 CHUNK received OK, 0 octets", d.octets("BDAT 0\r\n"));
        assertEquals("250 2.0.0 OK", d.say("NOOP"));
        assertEquals("250 2.6.0 CHUNK received OK, 6 octets", d.octets(chunk("wo\r\n\r\n")));
        String answer = d.octets(lastChunk(".leading dot\r\n..\r\n"));
        assertTrue(
                answer.matches(
                        "250 2\\.6\\.0 <\\S+@mail\\.company\\.com> \\[InternalId=\\d+, Hostname=mail\\.company\\.com]"
                                + " \\d+ bytes in \\d+\\.\\d{3}, \\d+\\.\\d{3} KB/sec Queued mail for delivery"),
                answer);
        FakeSubmission.Taken taken = d.submission.taken.getFirst();
        assertEquals("two", taken.message().subject());
        assertTrue(taken.text().endsWith("Subject: two\r\n\r\n.leading dot\r\n..\r\n"), taken.text());
        assertEquals(Envelope.BodyType.SEVEN_BIT, taken.message().envelope().body());
        assertEquals("503 5.5.2 Need mail command", d.octets("BDAT 0 LAST\r\n"));
        assertEquals(0, d.submission.open.get());
    }

    @Test
    void one_chunk_after_another_in_one_segment_and_then_the_next_message_by_data() {
        Dialogue d = open("");
        assertEquals(
                "250 250 250 250 250 250 250 250 354 250 221",
                codes(d.octets(ENVELOPE + chunk("a: 1\r\n") + chunk("\r\nx") + lastChunk("y\r\n")
                        + ENVELOPE.replace("RCPT", "NOOP\r\nRCPT") + "DATA\r\nb: 2\r\n\r\n.\r\nQUIT\r\n")));
        assertTrue(d.submission.taken.getFirst().text().endsWith("a: 1\r\n\r\nxy\r\n"));
        assertTrue(d.submission.taken.getLast().text().endsWith("b: 2\r\n\r\n"));
    }

    /// However the wire is cut, inside the command, the octets, or between.
    @ParameterizedTest
    @EnumSource(BareLineEnds.class)
    void whatever_the_cut_the_same_is_read(BareLineEnds policy) {
        String wire = HELLO + ENVELOPE + chunk("s: 1\r\n\r") + chunk("\n.\r") + lastChunk("\n.\r\nQUIT\r\n") + BINARY
                + lastChunk("t: 2\r\n\r\n\0\r\r\n\n.\r\n\u00ff") + ENVELOPE + chunk("bare\n") + lastChunk("\r")
                + "RSET\r\n" + ENVELOPE + "DATA\r\nu: 3\r\n\r\n..\r\n.\r\nBDAT 4\r\nNOOPQUIT\r\n";
        String expected = null;
        for (int cut = 0; cut <= wire.length() + 1; cut++) {
            Dialogue d = new Dialogue(
                    StageWorld.connector().withBareLineEnds(policy),
                    new Peer("127.0.0.1", 4711, "127.0.0.1", 2525, true));
            StringBuilder heard = new StringBuilder();
            if (cut > wire.length()) {
                wire.chars().forEach(c -> heard.append(told(d.octets(String.valueOf((char) c)))));
            } else {
                heard.append(told(d.octets(wire.substring(0, cut)))).append(told(d.octets(wire.substring(cut))));
            }
            d.submission.taken.forEach(taken -> heard.append("--\n").append(taken.text()));
            expected = expected == null ? heard.toString() : expected;
            assertEquals(expected, heard.toString(), "cut at " + cut);
            assertEquals(policy == BareLineEnds.REJECT ? 3 : 4, d.submission.taken.size());
            assertTrue(d.submission.taken.get(1).text().endsWith("t: 2\r\n\r\n\0\r\r\n\n.\r\n\u00ff"));
            assertEquals(0, d.submission.open.get());
            assertTrue(d.closed, "QUIT was a command at last");
        }
        assertEquals(policy == BareLineEnds.REJECT, expected.contains("550 5.6.11"), expected);
        assertEquals(1, expected.split("221 ", -1).length - 1);
    }

    @Test
    void bare_line_ends_are_judged_across_chunks() {
        Dialogue d = open(ENVELOPE);
        assertEquals("250 2.6.0 CHUNK received OK, 5 octets", d.octets(chunk("a: 1\r")));
        assertTrue(d.octets(lastChunk("\n\r\nx\r\n")).startsWith("250 2.6.0 <"));
        d.octets(ENVELOPE);
        d.octets(chunk("a: 1\r"));
        String refusal = "550 5.6.11 Invalid message content: bare carriage return, linefeed or NUL";
        assertEquals(refusal, d.octets(chunk("\r\n")));
        d = open(ENVELOPE);
        assertEquals(refusal, d.octets(lastChunk("a: 1\r\n\r\nx\r")));
        d = open(ENVELOPE);
        assertEquals(refusal, d.octets(lastChunk("a: 1\r\n\r\nx\ny")));
        d = open(ENVELOPE);
        assertEquals(refusal, d.octets(lastChunk("a: 1\r\n\r\n\0")));
        assertEquals(0, d.submission.open.get());
        assertTrue(d.submission.taken.isEmpty());
    }

    @Test
    void they_are_made_lines_or_kept_where_the_connector_says_so() {
        String message = "a: 1\r\n\r\nb\nc\rd\0e\r";
        assertTrue(take(BareLineEnds.NORMALISE, ENVELOPE, message).endsWith("\r\n\r\nb\r\nc\r\nde\r\n"));
        assertTrue(take(BareLineEnds.PASS, ENVELOPE, message).endsWith(message));
    }

    @ParameterizedTest
    @EnumSource(BareLineEnds.class)
    void binarymime_keeps_every_octet(BareLineEnds policy) {
        StringBuilder all = new StringBuilder("MIME-Version: 1.0\r\n\r\n");
        for (int i = 0; i < 256; i++) {
            all.append((char) i).append("\r\n.\r\n").append((char) (255 - i));
        }
        String message = all.append("\r").toString();
        assertTrue(take(policy, BINARY, message).endsWith(message));
    }

    @Test
    void binarymime_comes_by_bdat_only() {
        Dialogue d = open(BINARY);
        assertEquals("503 5.5.2 Bad sequence of commands", d.say("DATA"));
        assertTrue(d.octets(lastChunk("a: 1\r\n\r\n\0")).startsWith("250 2.6.0 <"));
        assertEquals(
                Envelope.BodyType.BINARY_MIME,
                d.submission.taken.getFirst().message().envelope().body());
    }

    @Test
    void bdat_and_data_do_not_mix_and_no_recipient_is_added_between_chunks() {
        Dialogue d = open(ENVELOPE);
        d.octets(chunk("a: 1\r\n"));
        assertEquals("503 5.5.2 Bad sequence of commands", d.say("DATA"));
        assertEquals("503 5.5.2 Bad sequence of commands", d.say("RCPT TO:<c@company.com>"));
        assertEquals("503 5.5.2 Sender already specified", d.say("MAIL FROM:<c@company.com>"));
        assertTrue(d.octets(lastChunk("\r\n")).startsWith("250 2.6.0 <"));
        assertEquals(
                1,
                d.submission.taken.getFirst().message().envelope().recipients().size());
    }

    @Test
    void without_mail_or_recipients_the_chunk_is_swallowed_and_refused() {
        Dialogue d = Dialogue.local();
        d.say();
        assertEquals("503 5.5.2 Need mail command", d.octets(lastChunk(SMUGGLED)));
        d = open("");
        assertEquals("503 5.5.2 Need mail command", d.octets(lastChunk(SMUGGLED)));
        d = open("MAIL FROM:<a@company.com>\r\n");
        assertEquals("503 5.5.2 Need rcpt command", d.octets(lastChunk(SMUGGLED)));
        assertEquals("250 2.1.5 Recipient OK", d.say("RCPT TO:<b@company.com>"));
        assertTrue(d.octets(lastChunk("a: 1\r\n\r\n")).startsWith("250 2.6.0 <"));
        assertEquals(1, d.submission.taken.size());
    }

    @Test
    void the_answer_to_a_refused_chunk_comes_behind_its_last_octet() {
        Dialogue d = open("");
        assertEquals("", d.octets("BDAT 8\r\nNOO"));
        assertEquals("", d.octets("P\r\nQ"));
        assertEquals("503 5.5.2 Need mail command\n250 2.0.0 OK", d.octets("UNOOP\r\n"));
    }

    @Test
    void chunks_sent_along_behind_a_refused_one_are_swallowed_and_no_further_errors() {
        Dialogue d = open("MAIL FROM:<a@company.com>\r\n");
        StringBuilder wire = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            wire.append(chunk(SMUGGLED));
        }
        String heard = d.octets(wire + lastChunk("x") + "NOOP\r\n");
        assertEquals("503 ".repeat(21) + "250", codes(heard));
        assertFalse(d.closed);

        Dialogue fresh = open(ENVELOPE);
        heard = fresh.octets(chunk("bare\n") + wire + lastChunk("x") + "NOOP\r\n");
        assertEquals("550 " + "503 ".repeat(21) + "250", codes(heard));
        assertTrue(fresh.submission.taken.isEmpty());
    }

    @Test
    void chunks_out_of_place_in_five_transactions_are_five_errors() {
        Dialogue d = open("");
        for (int i = 0; i < 4; i++) {
            assertEquals("503 5.5.2 Need mail command", d.octets(lastChunk("x")));
            d.say("RSET");
        }
        assertEquals(
                "421 4.7.0 Too many errors on this connection, closing transmission channel (closed)",
                d.octets(lastChunk("x")));
    }

    @Test
    void rset_quit_hello_and_hanging_up_between_chunks_leave_nothing() {
        for (String end : new String[] {"RSET", "EHLO again", "HELO again", "QUIT"}) {
            Dialogue d = open(ENVELOPE);
            d.octets(chunk("a: 1\r\n\r\nx"));
            assertEquals(1, d.submission.open.get());
            d.say(end);
            assertEquals(0, d.submission.open.get(), end);
            assertEquals(1, d.submission.discarded.get(), end);
            if (!d.closed) {
                assertEquals("503 5.5.2 Need mail command", d.octets(lastChunk("y")), end);
                d.octets(ENVELOPE);
                assertTrue(d.octets(lastChunk("b: 2\r\n\r\n")).startsWith("250 2.6.0 <"), end);
                assertFalse(d.submission.taken.getFirst().text().contains("a: 1"), end);
            }
        }
        Dialogue d = open(ENVELOPE);
        d.octets("BDAT 100 LAST\r\na: 1\r\n\r\nx");
        d.session.hungUp();
        assertEquals(0, d.submission.open.get());
        assertTrue(d.submission.taken.isEmpty());
    }

    @Test
    void a_message_may_be_empty() {
        Dialogue d = open(ENVELOPE);
        assertTrue(d.octets("BDAT 0 LAST\r\n").startsWith("250 2.6.0 <"));
        assertTrue(d.submission.taken.getFirst().text().endsWith("\r\n"));
    }

    @Test
    void the_size_is_limited_before_the_octets_come_and_over_all_chunks() {
        Supplier<Dialogue> small = () -> {
            Dialogue d = new Dialogue(
                    StageWorld.connector().withLimits(ReceiveConnector.Limits.DEFAULT_FRONTEND.withMaxMessageBytes(20)),
                    new Peer("127.0.0.1", 4711, "127.0.0.1", 2525, true));
            d.octets(HELLO + ENVELOPE);
            return d;
        };
        String tooLarge = "552 5.3.4 Message size exceeds fixed maximum message size";
        Dialogue d = small.get();
        d.octets("BDAT 21\r\na: 1\r\n\r\n");
        assertEquals(0, d.submission.open.get(), "nothing of it is kept");
        assertEquals(tooLarge, d.octets("x".repeat(13)));
        d = small.get();
        d.octets(chunk("a: 1\r\n\r\n"));
        assertEquals(tooLarge, d.octets(lastChunk("x".repeat(13))));
        assertEquals(0, d.submission.open.get());
        d = small.get();
        d.octets(chunk("a: 1\r\n\r\n"));
        assertTrue(d.octets(lastChunk("x".repeat(12))).startsWith("250 2.6.0 <"), "20 are not too many");
        d = small.get();
        assertEquals("", d.octets("BDAT 9223372036854775807 LAST\r\n" + SMUGGLED.repeat(100)));
        assertTrue(d.submission.taken.isEmpty());
        assertEquals(0, d.submission.open.get());
    }

    @Test
    void a_header_that_is_too_large_ends_the_session_when_the_chunk_has_come() {
        Dialogue d = open(ENVELOPE);
        String field = "x: " + "y".repeat(1_000) + "\r\n";
        String chunk = lastChunk(field.repeat(300));
        assertEquals("", d.octets(chunk.substring(0, chunk.length() - 1)));
        assertEquals(
                "552 5.3.4 Header size exceeds fixed maximum size (closed)",
                d.octets(chunk.substring(chunk.length() - 1)));
        assertEquals(0, d.submission.open.get());
    }

    @Test
    void mail_that_loops_and_mail_while_resources_are_short_are_refused_as_with_data() {
        Dialogue d = open(ENVELOPE);
        assertEquals(
                "554 5.4.6 Hop count exceeded - possible mail loop",
                d.octets(lastChunk("Received: x\r\n".repeat(61) + "\r\n")));
        d.octets(ENVELOPE);
        d.noMore = Optional.of(Reply.of(452, "4.3.1 Insufficient system resources"));
        assertEquals("452 4.3.1 Insufficient system resources", d.octets(lastChunk("a: 1\r\n\r\n")));
        assertEquals(0, d.submission.open.get());
        d.noMore = Optional.empty();
        d.octets(ENVELOPE);
        d.submission.refusal = Reply.of(451, "4.3.0 disk");
        assertEquals("451 4.3.0 disk", d.octets(lastChunk("a: 1\r\n\r\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BDAT",
                "BDAT ",
                "BDAT x",
                "BDAT LAST",
                "BDAT -1",
                "BDAT +5",
                "BDAT 0x5 LAST",
                "BDAT 5LAST",
                "BDAT 5 FIRST",
                "BDAT 5 LAST LAST",
                "BDAT 5,5",
                "BDAT 1e3",
                "BDAT \u0661",
                "BDAT 9223372036854775808",
                "BDAT 18446744073709551616 LAST",
                "BDAT 18446744073709551621 LAST",
                "BDAT 99999999999999999999999999",
                "BDAT\t5",
                "BDAT 5\nLAST",
                "BDAT 5\0LAST",
                "BDAT\0",
                "bdat 5 LAST \rRSET"
            })
    void an_unknown_size_ends_the_session_for_nobody_knows_where_the_next_command_is(String line) {
        Dialogue d = open(ENVELOPE);
        assertEquals("501 5.5.4 Invalid arguments (closed)", d.octets(line + "\r\n" + SMUGGLED));
        assertTrue(d.submission.taken.isEmpty());
    }

    @Test
    void so_does_an_endless_bdat_line() {
        for (int length : new int[] {2_040, 2_048, 10_000}) {
            Dialogue d = open(ENVELOPE);
            String line = "BDAT 5" + " ".repeat(length) + "LAST x";
            assertEquals("", d.octets(line));
            assertEquals("501 5.5.4 Invalid arguments (closed)", d.octets("\r\n" + SMUGGLED));
        }
    }

    @Test
    void sizes_are_read_whatever_their_zeros_blanks_and_case() {
        for (String command : new String[] {"bdat 5 last", "BDAT  5   LAST ", "BDAT 00000000000000000005 Last"}) {
            Dialogue d = open(ENVELOPE);
            assertTrue(d.octets(command + "\r\nhello").startsWith("250 2.6.0 <"), command);
            assertTrue(d.submission.taken.getFirst().text().endsWith("\r\nhello"), command);
        }
    }

    @Test
    void where_chunking_is_not_offered_the_chunk_is_swallowed_all_the_same() {
        ReceiveConnector.Extensions off = new ReceiveConnector.Extensions(
                ReceiveConnector.SizeKeyword.ENABLED, true, true, true, true, true, false, true);
        Dialogue d = new Dialogue(
                StageWorld.connector().withExtensions(off), new Peer("127.0.0.1", 4711, "127.0.0.1", 2525, true));
        String hello = d.octets(HELLO);
        assertFalse(hello.contains("CHUNKING") || hello.contains("BINARYMIME"), hello);
        d.octets(ENVELOPE);
        assertEquals("500 5.3.3 Unrecognized command", d.octets(lastChunk(SMUGGLED)));
        assertTrue(d.submission.taken.isEmpty());
        assertTrue(d.say("DATA").startsWith("354"));
    }

    @Test
    void a_stranger_waits_for_the_refusal_of_a_chunk_as_for_any() {
        Dialogue d = Dialogue.stranger();
        d.say("EHLO c");
        assertEquals("503 5.5.2 Need mail command", d.octets(lastChunk("x")));
        assertEquals(Duration.ofSeconds(5), d.lastDelay);
    }

    private static String take(BareLineEnds policy, String envelope, String message) {
        Dialogue d = new Dialogue(
                StageWorld.connector().withBareLineEnds(policy), new Peer("127.0.0.1", 4711, "127.0.0.1", 2525, true));
        d.octets(HELLO + envelope);
        for (int i = 0; i < message.length(); i += 7) {
            d.octets(chunk(message.substring(i, Math.min(message.length(), i + 7))));
        }
        assertTrue(d.octets("BDAT 0 LAST\r\n").startsWith("250 2.6.0 <"));
        return d.submission.taken.getFirst().text();
    }

    private static Dialogue open(String envelope) {
        Dialogue d = Dialogue.local();
        d.octets(HELLO + envelope);
        return d;
    }

    private static String chunk(String octets) {
        return "BDAT " + octets.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n" + octets;
    }

    private static String lastChunk(String octets) {
        return chunk(octets).replaceFirst("\r\n", " LAST\r\n");
    }

    private static String told(String replies) {
        String open = replies.replace(" (closed)", "");
        return open.isEmpty() ? "" : open + "\n";
    }

    private static String codes(String replies) {
        return replies.replace(" (closed)", "")
                .lines()
                .map(line -> line.substring(0, 3))
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }
}
