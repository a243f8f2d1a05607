package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Notify;
import dev.tarry.mail.Recipient;
import dev.tarry.store.ErrorRecord;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Priority queuing (reference §2.1, §9.6), on and off.
final class PrioritiesTest {
    private static final QueueSettings OFF = QueueBench.settings(ExchangeProfile.E2019, false);
    private static final QueueSettings ON =
            OFF.with(new Priorities(true, Priorities.OFF.levels(), Priorities.OFF.maxHighBytes()));

    private QueueBench bench;

    private void begin(QueueSettings settings) {
        bench = QueueBench.with(settings);
    }

    /// As digits: 0 High, 1 Normal, 2 Low.
    private void send(String priorities) {
        bench.collecting = false; // an attempt is for what is there when it begins
        for (char c : priorities.toCharArray()) {
            bench.priority = c - '0';
            bench.send(
                    QueueBench.text("alice@company.com"),
                    "alice@company.com",
                    List.of(new Recipient(
                            Recipient.of("b@gmail.com").address(), Notify.parse("DELAY,FAILURE"), Optional.empty())));
        }
    }

    /// The priorities of what is leased, in this order.
    private String leased(Queues.Attempt attempt, int most) {
        StringBuilder all = new StringBuilder();
        bench.lease(attempt, most).forEach(leased -> all.append(leased.message().priority()));
        return all.toString();
    }

    private Queues.Attempt connected() {
        Queues.Attempt attempt = bench.queues.nextAttempt().orElseThrow();
        bench.queues.connected(attempt);
        bench.run();
        return attempt;
    }

    @Test
    void without_it_mail_leaves_in_order_of_arrival_whatever_its_priority() {
        begin(OFF);
        send("2101220");
        assertEquals("2101220", leased(connected(), 9));
    }

    @Test
    void with_it_each_connection_carries_one_priority_and_high_has_the_first() {
        begin(ON);
        send("2101220");
        Queues.Attempt high = connected();
        assertEquals("00", leased(high, 9));
        assertEquals("", leased(high, 9));
        Queues.Attempt normal = connected();
        assertEquals("11", leased(normal, 9));
        Queues.Attempt low = connected();
        assertEquals("222", leased(low, 9));
        bench.queues.disconnected(high);
        bench.queues.disconnected(normal);
        bench.queues.disconnected(low);
        bench.run();
        assertEquals(0, bench.view("gmail.com").connections());
    }

    @Test
    void no_priority_has_more_connections_than_its_share() {
        begin(ON);
        send("0".repeat(200) + "1".repeat(500) + "2".repeat(100));
        int[] connections = new int[3];
        connections[connected().priority()]++;
        for (var next = bench.queues.nextAttempt(); next.isPresent(); next = bench.queues.nextAttempt()) {
            bench.queues.connected(next.get());
            connections[next.get().priority()]++;
            bench.run();
        }
        assertEquals(List.of(3, 15, 2), List.of(connections[0], connections[1], connections[2]));
        assertEquals(20, bench.view("gmail.com").connections());
    }

    @Test
    void where_the_next_hop_takes_one_connection_only_that_one_carries_all_of_it_high_first() {
        begin(ON);
        send("21");
        Queues.Attempt first = connected();
        assertEquals(1, first.priority());
        bench.queues.attemptFailed(
                bench.queues.nextAttempt().orElseThrow(),
                new ErrorRecord("421 4.3.2 too many", "mx", "", bench.time.millis()),
                Endpoint.NONE,
                Source.SMTP);
        bench.run();
        send("0");
        assertEquals("012", leased(first, 9));
    }

    @Test
    void it_is_switched_on_and_off_with_mail_in_the_queue() {
        begin(OFF);
        send("2120");
        Queues.Attempt any = connected();
        assertEquals(Priorities.ANY, any.priority());
        bench.queues.settings(ON);
        bench.run();
        assertEquals("01", leased(any, 2));
        bench.queues.settings(OFF);
        bench.run();
        assertEquals("22", leased(any, 2));
        bench.queues.disconnected(any);
        bench.run();
        assertEquals(0, bench.view("gmail.com").connections());
    }

    @Test
    void each_priority_has_its_lifetime_fixed_at_receipt() {
        begin(ON);
        send("012");
        bench.queues.settings(OFF);
        bench.pass(Duration.ofHours(8).minusSeconds(1));
        assertEquals(0, failed().size());
        bench.pass(Duration.ofSeconds(2));
        assertEquals(List.of(0), failed());
        send("0"); // two days, with it off
        bench.pass(Duration.ofHours(40));
        assertEquals(List.of(0, 1, 2), failed());
        bench.pass(Duration.ofHours(8));
        assertEquals(List.of(0, 1, 2, 0), failed());
    }

    /// The priorities of what has expired, of this sender's, in this order.
    private List<Integer> failed() {
        List<Integer> priorities = new ArrayList<>();
        bench.tracked(Event.FAIL).stream()
                .filter(e -> e.sender().equals("alice@company.com"))
                .forEach(e -> priorities.add(bench.tracked(Event.RECEIVE).stream()
                                .filter(r -> r.sender().equals("alice@company.com"))
                                .map(r -> r.internalMessageId())
                                .toList()
                                .indexOf(e.internalMessageId())
                        % 3));
        return priorities;
    }

    @Test
    void each_priority_is_late_after_its_own_time_and_at_once_when_it_is_switched_on() {
        begin(ON);
        send("012");
        bench.pass(Duration.ofMinutes(31));
        assertEquals(1, delays());
        bench.pass(Duration.ofHours(4));
        assertEquals(2, delays());
        bench.pass(Duration.ofHours(4));
        assertEquals(3, delays());

        begin(OFF);
        send("012");
        bench.pass(Duration.ofMinutes(31));
        assertEquals(0, delays());
        bench.queues.settings(ON);
        bench.pass(Duration.ZERO);
        assertEquals(1, delays());
        bench.queues.settings(OFF);
        bench.pass(Duration.ofHours(4));
        assertEquals(3, delays());
    }

    private int delays() {
        return bench.reports("Delayed").size();
    }

    @Test
    void what_is_too_large_for_high_is_normal_and_only_where_priorities_count() {
        assertEquals(1, ON.priority(0, 250 * 1024 + 1));
        assertEquals(0, ON.priority(0, 250 * 1024));
        assertEquals(2, ON.priority(2, 1 << 30));
        assertEquals(0, OFF.priority(0, 1 << 30));
        assertThrows(IllegalArgumentException.class, () -> new Priorities(true, List.of(), 1));
    }
}
