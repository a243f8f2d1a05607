package dev.tarry.lab.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LabAuthorityTest {
    private static final String HOST = "mail.fabrikam.com";
    private static final int KEPT = 20;

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2031-05-06T07:08:09.123Z");
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int begun;
    private int ended;

    private LabAuthority authority(Optional<Path> kept) {
        return new LabAuthority(kept, () -> now, new SecureRandom(), waiting::add, () -> begun++, () -> ended++, KEPT);
    }

    private LabAuthority authority() {
        return authority(Optional.empty());
    }

    private LabAuthority kept() {
        return authority(Optional.of(folder.resolve("ca")));
    }

    /// What the JDK says about a chain at a moment, when it trusts one root. The root itself is no part of the path.
    private static void validate(X509Certificate trusted, HostCertificate presented, Instant at)
            throws GeneralSecurityException {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(trusted, null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        List<X509Certificate> chain = presented.chain().stream()
                .filter(one -> !one.getSubjectX500Principal().equals(one.getIssuerX500Principal())
                        || presented.chain().size() == 1)
                .toList();
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }

    private CertPathValidatorException.Reason failure(LabAuthority authority, CertificateKind kind) {
        return assertThrows(
                        CertPathValidatorException.class,
                        () -> validate(authority.root(), authority.certificate(HOST, kind), now))
                .getReason();
    }

    private static List<String> names(HostCertificate certificate) throws GeneralSecurityException {
        return certificate.certificate().getSubjectAlternativeNames().stream()
                .map(one -> one.get(1).toString())
                .toList();
    }

    @Test
    void a_good_certificate_is_valid_at_lab_time_under_the_labs_root_for_its_name_alone() throws Exception {
        var authority = authority();
        var good = authority.certificate(HOST, CertificateKind.GOOD);

        validate(authority.root(), good, now);
        assertEquals(List.of(HOST), names(good));
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), good.certificate().getExtendedKeyUsage());
        assertEquals(-1, good.certificate().getBasicConstraints());
        assertEquals(
                256,
                assertInstanceOf(ECPublicKey.class, good.certificate().getPublicKey())
                        .getParams()
                        .getOrder()
                        .bitLength());
        assertEquals(authority.root(), good.chain().getLast());
    }

    @Test
    void an_address_is_certified_as_an_address() throws Exception {
        var names = authority()
                .certificate("203.0.113.7", CertificateKind.GOOD)
                .certificate()
                .getSubjectAlternativeNames();

        assertEquals(List.of(List.of(7, "203.0.113.7")), List.copyOf(names));
    }

    @Test
    void an_expired_one_fails_for_its_end_alone() throws Exception {
        var authority = authority();
        var expired = authority.certificate(HOST, CertificateKind.EXPIRED);

        assertEquals(BasicReason.EXPIRED, failure(authority, CertificateKind.EXPIRED));
        validate(authority.root(), expired, now.minus(Duration.ofDays(2)));
        assertEquals(List.of(HOST), names(expired));
    }

    @Test
    void one_that_is_not_yet_valid_fails_for_its_beginning_alone() throws Exception {
        var authority = authority();
        var early = authority.certificate(HOST, CertificateKind.NOT_YET);

        assertEquals(BasicReason.NOT_YET_VALID, failure(authority, CertificateKind.NOT_YET));
        validate(authority.root(), early, now.plus(Duration.ofDays(31)));
        assertEquals(List.of(HOST), names(early));
    }

    @Test
    void a_self_signed_one_is_trusted_only_by_who_trusts_it() throws Exception {
        var authority = authority();
        var own = authority.certificate(HOST, CertificateKind.SELF_SIGNED);

        assertEquals(PKIXReason.NO_TRUST_ANCHOR, failure(authority, CertificateKind.SELF_SIGNED));
        assertEquals(1, own.chain().size());
        own.certificate().verify(own.certificate().getPublicKey());
        own.certificate().checkValidity(Date.from(now));
        assertEquals(List.of(HOST), names(own));
    }

    @Test
    void one_of_the_wrong_name_is_good_but_for_its_name() throws Exception {
        var authority = authority();
        var wrong = authority.certificate(HOST, CertificateKind.WRONG_NAME);

        validate(authority.root(), wrong, now);
        assertEquals(List.of(LabAuthority.WRONG_NAME), names(wrong));
        assertFalse(wrong.certificate().getSubjectX500Principal().getName().contains(HOST));
    }

    @Test
    void one_of_an_unknown_authority_is_good_under_that_authority_alone() throws Exception {
        var authority = authority();
        var foreign = authority.certificate(HOST, CertificateKind.UNKNOWN_AUTHORITY);

        assertEquals(PKIXReason.NO_TRUST_ANCHOR, failure(authority, CertificateKind.UNKNOWN_AUTHORITY));
        validate(foreign.chain().getLast(), foreign, now);
        assertNotEquals(authority.root(), foreign.chain().getLast());
        assertEquals(List.of(HOST), names(foreign));
    }

    @ParameterizedTest
    @EnumSource
    void every_kind_stays_what_it_is_however_far_lab_time_goes(CertificateKind kind) throws Exception {
        var authority = authority();
        var first = authority.certificate(HOST, kind);
        for (int step = 0; step < 50; step++) {
            now = now.plus(Duration.ofDays(20));
            var there = authority.certificate(HOST, kind).certificate();

            assertEquals(
                    kind == CertificateKind.EXPIRED,
                    now.isAfter(there.getNotAfter().toInstant()),
                    now.toString());
            assertEquals(
                    kind == CertificateKind.NOT_YET,
                    now.isBefore(there.getNotBefore().toInstant()),
                    now.toString());
        }
        assertEquals(
                kind == CertificateKind.EXPIRED,
                authority.certificate(HOST, kind).equals(first),
                "only what has expired need not be made anew");
    }

    @ParameterizedTest
    @EnumSource
    void a_certificate_is_made_once_and_serves_as_long_as_it_holds(CertificateKind kind) {
        var authority = authority();
        var first = authority.serverContext(HOST, kind);
        now = now.plus(Duration.ofHours(48));

        assertSame(first, authority.serverContext("MAIL.Fabrikam.COM.", kind));
        assertNotSame(first, authority.serverContext("mail.contoso.com", kind));
        assertTrue(first.isServer());
    }

    @Test
    void the_names_that_were_not_asked_for_the_longest_are_let_go() {
        var authority = authority();
        var old = authority.serverContext("old.example", CertificateKind.GOOD);
        var used = authority.serverContext("used.example", CertificateKind.GOOD);
        for (int i = 0; i < KEPT - 1; i++) {
            authority.serverContext("used.example", CertificateKind.GOOD);
            authority.serverContext("h" + i + ".example", CertificateKind.GOOD);
        }

        assertSame(used, authority.serverContext("used.example", CertificateKind.GOOD));
        assertNotSame(old, authority.serverContext("old.example", CertificateKind.GOOD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*.example", "a b", "a\r\nb", "h\u00f6st", "a,b", "."})
    void what_is_no_name_is_refused(String name) {
        var authority = authority();

        assertThrows(IllegalArgumentException.class, () -> authority.certificate(name, CertificateKind.GOOD));
    }

    @Test
    void a_long_name_is_certified_too() throws Exception {
        var name = "a".repeat(63) + "." + "b".repeat(63) + ".example";

        assertEquals(List.of(name), names(authority().certificate(name, CertificateKind.GOOD)));
    }

    @Test
    void a_loop_never_waits_and_what_it_asked_for_counts_as_in_flight() {
        var authority = authority();
        var loop = ImmediateEventExecutor.INSTANCE;

        var asked = authority.contextOn(loop, HOST, CertificateKind.GOOD);
        assertFalse(asked.isDone());
        assertEquals(1, begun);
        assertEquals(0, ended);

        asked.thenRun(() -> assertEquals(0, ended, "in flight until whoever asked has heard"));
        waiting.remove().run();
        assertTrue(asked.isDone());
        assertEquals(1, ended);

        var again = authority.contextOn(loop, HOST, CertificateKind.GOOD);
        assertSame(asked.join(), again.join());
        assertEquals(1, begun, "what is there is given at once");
        assertTrue(waiting.isEmpty());
    }

    @Test
    void a_caller_on_a_loop_is_told_of_a_bad_name_or_a_closed_lab_and_nothing_stays_in_flight() {
        var loop = ImmediateEventExecutor.INSTANCE;
        assertTrue(authority().contextOn(loop, "a b", CertificateKind.GOOD).isCompletedExceptionally());
        var closed = new LabAuthority(
                Optional.empty(),
                () -> now,
                new SecureRandom(),
                _ -> {
                    throw new RejectedExecutionException();
                },
                () -> begun++,
                () -> ended++);
        assertTrue(closed.contextOn(loop, HOST, CertificateKind.GOOD).isCompletedExceptionally());
        assertEquals(begun, ended);
    }

    @Test
    void the_same_root_serves_after_a_restart() throws Exception {
        var before = kept();
        var root = before.root();
        var certificate = before.certificate(HOST, CertificateKind.GOOD);
        var after = kept();

        assertEquals(root, after.root());
        validate(after.root(), certificate, now);
        validate(root, after.certificate("mail.contoso.com", CertificateKind.GOOD), now);
    }

    @Test
    void preparing_makes_the_root_in_the_background_once() {
        kept().prepare();
        assertFalse(Files.exists(folder.resolve("ca")), "nothing yet: the caller must not wait");
        waiting.remove().run();
        assertTrue(Files.exists(folder.resolve("ca/authority.pem")));

        kept().prepare();
        assertTrue(waiting.isEmpty());
    }

    @Test
    void only_the_owner_may_read_the_key_and_the_certificate_lies_beside_it() throws Exception {
        var authority = kept();
        authority.root();

        assertEquals("rwx------", permissions("ca"));
        assertEquals("rw-------", permissions("ca/authority.pem"));
        assertEquals(authority.rootPem(), Files.readString(folder.resolve("ca/ca.pem")));
        assertFalse(authority.rootPem().contains("PRIVATE"));
        var read = CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(authority.rootPem().getBytes(StandardCharsets.US_ASCII)));
        assertEquals(authority.root(), read);
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    @Test
    void an_unfinished_file_of_a_killed_process_is_no_hindrance() throws Exception {
        Files.createDirectories(folder.resolve("ca"));
        Files.writeString(folder.resolve("ca/authority.pem.new"), "-----BEGIN PRI");
        var root = kept().root();

        assertEquals(root, kept().root());
        assertFalse(Files.exists(folder.resolve("ca/authority.pem.new")));
    }

    @Test
    void a_lost_public_copy_is_written_again() throws Exception {
        var pem = kept().rootPem();
        Files.delete(folder.resolve("ca/ca.pem"));

        assertEquals(pem, kept().rootPem());
        assertEquals(pem, Files.readString(folder.resolve("ca/ca.pem")));
    }

    @Test
    void a_damaged_file_is_put_aside_as_it_is_and_a_new_root_made() throws Exception {
        var old = kept().root();
        var file = folder.resolve("ca/authority.pem");
        var whole = Files.readAllBytes(file);
        var text = new String(whole, StandardCharsets.US_ASCII);
        var otherKey = Pem.write(
                Pem.PRIVATE_KEY,
                authority().certificate(HOST, CertificateKind.GOOD).key().getEncoded());
        List<String> damages = List.of(
                "",
                text.substring(0, text.length() / 2),
                text.substring(0, text.length() - 30),
                text.replace("A", "\u0000"),
                text.replace("BEGIN PRIVATE", "BEGIN PUBLIC"),
                otherKey + text.substring(text.indexOf("-----BEGIN CERT")),
                "not what it should be");
        for (int i = 0; i < damages.size(); i++) {
            var damaged = damages.get(i).getBytes(StandardCharsets.ISO_8859_1);
            Files.write(file, damaged);
            var fresh = kept().root();

            assertNotEquals(old, fresh, "damage " + i);
            assertArrayEquals(damaged, Files.readAllBytes(folder.resolve("ca/authority.pem.damaged-" + (i + 1))));
            assertEquals(fresh, kept().root());
            assertEquals(kept().rootPem(), Files.readString(folder.resolve("ca/ca.pem")));
            old = fresh;
        }
        try (Stream<Path> files = Files.list(folder.resolve("ca"))) {
            assertEquals(2 + damages.size(), files.count());
        }
    }

    @Test
    void the_key_is_in_a_form_that_everybody_reads() throws Exception {
        kept().root();
        var text = Files.readString(folder.resolve("ca/authority.pem"));

        assertTrue(text.startsWith("-----BEGIN PRIVATE KEY-----\n"));
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Pem.read(Pem.PRIVATE_KEY, text)));
    }
}
