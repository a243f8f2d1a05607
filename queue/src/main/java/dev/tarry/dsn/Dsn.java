package dev.tarry.dsn;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.Envelope.BodyType;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import java.util.List;
import java.util.Optional;

/// A finished report.
///
/// @param messageId   with angle brackets
/// @param subject     decoded, on one line, at most [#MAX_SUBJECT_CHARACTERS]
/// @param from        whom it says it is from: the tracking log's sender-address
/// @param to          to whom it goes
/// @param body        what BODY= it needs: 8BITMIME only if it returns an 8-bit original whole
/// @param smtpUtf8    whether an address in its header is not ASCII
/// @param headerBytes octets of its header, with the ending empty line
/// @param parts       its octets in order
/// @param bytes       the size of all parts
public record Dsn(
        String messageId,
        String subject,
        EmailAddress from,
        EmailAddress to,
        BodyType body,
        boolean smtpUtf8,
        int headerBytes,
        List<Part> parts,
        long bytes) {
    public static final int MAX_SUBJECT_CHARACTERS = 1_000;

    /// A stretch of octets. A returned original is not copied into the report: whoever writes it out streams it from
    /// where it is kept.
    public sealed interface Part {
        /// Octets of our own. @param octets not to be changed
        record Octets(byte[] octets) implements Part {}

        /// All octets of the original, exactly as they are stored, go here. @param bytes how many
        record WholeOriginal(long bytes) implements Part {}
    }

    /// From nobody, to the original's sender: a report is never itself reported (RFC 5321 §4.5.5).
    public Envelope envelope() {
        return new Envelope(
                ReversePath.NULL, body, smtpUtf8, Optional.empty(), Optional.empty(), List.of(Recipient.of(to)));
    }

    /// Whether it returns the original whole.
    public boolean returnsOriginal() {
        return parts.stream().anyMatch(Part.WholeOriginal.class::isInstance);
    }
}
