package dev.tarry.eventlog;

/// Takes events. Any thread; never blocks.
@FunctionalInterface
public interface EventSink {
    EventSink NONE = _ -> {};

    void report(Event event);
}
