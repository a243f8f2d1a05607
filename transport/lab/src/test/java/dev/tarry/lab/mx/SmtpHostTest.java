package dev.tarry.lab.mx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.fault.FaultGrammar;
import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.fault.Glob;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SmtpHostTest {
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("198.51.100.51");
    private static final MailBounds BOUNDS = new MailBounds(100, 1 << 20, 2_000, 3);
    private static final String EHLO = "EHLO mail.company.com\r\n";
    private static final String ENVELOPE = "MAIL FROM:<a@company.com>\r\nRCPT TO:<b@fabrikam.com>\r\n";

    private final Faults faults = new Faults(() -> Instant.EPOCH, () -> {});
    private final AtomicInteger inFlight = new AtomicInteger();
    private ReceivedMail mail;
    private MailHosts hosts;
    private EmbeddedChannel channel;

    @BeforeEach
    void open() throws IOException {
        mail = new ReceivedMail(Optional.empty(), BOUNDS, () -> Instant.EPOCH);
        var ground = new HostGround(
                () -> Instant.EPOCH,
                (_, _, _) -> () -> {},
                new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory()),
                (_, _, _) -> CompletableFuture.failedFuture(new IllegalStateException("no certificates here")),
                _ -> {},
                inFlight::incrementAndGet,
                inFlight::decrementAndGet);
        hosts = new MailHosts(faults, mail, BOUNDS, ground, _ -> CompletableFuture.completedFuture(Optional.empty()));
        hosts.put(HostGrammar.read(
                "mail.fabrikam.com", Map.of("addresses", List.of(ADDRESS.getHostAddress())), Optional.empty()));
        connect();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
        assertEquals(0, inFlight.get());
    }

    private void connect() {
        channel = new EmbeddedChannel(false, false);
        hosts.fill(channel.pipeline(), new InetSocketAddress(ADDRESS, 25));
        try {
            channel.register();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    /// What the host has said since the last time.
    private String heard() {
        var text = new StringBuilder();
        for (ByteBuf octets = channel.readOutbound(); octets != null; octets = channel.readOutbound()) {
            text.append(octets.toString(StandardCharsets.UTF_8));
            octets.release();
        }
        return text.toString();
    }

    private String reply(String text) {
        heard();
        send(text);
        return heard();
    }

    /// The codes of all replies, one for each.
    private List<String> codes(String text) {
        var codes = new ArrayList<String>();
        for (var line : text.split("\r\n")) {
            if (line.length() < 4 || line.charAt(3) == ' ') {
                codes.add(line.substring(0, Math.min(3, line.length())));
            }
        }
        return codes;
    }

    private List<ReceivedMessage> received() {
        return mail.mail(Glob.ANYTHING, Glob.ANYTHING, 100);
    }

    private String content(String id) throws IOException {
        try (var octets = mail.content(id).orElseThrow()) {
            return new String(octets.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private void fault(String line) {
        var words = new LinkedHashMap<String, Object>();
        words.put("where", "smtp");
        for (var word : line.split(" ")) {
            words.put(word.split("=")[0], word.split("=")[1]);
        }
        faults.add(FaultGrammar.read(words, Instant.EPOCH));
    }

    @Test
    void a_whole_session_goes_as_in_the_book() throws IOException {
        assertEquals("220 mail.fabrikam.com ESMTP\r\n", heard());
        assertEquals(
                "250-mail.fabrikam.com at your service, [127.0.0.1]\r\n250-PIPELINING\r\n250-SIZE 2000\r\n"
                        + "250-8BITMIME\r\n250-DSN\r\n250-ENHANCEDSTATUSCODES\r\n250 STARTTLS\r\n",
                reply(EHLO));
        assertEquals(
                "250 2.1.0 OK\r\n", reply("MAIL FROM:<a@company.com> SIZE=20 BODY=8BITMIME RET=HDRS ENVID=q+2Bx\r\n"));
        assertEquals(
                "250 2.1.5 OK\r\n",
                reply("RCPT TO:<b@fabrikam.com> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b@fabrikam.com\r\n"));
        assertEquals("250 2.1.5 OK\r\n", reply("rcpt to:<c@fabrikam.com>\r\n"));
        assertEquals("354 Go ahead\r\n", reply("DATA\r\n"));
        assertEquals("250 2.0.0 OK L1\r\n", reply("Subject: x\r\n\r\n..dot\r\n.\r\n"));
        assertEquals("221 2.0.0 mail.fabrikam.com closing connection\r\n", reply("QUIT\r\n"));
        assertFalse(channel.isOpen());

        assertEquals(
                List.of(new ReceivedMessage(
                        "L1",
                        Instant.EPOCH,
                        "mail.fabrikam.com",
                        "198.51.100.51",
                        "127.0.0.1",
                        "mail.company.com",
                        true,
                        "a@company.com",
                        List.of("SIZE=20", "BODY=8BITMIME", "RET=HDRS", "ENVID=q+2Bx"),
                        List.of(
                                new ReceivedMessage.Recipient(
                                        "b@fabrikam.com",
                                        List.of("NOTIFY=SUCCESS,DELAY", "ORCPT=rfc822;b@fabrikam.com")),
                                new ReceivedMessage.Recipient("c@fabrikam.com", List.of())),
                        20)),
                received());
        assertEquals("Subject: x\r\n\r\n.dot\r\n", content("L1"));
    }

    @ParameterizedTest
    @CsvSource({
        "gmail-smtp-in.l.google.com, 250",
        "ALT1.gmail-smtp-in.l.google.com, 250",
        "outlook-com.olc.protection.outlook.com, 250",
        "mail.fabrikam.com, 555",
        "notgoogle.com, 555"
    })
    void the_great_ones_take_internationalised_mail_as_they_do_outside(String name, int code) {
        hosts.removeAll();
        hosts.put(HostGrammar.read(name, Map.of("addresses", List.of(ADDRESS.getHostAddress())), Optional.empty()));
        assertEquals(
                MailHost.standard(name).extensions(),
                hosts.said(name).orElseThrow().extensions());
        connect();
        assertEquals(code == 250, reply(EHLO).contains("250-SMTPUTF8\r\n"));
        assertEquals(
                code,
                Integer.parseInt(reply("MAIL FROM:<a@company.com> SMTPUTF8\r\n").substring(0, 3)));
    }

    @Test
    void the_stream_may_be_cut_anywhere() {
        var session = EHLO + ENVELOPE + "DATA\r\nSubject: x\r\n\r\n..\r\n.\r\n" + ENVELOPE + "DATA\r\n.\r\nQUIT\r\n";
        for (int cut = 0; cut <= session.length(); cut++) {
            channel.finishAndReleaseAll();
            mail.forget();
            connect();
            send(session.substring(0, cut));
            if (cut < session.length()) {
                send(session.substring(cut));
            }
            assertEquals(
                    List.of("220", "250", "250", "250", "354", "250", "250", "250", "354", "250", "221"),
                    codes(heard()),
                    "cut at " + cut);
            assertEquals(
                    List.of(17L, 0L),
                    received().stream().map(ReceivedMessage::sizeBytes).toList());
        }
    }

    @Test
    void octet_by_octet_it_is_the_same() throws IOException {
        for (var octet : (EHLO + ENVELOPE + "DATA\r\n.\r.x\r\n\n.\n\r\n.\r\n").split("")) {
            send(octet);
        }
        assertEquals("\r.x\r\n\n.\n\r\n", content(received().getFirst().id()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAIL FROM:<a@b> | 503",
                "RCPT TO:<a@b> | 503",
                "DATA | 503",
                "EHLO | 501",
                "EHLO a b | 501",
                "HELO x | 250",
                "NOOP | 250",
                "RSET | 250",
                "VRFY x | 252",
                "HELP | 214",
                "EXPN x | 502",
                "BDAT 0 LAST | 502",
                "STARTTLS | 503",
                "AUTH PLAIN | 502",
                "HOWDY | 500",
                "'' | 500",
                "GET / HTTP/1.1 | 500",
            })
    void before_ehlo(String line, String code) {
        assertEquals(List.of(code), codes(reply(line.replace("''", "") + "\r\n")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAIL FROM:<> | 250",
                "MAIL FROM: <a@b> | 501",
                "MAIL FROM:a@b | 501",
                "MAIL FROM:<a@b | 501",
                "MAIL FROM:<a@b>SIZE=1 | 501",
                "MAIL TO:<a@b> | 501",
                "MAIL FROM:<\"a>b\"@c> | 250",
                "MAIL FROM:<a@b> SIZE=2000 | 250",
                "MAIL FROM:<a@b> SIZE=2001 | 552",
                "MAIL FROM:<a@b> SIZE=x | 501",
                "MAIL FROM:<a@b> SIZE=1 SIZE=1 | 501",
                "MAIL FROM:<a@b> SMTPUTF8 | 555",
                "MAIL FROM:<a@b> NOTIFY=NEVER | 555",
                "MAIL FROM:<a@b> BODY=BINARYMIME | 501",
                "MAIL FROM:<a@b> RET=ALL | 501",
                "MAIL FROM:<a@b> ENVID=a=b | 501",
                "MAIL FROM:<a@b> ENVID=a+3d | 501",
                "RCPT TO:<a@b> | 503",
                "DATA | 503",
            })
    void a_mail_line_must_be_right(String line, String code) {
        send(EHLO);
        assertEquals(List.of(code), codes(reply(line + "\r\n")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RCPT TO:<b@c> | 250",
                "RCPT TO:<postmaster> | 250",
                "RCPT TO:<> | 501",
                "RCPT TO:<nobody> | 501",
                "RCPT TO:<@c> | 501",
                "RCPT FROM:<b@c> | 501",
                "RCPT TO:<b@c> NOTIFY=NEVER,DELAY | 501",
                "RCPT TO:<b@c> NOTIFY=DELAY,DELAY | 501",
                "RCPT TO:<b@c> NOTIFY=delay,failure | 250",
                "RCPT TO:<b@c> ORCPT=b@c | 501",
                "RCPT TO:<b@c> SIZE=1 | 555",
                "MAIL FROM:<a@b> | 503",
                "DATA | 554",
                "DATA now | 501",
            })
    void a_rcpt_line_must_be_right(String line, String code) {
        send(EHLO + "MAIL FROM:<a@b>\r\n");
        assertEquals(List.of(code), codes(reply(line + "\r\n")));
    }

    @Test
    void after_helo_there_are_no_parameters() {
        send("HELO x\r\n");
        assertEquals(List.of("555"), codes(reply("MAIL FROM:<a@b> SIZE=1\r\n")));
        send(ENVELOPE + "DATA\r\n.\r\n");
        assertFalse(received().getFirst().esmtp());
    }

    @Test
    void rset_and_a_new_ehlo_forget_the_transaction() {
        send(EHLO + ENVELOPE);
        assertEquals(List.of("250", "503"), codes(reply("RSET\r\nDATA\r\n")));
        assertEquals(List.of("250", "250", "250", "503"), codes(reply(ENVELOPE + EHLO + "DATA\r\n")));
    }

    @Test
    void too_many_recipients_are_refused_for_now() {
        send(EHLO + "MAIL FROM:<a@b>\r\n");
        assertEquals(List.of("250", "250", "250", "452"), codes(reply("RCPT TO:<b@c>\r\n".repeat(4))));
    }

    @Test
    void lines_end_with_crlf_and_have_an_end() {
        heard();
        assertEquals(List.of("500"), codes(reply("NOOP\n")));
        assertEquals(List.of("500"), codes(reply("NO\rOP\r\n")));
        assertEquals(List.of("500"), codes(reply("NOOP \u00e9\r\n")));
        send("x".repeat(SmtpHost.LINE_OCTETS_MAX + 1));
        send("NOOP".repeat(5_000));
        assertEquals("", heard());
        assertEquals(List.of("500", "250"), codes(reply("\r\nNOOP\r\n")));
    }

    @Test
    void who_talks_nonsense_for_too_long_is_sent_away() {
        heard();
        var codes = codes(reply("HOWDY\r\n".repeat(HostSession.ERRORS_MAX + 10)));
        assertEquals(HostSession.ERRORS_MAX + 1, codes.size());
        assertEquals("421", codes.getLast());
        assertFalse(channel.isOpen());
    }

    @Test
    void a_message_that_is_too_long_is_swallowed_and_refused() {
        send(EHLO + ENVELOPE + "DATA\r\n");
        assertEquals(List.of("552", "250"), codes(reply("x".repeat(1_999) + "\r\n.\r\nNOOP\r\n")));
        assertEquals(List.of(), received());
        send(ENVELOPE + "DATA\r\n" + "x".repeat(1_998) + "\r\n.\r\n");
        assertEquals(1, received().size());
    }

    @Test
    void a_message_without_its_end_is_not_received() {
        send(EHLO + ENVELOPE + "DATA\r\nSubject: x\r\n\r\n.\r");
        channel.close();
        assertEquals(List.of(), received());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stage=banner code=554 | 554 503 503 503 503 503 221",
                "stage=banner code=421 | 421",
                "stage=ehlo code=502 | 220 502 503 503 503 500 221",
                "stage=mail code=451 | 220 250 451 503 503 500 221",
                "stage=rcpt code=550 recipient=b@* | 220 250 250 550 554 500 221",
                "stage=rcpt code=450 sender=a@* | 220 250 250 450 554 500 221",
                "stage=rcpt code=450 recipient=z@* | 220 250 250 250 354 250 221",
                "stage=rcpt code=450 host=mail.contoso.com | 220 250 250 250 354 250 221",
                "stage=data code=451 | 220 250 250 250 451 500 221",
                "stage=eod code=552 | 220 250 250 250 354 552 221",
                "stage=eod code=421 | 220 250 250 250 354 421",
                "stage=quit code=421 | 220 250 250 250 354 250 421",
            })
    void a_host_can_refuse_at_every_stage(String line, String codes) {
        fault("what=reply text=no " + line);
        channel.finishAndReleaseAll();
        connect();
        for (var command : (EHLO + ENVELOPE + "DATA\r\n.\r\nQUIT\r\n").split("(?<=\n)")) {
            if (channel.isOpen()) {
                send(command);
            }
        }
        assertEquals(codes, String.join(" ", codes(heard())));
        assertFalse(channel.isOpen());
        assertEquals(codes.contains("354 250") ? 1 : 0, received().size());
    }

    @ParameterizedTest
    @CsvSource({"banner, 0", "ehlo, 1", "mail, 2", "rcpt, 3", "data, 4", "eod, 5", "quit, 6"})
    void a_host_can_hang_up_at_every_stage(String stage, int replies) {
        fault("what=close stage=" + stage);
        channel.finishAndReleaseAll();
        connect();
        for (var command : (EHLO + ENVELOPE + "DATA\r\n.\r\nQUIT\r\n").split("(?<=\n)")) {
            if (channel.isOpen()) {
                send(command);
            }
        }
        assertEquals(
                replies, codes(heard()).stream().filter(code -> !code.isEmpty()).count());
        assertFalse(channel.isOpen());
        assertEquals(stage.equals("quit") ? 1 : 0, received().size());
    }

    @Test
    void a_fault_text_is_sent_word_for_word() {
        faults.add(FaultGrammar.read(
                Map.of("where", "smtp", "what", "reply", "stage", "rcpt", "code", 550, "text", "5.1.1 Größe <b>"),
                Instant.EPOCH));
        send(EHLO + "MAIL FROM:<a@b>\r\n");
        assertEquals("550 5.1.1 Größe <b>\r\n", reply("RCPT TO:<b@c>\r\n"));
        faults.clear();
        faults.add(FaultGrammar.read(
                Map.of("where", "smtp", "what", "reply", "stage", "rcpt", "code", 550), Instant.EPOCH));
        assertEquals("550\r\n", reply("RCPT TO:<b@c>\r\n"));
    }

    @Test
    void octets_are_kept_as_they_came() throws IOException {
        send(EHLO + ENVELOPE + "DATA\r\n");
        var octets = new byte[258];
        for (int i = 0; i < 256; i++) {
            octets[i] = (byte) i;
        }
        octets[256] = '\r';
        octets[257] = '\n';
        channel.writeInbound(Unpooled.copiedBuffer(octets));
        send(".\r\n");
        try (var content = mail.content("L1").orElseThrow()) {
            assertArrayEquals(octets, content.readAllBytes());
        }
        assertTrue(heard().endsWith("250 2.0.0 OK L1\r\n"));
    }
}
