package dev.tarry.mail;

import java.util.Locale;
import java.util.Optional;

/// A mailbox as RFC 5321 §4.1.2 means it: `local-part@domain`.
///
/// The local part is opaque and kept as it was written (quotes included); only its domain decides where it
/// goes. The domain is kept in lower case, without a trailing dot; it may be an address literal
/// (`[192.0.2.1]`).
///
/// Bounds (RFC 5321 §4.5.3.1): local part 1 to 64 octets, domain 1 to 255. Neither may hold a control
/// character, so that no address can ever break a line.
public record EmailAddress(String localPart, String domain) {
    public static final int MAX_LOCAL_PART_OCTETS = 64;
    public static final int MAX_DOMAIN_OCTETS = 255;

    /// @throws IllegalArgumentException if a part is empty, too long, or holds what no address may hold
    public EmailAddress {
        if (localPart.isEmpty() || utf8Length(localPart) > MAX_LOCAL_PART_OCTETS) {
            throw new IllegalArgumentException("the local part must have 1 to 64 octets");
        }
        domain = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
        if (domain.isEmpty() || utf8Length(domain) > MAX_DOMAIN_OCTETS) {
            throw new IllegalArgumentException("the domain must have 1 to 255 octets");
        }
        if (hasControls(localPart) || hasControls(domain)) {
            throw new IllegalArgumentException("an address holds no control characters");
        }
        if (domain.indexOf('@') >= 0
                || domain.indexOf(' ') >= 0
                || domain.indexOf('<') >= 0
                || domain.indexOf('>') >= 0) {
            throw new IllegalArgumentException("not a domain: " + domain);
        }
        domain = domain.toLowerCase(Locale.ROOT);
    }

    /// Takes an address apart at its last `@`, as it stands in our own records and settings; SMTP lines have a stricter
    /// parser.
    ///
    /// @throws IllegalArgumentException if there is no `@` or a part is not valid
    public static EmailAddress of(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("an address needs an @: " + text);
        }
        return new EmailAddress(text.substring(0, at), text.substring(at + 1));
    }

    /// As [#of], but empty where the text is no address.
    public static Optional<EmailAddress> parse(String text) {
        try {
            return Optional.of(of(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Whether it can be said without SMTPUTF8 (RFC 6531).
    public boolean ascii() {
        return localPart.chars().allMatch(c -> c < 0x80) && domain.chars().allMatch(c -> c < 0x80);
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }

    private static int utf8Length(String text) {
        int octets = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            octets += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return octets;
    }

    private static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
                return true;
            }
        }
        return false;
    }
}
