package dev.tarry.dsn;

import dev.tarry.mail.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What stands in a header field: subjects, addresses, message ids, in the forms of RFC 5322 and RFC 2047, folded.
final class HeaderText {
    /// RFC 5322 §2.1.1: lines should not be longer.
    static final int LINE = 78;

    /// RFC 2047 §2.
    private static final int ENCODED_WORD = 75;

    /// RFC 5322 §2.1.1 allows 998; the field's name needs some.
    private static final int MAX_MESSAGE_ID = 900;

    private static final String WORD_BEGINS = "=?utf-8?B?";
    private static final String WORD_ENDS = "?=";

    private HeaderText() {}

    /// A whole unstructured field without its last line end, folded; it unfolds and decodes to the text exactly.
    ///
    /// @param text one line, cleaned, without blanks at its ends
    static String unstructured(String name, String text) {
        return name + ":" + (text.isEmpty() ? "" : plain(text) ? folded(name.length() + 2, text) : encoded(name, text));
    }

    /// Whether the text can stand as it is: ASCII, foldable at single blanks, and nothing that looks encoded.
    private static boolean plain(String text) {
        if (!Cleaned.isAscii(text) || text.contains("=?") || text.contains("  ")) {
            return false;
        }
        for (String word : text.split(" ")) {
            if (word.length() > LINE - 2) {
                return false;
            }
        }
        return true;
    }

    private static String folded(int begin, String text) {
        StringBuilder out = new StringBuilder(" ");
        int column = begin;
        boolean first = true;
        for (String word : text.split(" ")) {
            if (!first) {
                boolean fits = column + 1 + word.length() <= LINE;
                out.append(fits ? " " : "\r\n ");
                column = fits ? column + 1 : 1;
            }
            out.append(word);
            column += word.length();
            first = false;
        }
        return out.toString();
    }

    /// Words of base64, cut between characters; blanks between two of them mean nothing (RFC 2047 §6.2).
    private static String encoded(String name, String text) {
        StringBuilder out = new StringBuilder();
        int room = octets(LINE - name.length() - 2);
        int from = 0;
        while (from < text.length()) {
            int to = from;
            int used = 0;
            while (to < text.length()) {
                int c = text.codePointAt(to);
                int length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
                if (used + length > room) {
                    break;
                }
                used += length;
                to += Character.charCount(c);
            }
            byte[] utf8 = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
            out.append(from == 0 ? " " : "\r\n ")
                    .append(WORD_BEGINS)
                    .append(Base64.getEncoder().encodeToString(utf8))
                    .append(WORD_ENDS);
            from = to;
            room = octets(LINE - 1);
        }
        return out.toString();
    }

    private static int octets(int line) {
        int word = Math.min(line, ENCODED_WORD) - WORD_BEGINS.length() - WORD_ENDS.length();
        return word / 4 * 3;
    }

    /// `<local@domain>`; a local part that is neither a dot-atom nor a quoted string is quoted (RFC 5322 §3.4.1), so
    /// that it cannot be read as two addresses.
    static String angle(EmailAddress address) {
        String local = address.localPart();
        if (!isDotAtom(local) && !isQuotedString(local)) {
            local = '"' + local.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
        StringBuilder domain = new StringBuilder();
        for (int i = 0; i < address.domain().length(); i++) {
            char c = address.domain().charAt(i);
            domain.append(c > 0x7f || Character.isLetterOrDigit(c) || "-._:[]".indexOf(c) >= 0 ? c : '?');
        }
        return "<" + Cleaned.line(local, 2 * EmailAddress.MAX_LOCAL_PART_OCTETS + 2) + "@"
                + Cleaned.line(domain.toString(), EmailAddress.MAX_DOMAIN_OCTETS) + ">";
    }

    private static boolean isDotAtom(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean dot = c == '.' && i > 0 && i < text.length() - 1 && text.charAt(i - 1) != '.';
            if (!dot && c < 0x80 && !Character.isLetterOrDigit(c) && "!#$%&'*+-/=?^_`{|}~".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isQuotedString(String text) {
        int last = text.length() - 1;
        if (last < 1 || text.charAt(0) != '"' || text.charAt(last) != '"') {
            return false;
        }
        for (int i = 1; i < last; i++) {
            if (text.charAt(i) == '"' || (text.charAt(i) == '\\' && ++i == last)) {
                return false;
            }
        }
        return true;
    }

    /// A message id as In-Reply-To takes it; empty if there is none, or none that fits.
    static String messageId(String id) {
        String clean = Cleaned.ascii(id, MAX_MESSAGE_ID + 1);
        return clean.length() > MAX_MESSAGE_ID ? "" : clean;
    }
}
