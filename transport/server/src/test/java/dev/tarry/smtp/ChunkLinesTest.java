package dev.tarry.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChunkLinesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a\r\n", "\r\n\r\n.\r\n", ".\r\n.", "a\r\n..b\r\nc"})
    void lines_pass_as_they_are_under_every_rule(String text) {
        for (BareLineEnds policy : BareLineEnds.values()) {
            String end = policy == BareLineEnds.NORMALISE && !text.isEmpty() && !text.endsWith("\r\n") ? "\r\n" : "";
            becomes(policy, text, text + end, false);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\0", "a\nb", "a\rb", "a\0", "\r\r\n", "\n\r\n", "a\r\n\r", "\r\0\n"})
    void bare_line_ends_break_the_rule_or_are_mended_or_kept(String text) {
        becomes(BareLineEnds.REJECT, text, null, true);
        becomes(BareLineEnds.PASS, text, text, false);
        String mended = mended(text);
        becomes(BareLineEnds.NORMALISE, text, mended, false);
    }

    @Test
    void a_chunk_without_faults_is_not_copied() {
        for (BareLineEnds policy : BareLineEnds.values()) {
            ByteBuf chunk = latin1("line\r\nline\r");
            assertSame(chunk, new ChunkLines(policy).pass(chunk));
            chunk.release();
        }
    }

    private static String mended(String text) {
        String lines = text.replace("\0", "\u0001").replace("\r\n", "\u0002").replaceAll("[\r\n]", "\u0002");
        String whole = lines.replace("\u0001", "").replace("\u0002", "\r\n");
        return whole.isEmpty() || whole.endsWith("\r\n") ? whole : whole + "\r\n";
    }

    /// However it is cut.
    private static void becomes(BareLineEnds policy, String text, String expected, boolean broken) {
        for (List<ByteBuf> cut : Cuts.of(text)) {
            ChunkLines lines = new ChunkLines(policy);
            StringBuilder out = new StringBuilder();
            for (ByteBuf chunk : cut) {
                out.append(text(lines.pass(chunk)));
            }
            out.append(text(lines.end()));
            assertEquals(broken, lines.broken(), policy + " " + cut);
            if (expected != null) {
                assertEquals(expected, out.toString(), policy + " " + cut);
            }
            cut.forEach(chunk -> assertEquals(0, chunk.capacity() == 0 ? 0 : chunk.refCnt(), "released"));
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
