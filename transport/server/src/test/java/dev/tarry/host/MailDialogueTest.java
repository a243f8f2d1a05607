package dev.tarry.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MailDialogueTest {
    private static final Reply OK = Reply.of(250, "2.0.0 OK");

    private static MailErrand errand(boolean tls, Optional<MailErrand.Login> login, List<String> dsn, String... to) {
        return new MailErrand("host", 25, "a@company.com", List.of(to), new byte[] {'x'}, tls, login, dsn);
    }

    private static MailErrand plain(String... to) {
        return errand(false, Optional.empty(), List.of(), to);
    }

    private static String said(MailDialogue.Act act) {
        return assertInstanceOf(MailDialogue.Act.Say.class, act).line();
    }

    private static Handed over(MailDialogue.Act act) {
        return assertInstanceOf(MailDialogue.Act.Over.class, act).handed();
    }

    private static MailDialogue greeted(MailErrand errand, String... offered) {
        MailDialogue dialogue = new MailDialogue(errand, "MAIL");
        assertEquals("EHLO MAIL", said(dialogue.reply(Reply.of(220, "ready"))));
        List<String> lines = new ArrayList<>(List.of("host"));
        lines.addAll(List.of(offered));
        next = dialogue.reply(new Reply(250, lines));
        return dialogue;
    }

    /// What came of the greeting.
    private static MailDialogue.Act next;

    @Test
    void a_message_is_handed_in_command_by_command() {
        MailDialogue dialogue = greeted(plain("b@gmail.com", "c@gmail.com"), "SIZE");
        assertEquals("MAIL FROM:<a@company.com>", said(next));
        assertEquals("RCPT TO:<b@gmail.com>", said(dialogue.reply(OK)));
        assertEquals("RCPT TO:<c@gmail.com>", said(dialogue.reply(OK)));
        assertEquals("DATA", said(dialogue.reply(OK)));
        assertInstanceOf(MailDialogue.Act.Send.class, dialogue.reply(Reply.of(354, "go")));
        Handed.Taken taken = assertInstanceOf(Handed.Taken.class, over(dialogue.reply(OK)));
        assertEquals(List.of(), taken.refused());
        assertEquals(List.of(), taken.notes());
    }

    @Test
    void a_server_without_ehlo_is_greeted_with_helo() {
        MailDialogue dialogue = new MailDialogue(plain("b@gmail.com"), "MAIL");
        dialogue.reply(Reply.of(220, "ready"));
        assertEquals("HELO MAIL", said(dialogue.reply(Reply.of(502, "what"))));
        assertEquals("MAIL FROM:<a@company.com>", said(dialogue.reply(OK)));
    }

    @Test
    void a_refused_recipient_is_left_out_and_told() {
        MailDialogue dialogue = greeted(plain("b@gmail.com", "c@gmail.com"));
        dialogue.reply(OK);
        assertEquals("RCPT TO:<c@gmail.com>", said(dialogue.reply(Reply.of(550, "5.7.54 no"))));
        assertEquals("DATA", said(dialogue.reply(OK)));
        dialogue.reply(Reply.of(354, "go"));
        Handed.Taken taken = assertInstanceOf(Handed.Taken.class, over(dialogue.reply(OK)));
        assertEquals("b@gmail.com", taken.refused().getFirst().recipient());
    }

    @Test
    void nothing_is_sent_where_all_recipients_are_refused() {
        MailDialogue dialogue = greeted(plain("b@gmail.com"));
        dialogue.reply(OK);
        Handed handed = over(dialogue.reply(Reply.of(550, "5.7.54 no")));
        assertEquals(
                1, assertInstanceOf(Handed.NobodyTaken.class, handed).refused().size());
    }

    @Test
    void tls_is_begun_where_it_is_a_must_and_what_was_offered_before_is_forgotten() {
        MailErrand errand = errand(true, Optional.of(new MailErrand.Login("bob", "secret")), List.of(), "b@gmail.com");
        MailDialogue dialogue = greeted(errand, "STARTTLS", "AUTH LOGIN");
        assertEquals("STARTTLS", said(next));
        assertInstanceOf(MailDialogue.Act.Secure.class, dialogue.reply(Reply.of(220, "go")));
        assertEquals("EHLO MAIL", said(dialogue.secured()));
        // no AUTH this time
        assertEquals("MAIL FROM:<a@company.com>", said(dialogue.reply(new Reply(250, List.of("host")))));
    }

    @Test
    void a_server_that_offers_no_tls_gets_nothing_where_tls_is_a_must() {
        greeted(errand(true, Optional.empty(), List.of(), "b@gmail.com"), "AUTH LOGIN");
        assertInstanceOf(Handed.NoTls.class, over(next));
    }

    @Test
    void the_log_in_is_made_where_it_is_offered() {
        MailErrand errand = errand(false, Optional.of(new MailErrand.Login("bob", "secret")), List.of(), "b@gmail.com");
        MailDialogue dialogue = greeted(errand, "AUTH NTLM LOGIN");
        assertEquals("AUTH LOGIN Ym9i", said(next));
        assertEquals("c2VjcmV0", said(dialogue.reply(Reply.of(334, "UGFzc3dvcmQ6"))));
        assertEquals("MAIL FROM:<a@company.com>", said(dialogue.reply(Reply.of(235, "in"))));
    }

    @Test
    void a_log_in_that_fails_ends_it_and_one_that_is_not_offered_is_told() {
        MailErrand errand = errand(false, Optional.of(new MailErrand.Login("bob", "secret")), List.of(), "b@gmail.com");
        MailDialogue failing = greeted(errand, "AUTH LOGIN");
        failing.reply(Reply.of(334, "UGFzc3dvcmQ6"));
        Handed handed = over(failing.reply(Reply.of(535, "5.7.3 Authentication unsuccessful")));
        assertEquals("AUTH", assertInstanceOf(Handed.Refused.class, handed).command());

        MailDialogue without = greeted(errand);
        assertEquals("MAIL FROM:<a@company.com>", said(next));
        without.reply(OK);
        without.reply(OK);
        without.reply(Reply.of(354, "go"));
        Handed.Taken taken = assertInstanceOf(Handed.Taken.class, over(without.reply(OK)));
        assertTrue(taken.notes().getFirst().contains("the credential was not used"), taken.notes()::toString);
    }

    @Test
    void notifications_are_asked_for_where_the_server_knows_them() {
        MailErrand errand = errand(false, Optional.empty(), List.of("success", "Delay"), "b@gmail.com");
        MailDialogue knowing = greeted(errand, "DSN");
        assertEquals("RCPT TO:<b@gmail.com> NOTIFY=SUCCESS,DELAY", said(knowing.reply(OK)));
        MailDialogue simple = greeted(errand);
        assertEquals("RCPT TO:<b@gmail.com>", said(simple.reply(OK)));
    }

    @Test
    void what_would_break_a_command_is_no_address() {
        for (String bad : List.of("a", "a@", "@b", "a@b\r\nRCPT TO:<c@d>", "a@b>", "a b@c", "ü@b")) {
            assertThrows(IllegalArgumentException.class, () -> plain(bad), bad);
        }
        assertThrows(IllegalArgumentException.class, () -> plain());
        assertThrows(
                IllegalArgumentException.class,
                () -> errand(false, Optional.empty(), List.of("NEVER", "DELAY"), "a@b"));
    }

    @Test
    void a_password_is_never_printed() {
        assertEquals("Login[bob]", new MailErrand.Login("bob", "secret").toString());
    }
}
