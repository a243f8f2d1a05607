package dev.tarry.smtp;

import dev.tarry.mail.Recipient;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/// The value of ORCPT: `addr-type;xtext` (RFC 3461 §4.2), the type an atom. An address outside ASCII has the type
/// `utf-8` (RFC 6533 §3) and may come as it is; clients are seen that write its octets as xtext, and call that
/// `utf-8` or `rfc822`. Either way it is kept in the form that is ASCII and says what it is: the next host may not take
/// another.
final class OriginalRecipient {
    private static final String UTF8 = "utf-8";

    private OriginalRecipient() {}

    /// @param value printable characters without spaces or `=`
    /// @return in ASCII, at most [Recipient#MAX_ORIGINAL_RECIPIENT_OCTETS]; empty if it is none
    static Optional<String> parse(String value) {
        int semicolon = value.indexOf(';');
        if (semicolon < 1 || semicolon == value.length() - 1 || !atom(value.substring(0, semicolon))) {
            return Optional.empty();
        }
        String type = value.substring(0, semicolon);
        String address = value.substring(semicolon + 1);
        String ascii = type.equalsIgnoreCase(UTF8) ? sevenBit(address, c -> c < 0x80) : address;
        if (Xtext.valid(ascii)) {
            return kept(type, ascii);
        }
        return Xtext.octets(address)
                .flatMap(octets -> Utf8Text.of(ByteBuffer.wrap(octets)))
                .flatMap(text -> kept(UTF8, sevenBit(text, OriginalRecipient::literal)));
    }

    private static Optional<String> kept(String type, String address) {
        String kept = type + ";" + address;
        return Xtext.valid(address) && kept.length() <= Recipient.MAX_ORIGINAL_RECIPIENT_OCTETS
                ? Optional.of(kept)
                : Optional.empty();
    }

    private static boolean atom(String type) {
        return type.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-'));
    }

    /// QCHAR (RFC 6533 §3).
    private static boolean literal(int c) {
        return c > ' ' && c < 0x7f && c != '+' && c != '=' && c != '\\';
    }

    /// utf-8-addr-xtext (RFC 6533 §3).
    private static String sevenBit(String address, IntPredicate literal) {
        StringBuilder text = new StringBuilder(address.length());
        address.codePoints().forEach(c -> {
            if (literal.test(c)) {
                text.append((char) c);
            } else {
                text.append("\\x{")
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append('}');
            }
        });
        return text.toString();
    }
}
