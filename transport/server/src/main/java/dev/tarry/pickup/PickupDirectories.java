package dev.tarry.pickup;

import dev.tarry.eventlog.EventSink;
import dev.tarry.eventlog.Events;
import dev.tarry.mail.Reply;
import dev.tarry.pickup.FileIntake.Known;
import dev.tarry.pickup.FileIntake.Outcome;
import dev.tarry.queue.Submission;
import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.World;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks into Pickup and Replay every five seconds, and hands in one file after the other.
///
/// On wire time, as clients are: who puts a file there lives in real time, and a clock that is moved two days forward
/// looks into no folder thirty thousand times. On a loop of its own, since files block.
public final class PickupDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(PickupDirectories.class);

    /// Between the end of one look and the next.
    public static final Duration POLL = Duration.ofSeconds(5);

    private static final String ENDED_IT = "the server ended again and again while it read this file (PoisonThreshold)";

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private record Waiting(Drop drop, DropFolder folder, Path file) {
        /// The name it has there.
        String key() {
            return file.getFileName().toString();
        }

        /// As it is shown: on one line.
        String name() {
            return shown(key());
        }
    }

    /// How many files of a folder were taken in the minute that began then.
    private static final class Minute {
        private Instant began = Instant.MIN;
        private int taken;

        int left(int perMinute, Instant now) {
            if (now.isBefore(began) || !now.isBefore(began.plus(MINUTE))) {
                return perMinute;
            }
            return Math.max(0, perMinute - taken);
        }

        void took(Instant now) {
            if (now.isBefore(began) || !now.isBefore(began.plus(MINUTE))) {
                began = now;
                taken = 0;
            }
            taken++;
        }
    }

    private final World world;
    private final Loop loop;
    private final Supplier<Terms> terms;
    private final Submission submission;
    private final Supplier<Optional<Reply>> refusal;
    private final TrackingSink tracking;
    private final EventSink events;
    private final PickupMeter meter;
    private final String server;
    private final Map<Drop, DropFolder> folders = new EnumMap<>(Drop.class);
    private final Map<Drop, Setbacks> setbacks = new EnumMap<>(Drop.class);
    private final Map<Drop, Minute> minutes = new EnumMap<>(Drop.class);
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Alarm next = () -> {};
    private FileIntake inHand;
    private Optional<Reply> told = Optional.empty();
    private CompletableFuture<Void> closed;

    private PickupDirectories(
            World world,
            Loop loop,
            Supplier<Terms> terms,
            Submission submission,
            Supplier<Optional<Reply>> refusal,
            TrackingSink tracking,
            EventSink events,
            PickupMeter meter,
            String server) {
        this.world = world;
        this.loop = loop;
        this.terms = terms;
        this.submission = submission;
        this.refusal = refusal;
        this.tracking = tracking;
        this.events = events;
        this.meter = meter;
        this.server = server;
    }

    /// Begins with a first look.
    ///
    /// @param loop    one that may block; tasks of it that no clock must wait for
    /// @param terms   asked at each look
    /// @param refusal asked before each file: what new mail is refused with just now; the files wait then
    ///                (reference §9.2)
    /// @param server  the computer's short name
    public static PickupDirectories open(
            World world,
            Loop loop,
            Supplier<Terms> terms,
            Submission submission,
            Supplier<Optional<Reply>> refusal,
            TrackingSink tracking,
            EventSink events,
            PickupMeter meter,
            String server) {
        PickupDirectories directories =
                new PickupDirectories(world, loop, terms, submission, refusal, tracking, events, meter, server);
        loop.execute(directories::look);
        return directories;
    }

    /// Takes no more files. Any thread.
    ///
    /// @return done when the file in hand is in the queues, or waits in its folder again
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            closed = done;
            next.cancel();
            waiting.clear();
            if (inHand == null) {
                done.complete(null);
            } else {
                inHand.abandon();
            }
        });
        return done;
    }

    // ---- looking

    private void look() {
        if (closed != null) {
            return;
        }
        try {
            Terms now = terms.get();
            for (Drop drop : Drop.values()) {
                Optional<Path> path =
                        now.folder(drop).map(p -> world.folder().resolve(p).normalize());
                path.ifPresentOrElse(p -> look(drop, p, now), () -> folders.remove(drop));
            }
        } catch (RuntimeException e) {
            LOG.error("the pickup directories cannot be looked into just now", e);
        } finally {
            handInNext(); // which sees to it that there is another look
        }
    }

    private void look(Drop drop, Path path, Terms now) {
        try {
            DropFolder folder = folders.get(drop);
            if (folder == null || !folder.path().equals(path)) {
                folder = new DropFolder(path);
                setbacks.put(drop, new Setbacks());
                for (DropFolder.LeftOver left : folder.begin()) {
                    takeUp(drop, folder, left, now.poisonThreshold());
                }
                folders.put(drop, folder);
            }
            List<Path> ready = folder.ready(now());
            int most = minutes.computeIfAbsent(drop, _ -> new Minute()).left(now.perMinute(), now());
            Setbacks kept = setbacks.get(drop);
            ready.sort(
                    Comparator.comparing(file -> kept.waits(file.getFileName().toString())));
            for (Path file : ready) {
                if (most > 0 && !kept.wait(file.getFileName().toString(), now())) {
                    waiting.add(new Waiting(drop, folder, file));
                    most--;
                }
            }
        } catch (IOException | RuntimeException e) {
            folders.remove(drop); // it may come back as another folder
            trouble(drop, path, e.toString());
        }
    }

    /// A file that was in hand when a process ended, which may have been its doing.
    private void takeUp(Drop drop, DropFolder folder, DropFolder.LeftOver left, int threshold) {
        try {
            if (left.tries() >= threshold) {
                bad(drop, folder, left.file(), shown(left.file().getFileName().toString()), ENDED_IT, Known.NOTHING);
                return;
            }
            Path file = folder.putBack(left.file(), now());
            setbacks.get(drop).tried(file.getFileName().toString(), left.tries(), now());
            LOG.info("a file in {} was in hand when the server ended and waits again", folder.path());
        } catch (IOException | RuntimeException e) {
            trouble(drop, left.file(), e.toString());
        }
    }

    private void handInNext() {
        Waiting file = null;
        try {
            refusal.get().ifPresent(this::letWait);
            file = waiting.poll();
        } finally {
            if (file == null && closed == null) {
                next = world.wireTimers().after(POLL, loop, this::look);
            }
        }
        if (file != null) {
            begin(file);
        }
    }

    /// What waits now would all be told the same. Said once, and not at each look.
    private void letWait(Reply refused) {
        if (!waiting.isEmpty() && !told.equals(Optional.of(refused))) {
            LOG.info("files in Pickup and Replay wait, for new mail is refused: {}", refused);
            told = Optional.of(refused);
        }
        waiting.clear();
    }

    private void begin(Waiting file) {
        try {
            Terms now = terms.get();
            int tries = failures(file) + 1;
            Path taken = file.folder().take(file.file(), tries, now());
            inHand = new FileIntake(
                    world,
                    loop,
                    now,
                    submission,
                    file.drop(),
                    taken,
                    file.name(),
                    outcome -> ended(file, taken, outcome));
        } catch (IOException | RuntimeException e) {
            setbacks.get(file.drop()).again(file.key(), failures(file), now());
            trouble(file.drop(), file.file(), e.toString());
            loop.execute(this::handInNext);
            return;
        }
        inHand.begin();
    }

    private int failures(Waiting file) {
        return setbacks.get(file.drop()).failures(file.key());
    }

    private void ended(Waiting file, Path taken, Outcome outcome) {
        inHand = null;
        try {
            settle(file, taken, outcome);
        } catch (IOException | RuntimeException e) {
            trouble(file.drop(), taken, e.toString());
        } finally {
            if (closed != null) {
                closed.complete(null);
            } else {
                loop.execute(this::handInNext);
            }
        }
    }

    private void settle(Waiting file, Path taken, Outcome outcome) throws IOException {
        switch (outcome) {
            case Outcome.Taken(long bytes) -> {
                told = Optional.empty();
                dealtWith(file);
                meter.picked(file.drop(), bytes);
                file.folder().done(taken);
            }
            case Outcome.Bad(String reason, Known known) -> {
                dealtWith(file);
                bad(file.drop(), file.folder(), taken, file.name(), reason, known);
            }
            case Outcome.Later(String why) -> again(file, taken, failures(file), why);
            case Outcome.Failed(String why) -> {
                int failures = failures(file) + 1;
                if (failures >= terms.get().poisonThreshold()) {
                    dealtWith(file);
                    bad(file.drop(), file.folder(), taken, file.name(), why, Known.NOTHING);
                } else {
                    again(file, taken, failures, why);
                }
            }
            case Outcome.Refused(var reply) -> {
                file.folder().putBack(taken, now());
                waiting.add(file);
                letWait(reply);
            }
        }
    }

    private void dealtWith(Waiting file) {
        setbacks.get(file.drop()).forget(file.key());
        minutes.get(file.drop()).took(now());
    }

    private void again(Waiting file, Path taken, int failures, String why) throws IOException {
        Path back = file.folder().putBack(taken, now());
        if (closed == null) {
            Setbacks kept = setbacks.get(file.drop());
            kept.renamed(file.key(), back.getFileName().toString());
            kept.again(back.getFileName().toString(), failures, now());
            trouble(file.drop(), file.file(), why);
        }
    }

    private void bad(Drop drop, DropFolder folder, Path taken, String name, String reason, Known known)
            throws IOException {
        meter.bad(drop);
        tracking.write(badMail(name, reason, known));
        Path aside = folder.setAside(taken, now());
        events.report(Events.badMail(drop.word(), shown(aside.toString()), reason));
    }

    private TrackingEvent badMail(String name, String reason, Known known) {
        return new TrackingEvent(
                world.labTime().instant(),
                TrackingEvent.Event.BADMAIL,
                TrackingEvent.Source.PICKUP,
                "",
                "",
                "",
                server,
                reason,
                "",
                0,
                known.messageId(),
                Optional.empty(),
                known.recipients(),
                List.of(),
                0,
                "",
                name,
                known.subject(),
                known.sender(),
                known.sender(),
                "",
                "",
                "",
                "",
                List.of());
    }

    private void trouble(Drop drop, Path where, String what) {
        try {
            events.report(Events.pickupTrouble(drop.word(), shown(where.toString()), shown(what)));
        } catch (RuntimeException e) {
            LOG.error("trouble in {} cannot be told", drop.word(), e);
        }
    }

    /// Whoever may write a file chooses its name, and might choose one with line ends in it.
    private static String shown(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '?' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /// Real time, as files have it.
    private Instant now() {
        return world.wireTime().instant();
    }
}
