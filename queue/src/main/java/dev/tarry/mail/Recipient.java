package dev.tarry.mail;

import java.util.Optional;

/// One RCPT of an envelope.
///
/// @param address where it goes
/// @param notifyOn absent if the client did not give NOTIFY (RFC 3461 §4.1)
/// @param originalRecipient the ORCPT value as given, still xtext-encoded: `rfc822;user@dest.example` (RFC 3461 §4.2);
/// at most 500 octets
public record Recipient(EmailAddress address, Optional<Notify> notifyOn, Optional<String> originalRecipient) {
    public static final int MAX_ORIGINAL_RECIPIENT_OCTETS = 500;

    public static Recipient of(EmailAddress address) {
        return new Recipient(address, Optional.empty(), Optional.empty());
    }

    public static Recipient of(String address) {
        return of(EmailAddress.of(address));
    }

    /// Whether the sender wants to hear of this: with no NOTIFY, of failure and delay (RFC 3461 §4.1).
    public boolean wants(Notify.Condition condition) {
        return notifyOn.map(n -> n.on(condition)).orElse(condition != Notify.Condition.SUCCESS);
    }
}
