package dev.tarry.mail;

import java.util.Optional;

/// Who gets the report if a message cannot be delivered (RFC 5321 §4.1.1.2): an address, or nobody (`<>`, the null
/// sender).
public record ReversePath(Optional<EmailAddress> address) {
    /// The null sender: no report is ever made about such a message (RFC 5321 §4.5.5).
    public static final ReversePath NULL = new ReversePath(Optional.empty());

    public static ReversePath of(EmailAddress address) {
        return new ReversePath(Optional.of(address));
    }

    /// The inverse of [#toString]; also takes the bare address and the empty text.
    ///
    /// @throws IllegalArgumentException if it is neither an address nor nobody
    public static ReversePath of(String text) {
        String inner = text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
        return inner.isEmpty() ? NULL : of(EmailAddress.of(inner));
    }

    public boolean isNull() {
        return address.isEmpty();
    }

    /// Without angle brackets, except for the null sender: `a@b.example` or `<>`, as queue viewers and logs print it.
    @Override
    public String toString() {
        return address.map(EmailAddress::toString).orElse("<>");
    }
}
