package dev.tarry.pickup;

import dev.tarry.mail.HeaderOctets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The header of a file, field by field. Lines may end with CRLF or with LF, as programs on different systems write
/// them. Immutable.
///
/// @param fields in the order of the file
record FileHeader(List<Field> fields) {
    /// Each costs many times what it has octets: room for the most recipients of a file in Replay, and what else there
    /// may be.
    static final int MAX_FIELDS = ReplayForm.MAX_RECIPIENTS + 10_000;

    /// One field.
    ///
    /// @param name  in lower case
    /// @param lines as it stands there, one character an octet, each line ended with CRLF
    record Field(String name, String lines) {
        /// What stands behind the colon, unfolded; as UTF-8 if it is that, else one character an octet.
        String value() {
            byte[] octets = lines.substring(lines.indexOf(':') + 1).getBytes(StandardCharsets.ISO_8859_1);
            return HeaderOctets.text(octets).replace("\r\n", "").strip();
        }

        boolean is(String lowerCase) {
            return name.equals(lowerCase);
        }
    }

    /// Where a header ends: behind its empty line.
    ///
    /// @return -1 if these octets have no empty line yet
    static int end(byte[] octets, int length) {
        int lineStart = 0;
        for (int i = 0; i < length; i++) {
            if (octets[i] == '\n') {
                if (i == lineStart || (i == lineStart + 1 && octets[lineStart] == '\r')) {
                    return i + 1;
                }
                lineStart = i + 1;
            }
        }
        return -1;
    }

    /// @param end behind the empty line
    /// @throws BadFile if a line is no field and continues none
    static FileHeader parse(byte[] octets, int end) throws BadFile {
        List<Field> fields = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        int number = 0;
        for (int at = 0; at < end; ) {
            int lf = at;
            while (octets[lf] != '\n') {
                lf++;
            }
            int to = lf > at && octets[lf - 1] == '\r' ? lf - 1 : lf;
            String line = new String(octets, at, to - at, StandardCharsets.ISO_8859_1);
            at = lf + 1;
            number++;
            if (line.indexOf('\r') >= 0 || line.indexOf(0) >= 0) {
                throw new BadFile("line " + number + " of the header holds a CR or NUL");
            }
            boolean continues = line.startsWith(" ") || line.startsWith("\t");
            if (!continues && !current.isEmpty()) {
                if (fields.size() == MAX_FIELDS) {
                    throw new BadFile("the header has more than " + MAX_FIELDS + " fields");
                }
                fields.add(field(current));
            }
            if (line.isEmpty()) {
                break;
            }
            if (continues ? current.isEmpty() : !isField(line)) {
                throw new BadFile("line " + number + " is no header field (write Name: value), and no empty line has"
                        + " ended the header before it");
            }
            current.append(line).append("\r\n");
        }
        if (fields.isEmpty()) {
            throw new BadFile("the file has no header");
        }
        return new FileHeader(List.copyOf(fields));
    }

    private static Field field(StringBuilder lines) {
        String text = lines.toString();
        lines.setLength(0);
        return new Field(text.substring(0, text.indexOf(':')).strip().toLowerCase(Locale.ROOT), text);
    }

    /// RFC 5322 §3.6.8; §4.5 lets white space stand before the colon.
    private static boolean isField(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).stripTrailing();
        return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /// All of it as it stands there, but for the empty line; one character an octet, each line ended with CRLF.
    String lines() {
        StringBuilder lines = new StringBuilder();
        fields.forEach(field -> lines.append(field.lines()));
        return lines.toString();
    }

    /// The first of this name.
    Optional<Field> first(String lowerCase) {
        return fields.stream().filter(field -> field.is(lowerCase)).findFirst();
    }

    List<Field> all(String lowerCase) {
        return fields.stream().filter(field -> field.is(lowerCase)).toList();
    }
}
