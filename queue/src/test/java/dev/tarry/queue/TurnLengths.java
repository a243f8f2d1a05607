package dev.tarry.queue;

import dev.tarry.queue.Administration.QueueOrder;
import dev.tarry.store.ErrorRecord;
import dev.tarry.tracking.TrackingEvent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long the turns of the queue loop are that deal with one queue of a million messages: for each thing that is done
/// to it, the number of turns, the longest, and how many took over a millisecond, in CPU time of the thread, so that
/// other processes and the collector do not count.
///
/// Not a test; run its main with the module's test class path, `-Xmx6g`, and the number of messages.
final class TurnLengths {
    private static final String HOP = "gmail.com";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private QueueBench bench = new QueueBench();
    private final int messages;
    private long turns;
    private long longest;
    private long overOneMilli;

    private TurnLengths(int messages) {
        this.messages = messages;
        time();
    }

    public static void main(String[] args) {
        new TurnLengths(args.length == 0 ? 1_000_000 : Integer.parseInt(args[0])).run();
    }

    private void time() {
        bench.turns = task -> {
            long before = threads.getCurrentThreadCpuTime();
            task.run();
            long took = threads.getCurrentThreadCpuTime() - before;
            turns++;
            longest = Math.max(longest, took);
            overOneMilli += took > 1_000_000 ? 1 : 0;
        };
        bench.afterEach = bench.tracked::clear;
    }

    private void tell(String what) {
        bench.run();
        System.out.printf(
                "%-52s %,9d turns, longest %6.2f ms, %,d over 1 ms%n", what, turns, longest / 1e6, overOneMilli);
        turns = 0;
        longest = 0;
        overOneMilli = 0;
    }

    private void fail(String words) {
        bench.queues.attemptFailed(
                bench.attempt(HOP),
                new ErrorRecord("451 4.4.0 " + words, HOP, "", bench.time.millis()),
                Endpoint.NONE,
                TrackingEvent.Source.DNS);
    }

    private void run() {
        for (int i = 0; i < messages; i++) {
            bench.send("", "b@" + HOP); // nobody is told when it expires
        }
        tell(String.format("%,d messages come in", messages));
        fail("DNS query failed");
        tell("its first failure");
        bench.pass(Duration.ofMinutes(2));
        fail("DNS query failed");
        tell("its second failure");
        bench.pass(Duration.ofMinutes(2));
        fail("another error");
        tell("another error");
        int id = bench.view(HOP).id();
        bench.queues.administration().carryOut(new QueueOrder.Resubmit(), id);
        tell("Retry-Queue -Resubmit");
        bench.queues.administration().carryOut(new QueueOrder.Suspend(), id);
        tell("Suspend-Queue");
        bench.queues.administration().carryOut(new QueueOrder.Resume(), id);
        tell("Resume-Queue");
        Queues.Attempt attempt = bench.attempt(HOP);
        bench.queues.connected(attempt);
        for (List<Leased> some = bench.lease(attempt, 64); !some.isEmpty(); some = bench.lease(attempt, 64)) {
            for (Leased leased : some) {
                List<Verdict> verdicts = new ArrayList<>();
                leased.copy()
                        .recipients()
                        .forEach(r -> verdicts.add(new Verdict.Deferred(
                                r.recipient(), new ErrorRecord("451 4.7.1 later", "", "", bench.time.millis()))));
                bench.queues.settle(leased, verdicts, Endpoint.NONE);
            }
            bench.run();
        }
        tell("all are deferred by the host");
        bench.queues.settings(ChangedSettingsTest.messageInterval(Duration.ofMinutes(20)));
        tell("MessageRetryInterval changes");
        bench.queues.ages(List.of(Duration.ofHours(1)));
        tell("a look at how old the mail is");
        bench.pass(Duration.ofMinutes(21));
        tell("their wait is over");
        bench.queues.connectionLost(
                attempt,
                new ErrorRecord("451 4.4.2 lost", "", "", bench.time.millis()),
                Endpoint.NONE,
                TrackingEvent.Source.SMTP);
        tell("the connection is lost");
        bench = bench.killed();
        time();
        bench.pass(Duration.ofHours(49));
        tell("all expire");
    }
}
