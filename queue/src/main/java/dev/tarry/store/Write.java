package dev.tarry.store;

import java.nio.ByteBuffer;

/// One change of a [Batch].
public sealed interface Write {
    /// A chunk of a body. Each key is put exactly once; the batch that holds the record which covers it comes
    /// later or is the same.
    ///
    /// @param octets read between its position and limit, which stay; untouched until the commit has returned;
    ///     direct (others cost a copy)
    record Chunk(long contentId, int number, ByteBuffer octets) implements Write {}

    /// Removes a body's chunks, if they are there: they cannot be read from then on. The batch that drops the
    /// last record which covers it comes before or is the same.
    record DropContent(ContentRef content) implements Write {}

    record PutMessage(MessageRecord message) implements Write {}

    /// Removes a message's record. Its copies and content are dropped by writes of their own, in the same batch.
    record DropMessage(long id) implements Write {}

    record PutCopy(CopyRecord copy) implements Write {}

    record DropCopy(long messageId, int queueId) implements Write {}

    record PutQueue(QueueRecord queue) implements Write {}

    record DropQueue(int id) implements Write {}

    record PutItem(MailboxItem item) implements Write {}

    record DropItem(String mailbox, long id) implements Write {}

    record PutNetItem(NetItem item) implements Write {}

    record DropNetItem(NetItem.Place place) implements Write {}

    record PutResubmit(ResubmitRecord request) implements Write {}

    record DropResubmit(int id) implements Write {}
}
