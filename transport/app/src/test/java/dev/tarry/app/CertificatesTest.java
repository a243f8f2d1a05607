package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.ReceiveTlsSettings;
import dev.tarry.lab.tls.CertificateKind;
import dev.tarry.lab.tls.HostCertificate;
import dev.tarry.lab.tls.LabAuthority;
import dev.tarry.receive.TlsSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificatesTest {
    private static final LabAuthority AUTHORITY = new LabAuthority(
            Optional.empty(),
            () -> Instant.parse("2026-01-02T03:04:05Z"),
            new SecureRandom(),
            Runnable::run,
            () -> {},
            () -> {});

    @TempDir
    private Path folder;

    private Path pem(String name, String label, byte[]... values) throws IOException {
        StringBuilder text = new StringBuilder();
        for (byte[] value : values) {
            text.append("-----BEGIN ").append(label).append("-----\n");
            text.append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(value));
            text.append("\n-----END ").append(label).append("-----\n");
        }
        return Files.writeString(folder.resolve(name), text, StandardCharsets.US_ASCII);
    }

    private static ReceiveTlsSettings settings(Path certificate, Path key) {
        return new ReceiveTlsSettings(Optional.of(certificate), Optional.of(key));
    }

    @Test
    void without_a_lab_and_files_there_are_none() throws IOException {
        assertEquals(
                Optional.empty(),
                Certificates.of(new ReceiveTlsSettings(Optional.empty(), Optional.empty()), Optional.empty()));
    }

    @Test
    void the_operators_files_serve_every_connector() throws IOException, GeneralSecurityException {
        HostCertificate made = AUTHORITY.certificate("mail.contoso.com", CertificateKind.GOOD);
        Path certificate = pem(
                "cert.pem",
                "CERTIFICATE",
                made.certificate().getEncoded(),
                made.chain().getLast().getEncoded());
        Path key = pem("key.pem", "PRIVATE KEY", made.key().getEncoded());

        TlsSource source =
                Certificates.of(settings(certificate, key), Optional.empty()).orElseThrow();

        assertTrue(source.context("mail.contoso.com").isDone());
        assertEquals(
                source.context("mail.contoso.com").join(),
                source.context("other.contoso.com").join());
    }

    @Test
    void files_that_cannot_be_used_are_named_with_the_reason() throws IOException, GeneralSecurityException {
        HostCertificate made = AUTHORITY.certificate("mail.contoso.com", CertificateKind.GOOD);
        Path certificate = pem("cert.pem", "CERTIFICATE", made.certificate().getEncoded());
        Path key = pem("key.pem", "PRIVATE KEY", made.key().getEncoded());
        Path missing = folder.resolve("missing.pem");
        Path junk = Files.writeString(folder.resolve("junk.pem"), "junk");

        assertEquals("receive.tls.certificate: " + missing + " does not exist; name a PEM file", fault(missing, key));
        assertEquals("receive.tls.key: " + missing + " does not exist; name a PEM file", fault(certificate, missing));
        for (String fault : new String[] {fault(junk, key), fault(certificate, junk), fault(key, certificate)}) {
            assertTrue(fault.startsWith("receive.tls: " + folder), fault);
            assertTrue(fault.contains("PKCS #8 PEM without a passphrase: "), fault);
        }
    }

    private static String fault(Path certificate, Path key) {
        return assertThrows(IOException.class, () -> Certificates.of(settings(certificate, key), Optional.empty()))
                .getMessage();
    }
}
