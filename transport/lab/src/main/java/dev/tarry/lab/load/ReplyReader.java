package dev.tarry.lab.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts replies out of what the server sends (RFC 5321 §4.2.1), wherever it is split. A bare code and a bare LF are
/// let pass; a line without a code, or with another code than the line before, is not. Used on one loop.
final class ReplyReader {
    /// Octets of a line; RFC 5321 §4.5.3.1.5 has 512.
    static final int LINE_BYTES_MAX = 4_096;

    static final int LINES_MAX = 200;

    /// The server sent what is no reply.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    private final byte[] line = new byte[LINE_BYTES_MAX];
    private int filled;
    private int code;
    private final List<String> lines = new ArrayList<>();

    /// The next reply that is complete.
    ///
    /// @return empty: the buffer is read to its end, more is needed
    Optional<SmtpReply> read(ByteBuf from) throws Malformed {
        while (from.isReadable()) {
            int end = from.bytesBefore((byte) '\n');
            int some = end < 0 ? from.readableBytes() : end;
            if (filled + some > LINE_BYTES_MAX) {
                throw new Malformed("a line of more than " + LINE_BYTES_MAX + " octets");
            }
            from.readBytes(line, filled, some);
            filled += some;
            if (end >= 0) {
                from.skipBytes(1);
                if (lastLine()) {
                    var reply = new SmtpReply(code, lines);
                    lines.clear();
                    return Optional.of(reply);
                }
            }
        }
        return Optional.empty();
    }

    private boolean lastLine() throws Malformed {
        int length = filled > 0 && line[filled - 1] == '\r' ? filled - 1 : filled;
        filled = 0;
        int read = length < 3 ? -1 : code(line);
        boolean more = length > 3 && line[3] == '-';
        if (read < 0 || length > 3 && !more && line[3] != ' ') {
            throw new Malformed("a line that does not begin with a code");
        }
        if (!lines.isEmpty() && read != code) {
            throw new Malformed("one reply with two codes");
        }
        if (lines.size() == LINES_MAX) {
            throw new Malformed("a reply of more than " + LINES_MAX + " lines");
        }
        code = read;
        lines.add(length <= 4 ? "" : new String(line, 4, length - 4, StandardCharsets.ISO_8859_1));
        return !more;
    }

    /// @return -1 if it is none
    private static int code(byte[] line) {
        int code = 0;
        for (int i = 0; i < 3; i++) {
            int digit = line[i] - '0';
            if (digit < 0 || digit > 9 || i == 0 && (digit < 1 || digit > 5)) {
                return -1;
            }
            code = code * 10 + digit;
        }
        return code;
    }
}
