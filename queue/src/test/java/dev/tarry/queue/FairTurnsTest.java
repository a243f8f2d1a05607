package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Reply;
import dev.tarry.store.ErrorRecord;
import dev.tarry.tracking.TrackingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who gets the next connection when there are fewer than are wanted. Rounds are counted, not time.
final class FairTurnsTest {
    private static final int SLOTS = 25;
    private static final int MESSAGES_PER_CONNECTION = 20;
    /// More of them with `-Dtarry.fair.small=10000 -Dtarry.fair.huge=100000`, which takes a minute.
    private static final int SMALL_QUEUES = Integer.getInteger("tarry.fair.small", 500);

    private static final int HUGE_QUEUE = Integer.getInteger("tarry.fair.huge", 5_000);

    private final QueueBench bench = new QueueBench();

    /// All connections there may be; each carries so many messages and is then free for another queue.
    private final class Slots {
        private final List<Queues.Attempt> taken = new ArrayList<>();
        private int mostOfHuge;
        private long hugeConnections;

        void fill() {
            while (taken.size() < SLOTS) {
                Optional<Queues.Attempt> next = bench.queues.nextAttempt();
                if (next.isEmpty()) {
                    return;
                }
                taken.add(next.get());
                bench.queues.connected(next.get());
            }
        }

        /// @return the queues that had a connection
        Set<String> round() {
            fill();
            Set<String> served = new HashSet<>();
            int ofHuge = 0;
            for (Queues.Attempt attempt : List.copyOf(taken)) {
                served.add(attempt.key().nextHopDomain());
                ofHuge += attempt.key().nextHopDomain().equals("huge.example") ? 1 : 0;
                bench.queues.lease(attempt, MESSAGES_PER_CONNECTION, 0, found -> found.forEach(this::deliver));
                bench.run();
                bench.queues.disconnected(attempt);
                taken.remove(attempt);
            }
            mostOfHuge = Math.max(mostOfHuge, ofHuge);
            hugeConnections += ofHuge;
            bench.run();
            return served;
        }

        private void deliver(Leased leased) {
            bench.queues.settle(
                    leased,
                    leased.copy().recipients().stream()
                            .<Verdict>map(r -> new Verdict.Delivered(r.recipient(), Reply.of(250, "ok"), true))
                            .toList(),
                    Endpoint.NONE);
        }
    }

    private void queue(String domain, int messages) {
        for (int i = 0; i < messages; i++) {
            bench.send("alice@company.com", "u@" + domain);
        }
    }

    @Test
    void one_huge_queue_and_many_small_ones_share_the_connections_by_turns() {
        bench.collecting = false;
        int small = SMALL_QUEUES;
        int huge = HUGE_QUEUE;
        int many = (small + huge / MESSAGES_PER_CONNECTION) / SLOTS * 2 + 10;
        queue("huge.example", huge);
        for (int i = 0; i < small; i++) {
            queue("d" + i + ".example", 1);
        }
        bench.run();
        Slots slots = new Slots();
        Set<String> served = new HashSet<>();
        int rounds = 0;
        while (served.size() < small + 1) {
            served.addAll(slots.round());
            rounds++;
            assertTrue(rounds < many, "they are never done");
        }
        int whileSmall = rounds;
        long hugeTurns = slots.hugeConnections;
        assertTrue(rounds <= small / SLOTS + 2, "the small ones had to wait " + rounds + " rounds");
        assertTrue(slots.hugeConnections >= 1, "the huge one had its turn, too");
        int left = bench.view("huge.example").messageCount();
        assertTrue(left >= huge - rounds * SLOTS * MESSAGES_PER_CONNECTION / 2, "and did not take most of them");
        while (bench.view("huge.example").messageCount() > 0) {
            slots.round();
            assertTrue(++rounds < many, "the huge one is never done");
        }
        if (System.getProperty("tarry.fair.huge") != null) {
            System.out.println(huge + " messages in one queue, " + small + " queues of one, " + SLOTS
                    + " connections of " + MESSAGES_PER_CONNECTION + " messages: the small ones were done after "
                    + whileSmall + " rounds, in which the huge one had " + hugeTurns
                    + " connections; it was done after "
                    + rounds);
        }
        assertEquals(SLOTS, slots.mostOfHuge, "alone it grows to all there is");
    }

