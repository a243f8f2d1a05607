package dev.tarry.tls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.stage.TestCertificates;
import dev.tarry.stage.TestCertificates.Made;
import java.nio.file.Path;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CertificateJudgeTest {
    private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
    private static final String HOST = "mx1.contoso.com";

    private static TestCertificates made;
    private static Made root;
    private static Made good;
    private static Made deep;
    private static final Map<String, Made> named = new HashMap<>();

    @BeforeAll
    static void make(@TempDir Path folder) throws Exception {
        made = new TestCertificates(folder);
        root = made.authority("root", "-startdate", "2020/01/01 00:00:00", "-validity", "3650");
        made.make(
                "middle",
                "CN=middle",
                "root",
                "-ext",
                "bc:critical",
                "-startdate",
                "2026/01/01 00:00:00",
                "-validity",
                "90");
        good = made.host("good", HOST, "root");
        deep = made.host("deep", HOST, "middle");
    }

    private static void judge(List<X509Certificate> shown, Instant at, String name) throws CertificateRefused {
        CertificateJudge.judge(shown, root.anchor(), at, Optional.ofNullable(name));
    }

    private static CertificateRefused refused(List<X509Certificate> shown, Instant at, String name) {
        return assertThrows(CertificateRefused.class, () -> judge(shown, at, name));
    }

    private static void assertFlaw(CertificateFlaw flaw, List<X509Certificate> shown) {
        assertEquals(flaw, refused(shown, MAY, null).flaw());
    }

    @Test
    void a_certificate_of_a_trusted_authority_is_good_in_its_time_and_for_its_name() {
        assertDoesNotThrow(() -> judge(good.chain(), MAY, HOST));
        assertDoesNotThrow(() -> judge(List.of(good.certificate()), MAY, null), "the root need not be shown");
    }

    @Test
    void it_is_judged_at_the_moment_that_is_named() {
        assertFalseAt("2025-12-30T00:00:00Z", CertificateFlaw.NOT_YET_VALID, "not valid before 20");
        assertFalseAt("2027-01-03T00:00:00Z", CertificateFlaw.EXPIRED, "not valid after 202");
    }

    private static void assertFalseAt(String moment, CertificateFlaw flaw, String words) {
        CertificateRefused refused = refused(good.chain(), Instant.parse(moment), HOST);
        assertEquals(flaw, refused.flaw());
        assertTrue(refused.getMessage().startsWith(words), refused::getMessage);
    }

    @Test
    void those_in_between_count_in_any_order_and_may_have_expired_too() {
        Instant march = Instant.parse("2026-03-01T00:00:00Z");
        List<X509Certificate> turned = new ArrayList<>(deep.chain());
        Collections.reverse(turned.subList(1, turned.size()));
        assertDoesNotThrow(() -> judge(deep.chain(), march, HOST));
        assertDoesNotThrow(() -> judge(turned, march, HOST));

        CertificateRefused refused = refused(deep.chain(), MAY, HOST);
        assertEquals(CertificateFlaw.EXPIRED, refused.flaw());
        assertTrue(refused.getMessage().startsWith("CN=middle: not valid after "), refused::getMessage);

        assertFlaw(CertificateFlaw.UNKNOWN_AUTHORITY, List.of(deep.certificate()));
    }

    @Test
    void who_vouches_for_himself_is_trusted_only_where_he_is_known() throws Exception {
        Made alone = made.host("alone", HOST, "");
        assertFlaw(CertificateFlaw.SELF_SIGNED, alone.chain());
        assertDoesNotThrow(
                () -> CertificateJudge.judge(alone.chain(), alone.anchor(), MAY, Optional.of(HOST)), "pinned");
    }

    @Test
    void an_authority_of_a_trusted_name_is_not_that_authority(@TempDir Path elsewhere) throws Exception {
        TestCertificates others = new TestCertificates(elsewhere);
        others.authority("root");
        Made forged = others.host("forged", HOST, "root");
        assertFlaw(CertificateFlaw.UNKNOWN_AUTHORITY, forged.chain());
        assertFlaw(CertificateFlaw.UNKNOWN_AUTHORITY, List.of(forged.certificate()));
    }

    @Test
    void nobody_trusted_is_nobody_believed() {
        assertEquals(
                CertificateFlaw.UNKNOWN_AUTHORITY,
                assertThrows(
                                CertificateRefused.class,
                                () -> CertificateJudge.judge(
                                        List.of(good.certificate()), Set.<TrustAnchor>of(), MAY, Optional.empty()))
                        .flaw());
    }

    @Test
    void each_other_flaw_has_its_name() throws Exception {
        assertFlaw(CertificateFlaw.NO_CERTIFICATE, List.of());
        assertFlaw(
                CertificateFlaw.CHAIN_TOO_LONG,
                Collections.nCopies(CertificateJudge.MAX_CHAIN + 1, good.certificate()));
        assertFlaw(
                CertificateFlaw.WEAK,
                made.host("weak", HOST, "root", "-keyalg", "RSA", "-keysize", "512")
                        .chain());
        assertFlaw(
                CertificateFlaw.WRONG_PURPOSE,
                made.host("client", HOST, "root", "-ext", "eku=clientAuth").chain());
        made.host("liar", "liar.contoso.com", "root"); // no authority
        assertFlaw(CertificateFlaw.INVALID, made.host("lied", HOST, "liar").chain());
    }

    @ParameterizedTest
    @CsvSource({
        "mx1.contoso.com, mx1.contoso.com, true",
        "mx1.contoso.com, MX1.Contoso.COM, true",
        "mx1.contoso.com, mx2.contoso.com, false",
        "mx1.contoso.com, contoso.com, false",
        "*.contoso.com, mx1.contoso.com, true",
        "*.contoso.com, a.mx1.contoso.com, false",
        "*.contoso.com, contoso.com, false",
        "*.com, contoso.com, false",
        "mx1.contoso.com, *.contoso.com, true",
        "a.mx1.contoso.com, *.contoso.com, true",
        "*.contoso.com, *.contoso.com, true",
        "contoso.com, *.contoso.com, false",
        "evilcontoso.com, *.contoso.com, false",
        "xn--mnchen-3ya.example, münchen.example, true"
    })
    void names_match_as_they_should(String own, String wanted, boolean match) throws Exception {
        if (!named.containsKey(own)) {
            named.put(
                    own,
                    made.make("named " + own, "CN=ignored.example", "root", "-ext", "san=dns:x.example,dns:" + own));
        }
        Made certificate = named.get(own);
        assertEquals(match, CertificateNames.match(certificate.certificate(), wanted));
        assertTrue(!CertificateNames.match(certificate.certificate(), "ignored.example"), "names stand elsewhere");
    }

    @Test
    void the_common_name_counts_where_there_is_no_other() throws Exception {
        Made old = made.make("old", "CN=mx1.contoso.com, O=\"a, b\"", "root");
        assertTrue(CertificateNames.match(old.certificate(), HOST));
        CertificateRefused refused = refused(old.chain(), MAY, "gmail.com");
        assertEquals(CertificateFlaw.WRONG_NAME, refused.flaw());
        assertEquals("it is for mx1.contoso.com, not for gmail.com", refused.getMessage());
    }

    @Test
    void what_others_wrote_stays_on_one_plain_line() {
        assertEquals("a?[31mb??", PlainText.of("a\u001b[31mb\r\n"));
        assertEquals(
                PlainText.MAX_CHARACTERS + 3, PlainText.of("x".repeat(5_000)).length());
    }
}
