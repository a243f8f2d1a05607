package dev.tarry.receive;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.smtp.BareLineEnds;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Known attacks on a listener, over real sockets: what is hidden in one message or line never becomes another message,
/// and nobody is served who does not speak SMTP. (Around STARTTLS: [StartTlsTest].)
final class HardeningTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ENVELOPE = "MAIL FROM:<a@company.com>\r\nRCPT TO:<b@company.com>\r\n";
    private static final String EVIL = "MAIL FROM:<evil@evil.example>\r\nRCPT TO:<b@company.com>\r\nDATA\r\n"
            + "Subject: smuggled\r\n\r\nx\r\n.\r\n";
    private static final String[] NEARLY_ENDS = {
        "\n.\n",
        "\n.\r\n",
        "\r\n.\n",
        "\r.\r",
        "\r.\r\n",
        "\r\n.\r",
        "\n.\r",
        "\r.\n",
        "\r\n\0.\r\n",
        "\r\n.\0\r\n",
        "\r\n.\r\0\n",
        "\r\0\n.\r\n",
        "\r\n.\r\r\n",
        "\r\n..\r\n",
        "\r\n .\r\n",
        "\r\n.\t\r\n",
        "\r\n.\u0085\r\n",
        "\n\r\n.\n"
    };

    private StageWorld stage;
    private FakeSubmission submission;
    private SmtpListener listener;

    @BeforeEach
    void begin() {
        stage = new StageWorld();
        submission = new FakeSubmission(stage.queueLoop);
    }

    @AfterEach
    void end() {
        listener.close().join();
        assertEquals(0, listener.connections());
        await().atMost(PATIENCE).until(() -> stage.ledger.settled());
        assertEquals(0, submission.open.get(), "bodies left open");
        stage.close();
    }

    /// Behind the first line, at the very start, behind a message that was refused, and beyond the size that is taken.
    @ParameterizedTest
    @EnumSource(BareLineEnds.class)
    void only_crlf_dot_crlf_ends_data_in_every_state(BareLineEnds policy) throws IOException {
        open(StageWorld.connector()
                .withBareLineEnds(policy)
                .withLimits(ReceiveConnector.Limits.DEFAULT_FRONTEND.withMaxMessageBytes(2_000)));
        for (String end : NEARLY_ENDS) {
            for (String before : new String[] {"Subject: t\r\n\r\nbody", "", "z".repeat(3_000)}) {
                for (boolean afterRefusal : new boolean[] {false, true}) {
                    String shown = policy + " " + escaped(end) + " behind " + before.length();
                    int taken = submission.taken.size();
                    try (Client client = new Client(listener.address())) {
                        client.raw("EHLO c\r\n");
                        assertEquals("220 250", client.codes(2));
                        if (afterRefusal) {
                            client.raw(ENVELOPE + "DATA\r\n" + "y".repeat(2_001) + "\n.\r\n\r\n.\r\n");
                            assertEquals("250 250 354", client.codes(3), shown);
                            assertTrue(client.reply().startsWith("55"), shown);
                        }
                        client.raw(ENVELOPE + "DATA\r\n" + before + end + EVIL.replace(".\r\n", "..\r\n")
                                + "\r\n.\r\nQUIT\r\n");
                        assertEquals("250 250 354", client.codes(3), shown);
                        String answer = client.reply();
                        assertTrue(
                                answer.startsWith("250 2.6.0 ") || answer.startsWith("5"), () -> shown + ": " + answer);
                        assertEquals("221 -", client.codes(2), shown);
                    }
                    assertTrue(submission.taken.size() <= taken + 1, shown);
                    onlyHonestMail(shown);
                }
            }
        }
    }

    @Test
    void a_body_sent_along_with_a_data_that_is_refused_is_never_run() throws IOException {
        open(StageWorld.connector());
        String body = "From: a@company.com\r\n" + EVIL;
        for (String refused : new String[] {
            "DATA\r\n",
            "MAIL FROM:<a@company.com>\r\nDATA\r\n",
            "MAIL FROM:<a@company.com>\r\nRCPT TO:<nobody@company.com>\r\nDATA\r\n",
            "MAIL FROM:<a@company.com> BODY=BINARYMIME\r\nRCPT TO:<b@company.com>\r\nDATA\r\n"
        }) {
            for (boolean together : new boolean[] {true, false}) {
                try (Client client = new Client(listener.address())) {
                    client.raw("EHLO c\r\n" + refused + (together ? body : ""));
                    client.codes(1 + refused.split("\r\n").length);
                    String toData = client.reply();
                    assertTrue(toData.startsWith("503 "), toData);
                    if (!together) {
                        client.raw(body);
                    }
                    assertEquals("500 5.3.3 Unrecognized command", client.reply());
                    assertTrue(client.atEnd());
                }
            }
        }
        assertTrue(submission.taken.isEmpty());
    }

    @Test
    void who_pipelines_commands_behind_a_refused_data_is_answered_in_order() throws IOException {
        open(StageWorld.connector());
        try (Client client = new Client(listener.address())) {
            client.raw("EHLO c\r\nMAIL FROM:<a@company.com>\r\nRCPT TO:<nobody@company.com>\r\nDATA\r\nRSET\r\n"
                    + ENVELOPE + "DATA\r\ns: 1\r\n\r\n.\r\nJUNK\r\nNOOP\r\nQUIT\r\n");
            assertEquals("220 250 250 550 503 250 250 250 354 250 500 250 221 -", client.codes(14));
        }
        assertEquals(1, submission.taken.size());
    }

    @Test
    void who_mistypes_behind_a_refused_data_may_go_on_until_it_looks_like_a_message() throws IOException {
        open(StageWorld.connector());
        try (Client client = new Client(listener.address())) {
            client.raw("EHLO c\r\nDATA\r\nFOO\r\nNOOP\r\nRSET\r\nDATA\r\nBAR\r\nSubject: x\r\n" + EVIL);
            assertEquals("220 250 503 500 250 250 503 500 500 -", client.codes(10));
        }
        assertTrue(submission.taken.isEmpty());
    }

    /// Sizes that wrap, chunks that are refused, chunks behind an error.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BDAT 4294967297 LAST\r\n",
                "BDAT 18446744073709551617 LAST\r\n",
                "BDAT -1 LAST\r\n",
                "BDAT 2147483648\r\n",
                "BDAT\r\n"
            })
    void a_chunk_of_any_size_is_never_read_as_commands(String bdat) throws IOException {
        open(StageWorld.connector());
        for (String before : new String[] {"", "MAIL FROM:<a@company.com>\r\n", ENVELOPE}) {
            try (Client client = new Client(listener.address())) {
                client.raw("EHLO c\r\n" + before + bdat + EVIL + "QUIT\r\n");
                client.socket.shutdownOutput();
                String heard = rest(client);
                assertFalse(heard.contains("354") || heard.contains("221"), heard);
            }
        }
        assertTrue(submission.taken.isEmpty());
    }

    @Test
    void a_refused_chunk_is_swallowed_and_what_stands_behind_it_is_run() throws IOException {
        open(StageWorld.connector());
        try (Client client = new Client(listener.address())) {
            client.raw("EHLO c\r\nMAIL FROM:<a@company.com>\r\nRCPT TO:<nobody@company.com>\r\nBDAT " + EVIL.length()
                    + "\r\n" + EVIL + "BDAT " + EVIL.length() + " LAST\r\n" + EVIL + "RSET\r\n" + ENVELOPE
                    + "BDAT 8 LAST\r\ns: 1\r\n\r\nQUIT\r\n");
            assertEquals("220 250 250 550 503 503 250 250 250 250 221 -", client.codes(12));
        }
        assertEquals(1, submission.taken.size());
        onlyHonestMail("");
    }

    @Test
    void who_talks_before_the_banner_is_answered_in_order_and_behind_it() throws IOException {
        open(StageWorld.connector());
        try (Client client = new Client(listener.address())) {
            client.raw("EHLO early\r\nNOOP\r\nQUIT\r\n");
            assertEquals("220 250 250 221 -", client.codes(5));
        }
        try (Client client = new Client(listener.address())) {
            client.raw("\r\n".repeat(10) + "EHLO c\r\n" + EVIL);
            assertEquals("220 500 500 500 500 421 -", client.codes(7));
        }
        assertTrue(submission.taken.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: 127.0.0.1:2525\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 200\r\n\r\n",
                "OPTIONS / HTTP/1.1\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "CONNECT mail.company.com:25 HTTP/1.1\r\n\r\n",
                "post /x HTTP/1.0\r\n\r\n"
            })
    void a_browser_is_sent_away(String request) throws IOException {
        open(StageWorld.connector());
        try (Client client = new Client(listener.address())) {
            client.raw(request + "EHLO c\r\n" + EVIL);
            assertEquals("220 500 -", client.codes(3));
        }
        assertTrue(submission.taken.isEmpty());
    }

    @Test
    void a_tls_hello_in_the_clear_gets_no_more_than_a_refusal() throws IOException {
        open(StageWorld.connector());
        try (Client client = new Client(listener.address())) {
            client.raw("\u0016\u0003\u0001\u0002\0\u0001\r\n" + EVIL);
            String banner = client.reply();
            assertTrue(banner.startsWith("220 "));
            assertTrue(client.reply().startsWith("500 "));
        }
        await().atMost(PATIENCE).until(() -> listener.connections() == 0);
        assertTrue(submission.taken.isEmpty());
    }

    /// One line, one answer, and nothing of it in the answer.
    @Test
    void overlong_and_spoilt_lines_have_one_answer_each_that_echoes_nothing() throws IOException {
        open(StageWorld.connector());
        try (Client client = new Client(listener.address())) {
            client.raw("EHLO c\r\nNOOP " + "x".repeat(20_000)
                    + " \nRSET\rQUIT\r\nNO\rOP \u001b[31mred\r\nRCPT \0\r\nNOOP\r\n");
            client.reply();
            client.reply();
            assertEquals("500 5.5.2 Line too long", client.reply());
            assertEquals("500 5.3.3 Unrecognized command", client.reply());
            assertEquals("500 5.3.3 Unrecognized command", client.reply());
            assertEquals("250 2.0.0 OK", client.reply());
        }
    }

    @Test
    void replies_are_ascii_whatever_was_said() throws IOException {
        open(StageWorld.connector());
        try (Client client = new Client(listener.address())) {
            client.raw(
                    "EHLO c\r\nMAIL FROM:<\u00c3\u00bc@\u00c3\u00bc.example> SMTPUTF8\r\nRCPT TO:<\u00c3\u00bc@company.com>\r\n"
                            + "DATA\r\nMessage-ID: <\u00c3\u00bc@\u00c3\u00bc>\r\nSubject: \u00c3\u00bc\r\n\r\n.\r\nMAIL FROM:<\u00c3\u00bc@x.y>\r\n"
                            + "VRFY \u00c3\u00bc\r\nEXPN \u00c3\u00bc\r\nEHLO \u00c3\u00bc\r\nQUIT\r\n");
            client.socket.shutdownOutput();
            String heard = rest(client);
            assertTrue(heard.chars().allMatch(c -> c >= ' ' && c < 0x7f || c == '\n'), heard);
            assertTrue(heard.contains("553 5.6.7 "), heard);
            assertTrue(heard.contains("502 5.3.3 Command not implemented"), heard);
            assertTrue(heard.endsWith("221 2.0.0 Service closing transmission channel\n"), heard);
        }
        assertEquals("\u00fc", submission.taken.getFirst().message().subject());
    }

    /// Time and memory grow with the octets and not faster, or this would not end.
    @Test
    void a_flood_of_header_lines_is_read_once_and_bounded() throws IOException {
        open(StageWorld.connector());
        for (String line : new String[] {
            "a:\r\n", ":\r\n", " \r\n", "Subject: =?utf-8?q?=41?= =?\r\n", "\t\r\n", "x".repeat(200_000)
        }) {
            try (Client client = new Client(listener.address())) {
                client.raw("EHLO c\r\n" + ENVELOPE + "DATA\r\nx: y\r\n");
                assertEquals("220 250 250 250 354", client.codes(5));
                String many = line.repeat(1_000_000 / line.length() + 1);
                client.raw(many + "\r\n\r\n.\r\n");
                assertEquals("552 5.3.4 Header size exceeds fixed maximum size", client.reply(), escaped(line));
                assertTrue(client.atEnd());
            }
        }
        assertTrue(submission.taken.isEmpty());
    }

    @Test
    void a_flood_of_addresses_is_bounded() throws IOException {
        open(StageWorld.connector());
        try (Client client = new Client(listener.address())) {
            client.raw("EHLO c\r\nMAIL FROM:<a@company.com>\r\n" + "RCPT TO:<b@company.com>\r\n".repeat(1_000)
                    + "DATA\r\nx: y\r\n\r\n.\r\n");
            List<String> replies = new ArrayList<>();
            for (int i = 0; i < 1_005; i++) {
                replies.add(client.reply());
            }
            assertEquals(
                    200, replies.stream().filter(r -> r.startsWith("250 2.1.5")).count());
            assertEquals(
                    800, replies.stream().filter(r -> r.startsWith("452 4.5.3")).count());
            assertTrue(replies.getLast().startsWith("250 2.6.0"), replies.getLast());
        }
        assertEquals(
                200,
                submission.taken.getFirst().message().envelope().recipients().size());
        try (Client client = new Client(listener.address())) {
            client.raw("EHLO c\r\nMAIL FROM:<a@company.com>\r\n" + "RCPT TO:<@@>\r\n".repeat(1_000));
            assertEquals("220 250 250 501 501 501 501 421 -", client.codes(9));
        }
    }

    /// Whose mail it is is decided by the domain behind the last @ of a whole address, and by nothing in front of it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<user%company.com@evil.example>",
                "<company.com!user@evil.example>",
                "<\"user@company.com\"@evil.example>",
                "<user@company.com@evil.example>",
                "<user@evil.example@company.com>",
                "<@company.com:user@evil.example>",
                "<@evil.example,@company.com:user@evil.example>",
                "<user@company.com.evil.example>",
                "<user@evil.example.>",
                "<user@company.com.>",
                "<user@[127.0.0.1]>",
                "<user@[IPv6:::1]>",
                "<user@company.com\0.evil.example>",
                "<user@evil.example\0@company.com>",
                "<user@company\u00ef\u00bc\u008ecom>",
                "<user@evil.example\u00ef\u00bc\u00a0company.com>",
                "<user@company.com>,<user@evil.example>",
                "<user@company.com> <user@evil.example>",
                "<user@company.com>\rRCPT TO:<user@evil.example>",
                "<user@company.com(>user@evil.example)>",
                "user@company.com,user@evil.example",
                "user@evil.example",
                "<user@evil.example>"
            })
    void nobody_relays_by_a_trick_of_the_address(String path) throws IOException {
        open(StageWorld.connector().withRelay(ReceiveConnector.Relay.NOBODY));
        try (Client client = new Client(listener.address())) {
            client.raw("EHLO c\r\nMAIL FROM:<a@x.y> SMTPUTF8\r\nRCPT TO:" + path + "\r\n");
            assertEquals("220 250 250", client.codes(3));
            String reply = client.reply();
            assertTrue(reply.startsWith("5"), reply);
            assertEquals("503 5.5.2 Need rcpt command", client.say("DATA"));
        }
    }

    /// Noise never becomes mail of its own: whatever is thrown in, each message that is taken was asked for by a MAIL
    /// and a RCPT in the open.
    @Test
    void noise_of_commands_and_chunks_never_makes_mail_of_what_stood_in_content() throws IOException {
        open(StageWorld.connector().withBareLineEnds(BareLineEnds.PASS));
        Random random = new Random(31);
        String[] parts = {
            ENVELOPE,
            "DATA\r\n",
            "RSET\r\n",
            "BDAT 5\r\nhello",
            "NOOP\r\n",
            "\n.\n\r\n",
            ".\r\r\n",
            "x\r\n.\n\r\n",
            "\0\r\n",
            ".\r\n",
            "s: 1\r\n",
            "\r\n",
            "MAIL FROM:<a@company.com> BODY=BINARYMIME\r\n",
            "BDAT " + EVIL.length() + "\r\n" + EVIL,
            "BDAT " + EVIL.length() + " LAST\r\n" + EVIL
        };
        for (int round = 0; round < 300; round++) {
            StringBuilder wire = new StringBuilder("EHLO c\r\n");
            for (int i = 0; i < 12; i++) {
                wire.append(parts[random.nextInt(parts.length)]);
            }
            try (Client client = new Client(listener.address())) {
                client.raw(wire.toString());
                client.socket.shutdownOutput();
                rest(client);
            }
            onlyHonestMail(escaped(wire.toString()));
        }
        assertFalse(submission.taken.isEmpty(), "some of it was mail");
    }

    private void onlyHonestMail(String shown) {
        for (FakeSubmission.Taken taken : submission.taken) {
            String sender = taken.message().envelope().sender().toString();
            assertTrue(sender.equals("a@company.com"), () -> "mail from " + sender + ": " + shown);
        }
    }

    private static String rest(Client client) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String reply = client.reply(); !reply.isEmpty(); reply = client.reply()) {
            all.append(reply).append('\n');
        }
        return all.toString();
    }

    private static String escaped(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
    }

    private void open(ReceiveConnector connector) {
        listener = SmtpListener.open(stage.world, Reception.of(stage.world, connector, Dialogue::standing, submission))
                .join();
        assertTrue(listener.address() instanceof InetSocketAddress);
    }
}
