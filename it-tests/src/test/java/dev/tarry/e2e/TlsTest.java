package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// STARTTLS with clients that are not ours, who trust what the lab hands out.
@ExtendWith(SharedServer.class)
final class TlsTest {
    private static final String NAME = "mail.company.com";

    private static byte[] fetch(TarryProcess server, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(server.admin().resolve(path)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertEquals(200, answer.statusCode(), path);
            return answer.body();
        }
    }

    private static X509Certificate authority(TarryProcess server, String path)
            throws IOException, InterruptedException, GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(fetch(server, path)));
    }

    private static SSLContext trusting(X509Certificate authority) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("lab", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static SmtpDialogue secured(TarryProcess server, String... protocols) throws Exception {
        SmtpDialogue client = server.dial();
        assertTrue(client.command("EHLO tls.example").contains("\n250-STARTTLS\n"));
        client.secure(trusting(authority(server, "/lab/v1/ca.pem")), NAME, protocols);
        assertFalse(client.command("EHLO tls.example").contains("STARTTLS"));
        return client;
    }

    @Test
    void the_authority_is_one_and_the_same_in_each_form(TarryProcess server) throws Exception {
        X509Certificate authority = authority(server, "/lab/v1/ca.pem");

        assertEquals(authority, authority(server, "/lab/v1/ca.der"));
        assertEquals(authority, authority(server, "/lab/v1/ca.crt"));
        assertTrue(authority.getBasicConstraints() >= 0);
        assertFalse(TarryProcess.text(fetch(server, "/lab/v1/ca.pem")).contains("PRIVATE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void mail_that_comes_in_by_tls_says_so_and_arrives(String protocol, TarryProcess server) throws Exception {
        String to = protocol.replace('.', '-') + "@tls-arrives.example";
        try (SmtpDialogue client = secured(server, protocol)) {
            String reply = client.transaction("tls@company.com", TarryProcess.octets("Subject: t", "", "x"), to);
            assertTrue(reply.startsWith("250 2.6.0 "), reply);
            assertTrue(client.command("QUIT").startsWith("221 "));
            assertTrue(client.hungUp());
        }
        String content = TarryProcess.text(
                server.client().labMailContent(new Seen(server).oneLabMail(to).id()));
        assertTrue(
                content.contains(
                        " with Microsoft SMTP Server\r\n (version=" + protocol.replace("v1.", "1_") + ", cipher="),
                content);
    }

    @Test
    void whoever_does_not_trust_the_authority_gets_no_tls(TarryProcess server) throws Exception {
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO tls.example");
            assertThrows(SSLHandshakeException.class, () -> client.secure(SSLContext.getDefault(), NAME));
        }
        try (SmtpDialogue client = server.dial()) {
            client.ok("EHLO tls.example");
            SSLContext trusting = trusting(authority(server, "/lab/v1/ca.pem"));
            assertThrows(SSLHandshakeException.class, () -> client.secure(trusting, "mail.contoso.com"));
        }
    }

    @Test
    void a_session_is_not_negotiated_again(TarryProcess server) throws Exception {
        try (SmtpDialogue client = secured(server, "TLSv1.2")) {
            assertThrows(SSLException.class, () -> {
                client.negotiateAgain();
                client.command("NOOP");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_tls_session_lives_through_48_hours(String protocol, TarryProcess server) throws Exception {
        server.client().addFault(Map.of("where", "dns", "what", "servfail", "name", "tls-broken.example"));
        try (SmtpDialogue idle = secured(server, protocol);
                SmtpDialogue busy = secured(server, protocol)) {
            busy.transaction("tls@company.com", TarryProcess.octets("Subject: t", "", "x"), "a@tls-broken.example");
            busy.ok("MAIL FROM:<tls@company.com>");
            busy.ok("RCPT TO:<later@tls-jump.example>");
            assertTrue(busy.command("DATA").startsWith("354 "));
            busy.send(TarryProcess.octets("Subject: before the jump", "", "half"));

            server.client().advanceClock(Duration.ofHours(48));

            busy.send(TarryProcess.octets("and after it", "."));
            String reply = busy.reply();
            assertTrue(reply.startsWith("250 2.6.0 "), reply);
            idle.ok("NOOP");
        }
        try (SmtpDialogue fresh = secured(server, protocol)) {
            fresh.ok("NOOP");
        }
    }

    @Test
    void openssl_verifies_the_chain_and_the_name(TarryProcess server, @TempDir Path folder) throws Exception {
        Path ca = folder.resolve("ca.pem");
        Files.write(ca, fetch(server, "/lab/v1/ca.pem"));
        String at = server.smtp().getHostString() + ":" + server.smtp().getPort();
        String said = Program.run(
                folder,
                "openssl",
                "openssl",
                "EHLO openssl.example\r\nQUIT\r\n",
                List.of(
                        "s_client",
                        "-quiet",
                        "-verify_return_error",
                        "-verify_hostname",
                        NAME,
                        "-CAfile",
                        ca.toString(),
                        "-starttls",
                        "smtp",
                        "-connect",
                        at));

        assertTrue(said.contains("CN = " + NAME) || said.contains("CN=" + NAME), said);
        assertTrue(said.contains("221 2.0.0 "), said);
        assertFalse(said.contains("verify error"), said);
    }
}
