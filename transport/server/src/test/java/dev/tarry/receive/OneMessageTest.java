package dev.tarry.receive;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.smtp.BareLineEnds;
import dev.tarry.smtp.DotStuffing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever octets come in, by DATA or BDAT, under each rule about line ends: what leaves is one message to everybody
/// who reads it, however lax he is about line ends.
final class OneMessageTest {
    private static final int ROUNDS = 4_000;
    private static final String BEHIND = "QUIT\r\n";
    private static final String[] ALPHABET = {
        "\r",
        "\n",
        ".",
        "\0",
        "\r\n",
        "\r\n.\r\n",
        "\n.\n",
        "\r.\r",
        "\n.\r\n",
        "\r\n.\n",
        "\0.\0",
        "a",
        "..",
        "MAIL FROM:<evil@evil.example>",
        "\u0085",
        "\u00ff"
    };

    /// What a host may take for a line's end, and whether it is blind to NUL.
    private record Reader(String name, List<String> lineEnds, boolean dropsNul) {
        /// Where the message ends for it: behind the first line that is a single dot.
        int end(String wire) {
            String seen = dropsNul ? wire.replace("\0", "") : wire;
            int line = 0;
            for (int i = 0; i < seen.length(); ) {
                String ending = null;
                for (String candidate : lineEnds) {
                    if (ending == null && seen.startsWith(candidate, i)) {
                        ending = candidate;
                    }
                }
                if (ending == null) {
                    i++;
                    continue;
                }
                boolean dot = seen.substring(line, i).equals(".");
                i += ending.length();
                line = i;
                if (dot) {
                    return i;
                }
            }
            return -1;
        }
    }

    private static final List<Reader> READERS = List.of(
            new Reader("strict", List.of("\r\n"), false),
            new Reader("strict, NUL dropped", List.of("\r\n"), true),
            new Reader("LF too", List.of("\r\n", "\n"), false),
            new Reader("CR too", List.of("\r\n", "\r"), false),
            new Reader("CR and LF alone", List.of("\r", "\n"), false),
            new Reader("any, NUL dropped", List.of("\r\n", "\n", "\r"), true));

    @ParameterizedTest
    @EnumSource(BareLineEnds.class)
    void what_leaves_is_one_message_to_every_reader(BareLineEnds policy) {
        Random random = new Random(policy.ordinal());
        int left = 0;
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder content = new StringBuilder(random.nextBoolean() ? "Subject: t\r\n\r\n" : "");
            for (int i = random.nextInt(14); i > 0; i--) {
                content.append(ALPHABET[random.nextInt(ALPHABET.length)]);
            }
            for (In way : In.values()) {
                String stored = way.take(policy, content.toString());
                if (stored == null) {
                    continue;
                }
                left++;
                boolean data = random.nextBoolean();
                String shown = policy + " " + way + " " + escaped(content.toString());
                if (data) {
                    byData(stored, random, shown);
                } else {
                    byBdat(stored, random, shown);
                }
            }
        }
        assertTrue(left > ROUNDS / 2, "most of it was taken: " + left);
    }

    private static void byData(String stored, Random random, String shown) {
        DotStuffing out = new DotStuffing();
        String wire = sent(out, stored, random) + text(out.end());
        for (Reader reader : READERS) {
            // who takes CR alone for a line's end leaves an empty line of the LF
            int end = reader.end(wire + BEHIND);
            assertTrue(end == wire.length() || end == wire.length() - 1, () -> reader.name() + ": " + shown);
        }
        String rest = wire.replace("\r\n", "");
        assertFalse(rest.contains("\r") || rest.contains("\n") || rest.contains("\0"), shown);
    }

    /// Ends by a count; whoever sends it on by DATA must not be led astray either, so that lines are whole here too.
    private static void byBdat(String stored, Random random, String shown) {
        DotStuffing out = DotStuffing.lineEndsOnly();
        String wire = sent(out, stored, random) + text(out.lineEnd());
        assertTrue(wire.isEmpty() || wire.endsWith("\r\n"), shown);
        String rest = wire.replace("\r\n", "");
        assertFalse(rest.contains("\r") || rest.contains("\n") || rest.contains("\0"), shown);
    }

    private static String sent(DotStuffing out, String stored, Random random) {
        StringBuilder wire = new StringBuilder();
        for (int from = 0; from < stored.length(); ) {
            int to = Math.min(stored.length(), from + 1 + random.nextInt(40));
            wire.append(
                    text(out.encode(Unpooled.copiedBuffer(stored.substring(from, to), StandardCharsets.ISO_8859_1))));
            from = to;
        }
        return wire.toString();
    }

    /// The ways in.
    private enum In {
        DATA {
            @Override
            String take(BareLineEnds policy, String content) {
                // the client stuffs dots where a strict reader wants them, and nowhere else
                String stuffed = ("\r\n" + content).replace("\r\n.", "\r\n..").substring(2);
                return taken(policy, "", "DATA\r\n" + stuffed + (stuffed.endsWith("\r\n") ? "" : "\r\n") + ".\r\n");
            }
        },
        BDAT {
            @Override
            String take(BareLineEnds policy, String content) {
                int half = content.length() / 2;
                return taken(
                        policy,
                        "",
                        "BDAT " + half + "\r\n" + content.substring(0, half) + "BDAT " + (content.length() - half)
                                + " LAST\r\n" + content.substring(half));
            }
        },
        BINARYMIME {
            @Override
            String take(BareLineEnds policy, String content) {
                return taken(policy, " BODY=BINARYMIME", "BDAT " + content.length() + " LAST\r\n" + content);
            }
        };

        /// @return what is stored, or null if it was refused
        abstract String take(BareLineEnds policy, String content);

        private static String taken(BareLineEnds policy, String body, String wire) {
            Dialogue d = new Dialogue(
                    StageWorld.connector().withBareLineEnds(policy),
                    new Peer("127.0.0.1", 4711, "127.0.0.1", 2525, true));
            String heard = d.octets("EHLO c\r\nMAIL FROM:<a@company.com>" + body + "\r\nRCPT TO:<b@company.com>\r\n"
                    + wire + "NOOP\r\n");
            assertTrue(heard.endsWith("250 2.0.0 OK"), () -> "all of it was content: " + heard + " " + escaped(wire));
            assertTrue(d.submission.taken.size() <= 1);
            return d.submission.taken.isEmpty()
                    ? null
                    : d.submission.taken.getFirst().text();
        }
    }

    private static String text(ByteBuf octets) {
        String text = octets.toString(StandardCharsets.ISO_8859_1);
        octets.release();
        return text;
    }

    private static String escaped(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
    }
}
