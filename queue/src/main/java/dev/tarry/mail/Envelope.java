package dev.tarry.mail;

import java.util.List;
import java.util.Optional;

/// What MAIL and RCPT said.
///
/// @param sender     the reverse-path
/// @param body       BODY= of MAIL (RFC 6152)
/// @param smtpUtf8   whether SMTPUTF8 was asked for (RFC 6531)
/// @param ret        RET= (RFC 3461 §4.3), absent if not given
/// @param envelopeId ENVID= as given, xtext-encoded, at most 100 octets (RFC 3461 §4.4), absent if not given
/// @param recipients at least one, in the order given
public record Envelope(
        ReversePath sender,
        BodyType body,
        boolean smtpUtf8,
        Optional<Ret> ret,
        Optional<String> envelopeId,
        List<Recipient> recipients) {
    public static final int MAX_ENVELOPE_ID_OCTETS = 100;

    /// The BODY parameter.
    public enum BodyType {
        SEVEN_BIT("7BIT"),
        EIGHT_BIT_MIME("8BITMIME"),
        BINARY_MIME("BINARYMIME");

        private final String keyword;

        BodyType(String keyword) {
            this.keyword = keyword;
        }

        /// As it stands in MAIL.
        public String keyword() {
            return keyword;
        }
    }

    /// How much of the message a report returns.
    public enum Ret {
        FULL,
        HDRS
    }

    public Envelope {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("an envelope has at least one recipient");
        }
    }

    public static Envelope of(ReversePath sender, List<Recipient> recipients) {
        return new Envelope(sender, BodyType.SEVEN_BIT, false, Optional.empty(), Optional.empty(), recipients);
    }
}
