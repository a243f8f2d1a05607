package dev.tarry.queue;

import dev.tarry.store.MessageStore;
import dev.tarry.store.StoreException;
import dev.tarry.time.Alarm;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the store give back what dead mail takes up, when no more has died for a while; while mail keeps leaving, it is
/// put off, but not for ever. In wire time, since it is about a real disk. Queue loop only; the work is a reader's.
final class Tidying {
    private static final Logger LOG = LoggerFactory.getLogger(Tidying.class);

    /// Without a death.
    private static final Duration QUIET = Duration.ofSeconds(5);

    /// How often it is put off at most.
    private static final int MOST_WAITS = 24;

    private static final Duration BETWEEN_STEPS = Duration.ofMillis(50);

    /// Fewer dead messages are not worth the trouble, unless they are large.
    private static final int WORTHWHILE = 1_000;

    /// Octets of dead bodies that are: as much as stands in one file.
    private static final long WORTHWHILE_BYTES = 64L << 20;

    private final Room room;
    private Alarm alarm;
    private int dead;
    private long deadBytes;
    private boolean died;
    private int waits;

    Tidying(Room room) {
        this.room = room;
    }

    /// A message has been dropped.
    ///
    /// @param bytes of its body; 0 if somebody else still needs it
    void stir(long bytes) {
        died = true;
        dead++;
        deadBytes += bytes;
        begin();
    }

    private void begin() {
        if (alarm == null && (dead >= WORTHWHILE || deadBytes >= WORTHWHILE_BYTES)) {
            waits = 0;
            wait(QUIET);
        }
    }

    private void wait(Duration span) {
        alarm = room.world().wireTimers().after(span, room.world().loops().queue(), this::rings);
    }

    private void rings() {
        if (!room.open()) {
            alarm = null;
        } else if (died && waits++ < MOST_WAITS) {
            died = false;
            wait(QUIET);
        } else {
            step();
        }
    }

    private void step() {
        dead = 0;
        deadBytes = 0;
        Shelves shelves = room.shelves();
        room.world().loops().readers().execute(() -> {
            boolean more = false;
            try {
                more = tidied();
            } finally {
                boolean again = more;
                room.world().loops().queue().execute(() -> stepped(shelves, again));
            }
        });
    }

    private void stepped(Shelves shelves, boolean more) {
        alarm = null;
        if (room.open() && room.shelves() == shelves && more) {
            waits = MOST_WAITS;
            wait(BETWEEN_STEPS);
        } else {
            begin();
        }
    }

    /// On a reader.
    private boolean tidied() {
        try {
            MessageStore store = room.store();
            return store.tidy();
        } catch (StoreException _) {
            return false; // it is closed
        } catch (RuntimeException e) {
            LOG.error("the store could not give back what dead mail takes up", e);
            return false;
        }
    }
}
