package dev.tarry.app;

import dev.tarry.time.Journey;
import dev.tarry.time.Ledger;
import dev.tarry.time.RealTime;
import dev.tarry.time.TimeLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The clock as people handle it: read, freeze, run, advance. What it shows outlives the process: how far lab
/// time is ahead of real time, and whether it stands, are kept in the data folder. Thread-safe; [#advance]
/// blocks its caller, never a loop.
final class LabClock {
    /// The farthest one advance may go: far enough for every setting, near enough to be a typing error beyond.
    static final Duration FARTHEST = Duration.ofDays(366);

    /// While it is advanced, what is kept is up to so much ahead of it: after a kill in the middle it may show a little
    /// more than it had reached, and never less than what was written meanwhile.
    static final Duration KEPT_AHEAD = Duration.ofHours(1);

    /// @param now       lab time
    /// @param pace      how it moves
    /// @param nextAlarm when something will happen next, if anything will
    record Reading(Instant now, TimeLine.Pace pace, Optional<Instant> nextAlarm, boolean advancing, long alarmsSoFar) {}

    /// It may not be advanced now.
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private final TimeLine line;
    private final RealTime real;
    private final Journey journey;
    private final Path file;
    private final Supplier<Optional<String>> objection;
    private final AtomicLong alarms = new AtomicLong();
    private volatile Thread traveller;

    /// @param objection why time may not be moved just now, if so
    LabClock(TimeLine line, Ledger ledger, RealTime real, Path file, Supplier<Optional<String>> objection) {
        this.line = line;
        this.real = real;
        this.journey = new Journey(line, ledger, real);
        this.file = file;
        this.objection = objection;
    }

    /// What a clock that was kept shows now: it has gone on at its pace while nobody ran it.
    ///
    /// @param rate its pace @param lab what it showed @param wall when
    record Kept(double rate, Instant lab, Instant wall) {
        static final Kept NONE = new Kept(1, Instant.EPOCH, Instant.EPOCH);

        Instant shows(Instant wallNow) {
            Duration passed = Duration.between(wall, wallNow);
            return lab.plusMillis((long) (Math.max(0, passed.toMillis()) * rate));
        }

        /// @return absent if none was kept
        /// @throws IOException if the file is there and cannot be read as a clock's
        static Optional<Kept> read(Path file) throws IOException {
            String text;
            try {
                text = Files.readString(file);
            } catch (NoSuchFileException _) {
                return Optional.empty();
            }
            try {
                String[] parts = text.strip().split(" ");
                return Optional.of(
                        new Kept(Double.parseDouble(parts[0]), Instant.parse(parts[1]), Instant.parse(parts[2])));
            } catch (RuntimeException e) {
                throw new IOException(
                        file + " should hold a rate, a lab time and a real time, such as "
                                + "\"1.0 2026-01-01T00:00:00Z 2026-01-01T00:00:00Z\", but holds: " + text,
                        e);
            }
        }
    }

    Reading read() {
        return new Reading(line.instant(), line.pace(), line.nextAlarm(), traveller != null, alarms.get());
    }

    void pace(TimeLine.Pace pace) throws IOException {
        line.pace(pace);
        keep();
    }

    /// Advances to a moment, ringing every alarm on the way.
    ///
    /// @throws Refused if it may not be moved, is being moved, or the moment is behind it or too far ahead
    Journey.Trip advance(Instant to) throws Refused, IOException, InterruptedException {
        Instant now = line.instant();
        if (to.isBefore(now)) {
            throw new Refused(
                    "Lab time is " + now + " already and never goes back; advance to a later moment than " + to);
        }
        if (Duration.between(now, to).compareTo(FARTHEST) > 0) {
            throw new Refused("One advance goes " + FARTHEST.toDays() + " days at most, not to " + to);
        }
        Optional<String> objects = objection.get();
        if (objects.isPresent()) {
            throw new Refused(objects.get());
        }
        synchronized (this) {
            if (traveller != null) {
                throw new Refused("the clock is being advanced already; wait until that is done, or interrupt it");
            }
            traveller = Thread.currentThread();
        }
        alarms.set(0);
        double rate = line.pace().rate();
        try {
            return journey.advance(to, new Ahead(to, rate), alarms::set);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ClosedByInterruptException) {
                throw new InterruptedException();
            }
            throw e.getCause();
        } finally {
            synchronized (this) {
                traveller = null;
                Thread.interrupted();
            }
            keep();
        }
    }

    /// Ends an advance at the alarm it has reached.
    ///
    /// @return whether one was under way
    synchronized boolean interrupt() {
        if (traveller == null) {
            return false;
        }
        traveller.interrupt();
        return true;
    }

    /// Sees to it that the clock never shows what was not written down first.
    private final class Ahead implements UnaryOperator<Instant> {
        private final Instant to;
        private final double rate;
        private Instant kept = Instant.MIN;

        Ahead(Instant to, double rate) {
            this.to = to;
            this.rate = rate;
        }

        @Override
        public Instant apply(Instant next) {
            if (next.isAfter(kept)) {
                Instant farther = next.plus(KEPT_AHEAD);
                kept = farther.isBefore(to) ? farther : to;
                try {
                    keep(rate, kept);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return kept;
        }
    }

    /// Writes down what it shows.
    void keep() throws IOException {
        keep(line.pace().rate(), line.instant());
    }

    private synchronized void keep(double rate, Instant shown) throws IOException {
        String text = rate + " " + shown + " " + real.wall() + "\n";
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
