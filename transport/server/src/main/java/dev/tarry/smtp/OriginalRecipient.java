package dev.tarry.smtp;

import dev.tarry.mail.Recipient;
import java.util.Locale;
import java.util.Optional;

/// The value of ORCPT: `addr-type;xtext` (RFC 3461 §4.2), the type an atom. An address of the type
/// `utf-8` may come as it is (RFC 6533 §3); it is kept in the form that is ASCII, since the next host may
/// not take the other.
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
        String address = value.substring(semicolon + 1);
        if (value.substring(0, semicolon).toLowerCase(Locale.ROOT).equals(UTF8)) {
            address = sevenBit(address);
        }
        String kept = value.substring(0, semicolon + 1) + address;
        return Xtext.valid(address) && kept.length() <= Recipient.MAX_ORIGINAL_RECIPIENT_OCTETS
                ? Optional.of(kept)
                : Optional.empty();
    }

    private static boolean atom(String type) {
        return type.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-'));
    }

    /// utf-8-addr-xtext (RFC 6533 §3).
    private static String sevenBit(String address) {
        StringBuilder text = new StringBuilder(address.length());
        address.codePoints().forEach(c -> {
            if (c < 0x80) {
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
