package dev.tarry.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Where data ends, for every short string of the octets that matter, under every rule and every cut in two, held
/// against a search for CRLF.CRLF.
final class EndOfDataTest {
    private static final String ALPHABET = "\r\n.\0a";
    private static final int LONGEST = 6;

    @ParameterizedTest
    @EnumSource(BareLineEnds.class)
    void data_ends_behind_the_first_crlf_dot_crlf_and_nowhere_else(BareLineEnds policy) {
        StringBuilder text = new StringBuilder();
        for (int length = 0; length <= LONGEST; length++) {
            int strings = (int) Math.pow(ALPHABET.length(), length);
            for (int number = 0; number < strings; number++) {
                text.setLength(0);
                for (int rest = number, i = 0; i < length; i++, rest /= ALPHABET.length()) {
                    text.append(ALPHABET.charAt(rest % ALPHABET.length()));
                }
                for (int cut = 0; cut <= length; cut++) {
                    reads(policy, text.toString(), cut);
                }
            }
        }
    }

    private static void reads(BareLineEnds policy, String wire, int cut) {
        int found = ("\r\n" + wire).indexOf("\r\n.\r\n");
        int end = found < 0 ? -1 : found + 3;
        CommandReader reader = new CommandReader(LineTap.NONE);
        reader.expectData(policy);
        ByteBuf octets = Unpooled.buffer(16);
        StringBuilder content = new StringBuilder();
        boolean bare = false;
        int ended = -1;
        for (int to : new int[] {cut, wire.length()}) {
            octets.writeBytes(wire.substring(octets.writerIndex(), to).getBytes(StandardCharsets.ISO_8859_1));
            while (ended < 0 && reader.next(octets) instanceof MailData data) {
                switch (data) {
                    case MailData.Chunk(var chunk) -> {
                        content.append(chunk.toString(StandardCharsets.ISO_8859_1));
                        chunk.release();
                    }
                    case MailData.End(var bareLineEnds) -> {
                        ended = octets.readerIndex();
                        bare = bareLineEnds;
                    }
                }
            }
        }
        octets.release();
        String shown = policy + " " + cut + " " + wire.chars().boxed().toList();
        assertEquals(end, ended, shown);
        if (end < 0) {
            return;
        }
        String sent =
                ("\r\n" + wire.substring(0, end - 3)).replace("\r\n.", "\r\n").substring(2);
        String left = sent.replace("\r\n", "");
        boolean faulty = left.contains("\r") || left.contains("\n") || left.contains("\0");
        switch (policy) {
            case REJECT -> {
                assertEquals(faulty, bare, shown);
                if (!faulty) {
                    assertEquals(sent, content.toString(), shown);
                }
            }
            case PASS -> assertEquals(sent, content.toString(), shown);
            case NORMALISE ->
                assertEquals(
                        sent.replace("\r\n", "\u0001")
                                .replaceAll("[\r\n]", "\u0001")
                                .replace("\0", "")
                                .replace("\u0001", "\r\n"),
                        content.toString(),
                        shown);
        }
    }
}
