package dev.tarry.store;

import java.time.Duration;

/// One way for a disk to fail a store.
public sealed interface StoreFault {
    /// What was written cannot be synced, or what is asked for cannot be read: an error of input or output. What was
    /// not synced may be there when the store is opened again, or not.
    record Fail() implements StoreFault {}

    /// There is no space: nothing of the commit is written.
    record Full() implements StoreFault {}

    /// The commit is made, and said to be made so much later.
    ///
    /// @param by more than nothing; how long that is on which clock, the one who commits decides
    record Slow(Duration by) implements StoreFault {}

    /// The commit fails half-way: the first half of its octets stands at the end of the log.
    record Torn() implements StoreFault {}

    /// A disk that lies about its sync: the commit is said to be made, and is gone when the store is opened the next
    /// time, together with all that came after it; unless an honest sync came meanwhile, which takes everything
    /// before it along.
    record Lost() implements StoreFault {}

    /// What is written stands damaged on the disk, which shows when the store is opened the next time; or what is read
    /// is found damaged now.
    record Corrupt() implements StoreFault {}
}
