package dev.tarry.lab.net;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One way of a connection over a bad link: what waits on it, in the order of sending, and when the first of
/// it arrives. What is lost is sent again, as TCP does, and what came behind it waits. On one thread; knows
/// no clock.
///
/// Octets go in segments, and each segment has one draw. A segment ends when it is full, when time has moved,
/// and when the other side has spoken: so the draws are the same however the kernel cuts the stream.
///
/// @param <P> who hears that a message was let out
final class Way<P> {
    static final int SEGMENT_OCTETS = 1_460;

    /// RFC 6298 §2.4 asks for a second at least; everybody takes 200 ms.
    static final Duration FIRST_RESEND = Duration.ofMillis(200);

    /// RFC 6298 §2.5 allows no less.
    static final Duration LAST_RESEND = Duration.ofSeconds(60);

    /// Of the same thing, as Linux has it: some nine minutes. Then the connection is given up.
    static final int RESENDS_MAX = 15;

    private final Supplier<Passage> draw;
    private final Pipe pipe = new Pipe();
    private final ArrayDeque<Piece<P>> waiting = new ArrayDeque<>();
    private long octets;
    private boolean rejected;

    private Passage passage = Passage.UNHINDERED;
    private Instant drawn = Instant.MIN;
    private int room;

    /// @param message octets, or a sign such as the end of the stream
    /// @param promise absent but on the last piece of what was sent as one
    record Arrived<P>(Object message, Optional<P> promise) {}

    private static final class Piece<P> {
        final Object message;
        final int octets;
        final Optional<P> promise;
        Instant due;
        /// How long the next try waits; null if it is not lost.
        Duration resend;

        int resends;

        Piece(Object message, int octets, Optional<P> promise) {
            this.message = message;
            this.octets = octets;
            this.promise = promise;
        }
    }

    /// @param draw what becomes of the next thing
    Way(Supplier<Passage> draw) {
        this.draw = draw;
    }

    boolean idle() {
        return waiting.isEmpty();
    }

    /// Octets that wait.
    long octets() {
        return octets;
    }

    /// Whether a firewall has sent something back, or nothing has come through for too long: the connection
    /// is to be reset.
    boolean rejected() {
        return rejected;
    }

    /// The other side has spoken.
    void turn() {
        room = 0;
    }

    /// Takes ownership of the message.
    void send(Object message, Optional<P> promise, Instant now) {
        if (message instanceof ByteBuf stream && stream.isReadable()) {
            while (stream.readableBytes() > room(now)) {
                int length = room;
                add(new Piece<>(stream.readRetainedSlice(length), length, Optional.empty()), now);
            }
            add(new Piece<>(stream, stream.readableBytes(), promise), now);
        } else {
            room = 0;
            room(now);
            add(new Piece<>(message, 0, promise), now);
            room = 0;
        }
    }

    /// What the segment that is open can still take; never 0.
    private int room(Instant now) {
        if (room == 0 || !now.equals(drawn)) {
            passage = draw.get();
            drawn = now;
            room = SEGMENT_OCTETS;
        }
        return room;
    }

    private void add(Piece<P> piece, Instant now) {
        room -= piece.octets;
        octets += piece.octets;
        fate(piece, passage, now);
        waiting.add(piece);
    }

    private void fate(Piece<P> piece, Passage passage, Instant now) {
        switch (passage) {
            case Passage.Arrives(var latency, long rate) -> {
                piece.due = pipe.through(now, piece.octets, rate).plus(latency);
                piece.resend = null;
            }
            case Passage.Lost() -> {
                var wait = piece.resend == null ? FIRST_RESEND : piece.resend;
                piece.due = now.plus(wait);
                var twice = wait.multipliedBy(2);
                piece.resend = twice.compareTo(LAST_RESEND) > 0 ? LAST_RESEND : twice;
            }
            case Passage.Rejected() -> {
                rejected = true;
                piece.due = now;
                piece.resend = null;
            }
        }
    }

    /// The next that has arrived; whoever takes it owns it.
    Optional<Arrived<P>> arrived(Instant now) {
        while (!rejected && !waiting.isEmpty() && !waiting.getFirst().due.isAfter(now)) {
            var first = waiting.getFirst();
            if (first.resend == null) {
                waiting.removeFirst();
                octets -= first.octets;
                return Optional.of(new Arrived<>(first.message, first.promise));
            }
            if (first.resends == RESENDS_MAX) {
                rejected = true;
            } else {
                first.resends++;
                fate(first, draw.get(), now);
            }
        }
        return Optional.empty();
    }

    /// When to look again; empty while nothing waits.
    Optional<Instant> next() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.getFirst().due);
    }

    /// Lets go of all that waits.
    void drop(Consumer<P> unsent) {
        while (!waiting.isEmpty()) {
            var piece = waiting.removeFirst();
            octets -= piece.octets;
            ReferenceCountUtil.release(piece.message);
            piece.promise.ifPresent(unsent);
        }
    }
}