    @Test
    void queues_in_Retry_and_new_ones_take_turns_and_either_may_be_asked_for_alone() {
        bench.collecting = false;
        for (int i = 0; i < 20; i++) {
            queue("old" + i + ".example", 1);
        }
        bench.run();
        for (int i = 0; i < 20; i++) {
            Queues.Attempt attempt = bench.queues.nextAttempt(false).orElseThrow();
            assertFalse(attempt.retry());
            bench.queues.attemptFailed(
                    attempt,
                    new ErrorRecord("451 4.4.0 x", "", "", bench.time.instant().toEpochMilli()),
                    Endpoint.NONE,
                    TrackingEvent.Source.SMTP);
        }
        bench.run();
        bench.pass(Duration.ofMinutes(1));
        for (int i = 0; i < 10; i++) {
            queue("new" + i + ".example", 1);
        }
        bench.run();
        StringBuilder turns = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            turns.append(bench.queues.nextAttempt(true).orElseThrow().retry() ? 'r' : 'n');
        }
        assertTrue(turns.toString().matches("(rn){5}|(nr){5}"), turns::toString);
        int alone = 0;
        for (var next = bench.queues.nextAttempt(false); next.isPresent(); next = bench.queues.nextAttempt(false)) {
            assertTrue(next.get().key().nextHopDomain().startsWith("new"));
            alone++;
        }
        assertEquals(5, alone);
        assertTrue(bench.queues.nextAttempt(true).orElseThrow().retry(), "the rest have not lost their turn");
    }

    /// Begins an attempt, leases all there is, and breaks in the middle of this sender's message.
    private List<String> attemptThatBreaksIn(String breaker) {
        Queues.Attempt attempt = bench.queues.nextAttempt().orElseThrow();
        bench.queues.connected(attempt);
        List<String> sent = new ArrayList<>();
        boolean[] broken = {false};
        while (!broken[0]) {
            List<Leased> found = new ArrayList<>();
            bench.queues.lease(attempt, 2, 0, found::addAll);
            bench.run();
            if (found.isEmpty()) {
                break;
            }
            for (Leased leased : found) {
                String sender = leased.message().sender().toString();
                if (broken[0]) {
                    bench.queues.giveBack(leased);
                } else if (sender.equals(breaker)) {
                    broken[0] = true;
                    bench.queues.settle(leased, List.of(), Endpoint.NONE);
                } else {
                    sent.add(sender);
                    new Slots().deliver(leased);
                }
            }
        }
        bench.run();
        if (broken[0]) {
            bench.queues.connectionLost(
                    attempt,
                    new ErrorRecord(
                            "451 4.4.2 gone", "", "", bench.time.instant().toEpochMilli()),
                    Endpoint.NONE,
                    TrackingEvent.Source.SMTP);
        } else {
            bench.queues.disconnected(attempt);
        }
        bench.run();
        bench.pass(Duration.ofMinutes(1));
        return sent;
    }

    @Test
    void a_message_that_breaks_every_connection_does_not_keep_the_others_from_leaving() {
        bench.collecting = false;
        bench.send("breaker@company.com", "u@d.example");
        bench.send("first@company.com", "u@d.example");
        bench.send("second@company.com", "u@d.example");
        bench.run();
        assertEquals(List.of(), attemptThatBreaksIn("breaker@company.com"));
        bench.send("later@company.com", "u@d.example");
        bench.run();
        assertEquals(
                List.of("first@company.com", "second@company.com"),
                attemptThatBreaksIn("breaker@company.com"),
                "those that were there go before it, those that came later do not");
        assertEquals(List.of("later@company.com"), attemptThatBreaksIn("breaker@company.com"));
        assertEquals(1, bench.view("d.example").messageCount());
        assertEquals(List.of("breaker@company.com"), attemptThatBreaksIn("nobody@company.com"), "nor is it forgotten");
    }

    @Test
    void a_queue_whose_old_mail_is_gone_does_not_wait_with_those_in_Retry() {
        bench.collecting = false;
        queue("old.example", 1);
        bench.run();
        bench.queues.attemptFailed(
                bench.queues.nextAttempt(false).orElseThrow(),
                new ErrorRecord("451 4.4.0 x", "", "", bench.time.instant().toEpochMilli()),
                Endpoint.NONE,
                TrackingEvent.Source.SMTP);
        bench.run();
        bench.pass(Duration.ofMinutes(1));
        assertTrue(bench.queues.nextAttempt(false).isEmpty(), "it is its turn among those in Retry");
        bench.pass(Duration.ofHours(48));
        assertEquals(0, bench.view("old.example").messageCount(), "its mail has expired");
        queue("old.example", 1);
        bench.run();
        assertFalse(bench.queues.nextAttempt(false).orElseThrow().retry());
    }
}
