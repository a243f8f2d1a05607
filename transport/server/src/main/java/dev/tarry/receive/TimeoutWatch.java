package dev.tarry.receive;

import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Looks, every now and then, at all sessions of one connector on one io loop, whether their time is up: one
/// alarm for ten thousand idle connections, and none for a thousand short ones a second. A session learns of
/// its time-out late by at most the interval. On that loop.
final class TimeoutWatch {
    private static final int LOOKS_PER_TIMEOUT = 20;
    private static final Duration MOST_OFTEN = Duration.ofMillis(50);

    /// Somebody whose time may be up.
    interface Watched {
        void look(Instant now);
    }

    private final InstantSource wireTime;
    private final Timers wireTimers;
    private final Loop loop;
    private final Duration interval;
    private final Set<Watched> watched = new LinkedHashSet<>();
    private boolean armed;

    /// @param shortest the shortest time-out there is
    TimeoutWatch(InstantSource wireTime, Timers wireTimers, Loop loop, Duration shortest) {
        this.wireTime = wireTime;
        this.wireTimers = wireTimers;
        this.loop = loop;
        Duration share = shortest.dividedBy(LOOKS_PER_TIMEOUT);
        this.interval = share.compareTo(MOST_OFTEN) < 0 ? MOST_OFTEN : share;
    }

    void add(Watched session) {
        watched.add(session);
        if (!armed) {
            arm();
        }
    }

    void remove(Watched session) {
        watched.remove(session);
    }

    private void arm() {
        armed = true;
        wireTimers.after(interval, loop, this::ring);
    }

    private void ring() {
        Instant now = wireTime.instant();
        for (Watched session : List.copyOf(watched)) {
            session.look(now);
        }
        armed = false;
        if (!watched.isEmpty()) {
            arm();
        }
    }
}
