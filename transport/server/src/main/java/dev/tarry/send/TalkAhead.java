package dev.tarry.send;

import java.util.ArrayDeque;
import java.util.Deque;

/// Notices a host that answers what it cannot have been asked yet: a reply that had come together with the one that
/// made us ask. Taken for an answer it would refuse, or accept, what its host has never heard of. On the channel's
/// loop.
final class TalkAhead {
    /// for each reply that is owed, which octets were being read when it was asked for
    private final Deque<Long> owed = new ArrayDeque<>();

    private long reads;

    /// Other octets are read from now on.
    void octetsCame() {
        reads++;
    }

    /// Something that is answered by one reply is written.
    void asked() {
        owed.add(reads);
    }

    /// A reply has been read.
    ///
    /// @return whether it was there before its question
    boolean replied() {
        Long asked = owed.poll();
        return asked != null && asked == reads;
    }
}
