package dev.tarry.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// What happens on a server, as it happens. A stream that breaks off is opened again where it ended; what was lost
/// meanwhile is told as a [ServerEvent.Gap]. Whoever takes events too slowly gets a gap too, and holds up nobody. A
/// thread of its own reads; events may be taken on any thread.
public final class EventStream implements AutoCloseable {
    /// A stream that broke off is opened again after so long, in real time.
    static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

    /// So often in a row; then the stream has failed.
    static final int RECONNECTS_MAX = 60;

    /// A server says something each 15 seconds. One that says nothing for three times as long, in real time, is gone
    /// without a word, and the stream is opened again.
    static final Duration SILENCE_MAX = Duration.ofSeconds(45);

    /// How often that is looked at, in real time.
    static final Duration LOOK = Duration.ofSeconds(1);

    /// Events that are taken from the wire ahead of whoever takes them.
    private static final int AHEAD = 256;

    private sealed interface Item {
        record Told(ServerEvent event) implements Item {}

        record Failed(ClientException failure) implements Item {}
    }

    private final Http http;
    private final String path;
    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(AHEAD);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread reader;
    /// looks that found the reader waiting for one and the same line
    private final AtomicLong quiet = new AtomicLong();
    private volatile boolean waits;
    private volatile InputStream current;
    private String lastEventId = "";

    /// Returns when the server listens: whatever happens from then on is told.
    EventStream(Http http, EventFilter filter) {
        this(http, filter, true);
    }

    /// @param watched false if somebody else looks, once per [#LOOK], whether the server is there still
    EventStream(Http http, EventFilter filter, boolean watched) {
        this.http = http;
        this.path = filter.path();
        HttpResponse<InputStream> first = http.stream(path, lastEventId);
        current = first.body();
        this.reader = Thread.ofVirtual().name("events").start(() -> read(first));
        if (watched) {
            Thread.ofVirtual().name("events-watch").start(this::watch);
        }
    }

    /// The next event; waits for it.
    ///
    /// @throws ClientException if the stream failed for good: the server refuses it, or is not there any more
    /// @throws NoSuchElementException if it was closed
    public ServerEvent next() throws InterruptedException {
        while (true) {
            Optional<ServerEvent> event = next(Duration.ofMinutes(1));
            if (event.isPresent()) {
                return event.get();
            }
        }
    }

    /// The next event, if there is one within a span of real time.
    ///
    /// @throws ClientException as of [#next()]
    /// @throws NoSuchElementException if the stream was closed
    public Optional<ServerEvent> next(Duration within) throws InterruptedException {
        if (closed.getCount() == 0) {
            throw new NoSuchElementException("the stream of events is closed");
        }
        return switch (items.poll(within.toNanos(), TimeUnit.NANOSECONDS)) {
            case null -> Optional.empty();
            case Item.Told(ServerEvent event) -> Optional.of(event);
            case Item.Failed failed -> {
                items.add(failed); // it stays so
                throw failed.failure;
            }
        };
    }

    private void watch() {
        try {
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Hangs up on a server that has been silent for too long; the reader then opens the stream again.
    ///
    /// @return whether it has
    boolean look() {
        if (!waits || LOOK.multipliedBy(quiet.incrementAndGet()).compareTo(SILENCE_MAX) < 0) {
            return false;
        }
        hangUp();
        return true;
    }

    private void read(HttpResponse<InputStream> first) {
        try {
            HttpResponse<InputStream> response = first;
            int failures = 0;
            while (closed.getCount() > 0) {
                try {
                    if (response == null) {
                        response = http.stream(path, lastEventId);
                        current = response.body();
                        if (lastEventId.isEmpty()) {
                            // it broke off before it had told where it was: it goes on from now
                            items.put(new Item.Told(new ServerEvent.Gap(0, OptionalLong.empty())));
                        }
                    }
                    failures = listen(response.body()) ? 0 : failures + 1;
                } catch (ServerUnreachableException gone) {
                    failures++;
                    giveUp(failures, gone);
                } catch (ProblemException refused) {
                    failures = refused.status() == 503 ? failures + 1 : RECONNECTS_MAX;
                    giveUp(failures, refused);
                }
                response = null;
                if (closed.await(RECONNECT_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (ClientException failure) {
            fail(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // it is closed
        }
    }

    private static void giveUp(int failures, ClientException why) {
        if (failures >= RECONNECTS_MAX) {
            throw why;
        }
    }

    private void fail(ClientException failure) {
        try {
            items.put(new Item.Failed(failure));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Until the stream ends (HTML Standard §9.2.6).
    ///
    /// @return whether it told anything
    private boolean listen(InputStream in) throws InterruptedException {
        boolean told = false;
        String id = lastEventId;
        String type = "";
        StringBuilder data = new StringBuilder();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = line(lines); line != null; line = line(lines)) {
                told = true;
                int colon = line.indexOf(':');
                String name = colon < 0 ? line : line.substring(0, colon);
                String value = colon < 0 ? "" : line.substring(colon + 1);
                value = value.startsWith(" ") ? value.substring(1) : value;
                switch (name) {
                    case "id" -> id = value;
                    case "event" -> type = value;
                    case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                    default -> {} // a comment, or nothing that matters here
                }
                if (line.isEmpty()) {
                    lastEventId = id; // not before: of an event that breaks off nothing is had
                    tell(type, data.toString());
                    type = "";
                    data.setLength(0);
                }
            }
        } catch (IOException _) {
            // it broke off; what was not whole is not told
        }
        return told;
    }

    private String line(BufferedReader lines) throws IOException {
        quiet.set(0);
        waits = true;
        try {
            return lines.readLine();
        } finally {
            waits = false;
        }
    }

    private void tell(String type, String data) throws InterruptedException {
        if (data.isEmpty()) {
            return;
        }
        Optional<ServerEvent> event = ServerEvent.of(number(lastEventId), type, http.answer("GET " + path, data));
        if (event.isPresent()) {
            items.put(new Item.Told(event.get()));
        }
    }

    private long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new UnexpectedAnswerException("The stream of " + path + " has an event without a number.", e);
        }
    }

    /// Hangs up.
    @Override
    public void close() {
        closed.countDown();
        reader.interrupt();
        hangUp();
    }

    private void hangUp() {
        try {
            current.close();
        } catch (IOException _) {
            // it is gone anyway
        }
    }
}
