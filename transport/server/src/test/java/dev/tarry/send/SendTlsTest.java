package dev.tarry.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.Settings;
import dev.tarry.config.SmtpSendSettings;
import dev.tarry.dns.MxHost;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import dev.tarry.routing.SendConnector;
import dev.tarry.routing.SendTls;
import dev.tarry.smtp.Transcript;
import dev.tarry.stage.OneThread;
import dev.tarry.stage.TestCertificates;
import dev.tarry.stage.TestCertificates.Made;
import dev.tarry.time.Loop;
import dev.tarry.tls.OutboundTls;
import dev.tarry.tls.OwnCertificate;
import dev.tarry.tls.TlsDemand;
import dev.tarry.tls.TlsMeans;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A connection over TLS, down to the octets. The certificates hold in 2026, and lab time is November of it.
final class SendTlsTest {
    private static final SmtpSendSettings SETTINGS = Settings.defaults().smtpSend();
    private static final String HOST = "mx1.contoso.com";
    private static final InetSocketAddress AT = new InetSocketAddress(InetAddress.ofLiteral("203.0.113.1"), 25);
    private static final TlsDemand CHAIN =
            new TlsDemand(TlsDemand.Use.ALWAYS, TlsDemand.Check.CHAIN_AND_NAME, Optional.of(HOST));

    private static Made root;
    private static Made host;
    private static Made ours;

    private final OneThread stage = new OneThread();
    private final List<String> told = new ArrayList<>();
    private final List<SendMeter.Tls> counted = new ArrayList<>();
    private final List<ByteBuf> buffers = new ArrayList<>();
    private final Deque<OutgoingMessage> waiting = new ArrayDeque<>();
    private final List<String> log = new ArrayList<>();
    private int missing;
    private SendTls connectorTls = SendTls.OPPORTUNISTIC;
    private final NextHopSender sender = new NextHopSender(
            stage.world(),
            SETTINGS,
            new ConnectionFailureTable(ExchangeProfile.E2019),
            new Written(),
            new Counted(),
            new TlsMeans(
                    () -> CompletableFuture.completedFuture(root.anchor()),
                    Optional.of(new OwnCertificate(ours.key(), ours.chain()))));

    @BeforeAll
    static void make(@TempDir Path folder) throws Exception {
        TestCertificates made = new TestCertificates(folder);
        root = made.authority("root", "-startdate", "2020/01/01 00:00:00", "-validity", "3650");
        host = made.host("host", HOST, "root");
        ours = made.make("ours", "CN=mail.company.com", "root");
    }

    @AfterEach
    void nothing_is_left() {
        assertEquals(0, stage.wires().open());
        buffers.forEach(buffer -> assertEquals(0, buffer.refCnt()));
        stage.close();
    }

    private final class Written implements SendLog {
        @Override
        public boolean on(SendConnector connector) {
            return true;
        }

        @Override
        public Transcript open(SendConnector connector, String session, Target target) {
            return new Transcript() {
                @Override
                public void connected(String local) {}

                @Override
                public void line(Event event, String data, String context) {
                    log.add(event.sign() + " " + data + context);
                }
            };
        }
    }

    private final class Counted implements SendMeter {
        @Override
        public void tls(Tls how) {
            counted.add(how);
        }

        @Override
        public void certificateMissing() {
            missing++;
        }
    }

    private final class Told implements SendListener {
        @Override
        public void hostFailed(Target target, dev.tarry.mail.Reply words, SendMeter.Trouble why) {
            told.add(why + " " + words);
        }

        @Override
        public void certificateMissing(Target target, String what) {
            told.add("missing: " + what);
        }

        @Override
        public void inTheClear(Target target, String why) {
            told.add("in the clear: " + why);
        }

        @Override
        public void connected(Target target) {
            told.add("connected");
        }

        @Override
        public void finished(OutgoingMessage message, Target target, List<RecipientOutcome> outcomes) {
            outcomes.forEach(outcome -> told.add(outcome.getClass().getSimpleName()));
        }

        @Override
        public void untried(OutgoingMessage message) {
            told.add("untried");
        }

        @Override
        public void ended(SendEnd end) {
            told.add(end.getClass().getSimpleName());
        }
    }

    private final class Letter implements OutgoingMessage {
        @Override
        public Envelope envelope() {
            return Envelope.of(
                    ReversePath.of(EmailAddress.of("alice@company.com")), List.of(Recipient.of("a@contoso.com")));
        }

        @Override
        public long bytes() {
            return 10;
        }

        @Override
        public int chunks() {
            return 1;
        }

