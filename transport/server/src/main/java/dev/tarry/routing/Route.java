package dev.tarry.routing;

import dev.tarry.mail.Reply;
import dev.tarry.queue.NextHopKey;

/// Where a recipient's mail goes.
public sealed interface Route {
    /// Out, by a connector.
    ///
    /// @param key       the queue it waits in
    /// @param connector by which it leaves
    record Deliver(NextHopKey key, SendConnector connector) implements Route {}

    /// Into a mailbox here.
    ///
    /// @param key    SmtpDeliveryToMailbox, with the mailbox database
    /// @param domain whose recipient it is; of an InternalRelay domain it may live elsewhere, see [Router#beyond]
    record Local(NextHopKey key, AcceptedDomain domain) implements Route {}

    /// Nowhere for now: it waits in the Unreachable queue.
    ///
    /// @param reason the words of reference §3.4
    record Unreachable(String reason) implements Route {}

    /// Nowhere, ever: the sender is told.
    ///
    /// @param reply 5xx
    record Refused(Reply reply) implements Route {}
}
