package dev.tarry.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Keeps messages, their copies, queues, mailboxes and bodies (design §3.4–3.6). Blocking; commits come from one
/// committer thread, reads from any other thread, never from a loop.
///
/// Promises, held by `MessageStoreContract`:
/// - when commit of a durable batch returns [CommitResult.Committed], everything of it and of all batches before
///   it survives a crash of the process and a loss of power;
/// - a batch is there whole or not at all after a crash, and never without those before it;
/// - reads see every committed batch;
/// - content that no record covers is swept at [#open];
/// - an id that was ever stored is never given again, also if nothing is left of it;
/// - after a commit that failed, every later one fails too until the store is closed and another is opened in its
///   place: reads go on, but nobody may believe that what failed is, or is not, on disk.
///
/// Message, content and item ids carry their shard above ([dev.tarry.mail.MessageIds]).
public interface MessageStore extends AutoCloseable {
    /// Takes the shard over, and shows everything it holds: queues first, then messages with their copies in
    /// order of id, then mailbox items by mailbox. Whoever held it before is fenced, also by this store itself.
    ///
    /// @return the epoch for commits, larger than any before, and the first free counters
    /// @throws StoreException if the disk cannot be read, or a record makes no sense: nothing is left out in
    ///     silence
    Opened open(int shard, Loader loader) throws StoreException;

    /// @param epoch         names this holder in every commit
    /// @param nextMessage   a message counter above every one ever used
    /// @param nextContent   a content id (not a counter: the shard stands above it) above every one ever used
    /// @param nextQueue     a queue id above every one ever used; at least [#FIRST_DYNAMIC_QUEUE]
    /// @param newestMillis the latest moment at which something in a record happened (what is planned for later
    ///     does not count); 0 if there is none
    record Opened(long epoch, long nextMessage, long nextContent, int nextQueue, long newestMillis) {}

    /// Ids below this belong to the persistent queues: 1 Submission, 2 Unreachable, 3 Poison.
    int FIRST_DYNAMIC_QUEUE = 4;

    /// Told what a shard holds. Called on the opening thread.
    interface Loader {
        void queue(QueueRecord queue);

        /// @throws StoreException if it makes no sense together with what was shown before
        void message(MessageRecord message, List<CopyRecord> copies) throws StoreException;

        void item(MailboxItem item);

        /// What Safety Net keeps, in the order of time; behind the mailbox items.
        default void kept(NetItem item) {}

        /// By id; behind what Safety Net keeps.
        default void request(ResubmitRecord request) {}
    }

    /// Applies batches in order, with at most one sync for all of them: one if any is durable. A durable batch
    /// without writes makes all before it durable.
    ///
    /// @return one result a batch
    /// @throws IllegalArgumentException if a batch names ids of another shard or a mailbox without a name;
    ///     nothing is applied then
    List<CommitResult> commit(List<Batch> batches);

    /// @throws StoreException if the record cannot be read
    Optional<MessageRecord> message(long id) throws StoreException;

    Optional<CopyRecord> copy(long messageId, int queueId) throws StoreException;

    /// All copies of a message, in order of queue id.
    List<CopyRecord> copies(long messageId) throws StoreException;

    /// A copy: a message in a queue.
    record CopyKey(long messageId, int queueId) {}

    /// Told what [#read] found. On the reading thread, and not to take long: the store cannot be closed meanwhile.
    interface CopyReader {
        /// @param index which of those wanted it is
        void found(int index, MessageRecord message, CopyRecord copy);
    }

    /// Reads copies and their messages in one walk: neighbours by going on, distant ones by a leap.
    ///
    /// @param wanted in rising order of message and queue, each once
    /// @param to     told in that order of those that are there
    /// @throws StoreException           if a record cannot be read
    /// @throws IllegalArgumentException if they are not in order
    void read(List<CopyKey> wanted, CopyReader to) throws StoreException;

    /// A chunk's octets, read-only, in memory of their own.
    ///
    /// @throws StoreException if it is not there or damaged
    ByteBuffer chunk(ContentRef content, int number) throws StoreException;

    /// As [#chunk(ContentRef, int)], but into a direct buffer of the caller's, from its position on: bodies go
    /// out without standing in the heap.
    ///
    /// @return the chunk's length in bytes; the position stands behind it
    /// @throws StoreException           if it is not there or damaged
    /// @throws IllegalArgumentException if there is not room enough
    int chunk(ContentRef content, int number, ByteBuffer into) throws StoreException;

    /// Mailboxes that hold something, by name, with the number of their items.
    List<MailboxCount> mailboxes() throws StoreException;

    record MailboxCount(String mailbox, int items) {}

    /// A mailbox's items, oldest first.
    List<MailboxItem> items(String mailbox) throws StoreException;

    Optional<MailboxItem> item(String mailbox, long id) throws StoreException;

    /// Gives back space that dead mail still takes up, one step of it: for when there is little else to do. Commits
    /// and reads go on meanwhile. Blocking, up to some seconds; not on the committer's thread.
    ///
    /// @return whether another step may give back more
    boolean tidy();

    /// What a shard's Safety Net keeps, in the order of time.
    ///
    /// @param from      the first place that counts
    /// @param endMillis delivered before
    /// @param most      so many at most
    List<NetItem> kept(int shard, NetItem.Place from, long endMillis, int most) throws StoreException;

    /// What a commit failed with, since when every one fails: it must be closed and opened again. Empty if none
    /// did. Any thread, never waits.
    Optional<CommitResult.Failed> failure();

    /// Whether a commit has failed because of what is on the disk: opening it again would not help, it wants repair.
    default boolean damaged() {
        return false;
    }

    /// Bytes on disk (or in memory) by all of it, its log included, for metrics.
    long sizeBytes();

    @Override
    void close();
}
