package dev.tarry.queue;

import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.store.ErrorRecord;
import dev.tarry.tracking.TrackingEvent;

/// What became of one recipient in an attempt. A recipient without a verdict goes on waiting with its queue.
public sealed interface Verdict {
    Recipient recipient();

    /// The next hop took it.
    ///
    /// @param reply    its words
    /// @param passedOn whether it was told what the sender wants to hear (NOTIFY and the rest of RFC 3461), and so
    /// answers for it from now on; else the sender is told that the message was relayed, if he wants to know
    record Delivered(Recipient recipient, Reply reply, boolean passedOn) implements Verdict {}

    /// It goes into a local mailbox, in the same commit.
    ///
    /// @param mailbox `user@company.com`
    /// @param prefix  header lines put before it there, with CRLFs
    record Stored(Recipient recipient, String mailbox, String prefix) implements Verdict {}

    /// The next hop refused it for now: it is tried again on its own account.
    record Deferred(Recipient recipient, ErrorRecord error) implements Verdict {}

    /// It will never be delivered: its sender is told.
    ///
    /// @param reply  the final diagnostic
    /// @param source which component decided
    /// @param cause  the last error before that, for the report's second line; may be none
    /// @param note   as [ErrorRecord#note], of the diagnostic
    record Failed(Recipient recipient, Reply reply, TrackingEvent.Source source, ErrorRecord cause, String note)
            implements Verdict {
        /// With nothing beside its words.
        public Failed(Recipient recipient, Reply reply, TrackingEvent.Source source, ErrorRecord cause) {
            this(recipient, reply, source, cause, "");
        }
    }
}
