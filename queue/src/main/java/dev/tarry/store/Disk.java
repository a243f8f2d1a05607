package dev.tarry.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/// What a store stands on: six ordered families of keys and values. Changes are collected, then written
/// together.
///
/// Collecting and writing are for one thread at a time; reads come from any thread. Closing excludes all of them:
/// [KeyedStore] sees to both.
interface Disk extends AutoCloseable {
    /// A family of keys, each with its own files. The names are on disk.
    enum Family {
        /// Format, epochs, marks.
        HOUSE("default"),
        /// Messages, each followed by its copies.
        META("meta"),
        /// Chunks of bodies.
        CONTENT("content"),
        QUEUE("queue"),
        MAILBOX("mailbox"),
        /// What was delivered, in the order of time, and the requests to send it again.
        SAFETYNET("safetynet");

        private final String diskName;

        Family(String diskName) {
            this.diskName = diskName;
        }

        String diskName() {
            return diskName;
        }

        /// What people call it: `meta`.
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Collects a change. Buffers are read between position and limit and left as they were; the key is direct.
    void put(Family family, ByteBuffer key, ByteBuffer value) throws WriteFailure;

    void remove(Family family, ByteBuffer key) throws WriteFailure;

    /// Gives up a chunk of a body that was put exactly once.
    ///
    /// @param cheap whether a mark on this key costs little; if not, the disk may keep its octets until
    ///              [#dropContent] names a range around it
    void removeChunk(ByteBuffer key, boolean cheap) throws WriteFailure;

    /// Ends a batch: what was collected since the last call survives a crash whole or not at all.
    void endBatch();

    /// Bytes collected and not yet written.
    long collectedBytes();

    /// Writes what was collected, in order.
    ///
    /// @param sync whether it, and everything written before it, must be durable on return
    void write(boolean sync) throws WriteFailure;

    /// Forgets what was collected: nothing of it was written.
    void abandon();

    /// Writes the first half of what was collected, as if the power had failed in the middle of the write, and forgets
    /// the rest. Nothing may be written after it.
    void tear() throws WriteFailure;

    /// Writes what was collected and does as if it were durable: it, and what follows it, is gone when the disk is
    /// opened the next time, unless an honest sync comes before that.
    void writeLost() throws WriteFailure;

    /// As [#write], and damages what now stands on the disk: none of it can be read when the disk is opened the next
    /// time.
    void writeDamaged(boolean sync) throws WriteFailure;

    /// @return null if there is none
    byte[] get(Family family, byte[] key) throws StoreException;

    /// Reads a value into a direct buffer, from its position on, and moves the position behind it.
    ///
    /// @return the value's length in bytes, -1 if there is none; when longer than what remained, nothing is
    ///     promised of the buffer
    int get(Family family, ByteBuffer key, ByteBuffer into) throws StoreException;

    /// Walks the keys from the first (inclusive) to the second (exclusive; null for the family's end), in the
    /// order of their bytes.
    Cursor cursor(Family family, byte[] from, byte[] to) throws StoreException;

    /// A walk over keys. For one thread.
    interface Cursor extends AutoCloseable {
        /// Goes to the next key, at first to the first.
        ///
        /// @return false at the end; never because of damage
        /// @throws StoreException if what is there cannot be read
        boolean next() throws StoreException;

        /// Leaps forward: [#next] goes to this key, or the one behind it.
        void leap(byte[] to);

        /// Valid until the next call of [#next].
        ByteBuffer key();

        /// Valid until the next call of [#next].
        ByteBuffer value();

        @Override
        void close();
    }

    /// Lets go of the files that hold nothing but chunks in these ranges, but for young ones.
    ///
    /// @param ranges pairs of a first key (inclusive) and a last (exclusive)
    void dropContent(List<byte[]> ranges) throws WriteFailure;

    /// Lets what comes next into CONTENT begin a new file.
    void switchContent() throws WriteFailure;

    /// Collects the removal of all chunks in a range that are there now.
    void removeChunks(byte[] from, byte[] to) throws WriteFailure;

    /// Bytes of changes that stand in memory and in the log alone: what [#flush] would put into files.
    long unflushedBytes();

    /// Whether there is space enough to [#flush] all that stands in memory, should none of it be dead.
    boolean roomToFlush();

    /// Puts what stands in memory and in the log into files, so that the log can go. While others read and write.
    void flush() throws WriteFailure;

    /// Has CONTENT's young files, which [#dropContent] does not reach, grow up. Moves them mostly, writes nothing anew
    /// unless they overlap. While others read and write; [#hurry] ends it early.
    void ripenContent() throws WriteFailure;

    /// Writes the files of a part of a family anew, without what was removed from it. Takes its time, while others
    /// read and write; [#hurry] ends it early.
    ///
    /// @param from first key (inclusive), null for the family's first
    /// @param to   last key (exclusive), null for the family's end
    void compact(Family family, byte[] from, byte[] to) throws WriteFailure;

    /// The disk is about to be closed: whatever takes long ends, now and from now on.
    void hurry();

    /// What is on the disk, in bytes.
    long sizeBytes();

    /// For people: where the disk is.
    String place();

    @Override
    void close();
}
