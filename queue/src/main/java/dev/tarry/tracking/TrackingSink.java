package dev.tarry.tracking;

/// Where events go. Any thread may write; writing never blocks.
@FunctionalInterface
public interface TrackingSink {
    /// Notes an event. Where a disk doesn't keep up, events are dropped and counted rather than kept without bound.
    void write(TrackingEvent event);
}
