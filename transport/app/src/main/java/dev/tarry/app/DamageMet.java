package dev.tarry.app;

import dev.tarry.admin.StoreOperations;
import dev.tarry.eventlog.Event;
import dev.tarry.eventlog.EventKind;
import dev.tarry.eventlog.EventSink;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// Remembers of what goes to the event log which messages were found damaged, so that they can be listed. Thread-safe.
final class DamageMet implements EventSink, Supplier<List<StoreOperations.Met>> {
    /// The oldest is forgotten first.
    static final int MAX_KEPT = 1_000;

    private final EventSink next;
    private final InstantSource labTime;
    /// by message integer; guarded by itself
    private final SequencedMap<String, StoreOperations.Met> met = new LinkedHashMap<>();

    DamageMet(EventSink next, InstantSource labTime) {
        this.next = next;
        this.labTime = labTime;
    }

    @Override
    public void report(Event event) {
        if (event.kind() == EventKind.CONTENT_DAMAGED) {
            note(event);
        }
        next.report(event);
    }

    private void note(Event event) {
        String id = event.details().get("internalMessageId");
        synchronized (met) {
            met.putIfAbsent(
                    id,
                    new StoreOperations.Met(
                            labTime.instant(),
                            Long.parseLong(id),
                            event.details().getOrDefault("messageId", ""),
                            event.details().getOrDefault("reason", "")));
            if (met.size() > MAX_KEPT) {
                met.pollFirstEntry();
            }
        }
    }

    /// Oldest first.
    @Override
    public List<StoreOperations.Met> get() {
        synchronized (met) {
            return List.copyOf(met.values());
        }
    }
}
