package dev.tarry.dsn;

import java.io.ByteArrayOutputStream;

/// RFC 2045 §6.7: any octets as lines of at most 76 printable characters. No line begins with `--`, so what is encoded
/// can never be taken for a boundary, not even by someone who knows it.
final class QuotedPrintable {
    private static final int LINE = 76;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    private QuotedPrintable() {}

    /// Encodes; CRLF is a line end, a CR or LF alone is data.
    static byte[] encode(byte[] octets, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + length / 8 + 16);
        int column = 0;
        for (int i = 0; i < length; i++) {
            int c = octets[i] & 0xff;
            if (isLineEnd(octets, length, i)) {
                out.write('\r');
                out.write('\n');
                column = 0;
                i++;
                continue;
            }
            boolean lastOfLine = i + 1 == length || isLineEnd(octets, length, i + 1);
            boolean literal = (c > 0x20 && c < 0x7f && c != '=') || ((c == ' ' || c == '\t') && !lastOfLine);
            // what is not the line's last leaves room for the soft break
            if (column + (literal ? 1 : 3) > (lastOfLine ? LINE : LINE - 1)) {
                out.write('=');
                out.write('\r');
                out.write('\n');
                column = 0;
            }
            literal &= c != '-' || column > 0;
            if (literal) {
                out.write(c);
            } else {
                out.write('=');
                out.write(HEX[c >> 4]);
                out.write(HEX[c & 15]);
            }
            column += literal ? 1 : 3;
        }
        return out.toByteArray();
    }

    private static boolean isLineEnd(byte[] octets, int length, int at) {
        return octets[at] == '\r' && at + 1 < length && octets[at + 1] == '\n';
    }
}
