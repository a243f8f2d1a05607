package dev.tarry.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

final class LineEndsTest {
    @Test
    void each_octet_is_judged_alike_at_every_place_of_a_word() {
        for (int value = 0; value < 256; value++) {
            boolean sought = value == '\r' || value == '\n' || value == 0;
            for (int at = 0; at < 24; at++) {
                for (int filler : new int[] {'a', '\t', 0x0e, 0x0c, 0xff, 0x80, 1}) {
                    byte[] octets = new byte[25];
                    java.util.Arrays.fill(octets, (byte) filler);
                    octets[at] = (byte) value;
                    ByteBuf buf = Unpooled.wrappedBuffer(octets);
                    assertEquals(sought ? at : -1, LineEnds.next(buf, 0, 25), value + " at " + at);
                    assertEquals(-1, LineEnds.next(buf, at + 1, 25), value + " after " + at);
                }
            }
        }
    }

    @Test
    void nothing_beyond_the_end_is_looked_at() {
        ByteBuf buf = Unpooled.wrappedBuffer("abcdefgh\r\n".getBytes());
        assertEquals(-1, LineEnds.next(buf, 0, 8));
        assertEquals(8, LineEnds.next(buf, 0, 9));
        assertEquals(9, LineEnds.next(buf, 9, 10));
    }
}
