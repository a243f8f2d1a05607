package dev.tarry.shell.windows;

import dev.tarry.client.EventQuery;
import dev.tarry.client.LoggedEvent;
import dev.tarry.client.ResultLimit;
import dev.tarry.client.TarryClient;
import dev.tarry.shell.value.Wildcard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Which events of the log are wanted. The moments narrow what the server is asked for; the rest is sifted here, since
/// it may name several.
///
/// @param ids    any of these; empty: all
/// @param levels any of these, as Windows words them; empty: all
/// @param from   the first moment, included
/// @param until  the last moment, excluded
/// @param also   whatever else is said of them
record WantedEvents(
        List<Long> ids,
        List<String> levels,
        Optional<Instant> from,
        Optional<Instant> until,
        Predicate<LoggedEvent> also) {
    static final WantedEvents ALL =
            new WantedEvents(List.of(), List.of(), Optional.empty(), Optional.empty(), _ -> true);

    WantedEvents ids(List<Long> some) {
        return new WantedEvents(some, levels, from, until, also);
    }

    WantedEvents levels(List<String> some) {
        return new WantedEvents(ids, some, from, until, also);
    }

    WantedEvents from(Instant moment) {
        return new WantedEvents(ids, levels, Optional.of(moment), until, also);
    }

    /// Those later than that.
    WantedEvents after(Instant moment) {
        return from(moment.plusNanos(1));
    }

    WantedEvents until(Instant moment) {
        return new WantedEvents(ids, levels, from, Optional.of(moment), also);
    }

    /// @param pattern one that the message matches
    WantedEvents saying(String pattern) {
        return also(event -> new Wildcard(pattern, false).matches(event.message()));
    }

    WantedEvents also(Predicate<LoggedEvent> condition) {
        return new WantedEvents(ids, levels, from, until, also.and(condition));
    }

    /// Whether it is one of them.
    boolean has(LoggedEvent event) {
        return (ids.isEmpty() || ids.contains((long) event.id()))
                && (levels.isEmpty() || levels.stream().anyMatch(event.level()::equalsIgnoreCase))
                && from.filter(event.time()::isBefore).isEmpty()
                && until.filter(moment -> !event.time().isBefore(moment)).isEmpty()
                && also.test(event);
    }

    /// The newest first.
    List<LoggedEvent> find(TarryClient client) {
        Optional<Integer> id = ids.size() == 1 ? Optional.of(ids.getFirst().intValue()) : Optional.empty();
        return client
                .eventLog(new EventQuery(id, Optional.empty(), Optional.empty(), from, until, ResultLimit.unlimited()))
                .stream()
                .filter(this::has)
                .toList();
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
