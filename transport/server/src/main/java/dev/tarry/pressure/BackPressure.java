package dev.tarry.pressure;

import dev.tarry.eventlog.EventSink;
import dev.tarry.eventlog.Events;
import dev.tarry.mail.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of each resource, and what follows (reference §9.2):
///
/// | | medium | high |
/// |---|---|---|
/// | any | the answer to MAIL is slowed down, at each look by a step more; files in Pickup and Replay wait, nothing is
/// resubmitted; after so many looks as its history is deep, as at high | new mail is refused with `452 4.3.1`, wherever
/// it comes from |
/// | memory | | who connects hears `421 4.3.2`; the DNS cache is given up |
/// | Submission queue | | the DNS cache is given up |
/// | version buckets | | nothing more is sent to other servers, so that what waits for the disk gets less |
///
/// Thread-safe; what is asked at each message is one field.
public final class BackPressure {
    /// Of a server that has no room for one more client.
    private static final Reply NO_ROOM = Reply.of(421, "4.3.2 Service not available");

    /// What others do about it. Called on whatever thread tells a look.
    public interface Effects {
        /// Nobody does anything.
        Effects NONE = new Effects() {};

        /// What DNS has told is forgotten.
        default void giveUpDnsCache() {}

        /// Mail may be sent again.
        default void sendAgain() {}
    }

    /// How much MAIL is slowed down.
    ///
    /// @param first at the first look at medium
    /// @param step  more at each look
    /// @param most  no more than that; zero: not at all
    public record Slowness(Duration first, Duration step, Duration most) {
        /// Exchange's.
        public static final Slowness USUAL =
                new Slowness(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(55));

        Duration after(int looks) {
            Duration wanted = first.plus(step.multipliedBy(looks - 1L));
            return wanted.compareTo(most) < 0 ? wanted : most;
        }
    }

    /// One look at a resource.
    ///
    /// @param use          in the resource's unit
    /// @param level        that this makes, by its marks
    /// @param marks        as they are shown
    /// @param historyDepth looks at medium in a row after which it counts as high; 0: it never does
    /// @param says         a clause for people: what was seen
    public record Look(Resource resource, long use, PressureLevel level, String marks, int historyDepth, String says) {}

    /// How a resource stands.
    ///
    /// @param use      in the resource's unit
    /// @param before   its use one look earlier
    /// @param previous the level that there was before this one
    /// @param since    when it became this level, in lab time
    /// @param looks    at this level or above medium, in a row
    /// @param refuses  whether it has new mail refused
    /// @param marks    where levels begin and end
    public record Standing(
            Resource resource,
            long use,
            long before,
            PressureLevel level,
            PressureLevel previous,
            Instant since,
            int looks,
            boolean refuses,
            String marks) {}

    private record Verdict(
            Optional<Reply> refusal,
            Optional<Reply> ofOthers,
            Optional<Reply> ofConnections,
            Duration delay,
            boolean sendingPaused) {
        static final Verdict EASY =
                new Verdict(Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO, false);
    }

    private final InstantSource labTime;
    private final EventSink events;
    private final Effects effects;
    private final Map<Resource, Standing> standings = new EnumMap<>(Resource.class);
    private Slowness slowness = Slowness.USUAL;
    private volatile Verdict verdict = Verdict.EASY;

    public BackPressure(InstantSource labTime, EventSink events, Effects effects) {
        this.labTime = labTime;
        this.events = events;
        this.effects = effects;
    }

    /// Holds from the next look on.
    public synchronized void slowness(Slowness next) {
        slowness = next;
    }

