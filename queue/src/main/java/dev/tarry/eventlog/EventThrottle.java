package dev.tarry.eventlog;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// Keeps a storm out of the log: of the same kind about the same thing one an hour is kept, and of any kind fifty an
/// hour; what is left out is counted, and the next one that is kept tells the count. Hours are of lab time. A category
/// may be told in full. Not thread-safe.
final class EventThrottle {
    /// For how long the same is not told again.
    static final Duration PERIOD = Duration.ofHours(1);

    /// Events of one kind in that time, whatever they are about.
    static final int MAX_PER_KIND = 50;

    /// Things that are remembered; of more the longest known are forgotten.
    static final int MAX_THINGS = 10_000;

    private record Thing(EventKind kind, String about) {}

    private static final class Told {
        long since = Long.MIN_VALUE;
        int kept;
        int suppressed;

        /// @param most in a period
        boolean admits(long nowMillis, int most) {
            if (since == Long.MIN_VALUE || nowMillis - since >= PERIOD.toMillis()) {
                since = nowMillis;
                kept = 0;
            }
            if (kept >= most) {
                return false;
            }
            kept++;
            return true;
        }
    }

    private final Map<EventKind, Told> kinds = new EnumMap<>(EventKind.class);
    private final Map<Thing, Told> things = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Thing, Told> eldest) {
            return size() > MAX_THINGS;
        }
    };

    /// The categories of which nothing is left out.
    private Predicate<String> inFull = _ -> false;

    void inFull(Predicate<String> categories) {
        inFull = categories;
    }

    /// @return how many were left out before it; empty if it is to be left out itself
    OptionalInt admit(Event event, long nowMillis) {
        boolean always = inFull.test(event.kind().category());
        Told ofKind = kinds.computeIfAbsent(event.kind(), _ -> new Told());
        Told ofThing = event.kind().repeats()
                ? things.computeIfAbsent(new Thing(event.kind(), event.about()), _ -> new Told())
                : null;
        if (ofThing != null && !ofThing.admits(nowMillis, 1) && !always) {
            ofThing.suppressed++;
            return OptionalInt.empty();
        }
        if (!ofKind.admits(nowMillis, MAX_PER_KIND) && !always) {
            ofKind.suppressed++;
            return OptionalInt.empty();
        }
        int suppressed = ofKind.suppressed;
        ofKind.suppressed = 0;
        if (ofThing != null) {
            suppressed += ofThing.suppressed;
            ofThing.suppressed = 0;
        }
        return OptionalInt.of(suppressed);
    }

    int held() {
        return things.size();
    }
}
