package dev.tarry.pickup;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which files of a folder could not be dealt with, how often, and until when each waits: longer each time, so that
/// they keep no others from being taken. Forgotten when the process ends. On the loop of the directories.
final class Setbacks {
    /// The first wait; each further one is twice as long.
    static final Duration FIRST_WAIT = PickupDirectories.POLL;

    static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /// Of more files, the first are forgotten.
    static final int MAX_FILES = DropFolder.MAX_LISTED;

    /// @param failures how often the fault was ours, or the process ended meanwhile
    private record Setback(int failures, Duration waits, Instant until) {}

    private final Map<String, Setback> byName = new LinkedHashMap<>();

    /// Whether it is not to be tried yet.
    boolean wait(String name, Instant now) {
        Setback setback = byName.get(name);
        // a clock that was put back makes nothing wait longer than it would have
        return setback != null
                && now.isBefore(setback.until())
                && setback.until().isBefore(now.plus(setback.waits()).plusNanos(1));
    }

    /// How long it was made to wait the last time; zero if it never was.
    Duration waits(String name) {
        Setback setback = byName.get(name);
        return setback == null ? Duration.ZERO : setback.waits();
    }

    int failures(String name) {
        Setback setback = byName.get(name);
        return setback == null ? 0 : setback.failures();
    }

    /// It is to be tried again, later than the last time.
    ///
    /// @param failures as they are by now
    void again(String name, int failures, Instant now) {
        Setback before = byName.remove(name); // to the end
        Duration waits = before == null || before.waits().isZero()
                ? FIRST_WAIT
                : before.waits().multipliedBy(2);
        if (waits.compareTo(LONGEST_WAIT) > 0) {
            waits = LONGEST_WAIT;
        }
        if (byName.size() == MAX_FILES) {
            byName.remove(byName.keySet().iterator().next());
        }
        byName.put(name, new Setback(failures, waits, now.plus(waits)));
    }

    /// It was in hand before, and may be tried at once.
    void tried(String name, int failures, Instant now) {
        byName.put(name, new Setback(failures, Duration.ZERO, now));
    }

    void renamed(String from, String to) {
        Setback setback = byName.remove(from);
        if (setback != null) {
            byName.put(to, setback);
        }
    }

    /// It is dealt with.
    void forget(String name) {
        byName.remove(name);
    }
}
