package dev.tarry.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Envelope;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// More recipients than go in one transaction (RFC 5321 §4.5.3.1.10).
final class ManyRecipientsTest {
    private static Envelope to(String... recipients) {
        return Envelope.of(
                ReversePath.NULL, Stream.of(recipients).map(Recipient::of).toList());
    }

    private static String talk(Dialogue dialogue) {
        String all = dialogue.transcript();
        return all.substring(all.indexOf("> MAIL"));
    }

    private static String outcomes(Dialogue dialogue) {
        return dialogue.transcript()
                .lines()
                .filter(line -> line.startsWith("="))
                .reduce("", (a, b) -> a + b + "\n");
    }

    @Test
    void those_whom_the_host_wants_later_follow_at_once_with_the_same_message() {
        for (String tooMany : List.of("452 4.5.3 Too many recipients", "452 too many", "552 5.5.3 too many")) {
            assertEquals(
                    """
                    > MAIL FROM:<>
                    < 250 ok
                    > RCPT TO:<a@x.com>
                    < 250 ok
                    > RCPT TO:<b@x.com>
                    < TOO MANY
                    > DATA
                    < 354 go
                    > (message)
                    < 250 one
                    > MAIL FROM:<>
                    < 250 ok
                    > RCPT TO:<b@x.com>
                    < 250 ok
                    > DATA
                    < 354 go
                    > (message)
                    < 250 two
                    = a@x.com delivered 250 one
                    = b@x.com delivered 250 two
                    > QUIT
                    """.replace("TOO MANY", tooMany),
                    talk(Dialogue.plain()
                            .letter(to("a@x.com", "b@x.com"), 10)
                            .host("220 hi", "250 x", "250 ok", "250 ok", tooMany, "354 go", "250 one")
                            .host("250 ok", "250 ok", "354 go", "250 two")));
        }
    }

    @Test
    void a_452_that_means_something_else_is_the_recipients_own() {
        assertEquals(
                """
                = a@x.com delivered 250 one
                = b@x.com deferred 452 4.2.2 mailbox full
                """,
                outcomes(Dialogue.plain()
                        .letter(to("a@x.com", "b@x.com"), 10)
                        .host("220 hi", "250 x", "250 ok", "250 ok", "452 4.2.2 mailbox full", "354 go", "250 one")));
    }

    @Test
    void a_host_that_takes_nobody_is_not_asked_for_ever() {
        assertEquals(
                """
                = a@x.com deferred 452 4.5.3 no more
                = b@x.com deferred 452 4.5.3 no more
                """,
                outcomes(Dialogue.plain()
                        .letter(to("a@x.com", "b@x.com"), 10)
                        .host("220 hi", "250 x", "250 ok", "452 4.5.3 no more", "452 4.5.3 no more")));
    }

    @Test
    void no_more_than_the_bound_goes_in_one_transaction_whatever_becomes_of_it() {
        Dialogue dialogue = new Dialogue(false, 20, new MailTransaction.Terms(true, 2))
                .letter(to("a@x.com", "b@x.com", "c@x.com", "d@x.com", "e@x.com"), 10)
                .host("220 hi", "250-x|250 PIPELINING")
                .host("250 ok", "250 ok", "250 ok", "354 go", "554 5.7.1 spam")
                .host("250 ok", "550 no", "550 no", "554 nobody", "250 reset")
                .host("250 ok", "250 ok", "354 go", "250 taken");
        assertEquals("""
                = a@x.com failed 554 5.7.1 spam
                = b@x.com failed 554 5.7.1 spam
                = c@x.com failed 550 no
                = d@x.com failed 550 no
                = e@x.com delivered 250 taken
                """, outcomes(dialogue));
        assertEquals(3, dialogue.transcript().split("> MAIL").length - 1);
    }

    @Test
    void a_message_that_the_host_wants_later_is_wanted_later_for_all() {
        Dialogue dialogue = new Dialogue(false, 20, new MailTransaction.Terms(true, 1))
                .letter(to("a@x.com", "b@x.com"), 10)
                .host("220 hi", "250 x", "250 ok", "250 ok", "354 go", "451 4.3.0 later");
        assertEquals("""
                = a@x.com deferred 451 4.3.0 later
                = b@x.com deferred 451 4.3.0 later
                """, outcomes(dialogue));
        assertTrue(dialogue.transcript().endsWith("> QUIT\n"), dialogue::transcript);
    }