    /// Somebody has looked at a resource.
    public void told(Look look) {
        boolean sendAgain;
        boolean giveUpCache;
        PressureLevel before;
        synchronized (this) {
            Standing last = standings.getOrDefault(
                    look.resource(),
                    new Standing(
                            look.resource(),
                            look.use(),
                            look.use(),
                            PressureLevel.LOW,
                            PressureLevel.LOW,
                            labTime.instant(),
                            0,
                            false,
                            ""));
            before = last.level();
            standings.put(look.resource(), after(last, look));
            boolean paused = verdict.sendingPaused;
            verdict = verdict();
            sendAgain = paused && !verdict.sendingPaused;
            giveUpCache = look.level() == PressureLevel.HIGH
                    && before != PressureLevel.HIGH
                    && (look.resource() == Resource.SUBMISSION_QUEUE || look.resource() == Resource.PRIVATE_BYTES);
        }
        if (before != look.level()) {
            report(look, before);
        }
        if (giveUpCache) {
            effects.giveUpDnsCache();
        }
        if (sendAgain) {
            effects.sendAgain();
        }
    }

    private Standing after(Standing last, Look look) {
        boolean same = last.level() == look.level();
        int looks = look.level() == PressureLevel.LOW ? 0 : last.looks() + 1;
        return new Standing(
                look.resource(),
                look.use(),
                last.use(),
                look.level(),
                same ? last.previous() : last.level(),
                same ? last.since() : labTime.instant(),
                looks,
                look.level() == PressureLevel.HIGH || look.historyDepth() > 0 && looks > look.historyDepth(),
                look.marks());
    }

    private Verdict verdict() {
        Optional<Reply> refusal = Optional.empty();
        Optional<Reply> ofOthers = Optional.empty();
        Duration delay = Duration.ZERO;
        for (Standing one : standings.values()) {
            if (one.level() == PressureLevel.LOW) {
                continue;
            }
            Optional<Reply> reply = Optional.of(Reply.of(
                    452,
                    "4.3.1 Insufficient system resources (" + one.resource().named() + ")"));
            ofOthers = ofOthers.isPresent() ? ofOthers : reply;
            refusal = refusal.isPresent() || !one.refuses() ? refusal : reply;
            Duration slow = slowness.after(one.looks());
            delay = slow.compareTo(delay) > 0 ? slow : delay;
        }
        return new Verdict(
                refusal,
                refusal.isPresent() ? refusal : ofOthers,
                level(Resource.PRIVATE_BYTES) == PressureLevel.HIGH ? Optional.of(NO_ROOM) : Optional.empty(),
                delay,
                level(Resource.USED_VERSION_BUCKETS) == PressureLevel.HIGH);
    }

    private void report(Look look, PressureLevel before) {
        boolean rising = look.level().compareTo(before) > 0;
        events.report(Events.pressure(
                rising, look.resource().named(), before.word(), look.level().word(), look.use(), look.says()));
        if (look.resource() == Resource.PRIVATE_BYTES && look.level() == PressureLevel.HIGH) {
            events.report(Events.memoryShort(look.says()));
        }
    }

    /// What clients that have more mail are told; empty: it is taken.
    public Optional<Reply> refusal() {
        return verdict.refusal;
    }

    /// The same for what is no client: files that are picked up, and what is resubmitted. They wait already at medium.
    public Optional<Reply> refusalOfOthers() {
        return verdict.ofOthers;
    }

    /// What clients that connect are told; empty: they are welcome.
    public Optional<Reply> refusalOfConnections() {
        return verdict.ofConnections;
    }

    /// How long the answer to MAIL is held back, on wire time; zero: it is not.
    public Duration delay() {
        return verdict.delay;
    }

    /// Whether no more connections to other servers are to be made.
    public boolean sendingPaused() {
        return verdict.sendingPaused;
    }

    /// The highest level of all.
    public synchronized PressureLevel level() {
        return standings.values().stream()
                .map(Standing::level)
                .max(PressureLevel::compareTo)
                .orElse(PressureLevel.LOW);
    }

    /// Of one resource; [PressureLevel#LOW] until it was looked at.
    public synchronized PressureLevel level(Resource resource) {
        Standing standing = standings.get(resource);
        return standing == null ? PressureLevel.LOW : standing.level();
    }

    /// Of one resource in its unit; 0 until it was looked at.
    public synchronized long use(Resource resource) {
        Standing standing = standings.get(resource);
        return standing == null ? 0 : standing.use();
    }

    /// Those that were looked at, in their order.
    public synchronized List<Standing> standings() {
        return new ArrayList<>(standings.values());
    }
}
