package dev.tarry.time;

/// An alarm that was set; cancelling one that has rung, or was cancelled, does nothing.
@FunctionalInterface
public interface Alarm {
    void cancel();
}
