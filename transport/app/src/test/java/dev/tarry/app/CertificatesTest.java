package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.ConfigException;
import dev.tarry.config.ReceiveTlsSettings;
import dev.tarry.config.SettingsBook;
import dev.tarry.lab.tls.CertificateKind;
import dev.tarry.lab.tls.HostCertificate;
import dev.tarry.lab.tls.LabAuthority;
import dev.tarry.receive.TlsSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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

    private final List<String> told = new ArrayList<>();

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

    private Optional<TlsSource> of(ReceiveTlsSettings settings) throws IOException {
        return Certificates.of(
                settings,
                Optional.empty(),
                Runnable::run,
                event -> told.add(event.kind().id() + " " + event.message()));
    }

    @Test
    void without_a_lab_and_files_there_are_none() throws IOException {
        assertEquals(Optional.empty(), of(new ReceiveTlsSettings(Optional.empty(), Optional.empty())));
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

        TlsSource source = of(settings(certificate, key)).orElseThrow();

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

    /// A second later: two writes within one tick of the file system's clock would look alike.
    private void replace(Path file, String label, byte[]... values) throws IOException {
        FileTime before = Files.getLastModifiedTime(file);
        pem(file.getFileName().toString(), label, values);
        Files.setLastModifiedTime(file, FileTime.from(before.toInstant().plusSeconds(1)));
    }

    @Test
    void files_that_change_are_read_anew_and_broken_ones_leave_what_was() throws Exception {
        HostCertificate first = AUTHORITY.certificate("mail.contoso.com", CertificateKind.GOOD);
        HostCertificate second = AUTHORITY.certificate("new.contoso.com", CertificateKind.GOOD);
        Path certificate = pem("cert.pem", "CERTIFICATE", first.certificate().getEncoded());
        Path key = pem("key.pem", "PRIVATE KEY", first.key().getEncoded());
        TlsSource source = of(settings(certificate, key)).orElseThrow();
        var shown = source.context("x").join();

        replace(certificate, "CERTIFICATE", second.certificate().getEncoded()); // half way: not its key
        assertSame(shown, source.context("x").join());
        assertSame(shown, source.context("x").join());
        assertEquals(1, told.size(), told.toString());
        assertTrue(told.getFirst().startsWith("1012 The certificate of the receive connectors has changed in "));

        replace(key, "PRIVATE KEY", second.key().getEncoded());
        var next = source.context("x").join();
        assertNotSame(shown, next);
        assertSame(next, source.context("x").join());
        assertEquals(2, told.size(), told.toString());
        assertTrue(told.getLast().startsWith("7004 The certificate of the receive connectors was read anew from "));

        Files.delete(key);
        assertSame(next, source.context("x").join());
        assertSame(next, source.context("x").join());
        assertEquals(3, told.size(), told.toString());
        assertTrue(
                told.getLast().endsWith(": receive.tls.key: " + key + " does not exist; name a PEM file"),
                told::getLast);
        pem("key.pem", "PRIVATE KEY", second.key().getEncoded());
        Files.setLastModifiedTime(key, FileTime.from(Instant.parse("2026-03-04T05:06:07Z")));
        assertNotSame(next, source.context("x").join());
        assertTrue(told.getLast().startsWith("7004 "));
    }

    private static ConfigException refused(SettingsBook book, Path certificate, Path key) {
        return assertThrows(
                ConfigException.class,
                () -> book.change(_ -> Map.of(
                        "receive.tls.certificate",
                        Optional.of(certificate.toString()),
                        "receive.tls.key",
                        Optional.of(key.toString()))));
    }

    @Test
    void a_change_to_a_broken_file_is_refused_and_a_file_broken_later_stands_in_no_other_changes_way()
            throws Exception {
        HostCertificate made = AUTHORITY.certificate("mail.contoso.com", CertificateKind.GOOD);
        HostCertificate other = AUTHORITY.certificate("other.contoso.com", CertificateKind.GOOD);
        Path certificate = pem("cert.pem", "CERTIFICATE", made.certificate().getEncoded());
        Path key = pem("key.pem", "PRIVATE KEY", made.key().getEncoded());
        Path otherKey = pem("other.pem", "PRIVATE KEY", other.key().getEncoded());
        Path missing = folder.resolve("missing.pem");
        SettingsBook book = SettingsBook.open(
                new SettingsBook.Sources(Optional.empty(), Map.of(), List.of("data=" + folder.resolve("data")), true));
        try (Running server = Running.start(book)) {
            String why = refused(book, missing, key).getMessage();
            assertTrue(why.contains("receive.tls.certificate: " + missing + " does not exist; name a PEM file"), why);
            String wrongKey = refused(book, certificate, otherKey).getMessage();
            assertTrue(wrongKey.contains(otherKey + " is not the key of the certificate in "), wrongKey);
            book.change(_ -> Map.of(
                    "receive.tls.certificate",
                    Optional.of(certificate.toString()),
                    "receive.tls.key",
                    Optional.of(key.toString())));
            Files.writeString(certificate, "junk");
            book.change(_ -> Map.of("smtpSend.port", Optional.of("2526")));
            assertTrue(server.addresses().smtp().getPort() > 0);
        }
    }

    private String fault(Path certificate, Path key) {
        return assertThrows(IOException.class, () -> of(settings(certificate, key)))
                .getMessage();
    }
}
