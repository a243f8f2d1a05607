package dev.tarry.tracking;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Finds events as Get-MessageTrackingLog does: the oldest that match, by time; or the newest. Blocking; not for a
/// loop.
///
/// @param log where they are
public record TrackingSearch(TrackingLog log) {
    /// @param events    by time, and in the order of the log where that is equal
    /// @param more      whether others match, beyond the size that was asked for
    /// @param malformed lines that were looked into, were no events, and were skipped
    public record Found(List<TrackingEvent> events, boolean more, long malformed) {
        public Found {
            events = List.copyOf(events);
        }
    }

    /// The oldest that match.
    ///
    /// @throws IOException if the log cannot be read
    public Found find(TrackingQuery query) throws IOException {
        return find(query, 0, false);
    }

    /// A page of those that match.
    ///
    /// @param skip        how many are passed over at the beginning; with the query's size at most
    ///                    [TrackingQuery#MAX_RESULTS]
    /// @param newestFirst whether the newest come first, instead of the oldest
    /// @throws IllegalArgumentException if the page lies beyond that bound
    /// @throws IOException if the log cannot be read
    public Found find(TrackingQuery query, int skip, boolean newestFirst) throws IOException {
        if (skip < 0 || skip > TrackingQuery.MAX_RESULTS - 1) {
            throw new IllegalArgumentException("a page begins at 1 to " + TrackingQuery.MAX_RESULTS);
        }
        int most = Math.min(TrackingQuery.MAX_RESULTS, skip + query.resultSize());
        First first = new First(query, most, newestFirst);
        TrackingLog.Reading reading = log.read(query, newestFirst, first);
        List<TrackingEvent> found = first.inOrder();
        return new Found(found.subList(Math.min(skip, found.size()), found.size()), first.more, reading.malformed());
    }

    private record Numbered(TrackingEvent event, long number) {
        private static final Comparator<Numbered> OLDEST_FIRST =
                Comparator.comparing((Numbered n) -> n.event().time()).thenComparingLong(Numbered::number);
    }

    /// Keeps the first so many of an order; the last of them is at hand. Where events are read backwards, their numbers
    /// fall.
    private static final class First implements TrackingLog.Sink {
        private final TrackingQuery query;
        private final int most;
        private final boolean newestFirst;
        private final Comparator<Numbered> order;
        private final PriorityQueue<Numbered> kept;
        private long number;
        private boolean more;

        First(TrackingQuery query, int most, boolean newestFirst) {
            this.query = query;
            this.most = most;
            this.newestFirst = newestFirst;
            this.order = newestFirst ? Numbered.OLDEST_FIRST.reversed() : Numbered.OLDEST_FIRST;
            this.kept = new PriorityQueue<>(order.reversed());
        }

        @Override
        public void event(TrackingEvent event) {
            if (!query.matches(event)) {
                return;
            }
            kept.add(new Numbered(event, newestFirst ? number-- : number++));
            if (kept.size() > most) {
                kept.poll();
                more = true;
            }
        }

        /// Only until it is known that there are more; then what would come before the last that is kept.
        @Override
        public boolean wants(long millis) {
            if (!more) {
                return true;
            }
            long last = kept.peek().event().time().toEpochMilli();
            return newestFirst ? millis > last : millis < last;
        }

        List<TrackingEvent> inOrder() {
            List<Numbered> all = new ArrayList<>(kept);
            all.sort(order);
            return all.stream().map(Numbered::event).toList();
        }
    }
}
