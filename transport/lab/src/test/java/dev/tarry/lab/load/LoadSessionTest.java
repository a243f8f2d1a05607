package dev.tarry.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.load.LoadSession.Act;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Dialogues, line by line: what the server says, and what is said to it.
final class LoadSessionTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final String HELLO = "220 x";
    private static final String OFFERS = "250 PIPELINING";

    private final Tally tally = new Tally();
    private long now = 1_000 * MILLI;
    private LoadSession session;

    @Test
    void a_message_goes_in_one_group_where_pipelining_is_offered() {
        dial(true, 10, "a@x", "b@x");
        assertEquals("EHLO me.example", said("220 x"));
        assertEquals("MAIL FROM:<s@y> SIZE=111|RCPT TO:<a@x>|RCPT TO:<b@x>|DATA", said("250 SIZE 1000", "PIPELINING"));
        assertEquals("", said("250 ok"));
        assertEquals("", said("250 ok"));
        assertEquals("", said("250 ok"));
        assertEquals("CONTENT", said("354 go"));
        session.contentSent(now);
        assertEquals("READY", said("250 2.0.0 ok"));
        assertTally(1, 0, 0, 2, 0, 0, 0);
        assertEquals(Map.of("250 2.0.0", 1L), tally.replies.get(Stage.END_OF_DATA));
        assertEquals(Map.of("250", 2L), tally.replies.get(Stage.RCPT));
    }

    @Test
    void and_one_by_one_where_it_is_not_offered_or_not_wanted() {
        for (boolean wanted : new boolean[] {true, false}) {
            dial(wanted, 10, "a@x", "b@x");
            said(HELLO);
            assertEquals("MAIL FROM:<s@y>", said(wanted ? "250 ok" : OFFERS));
            assertEquals("RCPT TO:<a@x>", said("250 ok"));
            assertEquals("RCPT TO:<b@x>", said("250 ok"));
            assertEquals("DATA", said("250 ok"));
            assertEquals("CONTENT", said("354 go"));
        }
    }

    @Test
    void latency_counts_from_when_the_message_was_due() {
        dial(true, 10, "a@x");
        said(HELLO, OFFERS);
        said("250 ok", "250 ok", "354 go");
        now += 40 * MILLI;
        session.contentSent(now);
        now += 5 * MILLI;
        said("250 ok");
        assertEquals(5_000, tally.stages.get(Stage.END_OF_DATA).getMaxValue(), 10);
        assertEquals(1_045_000, tally.messages.getMaxValue(), 1_000);
    }

    @Test
    void a_second_letter_goes_on_the_same_connection_until_it_has_carried_enough() {
        dial(true, 2, "a@x");
        said(HELLO, OFFERS);
        transaction();
        assertTrue(session.more());
        assertEquals("MAIL FROM:<s@y>|RCPT TO:<b@x>|DATA", word(session.next(letter("b@x"), now, now)));
        transaction();
        assertFalse(session.more());
        assertEquals("QUIT", word(session.quit(now)));
        assertEquals("HANG UP", said("221 bye"));
        session.broke(Failure.HUNG_UP);
        assertTally(2, 0, 0, 2, 0, 0, 0);
        assertEquals(Map.of(), tally.failures);
    }

    @Test
    void recipients_are_counted_by_their_own_answers() {
        dial(true, 10, "a@x", "b@x", "c@x", "d@x");
        said(HELLO, OFFERS);
        said("250 ok", "250 ok", "450 later", "550 no", "250 ok");
        assertEquals("CONTENT", said("354 go"));
        session.contentSent(now);
        said("250 ok");
        assertTally(1, 0, 0, 2, 1, 1, 0);
    }

    @Test
    void a_refused_message_loses_its_accepted_recipients() {
        dial(true, 10, "a@x", "b@x");
        said(HELLO, OFFERS);
        said("250 ok", "250 ok", "550 no", "354 go");
        session.contentSent(now);
        assertEquals("READY", said("554 spam"));
        assertTally(0, 1, 0, 0, 0, 1, 1);
    }

    @Test
    void mail_refused_in_a_group_lets_the_other_replies_go_by_and_says_nothing_of_the_recipients() {
        dial(true, 10, "a@x", "b@x");
        said(HELLO, OFFERS);
        assertEquals("", said("451 not now"));
        assertEquals("", said("503 MAIL first", "503 MAIL first"));
        assertEquals("READY", said("503 RCPT first"));
        assertTally(0, 1, 0, 0, 0, 0, 2);
    }

    @Test
    void mail_refused_one_by_one_ends_the_message_at_once() {
        dial(false, 10, "a@x", "b@x");
        said(HELLO, OFFERS);
        assertEquals("READY", said("451 not now"));
        assertTally(0, 1, 0, 0, 0, 0, 2);
    }

    @Test
    void when_all_recipients_are_refused_the_transaction_is_taken_back() {
        dial(true, 10, "a@x");
        said(HELLO, OFFERS);
        assertEquals("", said("250 ok", "550 no"));
        assertEquals("RSET", said("554 no recipients"));
        assertEquals("READY", said("250 ok"));
        assertTally(0, 1, 0, 0, 0, 1, 0);

        dial(false, 10, "a@x");
        said(HELLO, OFFERS, "250 ok");
        assertEquals("RSET", said("452 full"));
        assertTally(0, 2, 0, 0, 1, 1, 0);
    }

    @Test
    void content_that_is_wanted_for_nobody_is_empty() {
        dial(true, 10, "a@x");
        said(HELLO, OFFERS);
        assertEquals(".", said("250 ok", "550 no", "354 go"));
        assertEquals("READY", said("554 nobody"));
        assertTally(0, 1, 0, 0, 0, 1, 0);
    }

    @Test
    void a_refused_data_is_taken_back_unless_the_session_ends_anyway() {
        dial(true, 10, "a@x");
        said(HELLO, OFFERS);
        assertEquals("RSET", said("250 ok", "250 ok", "451 disk"));
        assertTally(0, 1, 0, 0, 0, 0, 1);

        dial(true, 1, "a@x");
        said(HELLO, OFFERS);
        assertEquals("READY", said("250 ok", "250 ok", "451 disk"));
        assertFalse(session.more());
    }

    @Test
    void who_is_turned_away_at_the_door_goes_home() {
        dial(true, 10, "a@x");
        assertEquals("QUIT", said("554 not you"));
        assertEquals("HANG UP", said("221 bye"));
        assertFalse(session.more());
        assertTally(0, 1, 0, 0, 0, 0, 1);
    }

    @Test
    void ehlo_refused_becomes_helo() {
        dial(true, 10, "a@x");
        assertEquals("HELO me.example", said(HELLO, "502 what"));
        assertEquals("MAIL FROM:<s@y>", said("250 hi"));
        dial(true, 10, "a@x");
        assertEquals("QUIT", said(HELLO, "502 what", "502 what"));
    }

    @Test
    void a_farewell_ends_the_session_at_every_stage() {
        var dialogue = List.of(HELLO, OFFERS, "250 ok", "250 ok", "354 go", "DOT", "250 ok");
        for (int at = 0; at < dialogue.size(); at++) {
            dial(true, 10, "a@x");
            dialogue.subList(0, at).forEach(this::step);
            long failed = tally.failed;
            long ended = tally.accepted;
            assertEquals("HANG UP", said("421 closing"), "at " + at);
            assertFalse(session.more());
            session.broke(Failure.HUNG_UP);
            // Once the letter has been handed over nothing can fail.
            assertEquals(at == dialogue.size() ? failed : failed + 1, tally.failed, "at " + at);
            assertEquals(ended, tally.accepted);
        }
        assertTrue(tally.failures.values().stream()
                .allMatch(kinds -> kinds.keySet().equals(java.util.Set.of(Failure.FAREWELL))));
    }

    @Test
    void a_farewell_between_messages_costs_no_message() {
        dial(true, 10, "a@x");
        said(HELLO, OFFERS);
        transaction();
        assertEquals("HANG UP", said("421 idle too long"));
        assertTally(1, 0, 0, 1, 0, 0, 0);
        assertEquals(Map.of("421", 1L), tally.replies.get(Stage.IDLE));
    }

    @Test
    void a_connection_that_breaks_fails_the_message_once_and_says_where() {
        var dialogue = List.of(HELLO, OFFERS, "250 ok", "250 ok", "354 go", "DOT");
        var stages = List.of(
                Stage.BANNER, Stage.EHLO, Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.END_OF_DATA, Stage.END_OF_DATA);
        for (int at = 0; at <= dialogue.size(); at++) {
            var before = failures();
            dial(true, 10, "a@x");
            dialogue.subList(0, at).forEach(this::step);
            session.broke(Failure.RESET);
            session.broke(Failure.HUNG_UP);
            assertEquals(at + 1, tally.failed);
            var after = failures();
            after.merge(stages.get(at) + " RESET", -1L, Long::sum);
            after.values().removeIf(count -> count == 0);
            assertEquals(before, after);
        }
    }

    @Test
    void a_dial_in_vain_is_a_failure_to_connect() {
        session = session(true, 10, letter("a@x"));
        session.broke(Failure.REFUSED);
        assertEquals(Map.of("CONNECT REFUSED", 1L), failures());
        assertTally(0, 0, 1, 0, 0, 0, 1);
    }

    @Test
    void replies_that_cannot_be_end_the_session() {
        for (var wrong : List.of("354 go", "334 x", "150 wait")) {
            dial(true, 10, "a@x");
            assertEquals("HANG UP", said(wrong));
        }
        dial(true, 10, "a@x");
        said(HELLO, OFFERS, "250 ok", "250 ok");
        assertEquals("HANG UP", said("250 go"));
        assertEquals(Map.of("BANNER WRONG_REPLY", 3L, "DATA WRONG_REPLY", 1L), failures());
        assertEquals(4, tally.failed);
    }

    @Test
    void a_reply_to_content_that_is_still_being_sent_ends_the_session() {
        dial(true, 10, "a@x");
        said(HELLO, OFFERS, "250 ok", "250 ok", "354 go");
        assertEquals("HANG UP", said("552 too big"));
        assertEquals(Map.of("END_OF_DATA OUT_OF_TURN", 1L), failures());
        assertEquals(Map.of("552", 1L), tally.replies.get(Stage.END_OF_DATA));
        assertTally(0, 0, 1, 0, 0, 0, 1);
    }

    @Test
    void replies_that_nobody_asked_for_end_the_session() {
        dial(true, 10, "a@x");
        said(HELLO, OFFERS);
        transaction();
        assertEquals("HANG UP", said("250 and another"));
        assertEquals("HANG UP", said("250 and another"));
        assertEquals(Map.of("IDLE OUT_OF_TURN", 1L), failures());
        assertTally(1, 0, 0, 1, 0, 0, 0);
    }

    @Test
    void login_is_plain_or_login_as_offered_and_a_refusal_is_the_messages() {
        dialWithLogin();
        assertEquals("AUTH PLAIN AGJvYgBzZWNyZXQ=", said(HELLO, "250 AUTH LOGIN PLAIN"));
        assertEquals("MAIL FROM:<s@y>", said("235 2.7.0 in"));

        dialWithLogin();
        assertEquals("AUTH LOGIN", said(HELLO, "250 AUTH=LOGIN"));
        assertEquals("Ym9i", said("334 VXNlcm5hbWU6"));
        assertEquals("c2VjcmV0", said("334 UGFzc3dvcmQ6"));
        assertEquals("QUIT", said("535 5.7.8 no"));
        assertTally(0, 1, 0, 0, 0, 0, 1);

        dialWithLogin();
        assertEquals("QUIT", said(HELLO, "250 ok"));
        assertTally(0, 2, 0, 0, 0, 0, 2);
    }

    @Test
    void kinds_of_replies_do_not_grow_without_end() {
        for (int i = 0; i < 100; i++) {
            for (int j = 0; j < 100; j++) {
                tally.replied(Stage.MAIL, new SmtpReply(450, List.of("4." + i + "." + j)), 1);
            }
        }
        var kinds = tally.replies.get(Stage.MAIL);
        assertEquals(Tally.KINDS_MAX + 1, kinds.size());
        assertEquals(10_000, kinds.values().stream().mapToLong(Long::longValue).sum());
    }

    private void step(String line) {
        if (line.equals("DOT")) {
            session.contentSent(now);
        } else {
            said(line);
        }
    }

    private void transaction() {
        assertEquals("CONTENT", said("250 ok", "250 ok", "354 go"));
        session.contentSent(now);
        assertEquals("READY", said("250 ok"));
    }

    private void dial(boolean pipelining, int perConnection, String... to) {
        session = session(pipelining, perConnection, letter(to));
        session.opened(now);
    }

    private void dialWithLogin() {
        var login = Optional.of(new Manners.Login("bob", "secret"));
        session = new LoadSession(new Manners("me.example", true, 10, login), tally, letter("a@x"), now, now);
        session.opened(now);
    }

    /// Due a second before now.
    private LoadSession session(boolean pipelining, int perConnection, Letter first) {
        var manners = new Manners("me.example", pipelining, perConnection, Optional.empty());
        return new LoadSession(manners, tally, first, now - 1_000 * MILLI, now);
    }

    private static Letter letter(String... to) {
        return new Letter(0, "s@y", List.of(to), "Subject: x\r\n", 99);
    }

    /// What is said after these replies; several lines that begin with one code are one reply.
    private String said(String... replies) {
        var answer = "";
        if (replies.length == 2 && !replies[1].matches("\\d{3} .*")) {
            return word(session.reply(
                    new SmtpReply(
                            Integer.parseInt(replies[0].substring(0, 3)), List.of(replies[0].substring(4), replies[1])),
                    now));
        }
        for (var reply : replies) {
            answer = word(session.reply(
                    new SmtpReply(Integer.parseInt(reply.substring(0, 3)), List.of(reply.substring(4))), now));
        }
        return answer;
    }

    private static String word(Act act) {
        return switch (act) {
            case Act.Say(var text) -> {
                assertTrue(text.endsWith("\r\n"), text);
                yield String.join("|", Arrays.asList(text.split("\r\n")));
            }
            case Act.Send _ -> "CONTENT";
            case Act.Await() -> "";
            case Act.Ready() -> "READY";
            case Act.HangUp() -> "HANG UP";
        };
    }

    private Map<String, Long> failures() {
        var all = new TreeMap<String, Long>();
        tally.failures.forEach((stage, kinds) -> kinds.forEach((kind, count) -> all.put(stage + " " + kind, count)));
        return all;
    }

    private void assertTally(
            long accepted, long refused, long failed, long to, long refusedForNow, long refusedForGood, long lost) {
        assertEquals(
                new ArrayList<>(List.of(accepted, refused, failed, to, refusedForNow, refusedForGood, lost)),
                List.of(
                        tally.accepted,
                        tally.refused,
                        tally.failed,
                        tally.recipientsAccepted,
                        tally.recipientsRefusedForNow,
                        tally.recipientsRefused,
                        tally.recipientsLost));
    }
}
