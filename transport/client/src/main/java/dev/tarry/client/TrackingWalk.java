package dev.tarry.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// Tracking events in the order of time, however many there are: they are fetched page by page while they are handed
/// on, each page behind the moment of the one before, so that neither side ever holds more of them than a page. What is
/// written meanwhile does not belong to it, even where the clock stands still.
///
/// Made by [TarryClient#trackingWalk], which asks for the newest page already. Lives on one thread.
public final class TrackingWalk {
    /// How many events a page has.
    static final int PAGE = 1_000;

    /// The largest limit that is a number.
    public static final int MOST = 100_000;

    private final TarryClient client;
    private final TrackingQuery wanted;
    /// All of it, where it is no more than a page; else empty.
    private final Optional<List<SequencedMap<String, Object>>> held;
    private final Cursor first;
    private final Cursor last;
    private final long most;
    private final boolean more;

    /// A place between two events.
    ///
    /// @param moment that of an event; absent: the beginning
    /// @param passed how many events of that moment lie before the place
    private record Cursor(Optional<Instant> moment, int passed) {
        /// Behind an event, where it stood behind another.
        Cursor behind(SequencedMap<String, Object> event) {
            Instant time = TrackingWalk.moment(event);
            return new Cursor(Optional.of(time), moment.filter(time::equals).isPresent() ? passed + 1 : 1);
        }
    }

    /// @throws IllegalArgumentException if the limit is a number above [#MOST]
    TrackingWalk(TarryClient client, TrackingQuery wanted) {
        this.client = client;
        this.wanted = wanted;
        String limit = wanted.limit().text();
        boolean unlimited = wanted.limit().equals(ResultLimit.unlimited());
        this.most = unlimited ? Long.MAX_VALUE : limit.isEmpty() ? PAGE : Long.parseLong(limit);
        if (!unlimited && most > MOST) {
            throw new IllegalArgumentException("a limit is 1 to " + MOST + ", or none");
        }
        Page<SequencedMap<String, Object>> newest =
                client.trackingPage(most <= PAGE ? wanted : wanted.within(ResultLimit.of(PAGE)));
        if (!newest.more() || most <= PAGE) {
            held = Optional.of(newest.items());
            more = newest.more();
            first = new Cursor(Optional.empty(), 0);
            last = first;
            return;
        }
        newest = new Page<>(newest.items().reversed(), true, Optional.empty());
        held = Optional.empty();
        last = new Cursor(Optional.of(moment(newest.items().getFirst())), sameMoment(newest, 1));
        if (unlimited) {
            first = new Cursor(Optional.empty(), 0);
            more = false;
            return;
        }
        Page<SequencedMap<String, Object>> older = page(wanted, (int) most, PAGE, true);
        more = older.items().size() > 1 || older.more();
        first = more
                ? new Cursor(Optional.of(moment(older.items().getFirst())), sameMoment(older, (int) most) - 1)
                : new Cursor(Optional.empty(), 0);
    }

    /// How many events, from the first of a page on, newest first, have its moment.
    ///
    /// @param index the position of that event
    private int sameMoment(Page<SequencedMap<String, Object>> from, int index) {
        Instant moment = moment(from.items().getFirst());
        int count = 0;
        Page<SequencedMap<String, Object>> page = from;
        while (true) {
            for (SequencedMap<String, Object> event : page.items()) {
                if (!moment(event).equals(moment)) {
                    return count;
                }
                count++;
            }
            if (!page.more()) {
                return count;
            }
            page = page(wanted, index + count, PAGE, true);
        }
    }

    /// Whether there are older ones than those that were asked for.
    public boolean more() {
        return more;
    }

    /// Hands them on, the oldest first.
    ///
    /// @param each takes one; what it throws ends it, and nothing more is asked of the server
    public void forEach(Consumer<SequencedMap<String, Object>> each) {
        if (held.isPresent()) {
            held.get().forEach(each);
            return;
        }
        Cursor at = first;
        for (long left = most; left > 0; ) {
            Page<SequencedMap<String, Object>> page = page(
                    at.moment().map(wanted::from).orElse(wanted), at.passed() + 1, (int) Math.min(PAGE, left), false);
            for (SequencedMap<String, Object> event : page.items()) {
                at = at.behind(event);
                if (isBehindTheEnd(at)) {
                    return;
                }
                each.accept(event);
                left--;
            }
            if (!page.more() || page.items().isEmpty()) {
                return;
            }
        }
    }

    private boolean isBehindTheEnd(Cursor at) {
        int order = at.moment().orElseThrow().compareTo(last.moment().orElseThrow());
        return order > 0 || order == 0 && at.passed() > last.passed();
    }

    private Page<SequencedMap<String, Object>> page(TrackingQuery query, int index, int size, boolean newestFirst) {
        return client.tracking(query.within(ResultLimit.of(size)), index, newestFirst);
    }

    private static Instant moment(SequencedMap<String, Object> event) {
        if (event.get("Timestamp") instanceof Instant moment) {
            return moment;
        }
        throw new UnexpectedAnswerException("An event of the message tracking log lacks its Timestamp.", null);
    }
}
