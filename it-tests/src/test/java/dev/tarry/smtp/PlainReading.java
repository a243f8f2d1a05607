package dev.tarry.smtp;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What a client says, read the plain way: all of it is there, as text, and nothing is fast. Written from RFC 5321
/// §4.1 and §4.5.2 and RFC 3030 §2, and from nothing in [CommandReader].
final class PlainReading {
    static final String END = "end of data, bare line ends: ";
    static final String END_OF_CHUNK = "end of chunk";

    private static final String CRLF = "\r\n";

    private final BareLineEnds policy;
    private final StringBuilder told = new StringBuilder();
    private String left;
    private boolean inData;

    PlainReading(byte[] input, BareLineEnds policy) {
        this.policy = policy;
        this.left = new String(input, StandardCharsets.ISO_8859_1);
        read();
    }

    String told() {
        return told.toString();
    }

    boolean inData() {
        return inData;
    }

    static String text(Command command) {
        return switch (command) {
            case Command.Auth(var mechanism, var initial) -> "AUTH " + mechanism + " " + initial;
            case Command.AuthResponse(var line) -> "response " + line;
            default -> command.toString();
        };
    }

    private void read() {
        boolean response = false;
        while (true) {
            int end = left.indexOf(CRLF);
            if (end < 0) {
                return;
            }
            String line = left.substring(0, end);
            left = left.substring(end + 2);
            Command command = command(line, response);
            told.append(text(command)).append('\n');
            response = command instanceof Command.Auth;
            boolean goesOn = switch (command) {
                case Command.Bdat(var bytes, var _) -> chunk(bytes);
                case Command.Data _ -> data();
                default -> true;
            };
            if (!goesOn) {
                inData = true;
                return;
            }
        }
    }

    private static Command command(String line, boolean response) {
        boolean auth = response || line.regionMatches(true, 0, "AUTH ", 0, 5);
        boolean tooLong =
                line.length() + 2 > (auth ? CommandReader.MAX_AUTH_LINE_OCTETS : CommandReader.MAX_LINE_OCTETS);
        boolean bare = bareLineEnds(line);
        if (!tooLong && !bare) {
            return response ? new Command.AuthResponse(shown(line)) : parsed(line);
        }
        // where the next command begins cannot be known behind a BDAT that was not understood
        if (!response && line.regionMatches(true, 0, "BDAT", 0, 4) && (line.length() == 4 || notWord(line.charAt(4)))) {
            return new Command.Malformed(Command.Problem.CHUNK_SIZE);
        }
        return new Command.Malformed(tooLong ? Command.Problem.LINE_TOO_LONG : Command.Problem.BARE_LINE_END);
    }

    private static boolean notWord(char c) {
        return c <= ' ' || c >= 0x80;
    }

    private static Command parsed(String line) {
        return CommandParser.parse(Unpooled.copiedBuffer(line, StandardCharsets.ISO_8859_1), 0, line.length());
    }

    private static String shown(String line) {
        return Utf8Text.shown(ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private boolean chunk(long bytes) {
        int there = (int) Math.min(bytes, left.length());
        if (there > 0) {
            told.append('{').append(left, 0, there).append("}\n");
        }
        left = left.substring(there);
        if (there < bytes) {
            return false;
        }
        told.append(END_OF_CHUNK).append('\n');
        return true;
    }

    private boolean data() {
        int end = left.startsWith("." + CRLF) ? 0 : left.indexOf(CRLF + "." + CRLF) + 2;
        if (end == 1) {
            inData = true; // what of it has been told depends on where it was cut
            return false;
        }
        String message = unstuffed(left.substring(0, end));
        left = left.substring(end + 3);
        boolean bare = bareLineEnds(message);
        if (policy == BareLineEnds.REJECT && bare) {
            // how much was told before the first of them depends on where it was cut
            told.append(END).append(true).append('\n');
            return true;
        }
        tell(policy == BareLineEnds.NORMALISE ? normal(message) : message);
        told.append(END).append(false).append('\n');
        return true;
    }

    private void tell(String message) {
        if (!message.isEmpty()) {
            told.append('{').append(message).append("}\n");
        }
    }

    private static String unstuffed(String message) {
        String text = message.startsWith(".") ? message.substring(1) : message;
        return text.replace(CRLF + ".", CRLF);
    }

    /// Whether a CR, LF or NUL stands in it that is no part of a CRLF.
    static boolean bareLineEnds(String text) {
        return text.replace(CRLF, "").chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0);
    }

    /// Every CR and LF made part of a CRLF, and no NUL.
    static String normal(String message) {
        return message.replaceAll("\r\n|\r|\n", CRLF).replace("\0", "");
    }
}
