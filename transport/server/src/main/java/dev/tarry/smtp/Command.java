package dev.tarry.smtp;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.Notify;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.ReversePath;
import java.util.Optional;
import java.util.OptionalLong;

/// One line from a client (RFC 5321 §4.1). What could not be understood is a command too, [Malformed]: it
/// gets one answer like every other.
public sealed interface Command {
    /// @param domain what the client calls itself: a domain name or an address literal, at most 255
    /// characters; empty if it said nothing
    record Ehlo(String domain) implements Command {}

    /// @param domain as in [Ehlo]
    record Helo(String domain) implements Command {}

    /// Opens a transaction.
    ///
    /// @param sender     who gets reports; not in ASCII perhaps, whether or not SMTPUTF8 was given
    /// @param sizeBytes  SIZE= (RFC 1870), absent if not given
    /// @param body       BODY= (RFC 6152), 7BIT if not given
    /// @param smtpUtf8   whether SMTPUTF8 was given (RFC 6531)
    /// @param ret        RET= (RFC 3461 §4.3)
    /// @param envelopeId ENVID= as given, valid xtext of 1 to 100 octets (RFC 3461 §4.4)
    record Mail(
            ReversePath sender,
            OptionalLong sizeBytes,
            Envelope.BodyType body,
            boolean smtpUtf8,
            Optional<Envelope.Ret> ret,
            Optional<String> envelopeId)
            implements Command {}

    /// Adds a recipient.
    ///
    /// @param address           absent for a bare `<Postmaster>` (RFC 5321 §4.5.1): the server's own; not
    /// in ASCII perhaps, whether or not MAIL said SMTPUTF8
    /// @param notifyOn          NOTIFY= (RFC 3461 §4.1)
    /// @param originalRecipient ORCPT= as given, `type;xtext`, at most 500 octets (RFC 3461 §4.2)
    record Rcpt(Optional<EmailAddress> address, Optional<Notify> notifyOn, Optional<String> originalRecipient)
            implements Command {
        /// @param ownDomain where a bare Postmaster lives
        public Recipient recipient(String ownDomain) {
            return new Recipient(
                    address.orElseGet(() -> new EmailAddress("postmaster", ownDomain)), notifyOn, originalRecipient);
        }
    }

    record Data() implements Command {}

    /// One chunk of a message (RFC 3030 §2). Its octets follow at once, whatever is answered: they come as
    /// [MailData.Chunk], and [EndOfChunk] behind them.
    ///
    /// @param bytes how many, 0 to [Long#MAX_VALUE]
    /// @param last  whether the message ends with them
    record Bdat(long bytes, boolean last) implements Command {}

    record Rset() implements Command {}

    record Noop() implements Command {}

    /// Asks to log in (RFC 4954 §4); understood whether or not it is offered.
    ///
    /// @param mechanism 1 to 20 letters, digits, `-` and `_`, as given
    /// @param initial   the initial response as given, in base64 or `=` for an empty one; absent if there is none
    record Auth(String mechanism, Optional<String> initial) implements Command {
        /// Without what may be a secret.
        @Override
        public String toString() {
            return "Auth[" + mechanism + "]";
        }
    }

    /// What answers a 334: no command, but whatever line comes after [CommandReader#expectAuthResponse].
    ///
    /// @param line as given, in base64, or `*`; where an octet is not printable ASCII there is `?`
    record AuthResponse(String line) implements Command {
        /// Without what may be a secret.
        @Override
        public String toString() {
            return "AuthResponse[]";
        }
    }

    record Quit() implements Command {}

    record Vrfy() implements Command {}

    record Expn() implements Command {}

    record Help() implements Command {}

    /// RFC 3207; understood whether or not it is offered.
    record StartTls() implements Command {}

    /// What is no valid command. The line itself is not kept: it is never echoed.
    record Malformed(Problem problem) implements Command {}

    /// What is wrong with a line.
    enum Problem {
        /// no verb of ours; verbs of extensions that are not offered are unknown too
        UNKNOWN_VERB,
        /// no verb, but the first line of a message's header perhaps: a colon stands in the first word
        HEADER_FIELD,
        /// HTTP's verbs: somebody's browser was sent here
        FOREIGN_PROTOCOL,
        /// more than [CommandReader#MAX_LINE_OCTETS] octets, or [CommandReader#MAX_AUTH_LINE_OCTETS]
        LINE_TOO_LONG,
        /// a CR, LF or NUL that is not the line's end
        BARE_LINE_END,
        /// BDAT does not say, or not in a number of 64 bits, how many octets follow: where the next
        /// command begins cannot be known
        CHUNK_SIZE,
        /// what stands behind EHLO or HELO is neither a domain name nor an address literal
        DOMAIN,
        /// the address of MAIL breaks RFC 5321 §4.1.2
        SENDER,
        /// the address of RCPT breaks RFC 5321 §4.1.2
        RECIPIENT,
        /// FROM: or TO: is missing, a parameter is unknown, repeated or its value not allowed, or there
        /// is something behind a command that takes nothing; or an octet that is neither printable ASCII
        /// nor part of a printable character in UTF-8
        ARGUMENTS
    }
}
