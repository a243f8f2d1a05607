package dev.tarry.queue;

import dev.tarry.mail.Reply;
import dev.tarry.store.RecipientRecord;
import java.util.List;

/// Where the categorizer puts some of a message's recipients.
public sealed interface Placement {
    List<RecipientRecord> recipients();

    /// In the queue of a next hop.
    record Shelf(NextHopKey key, List<RecipientRecord> recipients) implements Placement {}

    /// In Unreachable; each recipient's last error says why.
    record Nowhere(List<RecipientRecord> recipients) implements Placement {}

    /// Nowhere, ever.
    ///
    /// @param reply the diagnostic for the report
    record Rejected(Reply reply, List<RecipientRecord> recipients) implements Placement {}
}
