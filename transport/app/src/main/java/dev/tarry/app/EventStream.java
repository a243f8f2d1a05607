package dev.tarry.app;

import dev.tarry.admin.http.Reply;
import dev.tarry.lab.fault.Glob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// One client's stream: reads the ring from its own place, so that it holds up nobody but itself. Lives on the
/// virtual thread of its request; woken from any.
final class EventStream implements Reply.Events.Source {
    /// Events that are written at once, and so stand in memory for a client that is slow.
    static final int BATCH = 100;

    /// The same in bytes, about; one event may be larger.
    static final long BATCH_BYTES = 256 * 1024;

    /// The event that stands for those that this client cannot have any more.
    static final String GAP = "gap";

    /// What a client wants to hear of.
    ///
    /// @param recipient one of the recipients, for what has recipients
    record Wanted(Set<Happening.Type> types, Glob recipient) {
        boolean takes(Happening what) {
            return types.contains(what.type())
                    && (recipient.anything()
                            || what.recipients()
                                    .map(all -> all.stream().anyMatch(recipient::matches))
                                    .orElse(true));
        }
    }

    private final EventFeed feed;
    private final EventRing ring;
    private final Wanted wanted;
    private final Waiters.Place place;
    private long position;
    private volatile Thread thread;
    private volatile boolean beatDue;

    private EventStream(EventFeed feed, Wanted wanted, Waiters.Place place) {
        this.feed = feed;
        this.ring = feed.ring();
        this.wanted = wanted;
        this.place = place;
    }

    /// Begins to listen. Blocking.
    ///
    /// @param place given back when it is over
    static EventStream open(EventFeed feed, Wanted wanted, Waiters.Place place) {
        EventStream stream = new EventStream(feed, wanted, place);
        feed.join(stream);
        stream.position = stream.ring.last();
        return stream;
    }

    /// There is more, or it is over.
    void wake() {
        LockSupport.unpark(thread);
    }

    /// If nothing is said soon, say that.
    void beat() {
        beatDue = true;
        wake();
    }

    @Override
    public void writeTo(Reply.Events.Sink to) throws IOException, InterruptedException {
        thread = Thread.currentThread();
        to.whenGone(this::wake);
        Optional<Reply.Events.Event> missed = to.lastEventId().flatMap(this::goOnAfter);
        to.comment("listening", Long.toString(position));
        if (missed.isPresent()) {
            to.send(List.of(missed.get()));
        }
        while (to.waits() && !feed.closed()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            EventRing.Part part = ring.after(position, BATCH, BATCH_BYTES);
            List<Reply.Events.Event> events = events(part);
            if (!events.isEmpty()) {
                beatDue = false;
                to.send(events);
            } else if (beatDue) {
                beatDue = false;
                to.comment("nothing new", Long.toString(position));
            } else if (part.entries().isEmpty()) {
                LockSupport.park(this);
            }
        }
    }

    /// @return a gap whose size nobody knows, if so
    private Optional<Reply.Events.Event> goOnAfter(String lastEventId) {
        OptionalLong known = number(lastEventId);
        if (known.isPresent()) {
            known = ring.resume(known.getAsLong());
        }
        position = known.orElseGet(ring::beginning);
        return known.isPresent() ? Optional.empty() : Optional.of(gap(position, null));
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    /// What of a part is to be told; the place moves behind it.
    private List<Reply.Events.Event> events(EventRing.Part part) {
        List<Reply.Events.Event> events = new ArrayList<>();
        for (EventRing.Entry entry : part.entries()) {
            moveTo(entry.id() - 1, events);
            position = entry.id();
            if (wanted.takes(entry.what())) {
                events.add(new Reply.Events.Event(
                        Long.toString(entry.id()),
                        entry.what().type().word(),
                        entry.what().bag(feed.settings())));
            }
        }
        moveTo(part.upTo(), events);
        return events;
    }

    /// Past what is not there.
    private void moveTo(long id, List<Reply.Events.Event> events) {
        if (id > position) {
            events.add(gap(id, id - position));
            position = id;
        }
    }

    private static Reply.Events.Event gap(long id, Long lost) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("lost", lost);
        return new Reply.Events.Event(Long.toString(id), GAP, data);
    }

    @Override
    public void over() {
        feed.leave(this);
        place.close();
    }
}
