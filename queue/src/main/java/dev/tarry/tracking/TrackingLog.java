package dev.tarry.tracking;

/// Where tracking events go. Any thread may write; writing never blocks on the disk.
public interface TrackingLog {
    void write(TrackingEvent event);
}
