package dev.tarry.categorize;

import dev.tarry.mail.Reply;
import dev.tarry.mail.Submitter;
import dev.tarry.store.MessageRecord;
import java.util.Optional;

/// What Set-TransportConfig lets a message of the organization be (reference §3.4, §6.2).
///
/// `MaxSendSize` and `MaxRecipientEnvelopeLimit` judge the whole message of one of our own: who has logged in, and
/// servers of ours. `MaxReceiveSize` judges, recipient by recipient, what is for people here, whoever sends it. So a
/// stranger's message that only passes through meets its connector's limits alone, and one to a mailbox here the
/// smaller of both. The size is that of the message as it was accepted, the lines included that the server put in
/// front; it never changes after that, wherever the message is routed to again. What the server makes itself is
/// exempt (reference §6.2).
///
/// **unsure**, and picked: that mail from Pickup and Replay counts as a stranger's; that MaxReceiveSize binds mail
/// between our own people too; the part of the text behind `SendSizeLimit`.
///
/// @param maxSendBytes    [Long#MAX_VALUE] for no limit
/// @param maxReceiveBytes [Long#MAX_VALUE] for no limit
/// @param maxRecipients   [Integer#MAX_VALUE] for no limit
public record OrganizationLimits(long maxSendBytes, long maxReceiveBytes, int maxRecipients) {
    /// Nothing is too much.
    public static final OrganizationLimits NONE =
            new OrganizationLimits(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);

    static final Reply TOO_MANY_RECIPIENTS = Reply.of(550, "5.5.3 RESOLVER.ADR.RecipLimit; too many recipients");

    static final Reply TOO_LARGE_TO_SEND =
            Reply.of(550, "5.2.3 RESOLVER.RST.SendSizeLimit.Org; message too large for this organization");

    static final Reply TOO_LARGE_TO_RECEIVE =
            Reply.of(550, "5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient");

    /// Why nobody gets the message.
    ///
    /// @param recipients how many are to be served
    Optional<Reply> refusal(MessageRecord message, int recipients) {
        if (message.submitter() != Submitter.MEMBER) {
            return Optional.empty();
        }
        if (recipients > maxRecipients) {
            return Optional.of(TOO_MANY_RECIPIENTS);
        }
        return message.content().bytes() > maxSendBytes ? Optional.of(TOO_LARGE_TO_SEND) : Optional.empty();
    }

    /// Why somebody here does not get the message.
    Optional<Reply> refusalHere(MessageRecord message) {
        return message.submitter() != Submitter.SYSTEM && message.content().bytes() > maxReceiveBytes
                ? Optional.of(TOO_LARGE_TO_RECEIVE)
                : Optional.empty();
    }
}
