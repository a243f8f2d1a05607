package dev.tarry.shell.windows;

import dev.tarry.client.EventQuery;
import dev.tarry.client.LoggedEvent;
import dev.tarry.client.ResultLimit;
import dev.tarry.client.TarryClient;
import dev.tarry.shell.value.Wildcard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Which events of the log are wanted. The moments narrow what the server is asked for; the rest is sifted here, since
/// it may name several.
///
/// @param ids    any of these; empty: all
/// @param numbers any of these numbers of records; empty: all
/// @param levels any of these, as Windows words them; empty: all
/// @param from   the first moment, included
/// @param until  the last moment, excluded
/// @param saying a pattern that the message matches
record WantedEvents(
        List<Long> ids,
        List<Long> numbers,
        List<String> levels,
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<String> saying) {
    static final WantedEvents ALL =
            new WantedEvents(List.of(), List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    WantedEvents ids(List<Long> some) {
        return new WantedEvents(some, numbers, levels, from, until, saying);
    }

    WantedEvents numbers(List<Long> some) {
        return new WantedEvents(ids, some, levels, from, until, saying);
    }

    WantedEvents levels(List<String> some) {
        return new WantedEvents(ids, numbers, some, from, until, saying);
    }

    WantedEvents from(Instant moment) {
        return new WantedEvents(ids, numbers, levels, Optional.of(moment), until, saying);
    }

    /// Those later than that.
    WantedEvents after(Instant moment) {
        return from(moment.plusNanos(1));
    }

    WantedEvents until(Instant moment) {
        return new WantedEvents(ids, numbers, levels, from, Optional.of(moment), saying);
    }

    WantedEvents saying(String pattern) {
        return new WantedEvents(ids, numbers, levels, from, until, Optional.of(pattern));
    }

    /// Looks for them; each is handed on when it is there.
    ///
    /// @param most how many at most
    /// @param oldestFirst whether the oldest come first; else the newest
    /// @return how many there were
    long find(TarryClient client, long most, boolean oldestFirst, Consumer<LoggedEvent> each) {
        Optional<Integer> id = ids.size() == 1 ? Optional.of(ids.getFirst().intValue()) : Optional.empty();
        AtomicLong found = new AtomicLong();
        client.eventLog(
                new EventQuery(id, Optional.empty(), Optional.empty(), from, until, ResultLimit.unlimited()),
                oldestFirst,
                event -> {
                    if (matches(event)) {
                        found.incrementAndGet();
                        each.accept(event);
                    }
                    return found.get() < most;
                });
        return found.get();
    }

    private boolean matches(LoggedEvent event) {
        return (ids.isEmpty() || ids.contains((long) event.id()))
                && (numbers.isEmpty() || numbers.contains(event.recordId()))
                && (levels.isEmpty() || levels.stream().anyMatch(event.level()::equalsIgnoreCase))
                && (saying.isEmpty() || new Wildcard(saying.get(), false).matches(event.message()));
    }

    /// As Windows numbers levels.
    static long number(String level) {
        return switch (level) {
            case "Error" -> 2;
            case "Warning" -> 3;
            default -> 4;
        };
    }
}
