package dev.tarry.app;

import dev.tarry.time.Journey;
import dev.tarry.time.Ledger;
import dev.tarry.time.RealTime;
import dev.tarry.time.TimeLine;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The clock as people handle it: read, freeze, run, advance, wait. What it shows outlives the process: how far lab
/// time is ahead of real time, and whether it stands, are kept in the data folder. Thread-safe; [#advance]
/// and [#await] block their caller, never a loop.
final class LabClock {
    /// The farthest one advance may go: far enough for every setting, near enough to be a typing error beyond.
    static final Duration FARTHEST = Duration.ofDays(366);

    /// While it is advanced, what is kept is up to so much ahead of it: after a kill in the middle it may show a little
    /// more than it had reached, and never less than what was written meanwhile.
    static final Duration KEPT_AHEAD = Duration.ofHours(1);

    /// How often somebody who waits on a running clock looks, in real time.
    static final Duration LOOK = Duration.ofMillis(5);

    /// On a running clock, what is true only in the middle of a change must not count: something holds when nothing is
    /// in flight, or when it has held for so long, in real time.
    static final Duration STEADY = Duration.ofMillis(200);

    /// @param now       lab time
    /// @param pace      how it moves; frozen while it is advanced
    /// @param nextAlarm when something will happen next, if anything will
    /// @param alarms    rung by the last advance, or by the one under way
    /// @param advance   the one under way
    record Reading(
            Instant now, TimeLine.Pace pace, Optional<Instant> nextAlarm, long alarms, Optional<Advance> advance) {}

    /// An advance that is under way. @param target where it leads @param real how long it has taken so far
    record Advance(Instant from, Instant target, Duration real) {}

    /// Why an advance or a wait ended.
    enum End {
        /// the moment that was asked for, or the limit, was reached
        ARRIVED,
        /// what was waited for holds
        MET,
        /// it took too long in real time
        REAL_LIMIT
    }

    /// @param alarms that rang on the way; 0 where a running clock was waited for
    record Outcome(Instant from, Instant now, long alarms, Duration real, End end) {}

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
    private final Ledger ledger;
    private final AtomicLong alarms = new AtomicLong();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile Departure departure;
    private volatile boolean ended;

    private record Departure(Thread traveller, Instant from, Instant target, long nanos) {}

    /// @param objection why time may not be moved just now, if so
    LabClock(TimeLine line, Ledger ledger, RealTime real, Path file, Supplier<Optional<String>> objection) {
        this.line = line;
        this.real = real;
        this.ledger = ledger;
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
        Departure under = departure;
        return new Reading(
                line.instant(),
                line.pace(),
                line.nextAlarm(),
                alarms.get(),
                Optional.ofNullable(under)
                        .map(d -> new Advance(d.from, d.target, Duration.ofNanos(real.nanos() - d.nanos))));
    }

    /// @throws Refused while it is being advanced
    void pace(TimeLine.Pace pace) throws Refused, IOException {
        synchronized (this) {
            if (departure != null) {
                throw new Refused("the clock is being advanced; interrupt that first");
            }
            line.pace(pace);
        }
        keep();
        watchers.forEach(Runnable::run);
    }

