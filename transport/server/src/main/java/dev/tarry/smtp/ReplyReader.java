package dev.tarry.smtp;

import dev.tarry.mail.Reply;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Reads replies (RFC 5321 §4.2) as hosts really send them: a bare `250`, several lines, bare LF as line end,
/// text that is UTF-8 or else Latin-1. Not thread-safe; one per connection.
///
/// Text is kept as it came, except that controls become `?` (TAB a space), so that no reply can break a log
/// line or a terminal. Where the lines of one reply carry different codes, the last decides (RFC 5321 §4.2.1
/// demands equal ones) and the lines that differ keep their own code in their text: `250-first` / `550 last`
/// is 550 with the lines `250-first` and `last`.
public final class ReplyReader {
    /// Octets of one line, its end included; RFC 5321 §4.5.3.1.5 asks for 512 at least.
    public static final int MAX_LINE_OCTETS = 2_000;
    /// Lines of one reply.
    public static final int MAX_LINES = 200;
    /// Octets of one reply: it is kept, in memory too, for as long as the mail that it was given for.
    public static final int MAX_REPLY_OCTETS = 16_384;

    private static final int CODE_DIGITS = 3;
    private static final int SHOWN_CHARACTERS = 60;

    private byte[] line = new byte[256];
    private int length;
    private int octetsOfReply;
    private final List<String> lines = new ArrayList<>(1);
    private final List<Integer> codes = new ArrayList<>(1);

    /// Reads all octets there are; does not release them.
    ///
    /// @param replies told each reply as it is complete
    /// @throws ReplyFormatException if they are no reply; the reader is of no more use
    public void read(ByteBuf octets, Consumer<Reply> replies) throws ReplyFormatException {
        while (octets.isReadable()) {
            int untilLf = octets.bytesBefore(LineEnds.LF);
            int taken = untilLf < 0 ? octets.readableBytes() : untilLf + 1;
            if (length + taken > MAX_LINE_OCTETS) {
                throw new ReplyFormatException("a reply line is longer than " + MAX_LINE_OCTETS + " octets: "
                        + shown(text(line, 0, Math.min(length, SHOWN_CHARACTERS))));
            }
            if (length + taken > line.length) {
                line = Arrays.copyOf(line, Math.clamp(2L * (length + taken), line.length, MAX_LINE_OCTETS));
            }
            octets.readBytes(line, length, taken);
            length += taken;
            if (untilLf >= 0) {
                int end = length - 1;
                if (end > 0 && line[end - 1] == LineEnds.CR) {
                    end--;
                }
                length = 0;
                line(end, replies);
            }
        }
    }

    /// Whether octets of an unfinished reply are kept. What is left when TLS begins or the host hangs up is
    /// no reply.
    public boolean midReply() {
        return length > 0 || !lines.isEmpty();
    }

    /// Forgets an unfinished reply.
    public void reset() {
        length = 0;
        octetsOfReply = 0;
        lines.clear();
        codes.clear();
    }

    private void line(int end, Consumer<Reply> replies) throws ReplyFormatException {
        int code = code(end);
        boolean more = end > CODE_DIGITS && line[CODE_DIGITS] == '-';
        if (code < 0 || (end > CODE_DIGITS && !more && line[CODE_DIGITS] != ' ' && line[CODE_DIGITS] != '\t')) {
            throw new ReplyFormatException("a reply line begins with a code of 200 to 599 and a space or hyphen, not: "
                    + shown(text(line, 0, end)));
        }
        if (lines.size() == MAX_LINES) {
            throw new ReplyFormatException("a reply has more than " + MAX_LINES + " lines");
        }
        octetsOfReply += end;
        if (octetsOfReply > MAX_REPLY_OCTETS) {
            throw new ReplyFormatException("a reply is longer than " + MAX_REPLY_OCTETS + " octets");
        }
        lines.add(end > CODE_DIGITS ? text(line, CODE_DIGITS + 1, end) : "");
        codes.add(code);
        if (!more) {
            Reply reply = complete(code);
            reset();
            replies.accept(reply);
        }
    }

    private Reply complete(int code) {
        for (int i = 0; i < lines.size(); i++) {
            if (codes.get(i) != code) {
                lines.set(i, codes.get(i) + "-" + lines.get(i));
            }
        }
        return new Reply(code, lines);
    }

    private int code(int end) {
        if (end < CODE_DIGITS) {
            return -1;
        }
        int code = 0;
        for (int i = 0; i < CODE_DIGITS; i++) {
            if (line[i] < '0' || line[i] > '9') {
                return -1;
            }
            code = code * 10 + line[i] - '0';
        }
        return code >= 200 && code <= 599 ? code : -1;
    }

    private static String text(byte[] octets, int from, int to) {
        boolean plain = true;
        for (int i = from; i < to; i++) {
            plain &= octets[i] >= ' ' && octets[i] != 0x7f;
        }
        if (plain) {
            return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        }
        return withoutControls(decoded(octets, from, to));
    }

    private static String decoded(byte[] octets, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, from, to - from))
                    .toString();
        } catch (CharacterCodingException _) {
            return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }

    private static String withoutControls(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(c == '\t' ? ' ' : Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
        }
        return clean.toString();
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
