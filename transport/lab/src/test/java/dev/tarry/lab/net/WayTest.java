package dev.tarry.lab.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WayTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Passage LOST = new Passage.Lost();

    private final ArrayDeque<Passage> draws = new ArrayDeque<>();
    private final List<String> log = new ArrayList<>();
    private int drawn;
    private final Way<String> way = new Way<>(() -> {
        drawn++;
        return draws.isEmpty() ? Passage.UNHINDERED : draws.removeFirst();
    });

    private static Passage later(long millis) {
        return new Passage.Arrives(Duration.ofMillis(millis), Passage.UNLIMITED);
    }

    private static Passage slow(long octetsPerSecond) {
        return new Passage.Arrives(Duration.ZERO, octetsPerSecond);
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }

    private void send(String text, long millis) {
        way.send(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII), Optional.of(text), at(millis));
    }

    /// All that arrives up to a moment, with when and what.
    private String arrivals(long untilMillis) {
        log.clear();
        for (var next = way.next(); next.isPresent() && !next.get().isAfter(at(untilMillis)); next = way.next()) {
            var now = next.get();
            way.arrived(now).ifPresent(arrived -> {
                var text = arrived.message() instanceof ByteBuf octets
                        ? octets.toString(StandardCharsets.US_ASCII)
                        : arrived.message().toString();
                log.add(Duration.between(START, now).toMillis() + " " + text);
            });
        }
        return String.join(", ", log);
    }

    @Test
    void what_is_late_keeps_its_order_even_when_what_follows_would_be_faster() {
        draws.addAll(List.of(later(500), later(100)));
        send("a", 0);
        way.turn();
        send("b", 0);
        way.send("END", Optional.empty(), at(0));
        assertEquals(Optional.empty(), way.arrived(at(499)));
        assertEquals("500 a, 100 b, 0 END", arrivals(1_000));
        assertTrue(way.idle());
    }

    @Test
    void what_is_lost_is_sent_again_after_200_ms_doubled_and_what_follows_waits_for_it() {
        draws.addAll(List.of(LOST, later(50), LOST, LOST, later(100)));
        send("a", 0);
        way.turn();
        send("b", 0);
        assertEquals("1500 a, 50 b", arrivals(1_400 + 100));
    }

    @Test
    void between_two_tries_pass_60_seconds_at_most() {
        for (int i = 0; i < 20; i++) {
            draws.add(LOST);
        }
        send("a", 0);
        var tries = new ArrayList<Long>();
        for (int i = 0; i < 12; i++) {
            tries.add(Duration.between(START, way.next().orElseThrow()).toMillis());
            assertEquals(Optional.empty(), way.arrived(way.next().orElseThrow()));
        }
        assertEquals(
                List.of(200L, 600L, 1400L, 3000L, 6200L, 12600L, 25400L, 51000L, 102200L, 162200L, 222200L, 282200L),
                tries);
    }

    @Test
    void after_fifteen_more_tries_nobody_tries_any_more() {
        for (int i = 0; i < 16; i++) {
            draws.add(LOST);
        }
        send("a", 0);
        assertEquals("", arrivals(522_199));
        assertFalse(way.rejected());
        assertEquals(Optional.empty(), way.arrived(at(522_200)));
        assertTrue(way.rejected());
        assertEquals(16, drawn);
        way.drop(_ -> {});
    }

    @Test
    void what_comes_through_with_the_fifteenth_try_has_come_through() {
        for (int i = 0; i < 15; i++) {
            draws.add(LOST);
        }
        send("a", 0);
        assertEquals("462200 a", arrivals(522_200));
        assertFalse(way.rejected());
    }

    @Test
    void octets_go_no_faster_than_the_rate_however_they_are_cut() {
        for (int cut = 1; cut < 5_000; cut += 499) {
            var cutWay = new Way<String>(() -> slow(1_000));
            var octets = Unpooled.wrappedBuffer(new byte[5_000]);
            cutWay.send(octets.readRetainedSlice(cut), Optional.empty(), at(0));
            cutWay.send(octets.readRetainedSlice(5_000 - cut), Optional.empty(), at(0));
            Instant last = at(0);
            while (!cutWay.idle()) {
                last = cutWay.next().orElseThrow();
                cutWay.arrived(last).ifPresent(arrived -> ((ByteBuf) arrived.message()).release());
            }
            assertEquals(at(5_000), last, "cut at " + cut);
            octets.release();
        }
    }

    @Test
    void a_segment_is_drawn_for_once_however_it_is_cut_and_the_other_side_or_time_ends_it() {
        for (var piece : "one two three four".split(" ")) {
            send(piece, 0);
        }
        assertEquals(1, drawn);
        send("x".repeat(Way.SEGMENT_OCTETS), 0);
        assertEquals(2, drawn);
        way.turn();
        send("y", 0);
        assertEquals(3, drawn);
        send("z", 1);
        assertEquals(4, drawn);
        send("w".repeat(10 * Way.SEGMENT_OCTETS), 2);
        assertEquals(14, drawn);
    }

    @Test
    void the_promise_goes_with_the_last_piece_of_what_was_written() {
        send("x".repeat(2 * Way.SEGMENT_OCTETS + 1), 0);
        var promises = new ArrayList<Optional<String>>();
        for (var next = way.arrived(at(0)); next.isPresent(); next = way.arrived(at(0))) {
            promises.add(next.get().promise());
            ((ByteBuf) next.get().message()).release();
        }
        assertEquals(
                List.of(true, true, false),
                promises.stream().map(Optional::isEmpty).toList());
    }

    @Test
    void what_waits_is_counted_and_let_go() {
        draws.addAll(Arrays.asList(later(100), later(100)));
        send("abc", 0);
        assertEquals(3, way.octets());
        var unsent = new ArrayList<String>();
        way.drop(unsent::add);
        assertEquals(List.of("abc"), unsent);
        assertEquals(0, way.octets());
        assertEquals(Optional.empty(), way.next());
    }

    @Test
    void nothing_arrives_any_more_where_something_was_rejected() {
        draws.add(new Passage.Rejected());
        assertFalse(way.rejected());
        send("a", 0);
        assertTrue(way.rejected());
        assertEquals(Optional.empty(), way.arrived(at(1_000_000)));
        way.drop(_ -> {});
    }
}
