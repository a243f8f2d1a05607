package dev.tarry.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.ExchangeProfile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class DnsFailureTableTest {
    private static final DnsFailureTable.NextHop RECIPIENTS = hop(DnsFailureTable.NextHop.Kind.RECIPIENT_DOMAIN, false);
    private static final DnsFailureTable.NextHop DOWNGRADED = hop(DnsFailureTable.NextHop.Kind.RECIPIENT_DOMAIN, true);
    private static final DnsFailureTable.NextHop SMART_HOST = hop(DnsFailureTable.NextHop.Kind.CONFIGURED_HOST, false);

    private static DnsFailureTable.NextHop hop(DnsFailureTable.NextHop.Kind kind, boolean downgrade) {
        return new DnsFailureTable.NextHop("hop.example", kind, downgrade);
    }

    private static String words(String profile, MxAnswer answer, DnsFailureTable.NextHop hop) {
        DnsFailureTable.Failure failure = new DnsFailureTable(ExchangeProfile.of(profile), false)
                .failure(answer, hop)
                .orElseThrow();
        assertEquals(failure.permanent(), failure.reply().permanentNegative(), "class and code agree");
        return failure.row() + " " + failure.reply();
    }

    private static MxAnswer failed(DnsStatus status) {
        return new MxAnswer.QueryFailed(status, "", List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "2019, D7 451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry",
        "2016, D7 451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry",
        "2013, D7 451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry",
        "2010, D7 451 4.4.0 DNS query failed",
        "seed, D7 451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorDnsQueryFailed"
    })
    void a_failed_query_is_temporary_in_every_profiles_words(String profile, String expected) {
        assertEquals(expected, words(profile, failed(DnsStatus.SERVER_FAILURE), RECIPIENTS));
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_FAILURE, D7",
        "REFUSED, D8",
        "TIMEOUT, D9",
        "NO_SERVER, D10",
        "HOSTS_UNRESOLVED, D15",
        "TRUNCATED, D19"
    })
    void each_way_to_fail_has_its_row_and_the_same_words(DnsStatus status, String row) {
        assertEquals(
                row + " 451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry",
                words("2019", failed(status), RECIPIENTS));
    }

    @Test
    void an_answer_that_is_none_has_the_bare_words_D11() {
        assertEquals("D11 451 4.4.0 DNS query failed", words("2019", failed(DnsStatus.MALFORMED), RECIPIENTS));
        assertEquals("D11 451 4.4.0 DNS query failed", words("2019", failed(DnsStatus.ALIAS_LOOP), RECIPIENTS));
    }

    @Test
    void what_is_known_about_the_domain_is_permanent() {
        String nonexistent = "554 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain";
        assertEquals("D1 " + nonexistent, words("2019", new MxAnswer.NoSuchDomain("x"), RECIPIENTS));
        assertEquals("D6 " + nonexistent, words("2019", new MxAnswer.NoRecords("x"), RECIPIENTS));
        assertEquals("D14 " + nonexistent, words("2019", new MxAnswer.NoUsableHost("x", ""), RECIPIENTS));
        assertEquals("D16 " + nonexistent, words("2019", new MxAnswer.NullMx("x"), RECIPIENTS));
        assertEquals(
                "D12 554 5.4.4 SMTPSEND.DNS.MxLoopback; DNS records for this domain are configured in a loop",
                words("2019", new MxAnswer.Loop("x"), RECIPIENTS));
        assertEquals(
                "556 5.1.10 Recipient address has null MX",
                new DnsFailureTable(ExchangeProfile.E2019, true)
                        .failure(new MxAnswer.NullMx("x"), RECIPIENTS)
                        .orElseThrow()
                        .reply()
                        .toString());
    }

    @Test
    void DowngradeDnsFailures_makes_everything_temporary_D2() {
        assertEquals(
                "D2 451 4.4.0 DNS query failed. The error was: SMTPSEND.DNS.NonExistentDomain; nonexistent domain",
                words("2019", new MxAnswer.NoSuchDomain("x"), DOWNGRADED));
        for (MxAnswer answer : List.of(
                new MxAnswer.NoRecords("x"),
                new MxAnswer.NullMx("x"),
                new MxAnswer.Loop("x"),
                new MxAnswer.NoUsableHost("x", ""))) {
            assertTrue(words("2019", answer, DOWNGRADED).startsWith("D2 451 4.4.0 DNS query failed"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2013, D3 451 4.4.0 DNS query failed. The error was: SMTPSEND.DNS.NonExistentDomain; nonexistent domain",
        "2016, D4 451 4.4.0 DNS query failed. The error was: SMTPSEND.DNS.NonExistentDomain; nonexistent domain "
                + "hop.example -> DnsDomainDoesNotExist: InfoDomainNonexistent",
        "2010, D3 451 4.4.0 DNS query failed"
    })
    void a_smart_host_that_does_not_exist_is_the_administrators_mistake_and_mail_waits(
            String profile, String expected) {
        assertEquals(expected, words(profile, new MxAnswer.NoSuchDomain("x"), SMART_HOST));
    }

    private static String note(MxAnswer answer, DnsFailureTable.NextHop hop) {
        return new DnsFailureTable(ExchangeProfile.E2019, false)
                .failure(answer, hop)
                .orElseThrow()
                .note();
    }

    private static ServerAttempt attempt(String ip, String question, String words, DnsOutcome outcome) {
        return new ServerAttempt(
                new InetSocketAddress(InetAddress.ofLiteral(ip), 53),
                DnsProtocol.UDP,
                question,
                words,
                outcome,
                Duration.ofSeconds(5));
    }

    @Test
    void a_note_tells_the_row_the_kind_of_failure_and_who_said_what_to_the_last_question() {
        MxAnswer timeout = new MxAnswer.QueryFailed(
                DnsStatus.TIMEOUT,
                "ignored",
                List.of(
                        attempt("8.8.8.8", "x MX", "NOERROR, 1 records", DnsOutcome.RECORDS),
                        attempt("8.8.8.8", "mx.x A", "no answer", DnsOutcome.NO_ANSWER),
                        attempt("8.8.4.4", "mx.x A", "SERVFAIL", DnsOutcome.SERVFAIL)));
        assertEquals("D9 Timeout: mx.x A: 8.8.8.8 no answer, 8.8.4.4 SERVFAIL", note(timeout, RECIPIENTS));
        assertEquals(
                "D10 NoServer: no DNS server is configured",
                note(
                        new MxAnswer.QueryFailed(DnsStatus.NO_SERVER, "no DNS server is configured", List.of()),
                        RECIPIENTS));
        assertEquals("D1 NoSuchDomain: x does not exist", note(new MxAnswer.NoSuchDomain("x"), RECIPIENTS));
        assertEquals("D2 NoSuchDomain: x does not exist", note(new MxAnswer.NoSuchDomain("x"), DOWNGRADED));
        assertEquals("D4 NoSuchDomain: x does not exist", note(new MxAnswer.NoSuchDomain("x"), SMART_HOST));
        assertEquals("D14 NoUsableHost: x: y", note(new MxAnswer.NoUsableHost("x", "y", false), RECIPIENTS));
        assertEquals("D18 NoHostNamed: x: y", note(new MxAnswer.NoUsableHost("x", "y", true), RECIPIENTS));
    }

    @Test
    void a_note_never_breaks_the_envelope_that_it_stands_in_and_is_bounded() {
        String note = note(new MxAnswer.NoUsableHost("x", "a};{LED=b\r\n\u001b" + "y".repeat(10_000)), RECIPIENTS);
        assertTrue(note.startsWith("D14 NoUsableHost: x: a),(LED=b???yyy"), note);
        assertEquals(FailureNote.MAX_CHARACTERS, note.length());
        assertTrue(note.endsWith(" ..."), note);
    }

    @ParameterizedTest
    @EnumSource(ExchangeProfile.class)
    void whatever_the_profile_scripts_find_dns_and_4_4_0_in_what_is_temporary(ExchangeProfile profile) {
        for (DnsStatus status : DnsStatus.values()) {
            String words = words(profile.text(), failed(status), RECIPIENTS);
            assertTrue(words.contains("DNS") && words.contains("4.4.0"), words);
        }
    }
}
