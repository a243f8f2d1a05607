package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Reply;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MailboxItem;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who watches knows at every moment of rest what one who asks would be told.
final class WatchTest {
    private final QueueBench bench = new QueueBench();
    private final Mirror mirror = new Mirror();

    private static final class Mirror implements QueueWatcher {
        final Map<Integer, QueueSight> queues = new TreeMap<>();
        final List<String> mailboxes = new ArrayList<>();
        int told;

        @Override
        public void changed(QueueSight queue) {
            told++;
            queues.put(queue.id(), queue);
        }

        @Override
        public void gone(int queueId) {
            queues.remove(queueId);
        }

        @Override
        public void anew() {
            queues.clear();
        }

        @Override
        public void delivered(MailboxItem item) {
            mailboxes.add("+" + item.mailbox());
        }

        @Override
        public void removed(MailboxItem item) {
            mailboxes.add("-" + item.mailbox());
        }
    }

    private void watch() {
        var watching = bench.queues.watch(mirror);
        bench.run();
        watching.join();
        check();
    }

    private void check() {
        bench.run();
        var views = bench.queues.views();
        bench.run();
        List<QueueSight> asked = views.join().stream()
                .map(v -> new QueueSight(v.id(), v.key(), v.status(), v.messageCount(), v.lastError()))
                .toList();
        assertEquals(asked, List.copyOf(mirror.queues.values()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_happens_who_watches_sees_the_queues_as_they_are(long seed) {
        Random random = new Random(seed);
        watch();
        for (int step = 0; step < 400; step++) {
            if (bench.attempts.isEmpty() || random.nextInt(4) == 0) {
                bench.send("a@company.com", "b@d" + random.nextInt(5) + ".example");
            } else {
                end(bench.attempts.remove(random.nextInt(bench.attempts.size())), random);
            }
            check();
            if (random.nextInt(3) == 0) {
                bench.pass(Duration.ofMinutes(random.nextInt(20)));
                check();
            }
        }
        bench.pass(Duration.ofHours(49));
        check();
        assertTrue(mirror.told > 400);
    }

    private void end(Queues.Attempt attempt, Random random) {
        ErrorRecord error = new ErrorRecord("451 4.4.0 " + random.nextInt(3), "", "", bench.time.millis());
        switch (random.nextInt(4)) {
            case 0 -> bench.queues.attemptFailed(attempt, error, Endpoint.NONE, Source.DNS);
            case 1 -> bench.queues.attemptAbandoned(attempt);
            case 2 -> bench.queues.attemptRejected(attempt, Reply.of(554, "5.4.4 no"), Source.DNS, Endpoint.NONE);
            default -> {
                bench.queues.connected(attempt);
                check();
                for (Leased leased : bench.lease(attempt, 2)) {
                    check();
                    if (random.nextBoolean()) {
                        bench.queues.settle(leased, QueueBench.delivered(leased), Endpoint.NONE);
                    } else {
                        bench.queues.settle(leased, deferred(leased, error), Endpoint.NONE);
                    }
                    check();
                }
                if (random.nextBoolean()) {
                    bench.queues.disconnected(attempt);
                } else {
                    bench.queues.connectionLost(attempt, error, Endpoint.NONE, Source.SMTP);
                }
            }
        }
    }

    private static List<Verdict> deferred(Leased leased, ErrorRecord error) {
        return leased.copy().recipients().stream()
                .<Verdict>map(r -> new Verdict.Deferred(r.recipient(), error))
                .toList();
    }

    @Test
    void who_begins_to_watch_is_told_of_what_there_is_and_who_has_ended_hears_no_more() {
        bench.send("a@company.com", "b@gmail.com");
        watch();
        assertEquals(3, mirror.queues.size());
        bench.queues.unwatch(mirror);
        bench.run();
        int told = mirror.told;
        bench.send("a@company.com", "b@yahoo.com");
        assertEquals(told, mirror.told);
    }

    @Test
    void what_comes_into_a_mailbox_and_leaves_it_is_told_when_it_is_for_good() {
        watch();
        bench.send("a@company.com", "b@company.com");
        Queues.Attempt attempt = bench.attempt("company.com");
        bench.queues.connected(attempt);
        Leased leased = bench.lease(attempt, 1).getFirst();
        bench.queues.settle(
                leased,
                leased.copy().recipients().stream()
                        .<Verdict>map(r -> new Verdict.Stored(r.recipient(), "b@company.com", "Return-Path: <>\r\n"))
                        .toList(),
                Endpoint.NONE);
        bench.queues.disconnected(attempt);
        bench.run();
        assertEquals(List.of("+b@company.com"), mirror.mailboxes);
        bench.queues.removeItem(bench.store().items("b@company.com").getFirst());
        bench.run();
        assertEquals(List.of("+b@company.com", "-b@company.com"), mirror.mailboxes);
        check();
    }
}
