package dev.tarry.lab;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.mx.BadHost;
import dev.tarry.lab.mx.HostGrammar;
import dev.tarry.lab.mx.SessionSearch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a mail host offers, and how it behaves by that, as a client of the JDK sees it.
final class HostMannersTest {
    private static final String HOST = "mail.fabrikam.com";
    private static final int PATIENCE_MILLIS = 30_000;

    private LabRig rig;
    private Socket socket;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        rig = new LabRig(Optional.of(folder), LabRig.options());
    }

    @AfterEach
    void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
        rig.close();
        assertFalse(rig.work.wentBelowZero(), "more work ended than began");
    }

    private void host(Map<String, ?> words) {
        rig.lab.putHost(HostGrammar.read(HOST, words, rig.lab.host(HOST)));
    }

    private String dial() throws Exception {
        var listening = rig.lab.openHost(HOST).get(30, TimeUnit.SECONDS);
        assertEquals(2, listening.size());
        var at = (InetSocketAddress) listening.firstEntry().getValue();
        socket = new Socket(at.getAddress(), at.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return reply();
    }

    /// A whole reply, its lines joined by `|`; empty at the end of the connection.
    private String reply() throws IOException {
        var lines = new StringBuilder();
        while (true) {
            var line = new StringBuilder();
            for (int octet = socket.getInputStream().read();
                    octet != '\n';
                    octet = socket.getInputStream().read()) {
                if (octet < 0) {
                    return lines.append(line).toString();
                }
                line.append((char) octet);
            }
            var text = line.toString().stripTrailing();
            lines.append(text);
            if (text.length() < 4 || text.charAt(3) != '-') {
                return lines.toString();
            }
            lines.append('|');
        }
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private String say(String command) throws IOException {
        send(command + "\r\n");
        return reply();
    }

    private void beginTls() throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("lab", rig.lab.authority().root());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, HOST, 25, true);
        var parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        socket = tls;
    }

    @Test
    void everybody_offers_tls_and_forgets_what_was_said_before() throws Exception {
        rig.clock.advance(Duration.between(rig.clock.now(), Instant.now()));
        dial();
        assertTrue(say("EHLO client.example").contains("250 STARTTLS"));
        assertEquals("250 2.1.0 OK", say("MAIL FROM:<a@b.example>"));
        assertEquals("220 2.0.0 Ready to start TLS", say("STARTTLS"));
        beginTls();
        assertTrue(say("RCPT TO:<b@fabrikam.com>").startsWith("503"));
        assertTrue(say("MAIL FROM:<a@b.example>").startsWith("503 5.5.1 EHLO first"));
        assertFalse(say("EHLO client.example").contains("STARTTLS"));
        assertTrue(say("STARTTLS").startsWith("503"));
        say("MAIL FROM:<a@b.example>");
        say("RCPT TO:<b@fabrikam.com>");
        say("DATA");
        assertEquals("250 2.0.0 OK L1", say("Subject: x\r\n\r\nhello\r\n."));
        assertTrue(say("QUIT").startsWith("221"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rig.lab
                        .sessions(SessionSearch.newest(1))
                        .getFirst()
                        .closed()
                        .isPresent());
        var session = rig.lab.sessions(SessionSearch.newest(1)).getFirst();
        assertEquals("TLSv1.3", session.tlsVersion());
        assertEquals("quit", session.end());
        assertTrue(session.lines().stream().anyMatch(line -> line.text().equals("EHLO client.example")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delay", "drip"})
    void tls_begins_behind_a_220_that_comes_late_or_slowly(String how) throws Exception {
        rig.clock.advance(Duration.between(rig.clock.now(), Instant.now())); // by which the JDK judges the certificate
        rig.lab.addFault("smtp " + how + " stage=starttls by=20s");
        dial();
        say("EHLO client.example");
        send("STARTTLS\r\n");
        var words = "220 2.0.0 Ready to start TLS";
        var in = socket.getInputStream();
        while (in.available() < words.length() + 2) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> rig.clock.pending() > 0 || in.available() == words.length() + 2);
            rig.clock.advance(Duration.ofSeconds(20));
        }
        assertEquals(words, reply());
        beginTls();
        assertTrue(say("EHLO client.example").startsWith("250"));
    }

    @Test
    void what_stands_behind_starttls_in_the_clear_is_never_served() throws Exception {
        dial();
        say("EHLO client.example");
        send("STARTTLS\r\nEHLO evil.example\r\nMAIL FROM:<evil@b.example>\r\n");
        assertEquals("220 2.0.0 Ready to start TLS", reply());
        send("NOOP\r\n");
        reply();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rig.lab
                        .sessions(SessionSearch.newest(1))
                        .getFirst()
                        .end()
                        .equals("tls"));
        var session = rig.lab.sessions(SessionSearch.newest(1)).getFirst();
        assertEquals(List.of(), session.senders());
        assertEquals("", session.tlsVersion());
    }

    @ParameterizedTest
    @CsvSource({"expired", "notyet", "selfsigned", "wrongname", "unknownca"})
    void a_bad_certificate_is_not_believed(String kind) throws Exception {
        rig.clock.advance(Duration.between(rig.clock.now(), Instant.now()));
        rig.lab.addFault("tls certificate kind=" + kind + " host=" + HOST);
        dial();
        say("EHLO client.example");
        assertTrue(say("STARTTLS").startsWith("220"));
        assertThrows(SSLException.class, this::beginTls);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rig.lab
                        .sessions(SessionSearch.newest(1))
                        .getFirst()
                        .closed()
                        .isPresent());
    }

    @Test
    void tls_can_be_stripped_and_refused() throws Exception {
        rig.lab.addFault("tls strip first=1");
        rig.lab.addFault("tls refuse code=454 text=\"4.7.0 not today\"");
        dial();
        assertFalse(say("EHLO client.example").contains("STARTTLS"));
        assertTrue(say("STARTTLS").startsWith("502"));
        socket.close();
        dial();
        assertTrue(say("EHLO client.example").contains("STARTTLS"));
        assertEquals("454 4.7.0 not today", say("STARTTLS"));
        assertEquals("250 2.1.0 OK", say("MAIL FROM:<a@b.example>"));
    }

    @ParameterizedTest
    @CsvSource({"close, 0", "garbage, 19"})
    void a_handshake_can_be_answered_with_nothing_or_nonsense(String what, int octets) throws Exception {
        rig.lab.addFault("tls " + what);
        dial();
        say("EHLO client.example");
        assertEquals("220 2.0.0 Ready to start TLS", say("STARTTLS"));
        send("\u0016\u0003\u0001 as a client would");
        var answer = what.equals("close")
                ? socket.getInputStream().readAllBytes()
                : socket.getInputStream().readNBytes(octets);
        assertEquals(octets, answer.length);
    }

    @Test
    void a_host_offers_what_it_is_told_to_and_takes_no_more() throws Exception {
        host(Map.of(
                "banner",
                "Microsoft ESMTP MAIL Service",
                "extensions",
                List.of("SIZE"),
                "messageOctets",
                1_000,
                "mailboxes",
                List.of("info@*"),
                "recipients",
                1));
        assertEquals("220 Microsoft ESMTP MAIL Service", dial());
        assertEquals("250-" + HOST + " at your service, [127.0.0.1]|250 SIZE 1000", say("EHLO client.example"));
        assertEquals("555 Unsupported parameter", say("MAIL FROM:<a@b.example> BODY=8BITMIME"));
        assertEquals("552 Message size exceeds fixed limit", say("MAIL FROM:<a@b.example> SIZE=1001"));
        assertEquals("250 OK", say("MAIL FROM:<a@b.example>"));
        assertEquals("555 Unsupported parameter", say("RCPT TO:<info@fabrikam.com> NOTIFY=NEVER"));
        assertEquals("550 User unknown", say("RCPT TO:<b@fabrikam.com>"));
        assertEquals("250 OK", say("RCPT TO:<info@fabrikam.com>"));
        assertEquals("452 Too many recipients", say("RCPT TO:<info@fabrikam.com>"));
        assertEquals("502 Not offered here", say("BDAT 0 LAST"));
        assertEquals("502 Not offered here", say("STARTTLS"));
        send("RSET\r\nNOOP\r\n");
        assertEquals("503 Pipelining is not offered here", reply());
        assertEquals("250 OK", reply());
    }

    @Test
    void a_host_without_ehlo_says_500_to_it() throws Exception {
        host(Map.of("esmtp", false));
        assertEquals("220 " + HOST + " SMTP", dial());
        assertEquals("500 Unrecognized command", say("EHLO client.example"));
        assertEquals("250 " + HOST, say("HELO client.example"));
        assertEquals("250 OK", say("MAIL FROM:<a@b.example>"));
    }

    @Test
    void a_message_may_come_in_chunks() throws Exception {
        host(Map.of("extensions", List.of("PIPELINING", "CHUNKING", "BINARYMIME", "8BITMIME")));
        dial();
        say("EHLO client.example");
        send(
                "MAIL FROM:<a@b.example> BODY=BINARYMIME\r\nRCPT TO:<b@fabrikam.com>\r\nBDAT 5\r\n\r\n.\r\nBDAT 3 LAST\r\nxyz");
        assertEquals("250 OK", reply());
        assertEquals("250 OK", reply());
        assertEquals("250 5 octets received", reply());
        assertEquals("250 OK L1", reply());
        try (var content = rig.lab.content("L1").orElseThrow()) {
            assertEquals("\r\n.\r\nxyz", new String(content.readAllBytes(), StandardCharsets.US_ASCII));
        }
        send("BDAT 3 LAST\r\nabc");
        assertEquals("503 MAIL first", reply());
        say("MAIL FROM:<a@b.example> BODY=BINARYMIME");
        say("RCPT TO:<b@fabrikam.com>");
        assertEquals("503 BDAT is needed", say("DATA"));
        send("BDAT 3\r\nabc");
        assertEquals("250 3 octets received", reply());
        assertEquals("503 BDAT is needed", say("DATA"));
        assertEquals("250 OK", say("RSET"));
    }

    @Test
    void users_log_in_and_their_passwords_are_shown_nowhere() throws Exception {
        host(Map.of("auth", List.of("PLAIN", "LOGIN"), "users", Map.of("alice", "se cret"), "requireAuth", true));
        dial();
        assertTrue(say("EHLO client.example").contains("250 AUTH PLAIN LOGIN"));
        assertTrue(say("MAIL FROM:<a@b.example>").startsWith("530 5.7.0"));
        assertTrue(say("AUTH CRAM-MD5").startsWith("504"));
        assertTrue(say("AUTH PLAIN " + base64("\0alice\0wrong")).startsWith("535 5.7.8"));
        assertTrue(say("AUTH PLAIN ???").startsWith("501"));
        assertEquals("334 VXNlcm5hbWU6", say("AUTH LOGIN"));
        assertEquals("334 UGFzc3dvcmQ6", say(base64("alice")));
        assertTrue(say("*").startsWith("501"));
        assertEquals("334", say("AUTH PLAIN"));
        assertTrue(say(base64("\0alice\0se cret")).startsWith("235"));
        assertTrue(say("AUTH LOGIN").startsWith("503"));
        assertEquals("250 2.1.0 OK", say("MAIL FROM:<a@b.example>"));
        say(" AUTH \tPLAIN " + base64("\0alice\0se cret"));
        say("AUTH\tPLAIN " + base64("\0alice\0se cret"));
        var session = rig.lab.sessions(SessionSearch.newest(1)).getFirst();
        assertEquals("alice", session.user());
        assertFalse(session.toString().contains(base64("\0alice\0se cret")), session.toString());
        assertFalse(
                HostGrammar.write(rig.lab.host(HOST).orElseThrow()).toString().contains("se cret"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void who_requires_tls_takes_no_mail_without() throws Exception {
        host(Map.of("requireTls", true));
        dial();
        say("EHLO client.example");
        assertEquals("530 5.7.0 Must issue a STARTTLS command first", say("MAIL FROM:<a@b.example>"));
    }

    @Test
    void what_was_said_of_hosts_survives_a_kill() throws IOException {
        host(Map.of("addresses", List.of("192.0.2.1"), "auth", List.of("LOGIN"), "users", Map.of("alice", "secret")));
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertEquals(
                    PosixFilePermissions.fromString("rw-------"),
                    Files.getPosixFilePermissions(folder.resolve("hosts.json")),
                    "there are passwords in it");
        }
        var after = new LabRig(Optional.of(folder), LabRig.options());
        assertEquals(rig.lab.hostsGiven(), after.lab.hostsGiven());
        assertEquals(2, after.lab.hostAddresses().get(HOST).size());
        after.lab.removeHost(HOST);
        assertEquals(1, after.lab.hostAddresses().get(HOST).size());
        assertEquals(List.of(), new LabRigOnce(folder).given());
        after.close();
    }

    /// Opens the folder once more, and looks.
    private record LabRigOnce(Path folder) {
        List<?> given() throws IOException {
            try (var again = new LabRig(Optional.of(folder), LabRig.options())) {
                return again.lab.hostsGiven();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "extensions | XYZZY",
                "auth | CRAM-MD5",
                "addresses | nowhere",
                "certificate | stale",
                "what | ever",
            })
    void a_wrong_word_is_named(String word, String value) {
        Object given = word.equals("certificate") || word.equals("what") ? value : List.of(value);
        assertEquals(
                word,
                assertThrows(BadHost.class, () -> host(Map.of(word, given))).field());
    }

    @Test
    void what_cannot_go_together_is_refused() {
        assertThrows(BadHost.class, () -> host(Map.of("esmtp", false, "auth", List.of("PLAIN"))));
        assertThrows(BadHost.class, () -> host(Map.of("extensions", List.of("BINARYMIME"))));
        assertThrows(BadHost.class, () -> host(Map.of("requireTls", true, "extensions", List.of())));
        assertThrows(BadHost.class, () -> host(Map.of("requireAuth", true)));
        assertThrows(BadHost.class, () -> host(Map.of("users", List.of("nobody"))));
    }
}
