package dev.tarry.send;

import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;

/// What became of one recipient of a message that was tried.
public sealed interface RecipientOutcome {
    Recipient recipient();

    /// The host took the message for it.
    ///
    /// @param reply    to the end of the data, verbatim
    /// @param passedOn whether the host speaks DSN, and so was given NOTIFY and the rest (RFC 3461 §5.2.1)
    record Delivered(Recipient recipient, Reply reply, boolean passedOn) implements RecipientOutcome {}

    /// The host said not now.
    ///
    /// @param reply 4xx, verbatim
    record Deferred(Recipient recipient, Reply reply) implements RecipientOutcome {}

    /// The host said never.
    ///
    /// @param reply 5xx, verbatim; or ours, where we know that the host would refuse
    record Failed(Recipient recipient, Reply reply) implements RecipientOutcome {}

    /// The conversation ended before the host had decided. It says nothing about the recipient, which may even
    /// have been delivered to.
    ///
    /// @param reply what ended it, in Exchange's words, 4xx
    record Interrupted(Recipient recipient, Reply reply) implements RecipientOutcome {}

    /// What a reply that should have been positive and was not means for a recipient.
    static RecipientOutcome refused(Recipient recipient, Reply reply) {
        return reply.permanentNegative() ? new Failed(recipient, reply) : new Deferred(recipient, reply);
    }
}
