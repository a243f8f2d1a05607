package dev.tarry.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// BDAT (RFC 3030), as far as it is said and not written.
final class ChunkingTest {
    private static final String PLAIN = "250-mx|250 CHUNKING";
    private static final String PIPELINING = "250-mx|250-PIPELINING|250 CHUNKING";
    private static final long LARGE = MailTransaction.EARLY_BODY_BYTES + 1;

    private static Envelope to(String... recipients) {
        return Envelope.of(
                ReversePath.of(EmailAddress.of("alice@company.com")),
                Stream.of(recipients).map(Recipient::of).toList());
    }

    /// What comes after the answer to EHLO.
    private static String talk(Dialogue dialogue) {
        String all = dialogue.transcript();
        int from = all.indexOf("CHUNKING\n") + "CHUNKING\n".length();
        return all.substring(from);
    }

    @Test
    void without_pipelining_each_chunk_waits_for_the_answer_to_the_one_before() {
        assertEquals(
                """
                > MAIL FROM:<alice@company.com>
                < 250 ok
                > RCPT TO:<a@x.com>
                < 250 ok
                > BDAT 7
                < 250 7 octets
                > BDAT 8
                < 250 8 octets
                > BDAT 9 LAST
                < 250 2.0.0 taken
                = a@x.com delivered 250 2.0.0 taken
                > QUIT
                """,
                talk(Dialogue.plain()
                        .letter(to("a@x.com"), LARGE)
                        .chunks(7, 8, 9)
                        .host("220 hi", PLAIN, "250 ok", "250 ok", "250 7 octets", "250 8 octets")
                        .host("250 2.0.0 taken")));
    }

    @Test
    void with_pipelining_chunks_follow_each_other_when_somebody_was_accepted() {
        assertEquals(
                """
                > MAIL FROM:<alice@company.com>
                > RCPT TO:<a@x.com>
                > RCPT TO:<b@x.com>
                < 250 ok
                < 550 no
                < 250 ok
                > BDAT 7
                > BDAT 8
                > BDAT 9 LAST
                < 250 7 octets
                < 250 8 octets
                < 250 2.0.0 taken
                = a@x.com failed 550 no
                = b@x.com delivered 250 2.0.0 taken
                > QUIT
                """,
                talk(Dialogue.plain()
                        .letter(to("a@x.com", "b@x.com"), LARGE)
                        .chunks(7, 8, 9)
                        .host("220 hi", PIPELINING, "250 ok", "550 no", "250 ok")
                        .host("250 7 octets", "250 8 octets", "250 2.0.0 taken")));
    }