        @Override
        public void readChunk(int chunk, Loop loop, BiConsumer<ByteBuf, Throwable> done) {
            loop.execute(() -> {
                ByteBuf octets = Unpooled.copiedBuffer("0123456\r\n.", StandardCharsets.US_ASCII);
                buffers.add(octets);
                done.accept(octets, null);
            });
        }
    }

    private SecureMx mx() throws Exception {
        return new SecureMx(stage, AT, host.server());
    }

    private void send(TlsDemand demand) {
        waiting.add(new Letter());
        SendConnector connector = SendConnector.named("Internet", new UUID(1, 1))
                .tls(connectorTls)
                .build();
        sender.send(
                new SendPlan(
                        connector,
                        List.of(new MxHost(HOST, 1, List.of(AT.getAddress()))),
                        25,
                        "mail.company.com",
                        demand),
                (loop, done) -> loop.execute(() -> done.accept(Optional.ofNullable(waiting.poll()))),
                new Told());
        stage.settle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void mail_goes_over_tls_with_the_hosts_name_shown(String protocol) throws Exception {
        SecureMx mx = mx();
        mx.protocol = protocol;
        send(CHAIN);

        assertEquals(List.of("connected", "Delivered", "Done"), told);
        assertEquals(List.of(SendMeter.Tls.SECURED), counted);
        assertEquals(List.of(HOST), mx.serverNames);
        assertEquals(List.of("EHLO mail.company.com", "STARTTLS", "EHLO mail.company.com"), mx.heard.subList(0, 3));
        assertTrue(
                log.stream().anyMatch(line -> line.startsWith("* TLS negotiated: " + protocol.replace("v1.", "1_"))),
                log::toString);
        assertTrue(log.contains("* Certificate subject: CN=" + HOST), log::toString);
        assertTrue(log.contains("* Certificate issuer name: CN=root"), log::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n250-mx\r\n250 AUTH PLAIN",
                "\r\n250 one\r\n250 two\r\n250 three",
                "\r\n250-unfinished\r\n25",
                "\r\nno reply at all\r\n",
                "\r\n421 go away"
            })
    void what_is_put_in_the_clear_behind_the_220_is_dropped(String injected) throws Exception {
        SecureMx mx = mx();
        mx.injected = injected;
        send(CHAIN);

        assertEquals(List.of("connected", "Delivered", "Done"), told);
        assertEquals(
                2, mx.heard.stream().filter(line -> line.startsWith("EHLO")).count());
        assertFalse(log.toString().contains("AUTH"), log::toString);
    }

    @Test
    void the_same_certificate_is_good_today_and_has_expired_in_two_months() throws Exception {
        mx();
        send(CHAIN);
        assertEquals("Delivered", told.get(1));

        told.clear();
        stage.advance(Duration.ofDays(60));
        send(CHAIN);
        assertTrue(
                told.getFirst()
                        .startsWith("CERTIFICATE 454 4.7.5 Certificate validation failure, Reason:CertificateExpired"
                                + " -> not valid after 202"),
                told::toString);
        assertEquals("ConnectionFailed", told.getLast());
        assertFalse(told.contains("connected"));
        assertEquals(List.of(SendMeter.Tls.SECURED, SendMeter.Tls.CERTIFICATE), counted);
        assertTrue(
                log.stream()
                        .anyMatch(l -> l.startsWith("* Certificate validation failed with status CertificateExpired")),
                log::toString);
    }

    @Test
    void a_handshake_that_stands_still_ends_in_wire_time_and_the_mail_goes_in_the_clear() throws Exception {
        SecureMx mx = mx();
        mx.silentHandshake = true;
        send(TlsDemand.OPPORTUNISTIC);
        assertEquals(List.of(), told);

        mx.silentHandshake = false;
        stage.advance(OutboundTls.HANDSHAKE_PATIENCE);
        assertEquals(
                List.of("in the clear: the host did not end the handshake in time", "connected", "Delivered", "Done"),
                told);
        assertEquals(List.of(SendMeter.Tls.FAILED, SendMeter.Tls.AVOIDED), counted);
        assertEquals(0, mx.secured);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_host_that_wants_a_certificate_of_ours_gets_mail_in_the_clear_where_tls_may_be_done_without(String protocol)
            throws Exception {
        SecureMx mx = mx();
        mx.protocol = protocol;
        mx.needsCertificate = true;
        send(TlsDemand.OPPORTUNISTIC);

        assertTrue(told.getFirst().startsWith("in the clear: "), told::toString);
        assertEquals(List.of("connected", "Delivered", "Done"), told.subList(1, told.size()));
        assertEquals(List.of(SendMeter.Tls.FAILED, SendMeter.Tls.AVOIDED), counted);
        assertEquals(2, mx.connections);
        assertTrue(
                log.stream().anyMatch(line -> line.startsWith("* TLS negotiation failed with error")), log::toString);

        told.clear();
        send(TlsDemand.OPPORTUNISTIC);
        assertEquals(3, mx.connections, "it is remembered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_host_that_wants_a_certificate_of_ours_gets_nothing_in_the_clear_where_tls_is_demanded(String protocol)
            throws Exception {
        SecureMx mx = mx();
        mx.protocol = protocol;
        mx.needsCertificate = true;
        send(CHAIN);

        assertTrue(told.getFirst().startsWith("TLS "), told::toString);
        assertEquals("ConnectionFailed", told.getLast());
        assertEquals(2, told.size(), told::toString);
        assertEquals(1, mx.connections);
        assertEquals(List.of("EHLO mail.company.com", "STARTTLS"), mx.heard);
    }

    @Test
    void a_hang_up_right_behind_the_handshake_is_a_refusal_of_tls_and_later_it_is_a_loss() throws Exception {
        SecureMx mx = mx();
        mx.hangsUpAfterHandshake = true;
        send(CHAIN);
        assertEquals(1, mx.connections, "demanded");
        assertTrue(told.getFirst().startsWith("LOST "), told::toString);
        assertEquals(List.of(SendMeter.Tls.SECURED), counted);

        told.clear();
        waiting.clear();
        send(TlsDemand.OPPORTUNISTIC);
        assertEquals(
                List.of("in the clear: the host hung up after the handshake", "connected", "Delivered", "Done"), told);

        told.clear();
        SecureMx later = mx();
        sender.health().forget();
        later.atMail = ctx -> ctx.close();
        send(TlsDemand.OPPORTUNISTIC);
        assertEquals(List.of("connected", "Interrupted", "Dropped"), told);
        assertEquals(1, later.connections);
    }

    @Test
    void where_tls_ends_the_connection_ends() throws Exception {
        SecureMx mx = mx();
        mx.atMail = ctx -> {
            ctx.pipeline().get(SslHandler.class).closeOutbound();
            ctx.pipeline()
                    .firstContext()
                    .writeAndFlush(Unpooled.copiedBuffer("250 in the clear\r\n", StandardCharsets.US_ASCII));
        };
        send(CHAIN);

        assertEquals(List.of("connected", "Interrupted", "Dropped"), told);
        assertFalse(log.contains("< 250 in the clear"), log::toString);
    }

    @Test
    void octets_that_are_no_tls_within_tls_end_the_connection_and_are_named() throws Exception {
        SecureMx mx = mx();
        mx.atMail = ctx -> ctx.pipeline()
                .firstContext()
                .writeAndFlush(Unpooled.copiedBuffer("250 in the clear\r\n", StandardCharsets.US_ASCII));
        send(CHAIN);

        assertEquals(List.of("connected", "Interrupted", "Dropped"), told);
        assertFalse(log.contains("< 250 in the clear"), log::toString);
    }

    @Test
    void our_certificate_is_shown_where_the_connector_names_it_and_the_host_asks() throws Exception {
        List<String> shown = new ArrayList<>();
        for (String name : List.of("", "<I>CN=root<S>CN=mail.company.com", "<I>CN=root<S>CN=other")) {
            connectorTls = new SendTls(
                    false,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.of(name).filter(n -> !n.isEmpty()));
            SecureMx mx = new SecureMx(stage, AT, host.server(new Noting(shown)));
            mx.wantsCertificate = true;
            shown.add("asked");
            send(CHAIN);
            assertEquals(1, mx.secured);
        }
        assertEquals(List.of("asked", "asked", "CN=mail.company.com", "asked"), shown);
    }

    @Test
    void a_certificate_that_is_named_and_not_there_is_told_of_and_no_other_one() throws Exception {
        for (String name : List.of("", "<I>CN=root<S>CN=mail.company.com", "<I>CN=root<S>CN=other\u001b")) {
            connectorTls = new SendTls(
                    false,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.of(name).filter(n -> !n.isEmpty()));
            assertEquals(0, missing, name);
            mx();
            told.clear();
            send(CHAIN);
        }
        String words = "no certificate is called <I>CN=root<S>CN=other?: the one there is, smtpSend.tls.certificate, is"
                + " called <I>CN=root<S>CN=mail.company.com";
        assertEquals(1, missing);
        assertEquals(List.of("missing: " + words, "connected", "Delivered", "Done"), told);
        assertTrue(log.contains("* No certificate is shown: " + words), log::toString);
    }

    private static final class Noting extends X509ExtendedTrustManager {
        private final List<String> shown;

        Noting(List<String> shown) {
            this.shown = shown;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            shown.add(chain[0].getSubjectX500Principal().toString());
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
            throw new AssertionError("engines are used");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new AssertionError("engines are used");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
