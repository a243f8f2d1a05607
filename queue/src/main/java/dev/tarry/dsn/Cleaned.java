package dev.tarry.dsn;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Makes other people's words harmless, without changing what is harmless already.
final class Cleaned {
    private Cleaned() {}

    /// One line for people: no controls, no halves of surrogate pairs, nothing that turns the direction of writing.
    static String line(String text, int maxCharacters) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), maxCharacters));
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (out.length() + Character.charCount(c) > maxCharacters) {
                break;
            }
            out.appendCodePoint(harmless(c));
        }
        return out.toString();
    }

    private static int harmless(int c) {
        if (c == '\t' || c == '\r' || c == '\n') {
            return ' ';
        }
        if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
            return '?';
        }
        if (c >= 0xd800 && c <= 0xdfff) {
            return 0xfffd;
        }
        boolean breaksOrTurnsLines = c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e);
        return breaksOrTurnsLines || (c >= 0x2066 && c <= 0x2069) ? '?' : c;
    }

    /// One line of printable ASCII, for the machine part and for header fields (RFC 3464 §2.1.1 knows nothing else).
    static String ascii(String text, int maxCharacters) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), maxCharacters));
        for (int i = 0; i < text.length() && out.length() < maxCharacters; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
            out.append(blank ? ' ' : c > 0x20 && c < 0x7f ? (char) c : '?');
        }
        return out.toString().strip();
    }

    /// A host's name or address for a field such as Remote-MTA: as [#ascii], and without blanks.
    static String host(String name) {
        return ascii(name, 255).replace(' ', '?');
    }

    /// What xtext stands for (RFC 3461 §4), as long as that is printable ASCII; else the xtext itself, cleaned: what
    /// hides a line end in `+0D+0A` stays hidden.
    static String fromXtext(String xtext, int maxCharacters) {
        StringBuilder out = new StringBuilder(xtext.length());
        for (int i = 0; i < xtext.length(); i++) {
            char c = xtext.charAt(i);
            if (c == '+') {
                int high = i + 2 < xtext.length() ? Character.digit(xtext.charAt(i + 1), 16) : -1;
                int low = i + 2 < xtext.length() ? Character.digit(xtext.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return ascii(xtext, maxCharacters);
                }
                c = (char) (high * 16 + low);
                i += 2;
            }
            if (c < 0x20 || c > 0x7e) {
                return ascii(xtext, maxCharacters);
            }
            out.append(c);
        }
        return ascii(out.toString(), maxCharacters);
    }

    /// Octets of a header as text: UTF-8, or ISO 8859-1 where they are not.
    static String decoded(byte[] octets, int length) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 0, length));
            return text.toString();
        } catch (CharacterCodingException _) {
            return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
        }
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