    @Test
    void no_more_than_the_bound_goes_ahead_of_the_answers() {
        Dialogue dialogue = Dialogue.plain()
                .letter(to("a@x.com"), LARGE)
                .chunks(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
                .host("220 hi", PIPELINING, "250 ok", "250 ok");
        assertTrue(dialogue.transcript().endsWith("> BDAT 8\n"), dialogue::transcript);
        dialogue.host("250 ok");
        assertTrue(dialogue.transcript().endsWith("< 250 ok\n> BDAT 9\n"), dialogue::transcript);
        dialogue.host("250 ok");
        assertTrue(dialogue.transcript().endsWith("> BDAT 10 LAST\n"), dialogue::transcript);
    }

    @Test
    void a_small_message_leaves_in_one_flight_with_its_envelope() {
        assertEquals(
                """
                > MAIL FROM:<alice@company.com>
                > RCPT TO:<a@x.com>
                > BDAT 10 LAST
                < 250 ok
                < 250 ok
                < 250 taken
                = a@x.com delivered 250 taken
                > QUIT
                """,
                talk(Dialogue.plain()
                        .letter(to("a@x.com"), 10)
                        .host("220 hi", PIPELINING, "250 ok", "250 ok", "250 taken")));
    }

    @Test
    void a_small_message_that_nobody_gets_is_answered_for_and_dropped() {
        assertEquals(
                """
                > MAIL FROM:<alice@company.com>
                > RCPT TO:<a@x.com>
                > BDAT 10 LAST
                < 250 ok
                < 550 no
                ! stop
                < 554 no valid recipients
                = a@x.com failed 550 no
                > RSET
                < 250 ok
                > QUIT
                """,
                talk(Dialogue.plain()
                        .letter(to("a@x.com"), 10)
                        .host("220 hi", PIPELINING, "250 ok", "550 no", "554 no valid recipients", "250 ok")));
        assertEquals(
                """
                > MAIL FROM:<alice@company.com>
                > RCPT TO:<a@x.com>
                > BDAT 10 LAST
                < 451 4.7.1 later
                < 503 no MAIL
                ! stop
                < 503 no MAIL
                = a@x.com deferred 451 4.7.1 later
                > RSET
                """,
                talk(Dialogue.plain()
                        .letter(to("a@x.com"), 10)
                        .host("220 hi", PIPELINING, "451 4.7.1 later", "503 no MAIL", "503 no MAIL")));
    }

    @Test
    void when_nobody_was_accepted_no_chunk_of_a_large_message_leaves() {
        String talk = talk(Dialogue.plain()
                .letter(to("a@x.com"), LARGE)
                .chunks(7, 8)
                .host("220 hi", PIPELINING, "250 ok", "550 no", "250 reset"));
        assertFalse(talk.contains("BDAT"), talk);
        assertTrue(talk.endsWith("= a@x.com failed 550 no\n> RSET\n< 250 reset\n> QUIT\n"), talk);
    }

    @Test
    void a_chunk_refused_midway_stops_the_message_and_RSET_clears_it_away() {
        for (String refusal : List.of("552 5.3.4 too large", "452 4.3.1 full")) {
            String word = refusal.startsWith("5") ? "failed " : "deferred ";
            assertEquals(
                    """
                    > BDAT 7
                    < 250 7 octets
                    > BDAT 8
                    < REFUSAL
                    ! stop
                    = a@x.com WORDREFUSAL
                    > RSET
                    < 250 ok
                    > QUIT
                    """.replace("WORD", word).replace("REFUSAL", refusal),
                    talk(Dialogue.plain()
                                    .letter(to("a@x.com"), LARGE)
                                    .chunks(7, 8, 9)
                                    .host("220 hi", PLAIN, "250 ok", "250 ok", "250 7 octets", refusal, "250 ok"))
                            .split("< 250 ok\n", 3)[2]);
        }
    }

    @Test
    void answers_owed_to_chunks_behind_a_refused_one_are_awaited_and_say_nothing() {
        assertEquals(
                """
                > BDAT 7
                > BDAT 8
                > BDAT 9 LAST
                < 250 7 octets
                < 554 5.6.0 bad content
                ! stop
                < 503 what
                = a@x.com failed 554 5.6.0 bad content
                > RSET
                """,
                talk(Dialogue.plain()
                                .letter(to("a@x.com"), LARGE)
                                .chunks(7, 8, 9)
                                .host("220 hi", PIPELINING, "250 ok", "250 ok", "250 7 octets")
                                .host("554 5.6.0 bad content", "503 what"))
                        .split("< 250 ok\n", 3)[2]);
    }

    @Test
    void a_host_that_does_not_know_BDAT_though_it_offers_it_is_left_and_asked_again_without() {
        for (String reply : List.of("500 5.5.1 what", "502 5.5.1 not here")) {
            Dialogue dialogue = Dialogue.plain()
                    .letter(to("a@x.com"), LARGE)
                    .chunks(7, 8)
                    .host("220 hi", PIPELINING, "250 ok", "250 ok", reply);
            assertTrue(dialogue.transcript().endsWith("< " + reply + "\n! again without BDAT\n"), dialogue::transcript);
            assertFalse(dialogue.transcript().contains("= a@x.com"), "nobody is told anything");
            assertEquals(SendSession.State.OVER, dialogue.state());
        }
    }

    @Test
    void what_sounds_like_it_after_a_chunk_was_taken_is_a_refusal() {
        assertTrue(Dialogue.plain()
                .letter(to("a@x.com"), LARGE)
                .chunks(7, 8)
                .host("220 hi", PLAIN, "250 ok", "250 ok", "250 ok", "500 5.6.0 no")
                .transcript()
                .contains("= a@x.com failed 500 5.6.0 no\n> RSET"));
    }

    @Test
    void a_421_or_a_loss_amid_chunks_decides_nothing() {
        Dialogue closing = Dialogue.plain()
                .letter(to("a@x.com"), LARGE)
                .chunks(7, 8)
                .host("220 hi", PLAIN, "250 ok", "250 ok", "421 enough");
        assertTrue(closing.transcript().contains("= a@x.com interrupted 451 4.4.395"), closing::transcript);
        Dialogue gone = Dialogue.plain()
                .letter(to("a@x.com"), LARGE)
                .chunks(7, 8)
                .host("220 hi", PLAIN, "250 ok", "250 ok", "250 ok")
                .hangsUp();
        assertTrue(gone.transcript().contains("= a@x.com interrupted 451 4.4.397"), gone::transcript);
    }

    @Test
    void whoever_switches_it_off_gets_DATA() {
        String talk = talk(new Dialogue(false, 20, new MailTransaction.Terms(false, 1_000))
                .letter(to("a@x.com"), 10)
                .host("220 hi", PLAIN, "250 ok", "250 ok", "354 go"));
        assertTrue(talk.contains("> DATA\n"), talk);
        assertFalse(talk.contains("BDAT"), talk);
    }

    @Test
    void binary_goes_only_to_hosts_that_offer_BINARYMIME_and_CHUNKING() {
        Envelope binary = new Envelope(
                ReversePath.NULL,
                Envelope.BodyType.BINARY_MIME,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(Recipient.of("a@x.com")));
        assertTrue(Dialogue.plain()
                .letter(binary, 10)
                .host("220 hi", "250-x|250-BINARYMIME|250 CHUNKING")
                .transcript()
                .endsWith("> MAIL FROM:<> BODY=BINARYMIME\n"));
        for (String offer : List.of("250-x|250 CHUNKING", "250-x|250 BINARYMIME", "250-x|250 8BITMIME")) {
            String talk =
                    Dialogue.plain().letter(binary, 10).host("220 hi", offer).transcript();
            assertTrue(talk.contains("= a@x.com failed 554 5.6.1"), talk);
            assertFalse(talk.contains("> MAIL"), talk);
        }
    }
}
