package dev.tarry.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.login.LoginDesk;
import dev.tarry.login.Mechanism;
import dev.tarry.login.TestUsers;
import dev.tarry.time.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogInTest {
    private static final String USERNAME = "334 VXNlcm5hbWU6";
    private static final String PASSWORD = "334 UGFzc3dvcmQ6";
    private static final String WELCOME = "235 2.7.0 Authentication successful";
    private static final String REFUSED = "535 5.7.3 Authentication unsuccessful";
    private static final Peer STRANGER = new Peer("203.0.113.9", 4711, "192.0.2.1", 587, false);
    private static final Peer HERE = new Peer("127.0.0.1", 4711, "127.0.0.1", 2587, true);

    /// LOGIN and PLAIN in the clear, for users only.
    private static final SignInTerms OPEN =
            SignInTerms.CLIENT_FRONTEND.withMechanisms(Set.of(Mechanism.LOGIN, Mechanism.PLAIN), false);

    private final Deque<Runnable> checking = new ArrayDeque<>();
    private final LoginDesk desk =
            new LoginDesk(checking::add, () -> Dialogue.NOW, new Secrets(new SplittableRandom(3)));

    LogInTest() {
        desk.terms(new LoginDesk.Terms(TestUsers.STAFF, false, 2));
    }

    private Dialogue dialogue(SignInTerms terms, Peer peer) {
        ReceiveConnector connector = StageWorld.connector().withSignIn(terms).withRelay(ReceiveConnector.Relay.NOBODY);
        Dialogue d = new Dialogue(connector, peer, Optional.of(_ -> null), desk);
        d.say("EHLO c");
        return d;
    }

    private Dialogue open() {
        return dialogue(OPEN, HERE);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The password that waits is looked at.
    private String checked(Dialogue d) {
        checking.remove().run();
        return d.goOn();
    }

    private String logIn(Dialogue d, String name, String password) {
        assertEquals(USERNAME, d.say("AUTH LOGIN"));
        assertEquals(PASSWORD, d.say(base64(name)));
        assertEquals("", d.say(base64(password)));
        return checked(d);
    }

    @Test
    void a_user_logs_in_and_may_send_anywhere_as_itself() {
        Dialogue d = open();
        assertEquals(
                "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM",
                d.say("MAIL FROM:<ann@company.com>"));
        assertEquals(WELCOME, logIn(d, "ann", "Secret-1"));
        assertEquals(
                "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
                d.say("MAIL FROM:<boss@company.com>"));
        assertEquals("250 2.1.0 Sender OK", d.say("MAIL FROM:<Ann@Company.com>"));
        assertEquals("250 2.1.5 Recipient OK", d.say("RCPT TO:<x@gmail.com>"));
        assertEquals("250 2.0.0 Resetting", d.say("RSET"));
        assertEquals("250 2.1.0 Sender OK", d.say("MAIL FROM:<anything@team.company.com>"));
        assertEquals("250 2.0.0 Resetting", d.say("RSET"));
        assertEquals("250 2.1.0 Sender OK", d.say("MAIL FROM:<>"));
    }

    @Test
    void auth_is_offered_until_somebody_has_logged_in() {
        Dialogue d = open();
        assertTrue(d.say("EHLO c").contains(" STARTTLS AUTH LOGIN PLAIN 8BITMIME"));
        assertTrue(d.say("HELP").endsWith(" HELP AUTH BDAT"));
        logIn(d, "ann", "Secret-1");
        assertFalse(d.say("EHLO c").contains("AUTH"));
        assertFalse(d.say("HELP").contains("AUTH"));
        assertEquals("503 5.5.2 Already authenticated", d.say("AUTH LOGIN"));
        assertEquals("250 2.1.0 Sender OK", d.say("MAIL FROM:<ann@company.com>"));
    }

    @Test
    void what_shows_a_password_is_offered_behind_tls_only_where_that_is_set() {
        SignInTerms terms = SignInTerms.CLIENT_FRONTEND.withMechanisms(EnumSet.allOf(Mechanism.class), true);
        Dialogue d = dialogue(terms, HERE);
        assertTrue(d.say("EHLO c").contains(" STARTTLS AUTH SCRAM-SHA-256 8BITMIME"));
        assertEquals("504 5.7.4 Unrecognized authentication type", d.say("AUTH LOGIN"));
        assertEquals("504 5.7.4 Unrecognized authentication type", d.say("AUTH PLAIN " + base64("\0ann\0Secret-1")));
        d.session.secured(new Secured("TLS1_3", "TLS_AES_256_GCM_SHA384"));
        assertEquals("503 5.5.2 Send hello first", d.say("AUTH LOGIN"));
        assertTrue(d.say("EHLO c").contains(" ENHANCEDSTATUSCODES AUTH LOGIN PLAIN XOAUTH2 SCRAM-SHA-256 8BITMIME"));
        assertEquals(WELCOME, logIn(d, "ann", "Secret-1"));
    }

    @Test
    void who_has_logged_in_is_forgotten_when_tls_begins() {
        Dialogue d = open();
        logIn(d, "ann", "Secret-1");
        d.say("STARTTLS");
        d.session.secured(new Secured("TLS1_3", "TLS_AES_256_GCM_SHA384"));
        d.waiting = false;
        assertEquals("503 5.5.2 Send hello first", d.say("MAIL FROM:<ann@company.com>"));
        assertTrue(d.say("EHLO c").contains("AUTH LOGIN PLAIN"));
        assertTrue(d.say("MAIL FROM:<ann@company.com>").startsWith("530 5.7.57"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOGIN", "login", "LOGIN ", "Plain"})
    void mechanisms_are_known_in_any_case(String mechanism) {
        assertTrue(open().say("AUTH " + mechanism).startsWith("334"));
    }

    @Test
    void auth_out_of_place_or_out_of_shape() {
        Dialogue fresh = new Dialogue(StageWorld.connector().withSignIn(OPEN), HERE, Optional.empty(), desk);
        assertTrue(fresh.say("AUTH LOGIN").endsWith("503 5.5.2 Send hello first"));
        Dialogue d = open();
        assertEquals("504 5.7.4 Unrecognized authentication type", d.say("AUTH NTLM"));
        assertEquals("504 5.7.4 Unrecognized authentication type", d.say("AUTH XOAUTH2"));
        assertEquals("501 5.5.4 Invalid arguments", d.say("AUTH"));
        assertEquals("501 5.5.4 Invalid arguments", d.say("AUTH LOGIN x y"));
        Dialogue other = open();
        assertEquals("501 5.5.4 Invalid arguments", other.say("AUTH " + "X".repeat(21)));
        logIn(other, "ann", "Secret-1");
        Dialogue both = dialogue(
                new SignInTerms(
                        true, false, false, Set.of(Mechanism.LOGIN), false, true, true, false, 3, Duration.ZERO),
                HERE);
        both.say("MAIL FROM:<x@y.example>");
        assertEquals("503 5.5.2 AUTH is not permitted during a mail transaction", both.say("AUTH LOGIN"));
        assertEquals("250 2.1.5 Recipient OK", both.say("RCPT TO:<a@company.com>"));
    }

    @Test
    void a_client_may_give_up_and_what_is_no_base64_ends_the_attempt() {
        Dialogue d = open();
        d.say("AUTH LOGIN");
        assertEquals("501 5.7.0 Authentication cancelled", d.say("*"));
        assertEquals("250 2.0.0 OK", d.say("NOOP"));
        d.say("AUTH LOGIN", base64("ann"));
        assertEquals("501 5.5.2 Cannot decode response", d.say("Secret-1"));
        assertEquals("501 5.5.2 Cannot decode response", d.say("AUTH PLAIN !"));
        assertEquals("501 5.5.4 Invalid arguments", d.say("AUTH PLAIN " + base64("ann")));
        assertEquals(WELCOME, logIn(d, "ann", "Secret-1"));
        assertTrue(checking.isEmpty());
    }

    @Test
    void an_initial_response_may_be_long_and_an_equals_sign_is_an_empty_one() {
        Dialogue d = open();
        assertEquals("", d.say("AUTH PLAIN " + base64("\0ann\0" + "x".repeat(6_000))));
        assertEquals(REFUSED, checked(d));
        assertEquals("501 5.5.4 Invalid arguments", d.say("AUTH PLAIN ="));
        assertEquals("500 5.5.2 Line too long", d.say("AUTH PLAIN " + "x".repeat(12_288)));
        d.say("AUTH LOGIN");
        assertEquals("500 5.5.2 Line too long", d.say("x".repeat(12_288)));
        assertEquals("250 2.0.0 OK", d.say("NOOP"));
        assertEquals("500 5.5.2 Line too long (closed)", tooLongCommands(open()));
    }

    private static String tooLongCommands(Dialogue d) {
        d.say("NOOP " + "x".repeat(2_048));
        d.say("AUTHX " + "x".repeat(2_048), "NOOP " + "x".repeat(2_048), "NOOP " + "x".repeat(2_048));
        return d.say("NOOP " + "x".repeat(2_048))
                .replace(
                        "421 4.7.0 Too many errors on this connection, closing" + " transmission channel",
                        "500 5.5.2 Line too long");
    }

    @Test
    void whatever_line_answers_a_334_is_no_command() {
        Dialogue d = open();
        d.say("AUTH LOGIN");
        assertEquals(PASSWORD, d.say("QUIT")); // which is base64
        assertEquals("", d.say("RSET"));
        assertEquals(REFUSED, checked(d));
        d.say("AUTH LOGIN");
        assertEquals("500 5.3.3 Unrecognized command", d.octets("a\rb\r\n"));
        assertEquals("250 2.0.0 OK", d.say("NOOP"));
    }

    @Test
    void a_wrong_password_an_unknown_user_and_a_disabled_one_look_alike() {
        for (String name : List.of("ann", "eve", "bob", "cid")) {
            Dialogue d = dialogue(OPEN, STRANGER);
            assertEquals(REFUSED, logIn(d, name, "wrong"), name);
            assertEquals(Duration.ofSeconds(5), d.lastDelay, name);
        }
        Dialogue d = open();
        assertEquals(REFUSED, logIn(d, "ann", "wrong"));
        assertEquals(Duration.ZERO, d.lastDelay, "loopback does not wait");
    }

    @Test
    void the_third_failure_ends_the_session_and_cancelling_is_none() {
        Dialogue d = open();
        logIn(d, "ann", "wrong");
        d.say("AUTH LOGIN", "*");
        logIn(d, "ann", "wrong");
        assertEquals(REFUSED + " (closed)", logIn(d, "ann", "wrong"));
        Dialogue patient = dialogue(
                new SignInTerms(
                        true, false, false, Set.of(Mechanism.LOGIN), false, false, true, false, 0, Duration.ZERO),
                HERE);
        for (int i = 0; i < 20; i++) {
            assertEquals(REFUSED, logIn(patient, "ann", "wrong"));
        }
        assertEquals(WELCOME, logIn(patient, "ann", "Secret-1"));
    }

    @Test
    void where_users_may_not_send_they_may_not_log_in_and_are_not_told_why() {
        Dialogue d = dialogue(SignInTerms.DEFAULT_FRONTEND.withMechanisms(Set.of(Mechanism.LOGIN), false), HERE);
        assertEquals(REFUSED, logIn(d, "ann", "Secret-1"));
        assertEquals("250 2.1.0 Sender OK", d.say("MAIL FROM:<ann@company.com>"));
        assertEquals(
                "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", d.say("RCPT TO:<x@gmail.com>"));
    }

    @Test
    void when_too_many_wait_the_next_is_told_to_come_again_and_the_session_goes_on() {
        List<Dialogue> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(open());
        }
        String said = "AUTH PLAIN " + base64("\0ann\0Secret-1");
        assertEquals("", all.get(0).say(said));
        assertEquals("", all.get(1).say(said));
        assertEquals("454 4.7.0 Temporary authentication failure", all.get(2).say(said));
        assertEquals("250 2.0.0 OK", all.get(2).say("NOOP"));
        assertEquals(WELCOME, checked(all.get(0)));
        assertEquals("", all.get(2).say(said));
        checked(all.get(1));
        assertEquals(WELCOME, checked(all.get(2)));
    }

    @Test
    void one_who_hung_up_is_not_answered() {
        Dialogue d = open();
        d.say("AUTH PLAIN " + base64("\0ann\0Secret-1"));
        d.session.hungUp();
        assertEquals("", checked(d));
    }

    @Test
    void mail_is_taken_behind_tls_only_where_that_is_set() {
        Dialogue d = dialogue(SignInTerms.DEFAULT_FRONTEND.withTls(true, false, true), HERE);
        assertEquals("451 5.7.3 STARTTLS is required to send mail", d.say("MAIL FROM:<x@y.example>"));
        d.session.secured(new Secured("TLS1_3", "TLS_AES_256_GCM_SHA384"));
        d.say("EHLO c");
        assertEquals("250 2.1.0 Sender OK", d.say("MAIL FROM:<x@y.example>"));
    }

    @Test
    void without_tls_among_the_mechanisms_starttls_is_unknown() {
        Dialogue d = dialogue(SignInTerms.DEFAULT_FRONTEND.withTls(false, false, false), HERE);
        assertFalse(d.say("EHLO c").contains("STARTTLS"));
        assertEquals("500 5.3.3 Unrecognized command", d.say("STARTTLS"));
    }

    @Test
    void where_all_are_servers_of_ours_they_send_anywhere_and_any_size() {
        Dialogue d = dialogue(
                new SignInTerms(true, false, false, Set.of(), false, false, false, true, 3, Duration.ZERO), STRANGER);
        assertEquals("250 2.1.0 Sender OK", d.say("MAIL FROM:<x@y.example> SIZE=99999999999"));
        assertEquals("250 2.1.5 Recipient OK", d.say("RCPT TO:<x@gmail.com>"));
    }

    @Test
    void who_may_relay_without_logging_in_may_send_whatever_the_groups_are() {
        Dialogue d = new Dialogue(StageWorld.connector().withSignIn(SignInTerms.CLIENT_FRONTEND), HERE);
        d.say("EHLO c");
        assertEquals("250 2.1.0 Sender OK", d.say("MAIL FROM:<x@y.example>"));
        assertEquals("250 2.1.5 Recipient OK", d.say("RCPT TO:<x@gmail.com>"));
    }

    /// Every way of cutting a whole dialogue in two gives the same answers.
    @Test
    void a_log_in_may_come_in_any_pieces() {
        String said = "AUTH LOGIN " + base64("ann") + "\r\n" + base64("Secret-1") + "\r\nNOOP\r\n";
        for (int cut = 0; cut <= said.length(); cut++) {
            Dialogue d = open();
            String heard = d.octets(said.substring(0, cut)) + "|";
            heard += d.octets(said.substring(cut)) + "|";
            heard += checked(d);
            assertEquals(PASSWORD + WELCOME + "\n250 2.0.0 OK", heard.replace("|", ""), "cut " + cut);
        }
    }
}
