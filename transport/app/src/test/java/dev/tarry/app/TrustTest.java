package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.ConfigException;
import dev.tarry.config.SendTlsSettings;
import dev.tarry.config.SettingsBook;
import dev.tarry.lab.tls.CertificateKind;
import dev.tarry.lab.tls.HostCertificate;
import dev.tarry.lab.tls.LabAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are to be used for outgoing TLS and cannot be.
final class TrustTest {
    private static final SendTlsSettings NONE =
            new SendTlsSettings(Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;
    private Path otherKey;

    @BeforeEach
    void make() throws Exception {
        LabAuthority authority = new LabAuthority(
                Optional.empty(),
                () -> Instant.parse("2026-01-02T03:04:05Z"),
                new SecureRandom(),
                Runnable::run,
                () -> {},
                () -> {});
        HostCertificate made = authority.certificate("mail.company.com", CertificateKind.GOOD);
        HostCertificate other = authority.certificate("other.company.com", CertificateKind.GOOD);
        certificate = pem("cert.pem", "CERTIFICATE", made.certificate().getEncoded());
        key = pem("key.pem", "PRIVATE KEY", made.key().getEncoded());
        otherKey = pem("other.pem", "PRIVATE KEY", other.key().getEncoded());
    }

    private Path pem(String name, String label, byte[] value) throws IOException {
        String text = "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(value)
                + "\n-----END " + label + "-----\n";
        return Files.writeString(folder.resolve(name), text, StandardCharsets.US_ASCII);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static SendTlsSettings own(Path certificate, Path key) {
        return new SendTlsSettings(Optional.empty(), Optional.of(certificate), Optional.of(key));
    }

    private static SendTlsSettings authorities(Path file) {
        return new SendTlsSettings(Optional.of(file), Optional.empty(), Optional.empty());
    }

    private static String fault(SendTlsSettings next) {
        return assertThrows(IllegalArgumentException.class, () -> Trust.check(NONE, next))
                .getMessage();
    }

    @Test
    void good_files_are_taken() {
        assertDoesNotThrow(() -> Trust.check(NONE, own(certificate, key)));
        assertDoesNotThrow(() -> Trust.check(NONE, authorities(certificate)));
    }

    @Test
    void files_that_are_missing_or_broken_are_named_with_the_reason() throws Exception {
        Path missing = folder.resolve("missing.pem");
        Path junk = file("junk.pem", "junk");
        Path empty = file("empty.pem", "");
        Path torn = file("torn.pem", Files.readString(certificate).substring(0, 200));
        Path locked = pem("locked.pem", "ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3});

        assertEquals(
                "smtpSend.tls.authorities: " + missing + " does not exist; name a PEM file",
                fault(authorities(missing)));
        assertEquals(
                "smtpSend.tls.certificate: " + missing + " does not exist; name a PEM file", fault(own(missing, key)));
        assertEquals(
                "smtpSend.tls.key: " + missing + " does not exist; name a PEM file", fault(own(certificate, missing)));
        for (Path bad : List.of(junk, empty, torn, key)) {
            assertTrue(
                    fault(authorities(bad)).startsWith("smtpSend.tls.authorities: " + bad + " holds no certificate"));
            assertTrue(fault(own(bad, key)).startsWith("smtpSend.tls.certificate: " + bad + " holds no certificate"));
        }
        for (Path bad : List.of(junk, empty, locked, certificate)) {
            assertEquals(
                    "smtpSend.tls.key: " + bad
                            + " holds no key in PKCS #8 PEM without a passphrase (BEGIN PRIVATE KEY)",
                    fault(own(certificate, bad)));
        }
        Path nonsense = pem("nonsense.pem", "PRIVATE KEY", new byte[] {1, 2, 3});
        for (Path bad : List.of(otherKey, nonsense)) {
            String fault = fault(own(certificate, bad));
            assertTrue(
                    fault.startsWith(
                            "smtpSend.tls.key: " + bad + " is no key for the first certificate in " + certificate),
                    fault);
        }
    }

    @Test
    void what_has_not_changed_is_not_looked_at_again() throws Exception {
        Files.writeString(key, "junk");
        assertDoesNotThrow(() -> Trust.check(own(certificate, key), own(certificate, key)));
    }

    private SettingsBook book(String... more) throws ConfigException {
        List<String> sets = new ArrayList<>(List.of("data=" + folder.resolve("data")));
        sets.addAll(List.of(more));
        return SettingsBook.open(new SettingsBook.Sources(Optional.empty(), Map.of(), sets, true));
    }

    @Test
    void a_start_with_a_broken_file_fails_and_says_so() throws Exception {
        Path junk = file("junk.pem", "junk");
        for (String setting : List.of("authorities", "certificate")) {
            SettingsBook book = book(
                    "smtpSend.tls." + setting + "=" + junk,
                    setting.equals("certificate") ? "smtpSend.tls.key=" + key : "smtpSend.port=25");
            StartFailure failure = assertThrows(StartFailure.class, () -> Running.start(book));
            assertTrue(
                    failure.getMessage().startsWith("smtpSend.tls." + setting + ": " + junk + " holds no certificate"),
                    failure.getMessage());
        }
        Running.start(book()).close(); // and nothing is left of the tries
    }

    @Test
    void a_change_to_a_broken_file_is_refused_and_a_file_broken_later_stands_in_no_other_changes_way()
            throws Exception {
        Path junk = file("junk.pem", "junk");
        SettingsBook book = book();
        try (Running server = Running.start(book)) {
            ConfigException refused = assertThrows(
                    ConfigException.class,
                    () -> book.change(_ -> Map.of(
                            "smtpSend.tls.certificate",
                            Optional.of(junk.toString()),
                            "smtpSend.tls.key",
                            Optional.of(key.toString()))));
            assertTrue(
                    refused.getMessage().contains("smtpSend.tls.certificate: " + junk + " holds no certificate"),
                    refused.getMessage());
            book.change(_ -> Map.of(
                    "smtpSend.tls.certificate",
                    Optional.of(certificate.toString()),
                    "smtpSend.tls.key",
                    Optional.of(key.toString())));
            Files.writeString(certificate, "junk");
            book.change(_ -> Map.of("smtpSend.port", Optional.of("2526")));
            assertTrue(server.addresses().smtp().getPort() > 0);
        }
        SettingsBook later = book();
        assertThrows(StartFailure.class, () -> Running.start(later), "it was broken after it was set");
    }
}
