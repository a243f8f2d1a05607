package dev.tarry.receive;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Base64;

/// Decodes `=?charset?Q?text?=` (RFC 2047). What is no valid encoded word stays as it stands. Linear in the
/// text: a word has no space in it and ends at the next question mark, so nothing is looked at twice.
final class EncodedWords {
    private static final int MAX_CHARSET_CHARACTERS = 40;
    /// Words that cannot be decoded before the rest of a text is left as it stands: to look for a character set that
    /// is not there takes the JDK a tenth of a millisecond, and a subject has room for hundreds.
    static final int MAX_STRANGE_WORDS = 8;

    private EncodedWords() {}

    static String decode(String text) {
        int start = text.indexOf("=?");
        if (start < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        int copied = 0;
        boolean afterWord = false;
        int strange = 0;
        while (start >= 0 && strange < MAX_STRANGE_WORDS) {
            int charsetEnd = text.indexOf('?', start + 2);
            int end = charsetEnd < 0 || charsetEnd + 2 >= text.length() || text.charAt(charsetEnd + 2) != '?'
                    ? -1
                    : text.indexOf('?', charsetEnd + 3);
            if (charsetEnd < 0) {
                break;
            }
            boolean looksLikeOne = end >= 0 && end + 1 < text.length() && text.charAt(end + 1) == '=';
            String word = looksLikeOne ? word(text, start, charsetEnd, end) : null;
            if (word == null) {
                strange += looksLikeOne ? 1 : 0;
                start = text.indexOf("=?", charsetEnd - 1);
                continue;
            }
            // RFC 2047 §6.2: white space between two encoded words is not shown
            if (!afterWord || !text.substring(copied, start).isBlank()) {
                decoded.append(text, copied, start);
            }
            decoded.append(word);
            copied = end + 2;
            afterWord = true;
            start = text.indexOf("=?", copied);
        }
        return decoded.append(text, copied, text.length()).toString();
    }

    private static String word(String text, int start, int charsetEnd, int end) {
        String charset = text.substring(start + 2, charsetEnd);
        int language = charset.indexOf('*'); // RFC 2231 §5
        charset = language < 0 ? charset : charset.substring(0, language);
        if (charset.isEmpty() || charset.length() > MAX_CHARSET_CHARACTERS) {
            return null;
        }
        byte[] octets = switch (text.charAt(charsetEnd + 1)) {
            case 'q', 'Q' -> quoted(text, charsetEnd + 3, end);
            case 'b', 'B' -> base64(text.substring(charsetEnd + 3, end));
            default -> null;
        };
        if (octets == null) {
            return null;
        }
        try {
            CharBuffer characters = Charset.forName(charset)
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(octets));
            return characters.toString();
        } catch (IllegalCharsetNameException
                | UnsupportedCharsetException
                | UnsupportedOperationException
                | CharacterCodingException _) {
            return null;
        }
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static byte[] quoted(String text, int from, int to) {
        byte[] octets = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '_') {
                octets[length++] = ' ';
            } else if (c == '=') {
                int high = i + 2 < to ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < to ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                octets[length++] = (byte) (high << 4 | low);
                i += 2;
            } else if (c <= ' ' || c > '~') {
                return null;
            } else {
                octets[length++] = (byte) c;
            }
        }
        return Arrays.copyOf(octets, length);
    }
}
