package dev.tarry.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tarry.lab.load.ReplyReader.Malformed;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyReaderTest {
    private static final String MANY =
            "220 mail ready\r\n250-mail\r\n250-SIZE 10\r\n250 DSN\r\n250\r\n250-\r\n250 \r\n550 5.1.1 no\n421 bye\r\n";

    @Test
    void replies_are_the_same_wherever_they_are_split() throws Malformed {
        var whole = read(MANY);
        assertEquals(
                List.of(
                        new SmtpReply(220, List.of("mail ready")),
                        new SmtpReply(250, List.of("mail", "SIZE 10", "DSN")),
                        new SmtpReply(250, List.of("")),
                        new SmtpReply(250, List.of("", "")),
                        new SmtpReply(550, List.of("5.1.1 no")),
                        new SmtpReply(421, List.of("bye"))),
                whole);
        for (int split = 0; split <= MANY.length(); split++) {
            assertEquals(whole, read(MANY.substring(0, split), MANY.substring(split)), "split at " + split);
        }
        assertEquals(whole, read(MANY.split("")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "25\r\n",
                "hello\r\n",
                "250x ok\r\n",
                "2500 ok\r\n",
                "050 ok\r\n",
                "650 ok\r\n",
                "250-a\r\n251 b\r\n",
                "\0\0\0\0\r\n",
                "HTTP/1.1 400 Bad Request\r\n"
            })
    void what_is_no_reply_is_refused_wherever_it_is_split(String text) {
        for (int split = 0; split <= text.length(); split++) {
            int at = split;
            assertThrows(Malformed.class, () -> read(text.substring(0, at), text.substring(at)));
        }
    }

    @Test
    void a_line_without_end_and_a_reply_without_end_are_refused() {
        assertThrows(Malformed.class, () -> read("250 " + "x".repeat(ReplyReader.LINE_BYTES_MAX)));
        assertThrows(Malformed.class, () -> read("250-x\r\n".repeat(ReplyReader.LINES_MAX + 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "250, 2.1.5 ok, 250 2.1.5",
        "250, 2.1.5, 250 2.1.5",
        "550, 5.7.509 no, 550 5.7.509",
        "451, 4.4.0 x, 451 4.4.0",
        "250, 5.1.1 liar, 250",
        "250, 2.1 ok, 250",
        "250, 2.1.5.6 ok, 250",
        "250, 2.1.5000 ok, 250",
        "250, 2..5 ok, 250",
        "250, '', 250",
        "354, go ahead, 354"
    })
    void a_reply_is_counted_by_code_and_enhanced_code(int code, String text, String kind) {
        assertEquals(kind, new SmtpReply(code, List.of("2.0.0 first", text)).kind());
    }

    private static List<SmtpReply> read(String... pieces) throws Malformed {
        var reader = new ReplyReader();
        var replies = new ArrayList<SmtpReply>();
        for (var piece : pieces) {
            var octets = Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1);
            for (var reply = reader.read(octets); reply.isPresent(); reply = reader.read(octets)) {
                replies.add(reply.get());
            }
        }
        return replies;
    }
}
