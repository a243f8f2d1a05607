package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.tls.CertificateKind;
import dev.tarry.lab.tls.HostCertificate;
import dev.tarry.lab.tls.LabAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/// SubEthaSMTP as the smart host, over TLS with a log-in, in the network's world.
final class SmartHostTlsTest {
    private static final String NAME = "mx.stranger.example";
    private static final String SECRET = "correct horse";
    private static final LabAuthority AUTHORITY = new LabAuthority(
            Optional.empty(), InstantSource.system(), new SecureRandom(), Runnable::run, () -> {}, () -> {});

    private final Queue<String> taken = new ConcurrentLinkedQueue<>();
    private final Queue<String> users = new ConcurrentLinkedQueue<>();

    private static SSLContext tls(CertificateKind kind) throws Exception {
        HostCertificate certificate = AUTHORITY.certificate(NAME, kind);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] none = {};
        store.setKeyEntry("own", certificate.key(), none, certificate.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, none);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private SMTPServer stranger(CertificateKind kind) throws Exception {
        SMTPServer server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName(NAME)
                .startTlsSocketFactory(tls(kind), false)
                .enableTLS()
                .requireTLS()
                .requireAuth()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory(this::logIn))
                .messageHandlerFactory(_ -> new Transaction())
                .build();
        server.start();
        return server;
    }

    private void logIn(String user, String password, MessageContext context) throws LoginFailedException {
        if (!password.equals(SECRET)) {
            throw new LoginFailedException();
        }
        users.add(user);
    }

    private final class Transaction implements MessageHandler {
        @Override
        public void from(String from) {
            // anybody
        }

        @Override
        public void recipient(String recipient) {
            // anybody
        }

        @Override
        public String data(InputStream data) throws IOException {
            taken.add(TarryProcess.text(data.readAllBytes()));
            return "2.0.0 taken";
        }

        @Override
        public void done() {
            // nothing is kept open
        }
    }

    private static TarryProcess server(Path folder, int port, String secret) throws IOException {
        Path authorities = Files.writeString(folder.resolve("authorities.pem"), AUTHORITY.rootPem());
        return TarryProcess.serve(
                folder,
                "--set",
                "world=network",
                "--set",
                "egress.allow=127.0.0.1",
                "--set",
                "smtpSend.tls.authorities=" + authorities,
                "--set",
                "sendConnectors[Internet].dnsRoutingEnabled=false",
                "--set",
                "sendConnectors[Internet].smartHosts=127.0.0.1",
                "--set",
                "sendConnectors[Internet].port=" + port,
                "--set",
                "sendConnectors[Internet].requireTLS=true",
                "--set",
                "sendConnectors[Internet].tlsAuthLevel=DomainValidation",
                "--set",
                "sendConnectors[Internet].tlsDomain=" + NAME,
                "--set",
                "sendConnectors[Internet].smartHostAuthMechanism=BasicAuthRequireTLS",
                "--set",
                "sendConnectors[Internet].authenticationUser=relay@company.com",
                "--set",
                "sendConnectors[Internet].authenticationSecret=" + secret,
                "--set",
                "receiveConnectors.0.anonymousRelayRanges=127.0.0.0/8");
    }

    private static void send(TarryProcess server) throws IOException {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO stranger.example");
            client.transaction(
                    "alice@company.com", TarryProcess.octets("Subject: over TLS", "", "Hello."), "b@elsewhere.example");
        }
    }

    @Test
    void mail_reaches_it_over_tls_and_with_a_log_in(@TempDir Path folder) throws Exception {
        SMTPServer stranger = stranger(CertificateKind.GOOD);
        try (TarryProcess server = server(folder, stranger.getPortAllocated(), SECRET)) {
            send(server);
            Wait.until("it arrives", () -> !taken.isEmpty());
            assertEquals(List.of("relay@company.com"), List.copyOf(users));
            assertTrue(taken.peek().contains("over TLS"), taken::toString);
        } finally {
            stranger.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GOOD, wrong, 535",
        "EXPIRED, correct horse, CertificateExpired",
        "SELF_SIGNED, correct horse, SelfSigned",
        "WRONG_NAME, correct horse, SubjectMismatch"
    })
    void mail_waits_where_either_is_refused(CertificateKind kind, String secret, String why, @TempDir Path folder)
            throws Exception {
        SMTPServer stranger = stranger(kind);
        try (TarryProcess server = server(folder, stranger.getPortAllocated(), secret)) {
            send(server);
            Wait.until("it is told why", () -> queues(server).contains(why));
            assertTrue(taken.isEmpty());
            assertTrue(users.isEmpty());
            assertFalse(queues(server).contains(secret));
            assertTrue(queues(server).contains("\"TlsDomain\":\"" + NAME + "\""), () -> queues(server));
        } finally {
            stranger.stop();
        }
    }

    private static String queues(TarryProcess server) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(server.admin().resolve("/api/v1/queues"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
