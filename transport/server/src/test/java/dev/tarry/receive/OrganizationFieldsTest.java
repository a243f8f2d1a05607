package dev.tarry.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.login.LoginDesk;
import dev.tarry.login.Mechanism;
import dev.tarry.login.TestUsers;
import dev.tarry.time.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What our organization's servers are told about a message, and who may tell them.
final class OrganizationFieldsTest {
    private static final Peer CLIENT = new Peer("127.0.0.1", 4711, "127.0.0.1", 2525, true);
    private static final String FORGED = "Subject: x\r\nX-MS-Exchange-Organization-AuthAs: Internal\r\n"
            + "X-MS-Exchange-Organization-SCL:\r\n -1\r\nX-MS-Exchange-Forest-Any: 1\r\nX-Mailer: y";

    private static String fields(String as) {
        return "X-MS-Exchange-Organization-AuthSource: mail.company.com\r\nX-MS-Exchange-Organization-AuthAs: " + as
                + "\r\n";
    }

    /// What is stored of a message, from its Date on.
    private static String stored(Dialogue d, String message) {
        d.say("MAIL FROM:<alice@company.com>", "RCPT TO:<b@company.com>", "DATA");
        assertTrue(d.say(message, "", "X-MS-Exchange-Organization-SCL: 5", ".").startsWith("250 2.6.0 "));
        FakeSubmission.Taken taken = d.submission.taken.getLast();
        String text = taken.text();
        assertEquals(text.indexOf("\r\n\r\n") + 4, taken.message().headerBytes());
        return text.substring(text.indexOf("\r\nX-MS") + 2);
    }

    private static Dialogue with(SignInTerms terms) {
        LoginDesk desk = new LoginDesk(Runnable::run, () -> Dialogue.NOW, new Secrets(new SplittableRandom(3)));
        desk.terms(new LoginDesk.Terms(TestUsers.STAFF, true, 2));
        Dialogue d = new Dialogue(StageWorld.connector().withSignIn(terms), CLIENT, Optional.empty(), desk);
        d.say("EHLO c");
        return d;
    }

    @Test
    void a_stranger_is_anonymous_whatever_it_says() {
        assertEquals(
                fields("Anonymous") + "Subject: x\r\nX-Mailer: y\r\n\r\nX-MS-Exchange-Organization-SCL: 5\r\n",
                stored(with(SignInTerms.DEFAULT_FRONTEND), FORGED));
    }

    @Test
    void who_has_logged_in_is_internal_and_may_say_no_more() {
        Dialogue d = with(SignInTerms.CLIENT_FRONTEND.withMechanisms(Set.of(Mechanism.PLAIN), false));
        String claim = Base64.getEncoder().encodeToString("\0alice\0secret".getBytes(StandardCharsets.UTF_8));
        assertEquals("235 2.7.0 Authentication successful", d.say("AUTH PLAIN " + claim));
        assertEquals(
                fields("Internal") + "Subject: x\r\nX-Mailer: y\r\n\r\nX-MS-Exchange-Organization-SCL: 5\r\n",
                stored(d, FORGED));
    }

    @Test
    void a_server_of_ours_is_believed_and_told_of_where_it_says_nothing() {
        SignInTerms servers =
                new SignInTerms(true, false, false, Set.of(), true, true, false, true, 3, Duration.ofSeconds(5));
        String stored = stored(with(servers), FORGED.replace("Subject: x", "X-MS-Z: 1"));
        assertEquals(
                FORGED.substring(FORGED.indexOf("X-MS")) + "\r\n\r\nX-MS-Exchange-Organization-SCL: 5\r\n",
                stored.substring(stored.indexOf("X-MS-Exchange-Organization-AuthAs")));
        assertTrue(stored.startsWith("X-MS-Z: 1"), "nothing is put above: " + stored);
        assertEquals(
                fields("Internal") + "Subject: x\r\n\r\nX-MS-Exchange-Organization-SCL: 5\r\n",
                stored(with(servers), "Subject: x"));
    }

    @Test
    void a_default_domain_completes_addresses_that_have_none() {
        Dialogue d = new Dialogue(
                StageWorld.connector()
                        .withHome(new Home("mail.company.com", Set.of("mail.company.com"), Optional.of("company.com"))),
                CLIENT);
        d.say("EHLO c");
        assertEquals("250 2.1.0 Sender OK", d.say("MAIL FROM:<alice> SIZE=100"));
        assertEquals("250 2.1.5 Recipient OK", d.say("RCPT TO:<\"b c\"> NOTIFY=NEVER"));
        assertEquals("250 2.1.5 Recipient OK", d.say("RCPT TO:<d@gmail.com>"));
        assertEquals("550 5.1.1 User unknown", d.say("RCPT TO:<nobody>"));
        assertEquals("501 5.1.3 Invalid address", d.say("RCPT TO:<e f>"));
        assertEquals("501 5.1.3 Invalid address", d.say("RCPT TO:<" + "x".repeat(400) + ">"));
        d.say("DATA", ".");
        var envelope = d.submission.taken.getFirst().message().envelope();
        assertEquals("alice@company.com", envelope.sender().toString());
        assertEquals(
                "\"b c\"@company.com",
                envelope.recipients().getFirst().address().toString());
        assertEquals("d@gmail.com", envelope.recipients().getLast().address().toString());

        Dialogue without = Dialogue.local();
        without.say("EHLO c");
        assertEquals("550 5.1.7 Invalid address", without.say("MAIL FROM:<alice>"));
    }
}
