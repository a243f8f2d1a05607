package dev.tarry.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeaderFirewallTest {
    private static final String BODY = "X-MS-Exchange-Organization-SCL: 9\r\n\r\nthe body says what it likes\r\n";

    /// Passes it on whole, and then cut at each octet, and cut into single octets.
    private static String passed(String header) {
        String expected = passed(header, List.of(header + BODY));
        for (int cut = 0; cut <= header.length() + 3; cut++) {
            String whole = header + BODY;
            assertEquals(expected, passed(header, List.of(whole.substring(0, cut), whole.substring(cut))), "at " + cut);
        }
        assertEquals(expected, passed(header, List.of((header + BODY).split(""))), "octet by octet");
        return expected;
    }

    private static String passed(String header, List<String> pieces) {
        HeaderFirewall firewall = new HeaderFirewall(header.length());
        StringBuilder out = new StringBuilder();
        List<ByteBuf> buffers = new ArrayList<>();
        for (String piece : pieces) {
            ByteBuf left = firewall.pass(Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1));
            buffers.add(left);
            out.append(left.toString(StandardCharsets.ISO_8859_1));
            left.release();
        }
        buffers.forEach(buffer -> assertEquals(0, buffer.refCnt()));
        assertEquals(header.length() + BODY.length() - out.length(), firewall.dropped());
        assertEquals(BODY, out.substring(out.length() - BODY.length()));
        return out.substring(0, out.length() - BODY.length());
    }

    @Test
    void what_has_none_of_them_passes_as_it_is() {
        String header =
                "Received: from a\r\n by b\r\nX-MS-Exchange-Transport: 1\r\nX-MS-Exchange-Organizatio: 2\r\n\r\n";
        assertEquals(header, passed(header));
        ByteBuf octets = Unpooled.copiedBuffer(header, StandardCharsets.US_ASCII);
        assertSame(octets, new HeaderFirewall(header.length()).pass(octets), "it isn't even copied");
        octets.release();
    }

    @Test
    void fields_go_with_their_continuations_wherever_they_stand() {
        assertEquals(
                "A: 1\r\nB: 2\r\n  more of it\r\n\r\n",
                passed(
                        "X-MS-Exchange-Organization-AuthAs: Internal\r\nA: 1\r\nx-ms-exchange-ORGANIZATION-SCL:\r\n -1\r\n\t;x\r\n"
                                + "B: 2\r\n  more of it\r\nX-MS-Exchange-Forest-RulesExecuted : x\r\n\r\n"));
        assertEquals("\r\n", passed("X-MS-Exchange-Forest-A: 1\r\nX-MS-Exchange-Organization-B: 2\r\n\r\n"));
    }

    @Test
    void a_bare_line_end_hides_none() {
        assertEquals(
                "A: 1\nB: 2\n\r\n",
                passed(
                        "A: 1\nX-MS-Exchange-Organization-SCL: -1\nB: 2\nX-MS-Exchange-Organization-AuthAs: Internal\r\n\r\n"));
    }

    @Test
    void a_header_that_ends_within_the_beginning_of_a_name_is_none() {
        assertEquals("A: 1\r\nX-MS-Exchange-Organ", passed("A: 1\r\nX-MS-Exchange-Organ"));
        assertEquals("A: 1\r\n", passed("A: 1\r\nX-MS-Exchange-Organization-"));
    }

    @Test
    void without_a_header_to_look_at_everything_passes() {
        ByteBuf octets = Unpooled.copiedBuffer(BODY, StandardCharsets.US_ASCII);
        assertSame(octets, new HeaderFirewall(0).pass(octets));
        octets.release();
    }
}
