package dev.tarry.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SendSessionTest {
    private static final String PIPELINING = "250-mx1.gmail.com|250-PIPELINING|250-SIZE 1000|250-8BITMIME|250 DSN";

    private static Envelope to(String... recipients) {
        return Envelope.of(
                ReversePath.of(EmailAddress.of("alice@company.com")),
                Stream.of(recipients).map(Recipient::of).toList());
    }

    @Test
    void a_message_to_a_plain_host_goes_step_by_step() {
        assertEquals(
                """
                < 220 mx1.gmail.com
                > EHLO mail.company.com
                < 250 mx1.gmail.com
                > MAIL FROM:<alice@company.com>
                < 250 ok
                > RCPT TO:<a@gmail.com>
                < 250 ok
                > RCPT TO:<b@gmail.com>
                < 250 ok
                > DATA
                < 354 go on
                > (message)
                < 250 2.0.0 taken
                = a@gmail.com delivered 250 2.0.0 taken
                = b@gmail.com delivered 250 2.0.0 taken
                > QUIT
                < 221 bye
                ! over
                """,
                Dialogue.plain()
                        .letter(to("a@gmail.com", "b@gmail.com"), 10)
                        .host("220 mx1.gmail.com", "250 mx1.gmail.com", "250 ok", "250 ok", "250 ok", "354 go on")
                        .host("250 2.0.0 taken", "221 bye")
                        .transcript());
    }

    @Test
    void with_pipelining_the_envelope_leaves_in_one_flight() {
        assertEquals(
                """
                < 220 hi
                > EHLO mail.company.com
                < 250-mx1.gmail.com|250-PIPELINING|250-SIZE 1000|250-8BITMIME|250 DSN
                > MAIL FROM:<alice@company.com> SIZE=10
                > RCPT TO:<a@gmail.com>
                > RCPT TO:<b@gmail.com>
                > DATA
                < 250 ok
                < 250 ok
                < 550 5.1.1 no b
                < 354 go on
                > (message)
                < 250 2.0.0 taken
                = a@gmail.com delivered 250 2.0.0 taken
                = b@gmail.com failed 550 5.1.1 no b
                > QUIT
                """,
                Dialogue.plain()
                        .letter(to("a@gmail.com", "b@gmail.com"), 10)
                        .host(
                                "220 hi",
                                PIPELINING,
                                "250 ok",
                                "250 ok",
                                "550 5.1.1 no b",
                                "354 go on",
                                "250 2.0.0 taken")
                        .transcript());
    }

    @Test
    void each_recipient_has_its_own_outcome() {
        assertEquals(
                """
                = a@x.com deferred 450 4.2.0 greylisted
                = b@x.com failed 550 5.1.1 no
                = c@x.com delivered 250 ok
                """,
                outcomes(Dialogue.plain()
                        .letter(to("a@x.com", "b@x.com", "c@x.com"), 10)
                        .host(
                                "220 hi",
                                "250 x",
                                "250 ok",
                                "450 4.2.0 greylisted",
                                "550 5.1.1 no",
                                "250 ok",
                                "354 go",
                                "250 ok")));
    }

    @Test
    void what_the_end_of_data_says_counts_for_those_accepted_only() {
        assertEquals(
                """
                = a@x.com failed 550 5.1.1 no
                = b@x.com deferred 452 4.3.1 full
                """,
                outcomes(Dialogue.plain()
                        .letter(to("a@x.com", "b@x.com"), 10)
                        .host("220 hi", PIPELINING, "250 ok", "550 5.1.1 no", "250 ok", "354 go", "452 4.3.1 full")));
    }

    @Test
    void a_refused_MAIL_counts_for_all_and_nothing_more_is_said_of_that_message() {
        assertEquals(
                """
                < 220 hi
                > EHLO mail.company.com
                < 250 x
                > MAIL FROM:<alice@company.com>
                < 550 5.7.1 not you
                = a@x.com failed 550 5.7.1 not you
                = b@x.com failed 550 5.7.1 not you
                > QUIT
                """,
                Dialogue.plain()
                        .letter(to("a@x.com", "b@x.com"), 10)
                        .host("220 hi", "250 x", "550 5.7.1 not you")
                        .transcript());
    }

    @Test
    void a_refused_MAIL_in_a_flight_swallows_the_other_refusals() {
        assertEquals(
                """
                = a@x.com deferred 451 4.7.1 later
                > QUIT
                """,
                tail(Dialogue.plain()
                        .letter(to("a@x.com"), 10)
                        .host("220 hi", PIPELINING, "451 4.7.1 later", "503 need MAIL", "503 need RCPT")));
    }

    @Test
    void nobody_accepted_means_RSET_before_the_next_message() {
        assertEquals(
                """
                > RCPT TO:<a@x.com>
                < 550 5.1.1 no
                = a@x.com failed 550 5.1.1 no
                > RSET
                < 250 reset
                > MAIL FROM:<alice@company.com>
                """,
                Dialogue.plain()
                        .letter(to("a@x.com"), 10)
                        .letter(to("b@x.com"), 10)
                        .host("220 hi", "250 x", "250 ok", "550 5.1.1 no", "250 reset")
                        .transcript()
                        .substring(
                                "< 220 hi\n> EHLO mail.company.com\n< 250 x\n> MAIL FROM:<alice@company.com>\n< 250 ok\n"
                                        .length()));
    }

    @Test
    void nobody_accepted_in_a_flight_and_data_wanted_all_the_same_gets_an_empty_message() {
        assertEquals(
                """
                < 250 ok
                < 550 no
                < 354 go
                > .
                < 554 no valid recipients
                = a@x.com failed 550 no
                > QUIT
                """,
                after(
                        "> DATA\n",
                        Dialogue.plain()
                                .letter(to("a@x.com"), 10)
                                .host("220 hi", PIPELINING, "250 ok", "550 no", "354 go", "554 no valid recipients")));
    }

    @Test
    void nobody_accepted_in_a_flight_and_data_refused_means_RSET() {
        assertEquals(
                """
                < 250 ok
                < 450 later
                < 503 no recipients
                = a@x.com deferred 450 later
                > RSET
                < 250 ok
                > QUIT
                """,
                after(
                        "> DATA\n",
                        Dialogue.plain()
                                .letter(to("a@x.com"), 10)
                                .host("220 hi", PIPELINING, "250 ok", "450 later", "503 no recipients", "250 ok")));
    }

    @Test
    void refused_DATA_counts_for_those_accepted() {
        assertEquals(
                """
                = a@x.com deferred 451 no room
                = b@x.com failed 550 no
                """,
                outcomes(Dialogue.plain()
                        .letter(to("a@x.com", "b@x.com"), 10)
                        .host("220 hi", "250 x", "250 ok", "250 ok", "550 no", "451 no room")));
    }

    @Test
    void EHLO_refused_falls_back_to_HELO_and_then_nothing_is_offered() {
        assertEquals(
                """
                < 220 hi
                > EHLO mail.company.com
                < 502 what
                > HELO mail.company.com
                < 250-x|250-PIPELINING|250 SIZE 5
                > MAIL FROM:<alice@company.com>
                """,
                Dialogue.plain()
                        .letter(to("a@x.com"), 10)
                        .host("220 hi", "502 what", "250-x|250-PIPELINING|250 SIZE 5")
                        .transcript());
    }

    @Test
    void a_connector_may_force_HELO() {
        assertTrue(new Dialogue(true, 20).host("220 hi").transcript().endsWith("> HELO mail.company.com\n"));
    }

    @Test
    void a_host_that_does_not_greet_is_left_for_the_next_one_and_no_message_is_touched() {
        for (String greeting : List.of("421 busy", "450 later", "554 go away")) {
            assertEquals(
                    "< " + greeting + "\n! next host: 451 4.4.395 Target host responded with error. -> " + greeting
                            + "\n",
                    Dialogue.plain().letter(to("a@x.com"), 1).host(greeting).transcript());
        }
        assertEquals(
                "! next host: 451 4.4.395 Target host responded with error. -> 421 later\n",
                tail(Dialogue.plain().letter(to("a@x.com"), 1).host("220 hi", "421 later")));
        assertEquals(
                "! next host: 451 4.4.395 Target host responded with error. -> 550 no\n",
                tail(Dialogue.plain().letter(to("a@x.com"), 1).host("220 hi", "500 what", "550 no")));
        assertEquals(
                "! next host: 451 4.4.397 Error communicating with target host. -> 421 4.4.2 Connection dropped due to"
                        + " ConnectionReset\n",
                tail(Dialogue.plain().letter(to("a@x.com"), 1).host("220 hi").hangsUp()));
    }

    @Test
    void a_421_within_a_message_ends_the_host_and_decides_nothing_about_the_undecided() {
        String[] before = {"220 hi", "250 x", "250 ok", "550 no", "250 ok", "354 go"};
        String[] refused = {"", "", "", "", "= a@x.com failed 550 no", "= a@x.com failed 550 no"};
        for (int stage = 2; stage < before.length; stage++) {
            Dialogue dialogue = Dialogue.plain().letter(to("a@x.com", "b@x.com"), 10);
            for (int i = 0; i < stage; i++) {
                dialogue.host(before[i]);
            }
            String transcript = dialogue.host("421 shutting down").transcript();
            String words = "451 4.4.395 Target host responded with error. -> 421 shutting down";
            assertTrue(transcript.endsWith("= b@x.com interrupted " + words + "\n! over: " + words + "\n"), transcript);
            assertTrue(transcript.contains(refused[stage]), transcript);
            assertEquals(SendSession.State.OVER, dialogue.state());
        }
    }

    @Test
    void a_loss_at_any_stage_of_a_message_interrupts_it_and_keeps_what_was_decided() {
        String[] replies = {"220 hi", PIPELINING, "250 ok", "550 no", "250 ok", "354 go"};
        for (int stage = 2; stage <= replies.length; stage++) {
            Dialogue dialogue = Dialogue.plain().letter(to("a@x.com", "b@x.com"), 10);
            for (int i = 0; i < stage; i++) {
                dialogue.host(replies[i]);
            }
            String transcript = dialogue.hangsUp().transcript();
            assertTrue(transcript.contains("= b@x.com interrupted 451 4.4.397"), transcript);
            assertTrue(
                    transcript.contains(stage < 4 ? "= a@x.com interrupted 451 4.4.397" : "= a@x.com failed 550 no"),
                    transcript);
        }
    }

    @Test
    void between_messages_a_loss_or_a_421_is_no_harm() {
        String[] all = {"220 hi", "250 x", "250 ok", "250 ok", "354 go", "250 taken"};
        assertTrue(Dialogue.plain()
                .letter(to("a@x.com"), 1)
                .host(all)
                .hangsUp()
                .transcript()
                .endsWith("> QUIT\n< (hangs up)\n! over\n"));
        assertTrue(Dialogue.plain()
                .letter(to("a@x.com"), 1)
                .host("220 hi", "250 x", "250 ok", "550 no", "421 enough")
                .transcript()
                .endsWith("> RSET\n< 421 enough\n! over\n"));
    }

    @Test
    void several_messages_use_one_connection_until_the_limit() {
        Dialogue dialogue = new Dialogue(false, 2)
                .letter(to("a@x.com"), 1)
                .letter(to("b@x.com"), 1)
                .letter(to("c@x.com"), 1)
                .host("220 hi", "250 x");
        for (int i = 0; i < 2; i++) {
            dialogue.host("250 ok", "250 ok", "354 go", "250 taken");
        }
        assertEquals("""
                = a@x.com delivered 250 taken
                = b@x.com delivered 250 taken
                """, outcomes(dialogue));
        assertTrue(dialogue.transcript().endsWith("> QUIT\n"));
    }

    @Test
    void a_message_above_the_hosts_size_fails_without_being_sent_and_the_next_one_goes() {
        assertEquals(
                """
                = big@x.com failed 552 5.3.4 SMTPSEND.OverAdvertisedSize; message size exceeds fixed maximum size
                > MAIL FROM:<alice@company.com> SIZE=1000
                > RCPT TO:<small@x.com>
                > DATA
                """,
                after(
                        PIPELINING + "\n",
                        Dialogue.plain()
                                .letter(to("big@x.com"), 1001)
                                .letter(to("small@x.com"), 1000)
                                .host("220 hi", PIPELINING)));
    }

    @Test
    void size_zero_and_size_alone_are_no_limit() {
        for (String size : List.of("SIZE", "SIZE 0", "SIZE many")) {
            assertTrue(Dialogue.plain()
                    .letter(to("a@x.com"), Long.MAX_VALUE)
                    .host("220 hi", "250-x|250 " + size)
                    .transcript()
                    .endsWith("> MAIL FROM:<alice@company.com> SIZE=9223372036854775807\n"));
        }
    }

    @Test
    void an_address_that_is_not_ascii_needs_SMTPUTF8() {
        Envelope envelope = to("bücher@x.com");
        assertEquals("""
                = bücher@x.com failed 553 5.6.7 SMTPUTF8 is required, but was not offered by the host
                > QUIT
                """, after("250 x\n", Dialogue.plain().letter(envelope, 1).host("220 hi", "250 x")));
        assertTrue(Dialogue.plain()
                .letter(envelope, 1)
                .host("220 hi", "250-x|250 SMTPUTF8")
                .transcript()
                .endsWith("> MAIL FROM:<alice@company.com> SMTPUTF8\n"));
    }

    @Test
    void an_answer_before_the_end_of_the_data_counts_and_ends_the_connection() {
        assertEquals(
                """
                > (message)
                < 552 5.3.4 too large
                = a@x.com failed 552 5.3.4 too large
                ! over
                """,
                after(
                        "354 go\n",
                        Dialogue.plain()
                                .slowBody()
                                .letter(to("a@x.com"), 1)
                                .host("220 hi", "250 x", "250 ok", "250 ok", "354 go", "552 5.3.4 too large")));
        assertTrue(Dialogue.plain()
                .slowBody()
                .letter(to("a@x.com"), 1)
                .host("220 hi", "250 x", "250 ok", "250 ok", "354 go", "250 taken already?")
                .transcript()
                .contains("= a@x.com interrupted 451 4.4.395"));
    }

    @Test
    void replies_that_fit_nothing_are_temporary() {
        assertTrue(Dialogue.plain()
                .letter(to("a@x.com"), 1)
                .host("220 hi", "250 x", "354 what")
                .transcript()
                .contains("= a@x.com interrupted 451 4.4.395"));
        assertTrue(Dialogue.plain()
                .letter(to("a@x.com"), 1)
                .host("220 hi", "250 x", "250 ok", "250 ok", "250 data is fine")
                .transcript()
                .contains("= a@x.com interrupted 451 4.4.395"));
        assertTrue(Dialogue.plain()
                .letter(to("a@x.com"), 1)
                .host("220 hi", "250 x", "250 ok", "250 ok", "354 go", "354 more")
                .transcript()
                .contains("= a@x.com interrupted 451 4.4.395"));
        assertTrue(Dialogue.plain().host("354 hello").transcript().contains("! next host: 451 4.4.395"));
    }

    @Test
    void after_the_end_nothing_is_said_whatever_comes() {
        Dialogue dialogue = Dialogue.plain().host("554 no");
        String before = dialogue.transcript();
        assertEquals(
                before + "< 250 ok\n< (hangs up)\n",
                dialogue.host("250 ok").hangsUp().transcript());
    }

    private static String outcomes(Dialogue dialogue) {
        StringBuilder lines = new StringBuilder();
        dialogue.transcript()
                .lines()
                .filter(l -> l.startsWith("= "))
                .forEach(l -> lines.append(l).append('\n'));
        return lines.toString();
    }

    /// From the first thing we said after the host's last word.
    private static String tail(Dialogue dialogue) {
        String transcript = dialogue.transcript();
        int last = transcript.lastIndexOf("\n< ");
        return transcript.substring(transcript.indexOf('\n', last + 1) + 1);
    }

    private static String after(String mark, Dialogue dialogue) {
        String transcript = dialogue.transcript();
        return transcript.substring(transcript.indexOf(mark) + mark.length());
    }
}
