package dev.tarry.tracking;

/// Where events go. Any thread may write; [#write] never blocks.
@FunctionalInterface
public interface TrackingSink {
    /// Notes an event. Where a disk doesn't keep up, events are dropped and counted rather than kept without bound.
    void write(TrackingEvent event);

    /// For somebody who has very much to write at once, and the time: comes back when little of it still waits, so that
    /// nothing needs to be dropped. Blocking; not for a loop.
    default void catchUp() {}
}
