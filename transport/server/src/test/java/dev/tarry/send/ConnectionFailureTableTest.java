package dev.tarry.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Reply;
import dev.tarry.tls.CertificateFlaw;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConnectionFailureTableTest {
    private static final String FAILOVER = " Attempted failover to alternate host, but that did not succeed."
            + " Either there are no alternate hosts, or delivery failed to all alternate hosts.";

    private static String words(ExchangeProfile profile, ConnectionProblem problem) {
        return new ConnectionFailureTable(profile)
                .words(problem, Dialogue.TARGET)
                .toString();
    }

    @Test
    void nobody_answering_a_dial_has_its_words_in_every_generation() {
        ConnectionProblem timedOut = new ConnectionProblem.ConnectTimedOut();
        assertEquals(
                "451 4.4.0 Primary target IP address responded with: \"421 4.2.1 Unable to connect.\"" + FAILOVER,
                words(ExchangeProfile.E2010, timedOut));
        assertEquals(
                "441 4.4.1 Error encountered while communicating with primary target IP address: \"Failed to connect."
                        + " Winsock error code: 10060, Win32 error code: 10060.\"" + FAILOVER
                        + " The last endpoint attempted was 203.0.113.1:25",
                words(ExchangeProfile.E2013, timedOut));
        assertEquals(
                "451 4.4.397 Error communicating with target host. -> 421 4.2.1 Unable to connect -> SocketTimedout:"
                        + " Socket error code 10060",
                words(ExchangeProfile.E2016, timedOut));
    }

    @Test
    void a_refused_dial_is_10061() {
        assertTrue(words(ExchangeProfile.E2013, new ConnectionProblem.ConnectRefused())
                .contains("10061"));
        assertEquals(
                "451 4.4.397 Error communicating with target host. -> 421 4.2.1 Unable to connect ->"
                        + " SocketConnectionRefused: Socket error code 10061",
                words(ExchangeProfile.E2019, new ConnectionProblem.ConnectRefused()));
    }

    @Test
    void losses_and_silence_within_a_session() {
        assertEquals(
                "451 4.4.0 Primary target IP address responded with: \"421 4.4.2 Connection dropped due to SocketError.\""
                        + FAILOVER,
                words(ExchangeProfile.E2010, new ConnectionProblem.Lost()));
        assertEquals(
                "451 4.4.397 Error communicating with target host. -> 421 4.4.2 Connection dropped due to TimedOut",
                words(ExchangeProfile.E2019, new ConnectionProblem.Silent()));
    }

    @Test
    void the_hosts_own_words_are_quoted_verbatim() {
        ConnectionProblem busy = new ConnectionProblem.RemoteError(Reply.of(421, "4.3.2 The \"server\" is busy."));
        assertEquals(
                "451 4.4.395 Target host responded with error. -> 421 4.3.2 The \"server\" is busy.",
                words(ExchangeProfile.E2019, busy));
        assertEquals(
                "451 4.4.0 Primary target IP address responded with: \"421 4.3.2 The \"server\" is busy.\"" + FAILOVER,
                words(ExchangeProfile.E2010, busy));
    }

    @Test
    void tls_and_log_ins_have_their_words_in_every_generation() {
        assertEquals(
                "451 5.7.3 STARTTLS is required to send mail",
                words(ExchangeProfile.E2010, new ConnectionProblem.TlsNotOffered()));
        assertEquals(
                "451 5.7.3 STARTTLS is required to send mail (454 4.7.0 not now)",
                words(ExchangeProfile.E2013, new ConnectionProblem.TlsRefused(Reply.of(454, "4.7.0 not now"))));
        assertEquals(
                "454 4.7.5 Certificate validation failure, Reason:UntrustedRoot (nobody)",
                words(
                        ExchangeProfile.E2010,
                        new ConnectionProblem.CertificateRejected(CertificateFlaw.UNKNOWN_AUTHORITY, "nobody")));
        ConnectionProblem refused =
                new ConnectionProblem.LoginRefused(Reply.of(535, "5.7.3 Authentication unsuccessful"));
        assertEquals(
                "451 4.4.0 Primary target IP address responded with: \"535 5.7.3 Authentication unsuccessful\""
                        + FAILOVER,
                words(ExchangeProfile.E2010, refused));
        assertEquals(
                "451 4.4.395 Target host responded with error. -> 535 5.7.3 Authentication unsuccessful",
                words(ExchangeProfile.E2016, refused));
        for (ExchangeProfile profile : ExchangeProfile.values()) {
            assertEquals(
                    "451 5.7.3 Cannot achieve Exchange Server authentication",
                    words(profile, new ConnectionProblem.ExchangeLoginImpossible()));
        }
    }

    @ParameterizedTest
    @EnumSource(ExchangeProfile.class)
    void all_of_it_is_temporary(ExchangeProfile profile) {
        for (ConnectionProblem problem : List.of(
                new ConnectionProblem.ConnectTimedOut(),
                new ConnectionProblem.ConnectRefused(),
                new ConnectionProblem.ConnectFailed("egress is locked"),
                new ConnectionProblem.Lost(),
                new ConnectionProblem.Silent(),
                new ConnectionProblem.RemoteError(Reply.of(554, "no")),
                new ConnectionProblem.OutOfStep("x"),
                new ConnectionProblem.TlsNotOffered(),
                new ConnectionProblem.TlsRefused(Reply.of(554, "no")),
                new ConnectionProblem.TlsFailed("x"),
                new ConnectionProblem.CertificateRejected(CertificateFlaw.EXPIRED, "x"),
                new ConnectionProblem.TlsBroken("x"),
                new ConnectionProblem.LoginImpossible("x"),
                new ConnectionProblem.LoginRefused(Reply.of(535, "5.7.3 no")),
                new ConnectionProblem.ExchangeLoginImpossible(),
                new ConnectionProblem.Ours("x"))) {
            assertTrue(new ConnectionFailureTable(profile)
                    .words(problem, Dialogue.TARGET)
                    .transientNegative());
        }
    }

    @Test
    void a_host_that_goes_on_and_on_is_quoted_at_some_length_only() {
        Reply endless = new Reply(554, Collections.nCopies(200, "x".repeat(1_900)));
        String words = words(ExchangeProfile.E2019, new ConnectionProblem.RemoteError(endless));
        assertTrue(words.startsWith("451 4.4.395 Target host responded with error. -> 554 xxx"), words);
        assertTrue(words.length() <= MailTransaction.MAX_REPLY_CHARACTERS + 4, "" + words.length());
    }
}
