package dev.tarry.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DotStuffingTest {
    @Test
    void an_ordinary_message_gets_an_end_only() {
        sends("a: b\r\n\r\nbody\r\n", "a: b\r\n\r\nbody\r\n.\r\n");
    }

    @Test
    void an_empty_message() {
        sends("", ".\r\n");
    }

    @Test
    void a_message_without_a_last_line_end_gets_one() {
        sends("body", "body\r\n.\r\n");
        sends("body\r", "body\r\n.\r\n");
    }

    @Test
    void dots_at_line_starts_are_doubled_and_others_are_not() {
        sends(".", "..\r\n.\r\n");
        sends(".\r\n", "..\r\n.\r\n");
        sends("..a\r\n.b.\r\nc.\r\n", "...a\r\n..b.\r\nc.\r\n.\r\n");
        sends("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n.\r\n");
    }

    @Test
    void bare_line_ends_become_crlf_and_no_dot_behind_them_ends_the_data() {
        sends("a\n.\nb", "a\r\n..\r\nb\r\n.\r\n");
        sends("a\n.\r\nb", "a\r\n..\r\nb\r\n.\r\n");
        sends("a\r.\rb", "a\r\n..\r\nb\r\n.\r\n");
        sends("a\r\n.\rb", "a\r\n..\r\nb\r\n.\r\n");
        sends("a\r\n.\nb", "a\r\n..\r\nb\r\n.\r\n");
        sends("a\r\r\nb\r\n", "a\r\n\r\nb\r\n.\r\n");
        sends("a\n\rb", "a\r\n\r\nb\r\n.\r\n");
    }

    @Test
    void nul_is_left_out_and_a_dot_behind_it_is_still_doubled() {
        sends("a\0b\r\n", "ab\r\n.\r\n");
        sends("a\r\n\0.\r\nb\r\n", "a\r\n..\r\nb\r\n.\r\n");
        sends("a\r\0\n.\r\n", "a\r\n\r\n..\r\n.\r\n");
        sends("a\r\n.\0\r\n", "a\r\n..\r\n.\r\n");
    }

    @Test
    void a_chunk_without_faults_is_passed_on_as_it_is() {
        DotStuffing stuffing = new DotStuffing();
        ByteBuf chunk = latin1("line one\r\nline two, cut here\r");
        assertSame(chunk, stuffing.encode(chunk));
        ByteBuf next = latin1("\nthree");
        assertSame(next, stuffing.encode(next));
    }

    @Test
    void whatever_goes_in_the_end_of_data_stands_only_at_the_end() {
        Random random = new Random(7);
        byte[] alphabet = {'\r', '\n', '.', 'a', 0};
        for (int round = 0; round < 5_000; round++) {
            byte[] message = new byte[random.nextInt(12)];
            for (int i = 0; i < message.length; i++) {
                message[i] = alphabet[random.nextInt(alphabet.length)];
            }
            DotStuffing stuffing = new DotStuffing();
            StringBuilder sent = new StringBuilder("\r\n");
            int cut = message.length == 0 ? 0 : random.nextInt(message.length);
            sent.append(text(stuffing.encode(Unpooled.copiedBuffer(message, 0, cut))));
            sent.append(text(stuffing.encode(Unpooled.copiedBuffer(message, cut, message.length - cut))));
            sent.append(text(stuffing.end()));
            String wire = sent.toString();
            assertEquals(wire.length() - 5, wire.indexOf("\r\n.\r\n"), () -> "round for " + wire);
            String rest = wire.replace("\r\n", "");
            assertFalse(rest.contains("\r") || rest.contains("\n") || rest.contains("\0"));
        }
    }

    @Test
    void the_handler_writes_one_message_after_another() {
        EmbeddedChannel channel = new EmbeddedChannel(new DataEncoder());
        channel.writeOutbound(latin1("DATA\r\n"));
        for (int i = 0; i < 2; i++) {
            channel.writeOutbound(new MailData.Chunk(latin1(".x")), MailData.End.CLEAN);
        }
        StringBuilder wire = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            wire.append(text(out));
        }
        assertEquals("DATA\r\n..x\r\n.\r\n..x\r\n.\r\n", wire.toString());
    }

    private static void sends(String message, String wire) {
        for (List<ByteBuf> cut : Cuts.of(message)) {
            DotStuffing stuffing = new DotStuffing();
            StringBuilder sent = new StringBuilder();
            for (ByteBuf chunk : cut) {
                sent.append(text(stuffing.encode(chunk)));
                assertTrue(chunk.capacity() == 0 || chunk.refCnt() == 0, "released");
            }
            assertEquals(wire, sent.append(text(stuffing.end())).toString(), cut.size() + " pieces");
        }
    }

    private static ByteBuf latin1(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static String text(ByteBuf octets) {
        String text = octets.toString(StandardCharsets.ISO_8859_1);
        octets.release();
        return text;
    }
}
