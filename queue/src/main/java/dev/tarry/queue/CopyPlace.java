package dev.tarry.queue;

/// A place among copies, which come in order of message integer, and those of one message in order of queue. Nothing
/// need stand there.
///
/// @param messageId a message's integer
/// @param queueId   the integer of a queue
public record CopyPlace(long messageId, int queueId) {
    /// Before all.
    public static final CopyPlace START = new CopyPlace(Long.MIN_VALUE, Integer.MIN_VALUE);

    /// Behind all.
    public static final CopyPlace END = new CopyPlace(Long.MAX_VALUE, Integer.MAX_VALUE);

    static CopyPlace of(Node node) {
        return new CopyPlace(node.messageId, node.queue.id());
    }
}
