package dev.tarry.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import dev.tarry.routing.SmartHostLogin;
import dev.tarry.routing.SmartHostLogin.Mechanism;
import dev.tarry.tls.CertificateFlaw;
import dev.tarry.tls.TlsDemand;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class OpeningTest {
    private static final TlsDemand REQUIRED =
            new TlsDemand(TlsDemand.Use.ALWAYS, TlsDemand.Check.NOTHING, Optional.empty());
    private static final String STARTTLS = "250-mx1.gmail.com|250-PIPELINING|250 STARTTLS";

    private static Dialogue wanting(TlsDemand tls) {
        return new Dialogue(wishes(tls, Optional.empty()), 20);
    }

    private static Opening.Wishes wishes(TlsDemand tls, Optional<SmartHostLogin> login) {
        return new Opening.Wishes("mail.company.com", false, tls, login, false);
    }

    private static Dialogue loggingIn(Mechanism mechanism, String secret) {
        TlsDemand tls = mechanism == Mechanism.BASIC_AUTH ? TlsDemand.OPPORTUNISTIC : REQUIRED;
        return new Dialogue(wishes(tls, Optional.of(new SmartHostLogin(mechanism, "anna", secret))), 20);
    }

    private static Envelope letter() {
        return Envelope.of(ReversePath.of(EmailAddress.of("alice@company.com")), List.of(Recipient.of("a@gmail.com")));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    // --- TLS

    @Test
    void where_tls_is_offered_it_is_begun_and_the_host_greeted_anew() {
        assertEquals(
                """
                < 220 hi
                > EHLO mail.company.com
                < 250-mx1.gmail.com|250-PIPELINING|250 STARTTLS
                > STARTTLS
                < 220 go
                > (TLS)
                < (TLS)
                > EHLO mail.company.com
                < 250-mx1.gmail.com|250 SIZE 1000
                > MAIL FROM:<alice@company.com> SIZE=10
                """,
                wanting(TlsDemand.OPPORTUNISTIC)
                        .letter(letter(), 10)
                        .host("220 hi", STARTTLS, "220 go")
                        .shakesHands()
                        .host("250-mx1.gmail.com|250 SIZE 1000")
                        .transcript());
    }

    @Test
    void what_a_host_offers_in_tls_a_second_time_is_not_begun_again() {
        Dialogue dialogue = wanting(REQUIRED)
                .letter(letter(), 10)
                .host("220 hi", STARTTLS, "220 go")
                .shakesHands()
                .host(STARTTLS);

        assertEquals(SendSession.State.ENVELOPE, dialogue.state());
    }

    @ParameterizedTest
    @EnumSource(TlsDemand.Use.class)
    void replies_in_the_clear_behind_the_220_are_not_heard(TlsDemand.Use use) {
        if (use == TlsDemand.Use.NEVER) {
            assertFalse(wanting(TlsDemand.NONE)
                    .letter(letter(), 10)
                    .host("220 hi", STARTTLS)
                    .transcript()
                    .contains("> STARTTLS"));
            return;
        }
        Dialogue dialogue = wanting(new TlsDemand(use, TlsDemand.Check.NOTHING, Optional.empty()))
                .letter(letter(), 10)
                .host("220 hi", STARTTLS, "220 go", "250-injected|250 SIZE 1", "250 more");
        assertEquals(SendSession.State.TLS, dialogue.state());

        dialogue.shakesHands().host("250 mx1.gmail.com");
        assertTrue(dialogue.transcript().endsWith("> MAIL FROM:<alice@company.com>\n"), dialogue::transcript);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "250 plain                           | * TLS NOT_OFFERED",
                "250-mx;250 STARTTLS / 454 4.7.0 no  | * TLS REFUSED",
                "250-mx;250 STARTTLS / 502 what      | * TLS REFUSED",
                "250-mx;250 STARTTLS / 354 what      | * TLS REFUSED",
                "502 what / 250 helo                 | * TLS NOT_OFFERED",
            })
    void without_tls_mail_goes_in_the_clear_only_where_it_may(String replies, String told) {
        String[] said = replies.strip().replace(';', '|').split(" / ");
        Dialogue optional = wanting(TlsDemand.OPPORTUNISTIC)
                .letter(letter(), 10)
                .host("220 hi")
                .host(said);
        assertTrue(optional.transcript().contains(told + "\n> MAIL FROM"), optional::transcript);

        Dialogue required =
                wanting(REQUIRED).letter(letter(), 10).host("220 hi").host(said);
        assertFalse(required.transcript().contains("> MAIL"), required::transcript);
        assertTrue(
                required.transcript().contains("! next host: 451 5.7.3 STARTTLS is required to send mail"),
                required::transcript);
    }

    @Test
    void a_421_to_starttls_closes_the_host() {
        assertTrue(wanting(TlsDemand.OPPORTUNISTIC)
                .host("220 hi", STARTTLS, "421 4.3.2 closing")
                .transcript()
                .endsWith("! next host: 451 4.4.395 Target host responded with error. -> 421 4.3.2 closing\n"));
    }

    @Test
    void a_handshake_that_fails_ends_the_connection_and_says_why() {
        assertTrue(wanting(REQUIRED)
                .host("220 hi", STARTTLS, "220 go")
                .hangsUp()
                .transcript()
                .endsWith("! next host: 451 5.7.3 STARTTLS is required to send mail"
                        + " -> TLS negotiation failed: the host hung up in the handshake\n"));
        assertTrue(wanting(REQUIRED)
                .host("220 hi", STARTTLS, "220 go")
                .fails(new ConnectionProblem.Silent())
                .transcript()
                .contains("the host did not end the handshake in time"));
        assertTrue(wanting(REQUIRED)
                .host("220 hi", STARTTLS, "220 go")
                .fails(new ConnectionProblem.CertificateRejected(CertificateFlaw.EXPIRED, "since long"))
                .transcript()
                .endsWith("! next host: 454 4.7.5 Certificate validation failure, Reason:CertificateExpired"
                        + " -> since long\n"));
    }

    @Test
    void octets_that_are_no_tls_fail_the_handshake_and_break_what_stood() {
        ConnectionProblem nonsense = new ConnectionProblem.TlsBroken("nonsense");
        assertTrue(wanting(TlsDemand.OPPORTUNISTIC)
                .host("220 hi", STARTTLS, "220 go")
                .fails(nonsense)
                .transcript()
                .endsWith("-> TLS negotiation failed: nonsense\n"));
        assertTrue(wanting(REQUIRED)
                .host("220 hi", STARTTLS, "220 go")
                .shakesHands()
                .fails(nonsense)
                .transcript()
                .endsWith(
                        "! next host: 451 4.4.397 Error communicating with target host. -> 421 4.4.2 Connection dropped"
                                + " due to ConnectionReset -> TLS: nonsense\n"));
    }

    @Test
    void what_ends_before_a_word_was_said_under_tls_is_a_failed_handshake_where_tls_may_be_done_without() {
        ConnectionProblem alert = new ConnectionProblem.TlsBroken("certificate_required");
        assertTrue(wanting(TlsDemand.OPPORTUNISTIC)
                .host("220 hi", STARTTLS, "220 go")
                .shakesHands()
                .fails(alert)
                .transcript()
                .endsWith("-> TLS negotiation failed: certificate_required\n"));
        assertTrue(wanting(TlsDemand.OPPORTUNISTIC)
                .host("220 hi", STARTTLS, "220 go")
                .shakesHands()
                .hangsUp()
                .transcript()
                .endsWith("-> TLS negotiation failed: the host hung up after the handshake\n"));
        assertTrue(wanting(TlsDemand.OPPORTUNISTIC)
                .host("220 hi", STARTTLS, "220 go")
                .shakesHands()
                .host("500 what")
                .fails(alert)
                .transcript()
                .endsWith("ConnectionReset -> TLS: certificate_required\n"));
    }

    @Test
    void helo_knows_no_tls() {
        Dialogue helo =
                new Dialogue(new Opening.Wishes("mail.company.com", true, REQUIRED, Optional.empty(), false), 20);
        assertEquals("""
                < 220 hi
                > HELO mail.company.com
                < 250-mx|250 STARTTLS
                * TLS NOT_OFFERED
                ! next host: 451 5.7.3 STARTTLS is required to send mail
                """, helo.host("220 hi", "250-mx|250 STARTTLS").transcript());
    }

    // --- log-in

    @Test
    void login_is_said_line_by_line_and_hidden() {
        Dialogue dialogue = loggingIn(Mechanism.BASIC_AUTH, "pass word")
                .letter(letter(), 10)
                .host("220 hi", "250-mx|250 AUTH PLAIN LOGIN", "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 in");

        assertEquals("""
                > AUTH LOGIN
                < 334 VXNlcm5hbWU6
                > YW5uYQ==
                < 334 UGFzc3dvcmQ6
                > cGFzcyB3b3Jk
                < 235 in
                > MAIL FROM:<alice@company.com>
                """, dialogue.transcript().substring(dialogue.transcript().indexOf("> AUTH")));
        assertEquals(List.of("****", "****"), dialogue.shown);
    }

    @Test
    void plain_is_said_at_once_and_hidden() {
        Dialogue dialogue = loggingIn(Mechanism.BASIC_AUTH, "pass")
                .letter(letter(), 10)
                .host("220 hi", "250-mx|250 auth plain", "235 in");

        String line = "AUTH PLAIN " + base64("\0anna\0pass");
        assertTrue(dialogue.transcript().contains("> " + line + "\n< 235 in\n> MAIL"), dialogue::transcript);
        assertEquals(List.of("AUTH PLAIN ****"), dialogue.shown);
        assertFalse(new SendSession.Step.Command(line, true).toString().contains(base64("\0anna\0pass")));
    }

    @Test
    void a_token_goes_by_xoauth2_and_only_within_tls() {
        Dialogue dialogue = loggingIn(Mechanism.XOAUTH2, "t0ken")
                .letter(letter(), 10)
                .host("220 hi", "250-mx|250-AUTH XOAUTH2|250 STARTTLS", "220 go")
                .shakesHands()
                .host("250-mx|250 AUTH LOGIN XOAUTH2", "235 in");

        assertTrue(
                dialogue.transcript()
                        .endsWith("< 250-mx|250 AUTH LOGIN XOAUTH2\n> AUTH XOAUTH2 "
                                + base64("user=anna\1auth=Bearer t0ken\1\1")
                                + "\n< 235 in\n> MAIL FROM:<alice@company.com>\n"),
                dialogue::transcript);
        assertEquals(List.of("AUTH XOAUTH2 ****"), dialogue.shown);
    }

    @Test
    void a_token_too_long_for_a_command_waits_for_the_334() {
        String token = "x".repeat(2_000);
        Dialogue dialogue = loggingIn(Mechanism.XOAUTH2, token)
                .host("220 hi", STARTTLS, "220 go")
                .shakesHands()
                .host("250-mx|250 AUTH XOAUTH2", "334 ");
        assertTrue(dialogue.transcript().contains("> AUTH XOAUTH2\n"), dialogue::transcript);
        assertTrue(dialogue.transcript().endsWith("> " + base64("user=anna\1auth=Bearer " + token + "\1\1") + "\n"));

        dialogue.host("334 eyJzdGF0dXMiOiI0MDAifQ==", "535 5.7.3 Authentication unsuccessful");
        assertTrue(
                dialogue.transcript()
                        .endsWith("> \n< 535 5.7.3 Authentication unsuccessful\n! next host: 451 4.4.395 Target host"
                                + " responded with error. -> 535 5.7.3 Authentication unsuccessful\n"),
                dialogue::transcript);
    }

    @Test
    void a_host_that_asks_on_and_on_is_told_that_it_is_over_and_left() {
        Dialogue dialogue = loggingIn(Mechanism.BASIC_AUTH, "pass")
                .host("220 hi", "250-mx|250 AUTH LOGIN", "334 a", "334 b", "334 c");
        assertTrue(dialogue.transcript().endsWith("< 334 c\n> *\n"), dialogue::transcript);
        dialogue.host("334 d");
        assertTrue(dialogue.transcript().contains("< 334 d\n! next host: "), dialogue::transcript);
        assertEquals(SendSession.State.OVER, dialogue.state());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "535 5.7.3 Authentication unsuccessful",
                "454 4.7.0 Temporary authentication failure",
                "504 5.7.4 Unrecognized authentication type",
                "530 5.7.0 Must issue a STARTTLS command first"
            })
    void a_host_that_lets_nobody_in_is_not_used_and_the_mail_waits(String refusal) {
        assertTrue(loggingIn(Mechanism.BASIC_AUTH, "pass")
                .letter(letter(), 10)
                .host("220 hi", "250-mx|250 AUTH LOGIN", refusal)
                .transcript()
                .endsWith("! next host: 451 4.4.395 Target host responded with error. -> " + refusal + "\n"));
    }

    @Test
    void a_421_in_the_log_in_is_the_hosts_end() {
        assertTrue(loggingIn(Mechanism.BASIC_AUTH, "pass")
                .host("220 hi", "250-mx|250 AUTH LOGIN", "421 4.7.0 enough")
                .transcript()
                .endsWith("-> 421 4.7.0 enough\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "250 mx; the host offers no AUTH, where LOGIN or PLAIN is needed",
                "250-mx|250 AUTH NTLM GSSAPI; of AUTH the host does not offer LOGIN or PLAIN"
            })
    void what_cannot_be_said_is_not_said(String ehlo, String why) {
        Dialogue dialogue =
                loggingIn(Mechanism.BASIC_AUTH, "pass").letter(letter(), 10).host("220 hi", ehlo);
        assertTrue(
                dialogue.transcript()
                        .endsWith("! next host: 454 4.7.0 Temporary authentication failure -> " + why + "\n"),
                dialogue::transcript);
        assertFalse(dialogue.transcript().contains("> AUTH"));
    }

    @ParameterizedTest
    @CsvSource({"BASIC_AUTH_REQUIRE_TLS", "XOAUTH2"})
    void no_secret_leaves_in_the_clear_where_tls_was_required(Mechanism mechanism) {
        String offers = "250-mx|250 AUTH LOGIN PLAIN XOAUTH2";
        for (Dialogue dialogue : List.of(
                loggingIn(mechanism, "s3cret").host("220 hi", offers),
                loggingIn(mechanism, "s3cret")
                        .host("220 hi", offers.replace("250-mx", "250-mx|250-STARTTLS"), "454 no"),
                loggingIn(mechanism, "s3cret")
                        .host("220 hi", offers.replace("250-mx", "250-mx|250-STARTTLS"), "220 go")
                        .host("334 ", "235 in")
                        .hangsUp())) {
            assertFalse(dialogue.transcript().contains("> AUTH"), dialogue::transcript);
            assertFalse(dialogue.transcript().contains(base64("s3cret")), dialogue::transcript);
            assertTrue(dialogue.transcript().contains("! next host: 451 5.7.3 STARTTLS"), dialogue::transcript);
        }
    }

    @Test
    void the_log_in_of_exchange_servers_cannot_be_achieved() {
        Dialogue dialogue = new Dialogue(
                new Opening.Wishes("mail.company.com", false, TlsDemand.OPPORTUNISTIC, Optional.empty(), true), 20);
        assertTrue(dialogue.host("220 hi", "250-mx|250 X-EXPS GSSAPI NTLM")
                .transcript()
                .endsWith("! next host: 451 5.7.3 Cannot achieve Exchange Server authentication\n"));
    }

    @Test
    void a_session_is_secured_in_its_handshake_only() {
        assertThrows(
                IllegalStateException.class,
                () -> wanting(REQUIRED).host("220 hi").shakesHands());
    }
}
