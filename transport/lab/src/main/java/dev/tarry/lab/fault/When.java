package dev.tarry.lab.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// When a fault strikes, of the times it is asked. All that is given must hold; with nothing given it strikes
/// always, until it is removed.
///
/// @param first not more often than this
/// @param every of those asked while it is open, each nth
/// @param from open from this moment of lab time on
/// @param until open before this moment of lab time
/// @param cycle within that, open and closed by turns, from `from` on
/// @param odds by chance
public record When(
        OptionalLong first,
        OptionalLong every,
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<Cycle> cycle,
        Optional<Odds> odds) {
    public static final When ALWAYS = new When(
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public When {
        Objects.requireNonNull(odds, "odds");
        first.ifPresent(times -> Bounds.checked("first", times, 1, Long.MAX_VALUE));
        every.ifPresent(nth -> Bounds.checked("every", nth, 1, Long.MAX_VALUE));
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw new BadFault("until", "is " + until.get(), "a moment after from, " + from.get() + ", is needed");
        }
        if (cycle.isPresent() && from.isEmpty()) {
            throw new BadFault("from", "is missing", "with on and off, a moment from which they are counted is needed");
        }
    }

    /// The first `times` times, then never more.
    public static When first(long times) {
        return new When(
                OptionalLong.of(times),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// Whether it is asked at all at this moment.
    boolean open(Instant now) {
        return from.map(begin -> !now.isBefore(begin)).orElse(true)
                && until.map(now::isBefore).orElse(true)
                && cycle.map(turns -> turns.on(from.orElseThrow(), now)).orElse(true);
    }

    /// Whether it strikes.
    ///
    /// @param asked how often it has been asked while open, this time included
    /// @param fired how often it has struck
    boolean strikes(long asked, long fired) {
        return first.stream().allMatch(times -> fired < times)
                && every.stream().allMatch(nth -> asked % nth == 0)
                && odds.map(chance -> chance.draw(asked)).orElse(true);
    }

    /// Whether it would strike at this moment, if only it were asked often enough.
    boolean mayStrike(Instant now, long fired) {
        return open(now) && first.stream().allMatch(times -> fired < times);
    }

    /// Open for a while, closed for a while, and so on.
    public record Cycle(Duration on, Duration off) {
        public Cycle {
            Spans.checked("on", on);
            Spans.checked("off", off);
        }

        boolean on(Instant from, Instant now) {
            long period = on.plus(off).toMillis();
            return period <= 0 || Duration.between(from, now).toMillis() % period < on.toMillis();
        }
    }

    /// By chance, and each time the same: the nth time it is asked has its own draw, of the seed.
    ///
    /// @param probability from 0, exclusive, to 1
    public record Odds(double probability, long seed) {
        public Odds {
            if (!(probability > 0 && probability <= 1)) {
                throw new BadFault("probability", "is " + probability, "more than 0 and at most 1 is needed");
            }
        }

        /// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), one step from a state of its own for each draw.
        boolean draw(long asked) {
            long z = seed * 0xd1342543de82ef95L + asked * 0x9e3779b97f4a7c15L;
            z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            z ^= z >>> 31;
            return (z >>> 11) * 0x1.0p-53 < probability;
        }
    }
}
