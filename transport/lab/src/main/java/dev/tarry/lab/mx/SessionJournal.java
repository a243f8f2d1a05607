package dev.tarry.lab.mx;

import dev.tarry.lab.mx.JournaledSession.Direction;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The newest sessions of all hosts, in memory. Thread-safe.
final class SessionJournal {
    static final int SESSIONS_MAX = 10_000;

    /// Of all lines and addresses together, with something for each; past it the oldest sessions go first.
    static final long CHARACTERS_MAX = 32L << 20;

    private final InstantSource clock;
    private final AtomicLong characters = new AtomicLong();
    private final Deque<SessionEntry> entries = new ArrayDeque<>();
    private long lastId;

    SessionJournal(InstantSource clock) {
        this.clock = clock;
    }

    synchronized SessionEntry open(Direction direction, String host, String address, int port, String client) {
        while (entries.size() >= SESSIONS_MAX || (characters.get() > CHARACTERS_MAX && !entries.isEmpty())) {
            entries.removeFirst().forgotten();
        }
        var entry = new SessionEntry("S" + ++lastId, clock, characters, direction, host, address, port, client);
        entries.addLast(entry);
        return entry;
    }

    /// The newest that match, oldest first.
    List<JournaledSession> sessions(SessionSearch search) {
        List<SessionEntry> all;
        synchronized (this) {
            all = List.copyOf(entries);
        }
        var found = new ArrayList<JournaledSession>();
        for (var entry : all.reversed()) {
            if (found.size() >= search.limit()) {
                break;
            }
            var session = entry.view();
            if (search.finds(session)) {
                found.add(session);
            }
        }
        return List.copyOf(found.reversed());
    }

    Optional<JournaledSession> session(String id) {
        List<SessionEntry> all;
        synchronized (this) {
            all = List.copyOf(entries);
        }
        return all.stream()
                .filter(entry -> entry.id().equalsIgnoreCase(id))
                .findFirst()
                .map(SessionEntry::view);
    }

    synchronized void forget() {
        entries.forEach(SessionEntry::forgotten);
        entries.clear();
    }
}
