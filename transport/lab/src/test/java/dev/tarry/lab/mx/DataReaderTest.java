package dev.tarry.lab.mx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DataReaderTest {
    private static byte[] octets(String escaped) {
        return escaped.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\0", "\0")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Reads in two pieces.
    ///
    /// @return the content, and what was left in the buffer; or nothing if the end was not found
    private static String read(byte[] stream, int cut) {
        var reader = new DataReader();
        var content = Unpooled.buffer();
        DataReader.Sink sink = (from, length) -> content.writeBytes(from, length);
        boolean end = false;
        ByteBuf left = Unpooled.EMPTY_BUFFER;
        for (var piece : new ByteBuf[] {
            Unpooled.wrappedBuffer(stream, 0, cut), Unpooled.wrappedBuffer(stream, cut, stream.length - cut)
        }) {
            left = Unpooled.wrappedBuffer(left, piece);
            end = end || reader.read(left, sink);
        }
        return content.toString(StandardCharsets.ISO_8859_1)
                + (end ? "|" + left.toString(StandardCharsets.ISO_8859_1) : "");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a\\r\\n.\\r\\n, a\\r\\n|",
                ".\\r\\n, |",
                "a\\r\\n.\\r\\nQUIT\\r\\n, a\\r\\n|QUIT\\r\\n",
                "..\\r\\n.\\r\\n, .\\r\\n|",
                "...\\r\\n.\\r\\n, ..\\r\\n|",
                ".a\\r\\n.\\r\\n, a\\r\\n|",
                "a.\\r\\n.\\r\\n, a.\\r\\n|",
                "a\\r\\n..b\\r\\n.\\r\\n, a\\r\\n.b\\r\\n|",
                "\\r\\n\\r\\n.\\r\\n, \\r\\n\\r\\n|",
                ".\\r.\\r\\n.\\r\\n, \\r.\\r\\n|",
                ".\\r\\r\\n.\\r\\n, \\r\\r\\n|",
                "\\0\\r\\n.\\r\\n, \\0\\r\\n|",
            })
    void dots_are_unstuffed_and_the_end_is_found_wherever_the_stream_is_cut(String stream, String expected) {
        var octets = octets(stream);
        for (int cut = 0; cut <= octets.length; cut++) {
            assertEquals(new String(octets(expected), StandardCharsets.ISO_8859_1), read(octets, cut), "cut at " + cut);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\\n.\\n",
                "a\\n.\\r\\n",
                "a\\r\\n.\\n",
                "a\\r.\\r",
                "a\\r\\n.\\r",
                "a\\r.\\r\\n",
                "a\\r\\n.\\r\\r\\n",
                "a\\r\\n.\\0\\r\\n",
                "a\\r\\n. \\r\\n",
                "a\\n\\r.\\n\\r",
                "a\\n.\\r\\nMAIL FROM:<x@y>\\r\\n",
            })
    void nothing_else_ends_the_data(String stream) {
        var octets = octets(stream);
        for (int cut = 0; cut <= octets.length; cut++) {
            assertFalse(read(octets, cut).contains("|"), "cut at " + cut);
        }
    }

    @Test
    void what_was_stuffed_comes_out_as_it_was() {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            var content = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) {
                content.append("..\r\n\r\nab".charAt(random.nextInt(8)));
            }
            content.append("\r\n");
            var whole = content.toString();
            var stuffed = (whole.startsWith(".") ? "." : "") + whole.replace("\r\n.", "\r\n..") + ".\r\n";
            var octets = stuffed.getBytes(StandardCharsets.ISO_8859_1);
            var read = read(octets, random.nextInt(octets.length + 1));
            assertEquals(whole + "|", read);
        }
    }
}