    @Test
    void a_connection_lost_in_the_second_transaction_keeps_what_the_first_has_delivered() {
        assertEquals(
                """
                = a@x.com delivered 250 one
                = b@x.com interrupted 451 4.4.397 Error communicating with target host. -> 421 4.4.2 Connection dropped due to ConnectionReset
                """,
                outcomes(new Dialogue(false, 20, new MailTransaction.Terms(true, 1))
                        .letter(to("a@x.com", "b@x.com"), 10)
                        .host("220 hi", "250 x", "250 ok", "250 ok", "354 go", "250 one", "250 ok")
                        .hangsUp()));
    }

    @Test
    void five_thousand_recipients_to_a_host_that_takes_a_hundred_each_are_all_delivered_at_once() {
        Dialogue dialogue = Dialogue.plain()
                .letter(
                        to(IntStream.range(0, 5_000)
                                .mapToObj(i -> "u" + i + "@x.com")
                                .toArray(String[]::new)),
                        10)
                .host("220 hi", "250-x|250-PIPELINING|250 CHUNKING");
        int left = 5_000;
        for (int asked = 1_000; left > 0; asked = 100) { // it has learned how many the host takes
            int taken = 100;
            dialogue.host("250 ok");
            for (int i = 0; i < asked; i++) {
                dialogue.host(i < taken ? "250 ok" : "452 4.5.3 too many");
            }
            dialogue.host("250 taken");
            left -= taken;
        }
        assertEquals(
                5_000,
                outcomes(dialogue)
                        .lines()
                        .filter(l -> l.endsWith("delivered 250 taken"))
                        .count());
        assertEquals(50, dialogue.transcript().split("> MAIL").length - 1);
    }

    @Test
    void whom_an_earlier_transaction_has_served_is_not_served_again_because_the_host_forgets_BDAT() {
        Dialogue dialogue = new Dialogue(false, 20, new MailTransaction.Terms(true, 1))
                .letter(to("a@x.com", "b@x.com"), 10)
                .chunks(10)
                .host("220 hi", "250-x|250 CHUNKING", "250 ok", "250 ok", "250 one")
                .host("250 ok", "250 ok", "500 5.5.1 what");
        String outcomes = outcomes(dialogue);
        assertTrue(outcomes.startsWith("= a@x.com delivered 250 one\n= b@x.com interrupted 451 "), outcomes);
        assertFalse(dialogue.transcript().contains("again without BDAT"), dialogue::transcript);
    }

    @Test
    void what_is_said_of_data_that_nobody_was_accepted_for_says_nothing_of_those_not_asked_yet() {
        Dialogue dialogue = new Dialogue(false, 20, new MailTransaction.Terms(true, 1))
                .letter(to("a@x.com", "b@x.com"), 10)
                .host("220 hi", "250-x|250 PIPELINING")
                .host("250 ok", "550 no", "451 no recipients", "250 reset")
                .host("250 ok", "250 ok", "354 go", "250 taken");
        assertEquals("""
                = a@x.com failed 550 no
                = b@x.com delivered 250 taken
                """, outcomes(dialogue));
    }

    @Test
    void endless_words_for_each_recipient_are_not_all_kept() {
        String line = "550-" + "x".repeat(1_900);
        String endless = (line + "|").repeat(199) + "550 no";
        Dialogue dialogue = Dialogue.plain()
                .letter(to("a@x.com", "b@x.com"), 10)
                .host("220 hi", "250 x", "250 ok", endless, endless);
        outcomes(dialogue).lines().forEach(outcome -> {
            assertTrue(outcome.contains(" failed 550 xxx"), outcome);
            assertTrue(outcome.length() < MailTransaction.MAX_REPLY_CHARACTERS + 100, "" + outcome.length());
        });
        assertEquals(2, outcomes(dialogue).lines().count());
    }
}
