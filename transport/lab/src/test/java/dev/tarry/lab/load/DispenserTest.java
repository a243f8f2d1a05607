package dev.tarry.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.load.Dispenser.Ticket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DispenserTest {
    private static final long BEGAN = Long.MAX_VALUE - 5_000_000_000L; // the count may run over
    private static final long MILLI = 1_000_000;

    @Test
    void without_a_rate_everything_is_due_when_it_is_asked_for() {
        var dispenser = dispenser(OptionalLong.of(2), Optional.empty(), "unlimited", Duration.ZERO);
        assertEquals(new Ticket.Due(0, BEGAN + 5), dispenser.take(BEGAN + 5));
        assertEquals(new Ticket.Due(1, BEGAN + 9), dispenser.take(BEGAN + 9));
        assertInstanceOf(Ticket.NoMore.class, dispenser.take(BEGAN + 10));
        assertEquals(0, dispenser.behind(BEGAN + 10));
    }

    @Test
    void with_a_rate_each_is_due_at_its_time_and_no_sooner() {
        var dispenser = dispenser(OptionalLong.of(3), Optional.empty(), "100/s", Duration.ZERO);
        assertEquals(new Ticket.Due(0, BEGAN), dispenser.take(BEGAN));
        assertEquals(new Ticket.Later(BEGAN + 10 * MILLI), dispenser.take(BEGAN + 1));
        assertEquals(new Ticket.Later(BEGAN + 10 * MILLI), dispenser.take(BEGAN + 10 * MILLI - 1));
        assertEquals(new Ticket.Due(1, BEGAN + 10 * MILLI), dispenser.take(BEGAN + 10 * MILLI));
    }

    @Test
    void who_comes_late_is_told_when_it_was_due() {
        var dispenser = dispenser(OptionalLong.of(100), Optional.empty(), "100/s", Duration.ZERO);
        long late = BEGAN + 7_000 * MILLI;
        assertEquals(100, dispenser.behind(late));
        assertEquals(new Ticket.Due(0, BEGAN), dispenser.take(late));
        assertEquals(new Ticket.Due(1, BEGAN + 10 * MILLI), dispenser.take(late));
        assertEquals(98, dispenser.behind(late));
        assertEquals(3, dispenser.behind(BEGAN + 45 * MILLI));
    }

    @Test
    void nothing_begins_after_the_duration() {
        var dispenser = dispenser(OptionalLong.empty(), Optional.of(Duration.ofMillis(25)), "100/s", Duration.ZERO);
        long end = BEGAN + 25 * MILLI;
        assertEquals(new Ticket.Due(0, BEGAN), dispenser.take(end - 1));
        assertEquals(2, dispenser.behind(end));
        assertInstanceOf(Ticket.NoMore.class, dispenser.take(end));
        assertEquals(2, dispenser.behind(end + 1_000 * MILLI));
    }

    @Test
    void nothing_begins_after_closing() {
        var dispenser = dispenser(OptionalLong.of(10), Optional.empty(), "unlimited", Duration.ZERO);
        dispenser.take(BEGAN);
        dispenser.close();
        assertInstanceOf(Ticket.NoMore.class, dispenser.take(BEGAN));
        assertEquals(1, dispenser.given());
    }

    @Test
    void a_ramp_rises_evenly_and_half_of_it_is_lost() {
        var dispenser = dispenser(OptionalLong.of(10_000), Optional.empty(), "1000/s", Duration.ofSeconds(2));
        assertEquals(0, takenBy(dispenser, BEGAN));
        assertEquals(250, takenBy(dispenser, BEGAN + 1_000 * MILLI), 2);
        assertEquals(750, takenBy(dispenser, BEGAN + 2_000 * MILLI), 2);
        assertEquals(1_000, takenBy(dispenser, BEGAN + 3_000 * MILLI), 2);
    }

    @Test
    void poisson_arrivals_come_at_the_rate_by_chance_and_the_same_each_time() {
        var one = dispenser(OptionalLong.of(100_000), Optional.empty(), "poisson:1000/s", Duration.ZERO);
        var same = dispenser(OptionalLong.of(100_000), Optional.empty(), "poisson:1000/s", Duration.ZERO);
        long gaps = 0;
        for (int i = 0; i < 1_000; i++) {
            var ticket = one.take(BEGAN + 4_000 * MILLI);
            assertEquals(ticket, same.take(BEGAN + 4_000 * MILLI));
            gaps = ((Ticket.Due) ticket).dueNanos() - BEGAN;
        }
        assertEquals(1_000 * MILLI, gaps, 120 * MILLI);
    }

    @ParameterizedTest
    @CsvSource({"500/s, 500", "500, 500", "30000/min, 500", "0.5/s, 0.5", "poisson:10/s, 10", "3600/h, 1"})
    void a_rate_is_said_in_many_ways(String text, double perSecond) {
        var rate = Rate.parse("--rate", text).orElseThrow();
        assertEquals(perSecond, rate.perSecond());
        assertEquals(text.startsWith("poisson"), rate.poisson());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "0/s", "-1/s", "1/d", "2000000/s", "poisson:", "NaN"})
    void nonsense_is_refused(String text) {
        assertThrows(BadLoad.class, () -> Rate.parse("--rate", text));
        assertTrue(Rate.parse("--rate", "Unlimited").isEmpty());
    }

    private static long takenBy(Dispenser dispenser, long now) {
        long count = 0;
        while (dispenser.take(now) instanceof Ticket.Due) {
            count++;
        }
        return count;
    }

    private static Dispenser dispenser(OptionalLong messages, Optional<Duration> duration, String rate, Duration ramp) {
        var letters = new Letters(
                Spread.parse("s", "1KiB", Spread.Of.SIZES),
                Spread.parse("r", "1", Spread.Of.RECIPIENTS),
                Domains.parse("d", "gmail.com"),
                "",
                1,
                Instant.EPOCH);
        var plan = new LoadPlan(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 25),
                messages,
                duration,
                1,
                Rate.parse("--rate", rate),
                ramp,
                Duration.ofSeconds(5),
                new Manners("load.example", true, Integer.MAX_VALUE, Optional.empty()),
                letters);
        return new Dispenser(plan, BEGAN);
    }
}
