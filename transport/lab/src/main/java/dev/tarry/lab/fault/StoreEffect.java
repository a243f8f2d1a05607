package dev.tarry.lab.fault;

import java.time.Duration;

/// What goes wrong with the disk of the server under test. Acted out by the server's own store, which asks through
/// whoever knows both.
public sealed interface StoreEffect {
    /// Whether it means anything for this operation; where it does not, it is not asked.
    ///
    /// @param operation `commit`, `read` or `open`
    default boolean concerns(String operation) {
        return switch (this) {
            case Fail() -> true;
            case Full(), Slow _, Torn(), Lost() -> operation.equals("commit");
            case Corrupt() -> !operation.equals("open");
        };
    }

    /// The operation fails; of a write nothing is promised.
    record Fail() implements StoreEffect {}

    /// No space: nothing is written.
    record Full() implements StoreEffect {}

    /// The operation takes so much longer, in lab time.
    record Slow(Duration by) implements StoreEffect {
        public Slow {
            Spans.checked("by", by);
        }
    }

    /// The write fails, and part of its octets stay behind.
    record Torn() implements StoreEffect {}

    /// The write is reported as done, and is gone when the store is opened the next time: a disk that lies.
    record Lost() implements StoreEffect {}

    /// A record's octets come back changed.
    record Corrupt() implements StoreEffect {}
}
