package dev.tarry.tracking;

import java.util.ArrayDeque;
import java.util.List;

/// Keeps events in memory, for a simulation: the newest [#MAX_EVENTS]. Thread-safe.
public final class MemoryTrackingLog implements TrackingLog {
    public static final int MAX_EVENTS = 1_000_000;

    private final ArrayDeque<TrackingEvent> events = new ArrayDeque<>();

    @Override
    public synchronized void write(TrackingEvent event) {
        if (events.size() == MAX_EVENTS) {
            events.poll();
        }
        events.add(event);
    }

    /// All of them, in the order of writing.
    public synchronized List<TrackingEvent> events() {
        return List.copyOf(events);
    }

    /// The lines that a file would have, each with its CRLF, without the header.
    public String text() {
        StringBuilder out = new StringBuilder();
        for (TrackingEvent event : events()) {
            event.slices().forEach(e -> out.append(TrackingFormat.line(e)).append("\r\n"));
        }
        return out.toString();
    }

    @Override
    public Reading read(TrackingQuery query, boolean newestFirst, Sink sink) {
        List<TrackingEvent> all = events();
        long count = 0;
        for (TrackingEvent event : newestFirst ? all.reversed() : all) {
            if (query.spans(event.time())) {
                sink.event(event);
                count++;
            }
        }
        return new Reading(count, 0);
    }

    @Override
    public void close() {}
}
