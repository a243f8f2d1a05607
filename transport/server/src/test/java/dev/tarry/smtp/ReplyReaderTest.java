package dev.tarry.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplyReaderTest {
    @Test
    void one_line() throws ReplyFormatException {
        reads("250 2.1.0 Sender OK\r\n", Reply.of(250, "2.1.0 Sender OK"));
    }

    @Test
    void a_bare_code() throws ReplyFormatException {
        reads("250\r\n", Reply.of(250, ""));
        reads("250 \r\n", Reply.of(250, ""));
    }

    @Test
    void several_lines() throws ReplyFormatException {
        reads("250-mail.example\r\n250-SIZE 1000\r\n250 DSN\r\n", Reply.of(250, "mail.example", "SIZE 1000", "DSN"));
    }

    @Test
    void several_lines_with_a_bare_code_last() throws ReplyFormatException {
        reads("250-mail.example\r\n250\r\n", Reply.of(250, "mail.example", ""));
    }

    @Test
    void bare_lf_as_line_end() throws ReplyFormatException {
        reads("220-a\n220 b\n250 c\r\n", Reply.of(220, "a", "b"), Reply.of(250, "c"));
    }

    @Test
    void pipelined_replies_in_one_segment() throws ReplyFormatException {
        reads("250 a\r\n250 b\r\n354 c\r\n", Reply.of(250, "a"), Reply.of(250, "b"), Reply.of(354, "c"));
    }

    @Test
    void of_mixed_codes_the_last_decides_and_the_others_stay_readable() throws ReplyFormatException {
        reads("250-first\r\n451-second\r\n550 last\r\n", Reply.of(550, "250-first", "451-second", "last"));
    }

    @Test
    void utf_8_text() throws ReplyFormatException {
        reads(
                new String("550 5.1.1 Größe €\r\n".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
                Reply.of(550, "5.1.1 Größe €"));
    }

    @Test
    void text_that_is_no_utf_8_is_latin_1() throws ReplyFormatException {
        reads("550 Gr\u00f6\u00dfe\r\n", Reply.of(550, "Größe"));
    }

    @Test
    void controls_are_replaced() throws ReplyFormatException {
        reads("550 a\rb\0c\u001b[2Jd\te\u007f\r\n", Reply.of(550, "a?b?c?[2Jd e?"));
        reads("550 x\u0085\u009b\r\n", Reply.of(550, "x??"));
    }

    @Test
    void only_one_cr_belongs_to_the_line_end() throws ReplyFormatException {
        reads("250 a\r\r\n", Reply.of(250, "a?"));
    }

    @Test
    void a_reply_is_not_told_before_its_last_line() throws ReplyFormatException {
        ReplyReader reader = new ReplyReader();
        List<Reply> replies = new ArrayList<>();
        reader.read(latin1("250-a\r\n250 b"), replies::add);
        assertTrue(replies.isEmpty());
        assertTrue(reader.midReply());
        reader.reset();
        reader.read(latin1("220 fresh\r\n"), replies::add);
        assertEquals(List.of(Reply.of(220, "fresh")), replies);
        assertFalse(reader.midReply());
    }

    @Test
    void what_is_no_reply_fails_clearly() {
        for (String bad : List.of(
                "hello\r\n",
                "\r\n",
                "25\r\n",
                "99 x\r\n",
                "150 x\r\n",
                "600 x\r\n",
                "2500 x\r\n",
                "250_x\r\n",
                "+OK\r\n",
                "-250 x\r\n",
                "2\u00b20 x\r\n")) {
            for (List<ByteBuf> cut : Cuts.of(bad)) {
                ReplyFormatException e = assertThrows(ReplyFormatException.class, () -> read(cut), bad);
                assertTrue(e.getMessage().startsWith("a reply line begins with a code of 200 to 599"), e.getMessage());
            }
        }
    }

    @Test
    void the_failure_shows_no_controls_and_not_much() {
        ReplyFormatException e = assertThrows(
                ReplyFormatException.class, () -> read(List.of(latin1("\u001b]0;x\7" + "y".repeat(500) + "\r\n"))));
        assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl));
        assertTrue(e.getMessage().length() < 200);
    }

    @Test
    void a_line_may_have_2000_octets_and_no_more() throws ReplyFormatException {
        String most = "250 " + "x".repeat(ReplyReader.MAX_LINE_OCTETS - 6) + "\r\n";
        assertEquals(1, read(List.of(latin1(most))).size());
        String more = "250 " + "x".repeat(ReplyReader.MAX_LINE_OCTETS - 5) + "\r\n";
        ReplyFormatException e = assertThrows(ReplyFormatException.class, () -> read(List.of(latin1(more))));
        assertTrue(e.getMessage().startsWith("a reply line is longer than 2000 octets"), e.getMessage());
    }

    @Test
    void a_line_that_never_ends_fails_before_it_fills_memory() {
        ReplyReader reader = new ReplyReader();
        assertThrows(ReplyFormatException.class, () -> {
            for (int i = 0; i < 3; i++) {
                reader.read(latin1("2".repeat(900)), _ -> {});
            }
        });
    }

    @Test
    void a_reply_may_have_200_lines_and_no_more() throws ReplyFormatException {
        String most = "250-x\r\n".repeat(ReplyReader.MAX_LINES - 1) + "250 x\r\n";
        assertEquals(
                ReplyReader.MAX_LINES,
                read(List.of(latin1(most))).getFirst().lines().size());
        String more = "250-x\r\n".repeat(ReplyReader.MAX_LINES) + "250 x\r\n";
        assertThrows(ReplyFormatException.class, () -> read(List.of(latin1(more))));
    }

    @Test
    void all_lines_of_a_reply_together_are_bounded_and_the_next_reply_counts_for_itself() throws ReplyFormatException {
        String line = "250-" + "x".repeat(1_020) + "\r\n";
        String most = line.repeat(ReplyReader.MAX_REPLY_OCTETS / 1_024 - 1) + "250 x\r\n";
        assertEquals(2, read(List.of(latin1(most), latin1(most))).size());
        String more = line.repeat(ReplyReader.MAX_REPLY_OCTETS / 1_024 + 1) + "250 x\r\n";
        assertThrows(ReplyFormatException.class, () -> read(List.of(latin1(more))));
    }

    @Test
    void the_handler_tells_replies_and_one_failure_and_drops_the_rest() {
        EmbeddedChannel channel = new EmbeddedChannel(new ReplyDecoder());
        channel.writeInbound(latin1("220 hi\r\n250-a\r\n"));
        assertEquals(Reply.of(220, "hi"), channel.readInbound());
        assertThrows(ReplyFormatException.class, () -> {
            channel.writeInbound(latin1("nonsense\r\n250 late\r\n"));
            channel.checkException();
        });
        ByteBuf more = latin1("250 later\r\n");
        channel.writeInbound(more);
        assertEquals(0, more.refCnt());
        assertTrue(channel.inboundMessages().isEmpty());
        channel.finishAndReleaseAll();
    }

    private static void reads(String latin1, Reply... expected) throws ReplyFormatException {
        for (List<ByteBuf> cut : Cuts.of(latin1)) {
            assertEquals(List.of(expected), read(cut));
        }
    }

    private static List<Reply> read(List<ByteBuf> cut) throws ReplyFormatException {
        ReplyReader reader = new ReplyReader();
        List<Reply> replies = new ArrayList<>();
        for (ByteBuf octets : cut) {
            reader.read(octets, replies::add);
        }
        return replies;
    }

    private static ByteBuf latin1(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
