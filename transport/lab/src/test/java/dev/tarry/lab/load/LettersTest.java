package dev.tarry.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LettersTest {
    private static final Instant DATE = Instant.parse("2026-01-02T03:04:05Z");
    private final Body body = new Body();

    @Test
    void a_letter_is_a_whole_message() {
        assertEquals(
                """
                Date: Fri, 2 Jan 2026 03:04:05 +0000
                From: <alice@company.com>
                To: <user677@gmail.com>
                Message-ID: <load.7.12@localhost>
                Subject: Load 12
                MIME-Version: 1.0
                Content-Type: text/plain; charset=us-ascii

                """.replace("\n", "\r\n"), letters("10KiB", "1", 7).letter(12).head());
    }

    @Test
    void the_same_seed_gives_the_same_letters_and_another_seed_others() {
        var one = letters("lognormal:10KiB:1", "uniform:1..5", 7);
        var same = letters("lognormal:10KiB:1", "uniform:1..5", 7);
        var other = letters("lognormal:10KiB:1", "uniform:1..5", 8);
        for (int i = 0; i < 50; i++) {
            assertEquals(one.letter(i), same.letter(i));
            assertNotEquals(one.letter(i), other.letter(i));
        }
    }

    @Test
    void each_recipient_is_there_once_and_a_long_list_is_not_all_in_the_header() {
        var letter = letters("10KiB", "300", 1).letter(0);
        assertEquals(300, new HashSet<>(letter.recipients()).size());
        assertTrue(letter.head().lines().allMatch(line -> line.length() < 78), letter.head());
        assertEquals(10, letter.head().split(" <user").length - 1);
    }

    @Test
    void the_null_sender_has_a_from_all_the_same() {
        var letters = new Letters(sizes("1KiB"), recipients("1"), Domains.parse("d", "gmail.com"), "", 1, DATE);
        assertEquals("", letters.letter(0).sender());
        assertTrue(letters.letter(0).head().contains("From: <load@localhost>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "@company.com", "a b@company.com", "a@b>\r\nDATA", "<a@b>", "a@b@c", "ä@b"})
    void a_sender_that_is_no_address_is_refused(String from) {
        assertThrows(
                BadLoad.class,
                () -> new Letters(sizes("1KiB"), recipients("1"), Domains.parse("d", "gmail.com"), from, 1, DATE));
    }

    @Test
    void a_letter_has_the_size_that_was_drawn_but_never_less_than_its_head() {
        assertEquals(10_240, letters("10KiB", "1", 1).letter(3).sizeBytes());
        var tiny = letters("1", "1", 1).letter(3);
        assertEquals(0, tiny.bodyBytes());
        int head = tiny.head().length();
        assertEquals(
                head + 2, letters(Integer.toString(head + 1), "1", 1).letter(3).sizeBytes());
        assertEquals(
                head + 2, letters(Integer.toString(head + 2), "1", 1).letter(3).sizeBytes());
    }

    @Test
    void bodies_of_every_length_are_whole_lines_short_enough_with_dots_doubled() {
        for (int bytes = 2; bytes < 1_000; bytes++) {
            assertBody(bytes);
        }
        for (int around : new int[] {65_520, 131_040}) {
            for (int bytes = around - 75; bytes < around + 75; bytes++) {
                assertBody(bytes);
            }
        }
    }

    private void assertBody(int bytes) {
        var wire = wire(bytes);
        var content = wire.replace("\r\n..", "\r\n.");
        assertEquals(bytes, content.length(), "of a body of " + bytes);
        assertTrue(content.endsWith("\r\n"));
        assertFalse(wire.startsWith("."));
        for (var line : wire.split("\r\n", -1)) {
            assertTrue(line.length() < 78, line);
            assertTrue(!line.startsWith(".") || line.startsWith("..") && !line.startsWith("..."), line);
            assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 127), line);
        }
        if (bytes > 70_000) {
            assertTrue(wire.contains("\r\n.."), "no dot in a body of " + bytes);
        }
    }

    private String wire(int bytes) {
        var wire = new StringBuilder();
        long left = bytes;
        while (left > 0) {
            int piece = Body.pieceBytes(left);
            var octets = body.piece(piece);
            assertTrue(octets.readableBytes() <= Body.PIECE_BYTES_MAX);
            wire.append(octets.toString(StandardCharsets.US_ASCII));
            octets.release();
            left -= piece;
        }
        return wire.toString();
    }

    private static Letters letters(String size, String recipients, long seed) {
        return new Letters(
                sizes(size), recipients(recipients), Domains.parse("d", "gmail.com"), "alice@company.com", seed, DATE);
    }

    private static Spread sizes(String text) {
        return Spread.parse("--size", text, Spread.Of.SIZES);
    }

    private static Spread recipients(String text) {
        return Spread.parse("--recipients", text, Spread.Of.RECIPIENTS);
    }
}
