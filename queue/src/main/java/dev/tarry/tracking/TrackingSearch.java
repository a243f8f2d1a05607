package dev.tarry.tracking;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Finds events as Get-MessageTrackingLog does: the oldest that match, by time. Blocking; not for a loop.
///
/// @param log where they are
public record TrackingSearch(TrackingLog log) {
    /// @param events    by time, and in the order of the log where that is equal
    /// @param more      whether others match, beyond the size that was asked for
    /// @param malformed lines that were no events (a kill may tear one) and were skipped
    public record Found(List<TrackingEvent> events, boolean more, long malformed) {
        public Found {
            events = List.copyOf(events);
        }
    }

    /// @throws IOException if the log cannot be read
    public Found find(TrackingQuery query) throws IOException {
        Oldest oldest = new Oldest(query);
        TrackingLog.Reading reading =
                log.read(query.start().orElse(Instant.MIN), query.end().orElse(Instant.MAX), oldest);
        return new Found(oldest.inOrder(), oldest.more, reading.malformed());
    }

    private record Numbered(TrackingEvent event, long number) {
        private static final Comparator<Numbered> ORDER =
                Comparator.comparing((Numbered n) -> n.event().time()).thenComparingLong(Numbered::number);
    }

    /// Keeps the oldest so many; the youngest of them is at hand.
    private static final class Oldest implements TrackingLog.Sink {
        private final TrackingQuery query;
        private final PriorityQueue<Numbered> kept = new PriorityQueue<>(Numbered.ORDER.reversed());
        private long number;
        private boolean more;

        Oldest(TrackingQuery query) {
            this.query = query;
        }

        @Override
        public void event(TrackingEvent event) {
            if (!query.matches(event)) {
                return;
            }
            kept.add(new Numbered(event, number++));
            if (kept.size() > query.resultSize()) {
                kept.poll();
                more = true;
            }
        }

        /// Only until it is known that there are more, and all that follow are younger than all that are kept.
        @Override
        public boolean wants(Instant earliest) {
            return !more || kept.peek().event().time().isAfter(earliest);
        }

        List<TrackingEvent> inOrder() {
            List<Numbered> all = new ArrayList<>(kept);
            all.sort(Numbered.ORDER);
            return all.stream().map(Numbered::event).toList();
        }
    }
}
