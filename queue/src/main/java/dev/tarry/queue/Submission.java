package dev.tarry.queue;

import dev.tarry.mail.Reply;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/// The front door of the queues: whoever receives mail (an SMTP session, a report of our own) hands it in here.
public interface Submission {
    /// Opens a place for one message's octets. Any thread; the result belongs to the thread that appends to it.
    Body newBody();

    /// Hands a message in. The body must be complete; it is the queue's from now on.
    ///
    /// @param answer called once, on the queue loop, when the message is durable or has been refused
    void accept(Incoming message, Body body, Consumer<Acceptance> answer);

    /// Counts what messages that are coming in hold of the memory. Bodies count themselves; whoever keeps octets of a
    /// message before they are in its body counts those.
    IncomingMemory memory();

    /// A message's octets on their way to disk. Not thread-safe.
    interface Body {
        /// Takes the octets over and releases the buffer. Full chunks go to disk at once, unsynced.
        void append(ByteBuf octets);

        /// Octets appended so far.
        long bytes();

        /// Whether more than [#HIGH_WATER_CHUNKS] chunks wait for the disk, or one while memory is scarce: stop
        /// appending until the drained bell rings.
        boolean full();

        /// Rings once, on an unspecified thread, when no longer full; at once if it isn't.
        void whenDrained(Runnable bell);

        /// Gives it up; what is on disk is removed.
        void discard();

        int HIGH_WATER_CHUNKS = 4;
    }

    /// How it ended.
    sealed interface Acceptance {
        /// It is durable.
        ///
        /// @param internalId the message integer
        record Queued(long internalId) implements Acceptance {}

        /// It is not kept: the disk failed or is full, or the server is closing.
        ///
        /// @param reply what to tell the client: 452, or 421 of a server that is closing
        record Refused(Reply reply) implements Acceptance {}
    }
}