    /// Has this run after the clock's pace was changed, after an advance has begun and after it has ended, on
    /// whichever thread that is: quick, and waits for nothing.
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }

    /// Advances to a moment, ringing every alarm on the way.
    ///
    /// @throws Refused if it may not be moved, is being moved, or the moment is behind it or too far ahead
    Outcome advance(Instant to) throws Refused, IOException, InterruptedException {
        return advance(to, () -> false, Optional.empty());
    }

    /// As the other, but no farther than until something holds. It is asked when nothing is in flight: before the first
    /// alarm, and after each.
    ///
    /// @param until     quick; asked on any thread
    /// @param realLimit how long it may take at most, in real time
    Outcome advance(Instant to, BooleanSupplier until, Optional<Duration> realLimit)
            throws Refused, IOException, InterruptedException {
        checkWay(to);
        checkObjection();
        if (!depart(to)) {
            throw new Refused("the clock is being advanced already; wait until that is done, or interrupt it");
        }
        return travel(to, until, realLimit);
    }

    /// Waits until something holds: steps the clock, alarm by alarm, while it is frozen; lets time pass while it runs,
    /// or while somebody else advances it.
    ///
    /// @param limit   how long at most, in lab time
    /// @param settled whether nothing may be in flight then, however long that takes; if not, what has held
    /// for a
    /// while on a running clock is believed
    /// @throws Refused as of [#advance], where the clock is frozen
    Outcome await(BooleanSupplier until, Duration limit, Optional<Duration> realLimit, boolean settled)
            throws Refused, IOException, InterruptedException {
        Instant from = line.instant();
        Instant to = from.plus(limit);
        checkWay(to);
        long began = real.nanos();
        long holdsSince = began;
        while (true) {
            if (ended || Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (line.pace().frozen() && departure == null) {
                checkObjection();
                if (!depart(to)) {
                    continue; // somebody else was quicker
                }
                Outcome trip = travel(to, until, realLimit.map(r -> r.minusNanos(real.nanos() - began)));
                return new Outcome(from, trip.now(), trip.alarms(), Duration.ofNanos(real.nanos() - began), trip.end());
            }
            long now = real.nanos();
            boolean holds = until.getAsBoolean();
            holdsSince = holds ? holdsSince : now;
            boolean steady = !settled && now - holdsSince > STEADY.toNanos();
            if (holds && (steady || ledger.settled() && until.getAsBoolean())) {
                return new Outcome(from, line.instant(), 0, Duration.ofNanos(now - began), End.MET);
            }
            if (!line.instant().isBefore(to)) {
                return new Outcome(from, line.instant(), 0, Duration.ofNanos(now - began), End.ARRIVED);
            }
            if (realLimit.isPresent() && now - began >= realLimit.get().toNanos()) {
                return new Outcome(from, line.instant(), 0, Duration.ofNanos(now - began), End.REAL_LIMIT);
            }
            LockSupport.parkNanos(this, LOOK.toNanos());
        }
    }

    private void checkWay(Instant to) throws Refused {
        Instant now = line.instant();
        if (to.isBefore(now)) {
            throw new Refused(
                    "Lab time is " + now + " already and never goes back; advance to a later moment than " + to);
        }
        if (Duration.between(now, to).compareTo(FARTHEST) > 0) {
            throw new Refused("One advance goes " + FARTHEST.toDays() + " days at most, not to " + to);
        }
    }

    private void checkObjection() throws Refused {
        Optional<String> objects = objection.get();
        if (objects.isPresent()) {
            throw new Refused(objects.get());
        }
    }

    /// @return whether the clock is the caller's to move now
    private synchronized boolean depart(Instant to) {
        if (departure != null) {
            return false;
        }
        alarms.set(0);
        departure = new Departure(Thread.currentThread(), line.instant(), to, real.nanos());
        return true;
    }

    private Outcome travel(Instant to, BooleanSupplier until, Optional<Duration> realLimit)
            throws IOException, InterruptedException {
        Departure mine = departure;
        // somebody else may have gone farther since the way was looked at: never write down an earlier moment
        Instant target = line.instant().isAfter(to) ? line.instant() : to;
        double rate = line.pace().rate();
        BooleanSupplier tooLong = realLimit
                .map(most -> (BooleanSupplier) () -> real.nanos() - mine.nanos >= most.toNanos())
                .orElse(() -> false);
        try {
            watchers.forEach(Runnable::run);
            Journey.Trip trip = journey.advance(
                    target, () -> until.getAsBoolean() || tooLong.getAsBoolean(), new Ahead(target, rate), alarms::set);
            End end = until.getAsBoolean() ? End.MET : trip.enough() ? End.REAL_LIMIT : End.ARRIVED;
            return new Outcome(trip.from(), trip.to(), trip.alarms(), trip.realTime(), end);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            synchronized (this) {
                departure = null;
                Thread.interrupted();
            }
            try {
                keep();
            } finally {
                watchers.forEach(Runnable::run);
            }
        }
    }

    /// Ends an advance at the alarm it has reached.
    ///
    /// @return whether one was under way
    synchronized boolean interrupt() {
        if (departure == null) {
            return false;
        }
        departure.traveller.interrupt();
        return true;
    }

    /// Nobody waits any more.
    void end() {
        ended = true;
        interrupt();
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

    /// Writes down what it shows; a thread that is interrupted does it all the same.
    void keep() throws IOException {
        keep(line.pace().rate(), line.instant());
    }

    private synchronized void keep(double rate, Instant shown) throws IOException {
        String text = rate + " " + shown + " " + real.wall() + "\n";
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        // whoever waits is interrupted when its client hangs up; this is written all the same, and not by grace of how
        // the JDK opens its channels
        try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
