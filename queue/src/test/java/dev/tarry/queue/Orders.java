package dev.tarry.queue;

import dev.tarry.queue.Administration.CopyId;
import dev.tarry.queue.Administration.MessageOrder;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.QueueOrder;
import dev.tarry.store.ErrorRecord;
import dev.tarry.tracking.TrackingEvent.Source;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// An administrator at a [QueueBench], and the usual things that happen to a queue meanwhile.
record Orders(QueueBench bench) {
    static final String DNS_FAILED =
            "451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry";
    static final Outcome UNCHANGED = new Outcome.Unchanged();
    static final Outcome PENDING = new Outcome.Pending();
    static final Outcome GONE = new Outcome.Gone();
    static final Outcome DONE = new Outcome.Done(1);

    Outcome queue(QueueOrder order, int queueId) {
        return done(bench.queues.administration().carryOut(order, queueId));
    }

    Outcome queue(QueueOrder order, String domain) {
        return queue(order, bench.view(domain).id());
    }

    Outcome message(MessageOrder order, CopyId copy) {
        return messages(order, List.of(copy)).getFirst();
    }

    List<Outcome> messages(MessageOrder order, List<CopyId> copies) {
        return done(bench.queues.administration().carryOut(order, copies));
    }

    <T> T done(CompletableFuture<T> future) {
        bench.run();
        return future.getNow(null);
    }

    /// The copies in this queue, by message integer.
    List<CopyId> copies(int queueId) {
        return rows(queueId).stream()
                .map(row -> new CopyId(row.messageId(), row.queueId()))
                .toList();
    }

    CopyId only(String domain) {
        List<CopyId> all = copies(bench.view(domain).id());
        if (all.size() != 1) {
            throw new AssertionError("one copy was expected in " + domain + ": " + all);
        }
        return all.getFirst();
    }

    List<MessageRow> rows(int queueId) {
        return done(bench.queues.messages(Optional.of(queueId)));
    }

    /// Null if it is not there.
    MessageRow.Status status(CopyId copy) {
        return rows(copy.queueId()).stream()
                .filter(row -> row.messageId() == copy.messageId())
                .map(MessageRow::status)
                .findFirst()
                .orElse(null);
    }

    QueueView view(int queueId) {
        return done(bench.queues.views()).stream()
                .filter(view -> view.id() == queueId)
                .findFirst()
                .orElse(null);
    }

    // ---- what else happens

    void failDns(String domain) {
        failDns(bench.attempt(domain));
    }

    void failDns(Queues.Attempt attempt) {
        String domain = attempt.key().nextHopDomain();
        bench.queues.attemptFailed(
                attempt,
                new ErrorRecord(DNS_FAILED, domain, "", bench.time.millis()),
                new Endpoint("Internet", domain, ""),
                Source.DNS);
        bench.run();
    }

    /// An attempt that has reached a host.
    Queues.Attempt connected(String domain) {
        Queues.Attempt attempt = bench.attempt(domain);
        bench.queues.connected(attempt);
        return attempt;
    }

    /// @return how many were delivered
    int deliverAll(String domain) {
        Queues.Attempt attempt = connected(domain);
        List<Leased> all = bench.lease(attempt, 100);
        all.forEach(leased -> bench.queues.settle(leased, QueueBench.delivered(leased), Endpoint.NONE));
        bench.run();
        bench.queues.disconnected(attempt);
        bench.run();
        return all.size();
    }

    void settleDeferred(Leased leased) {
        bench.queues.settle(
                leased,
                leased.copy().recipients().stream()
                        .<Verdict>map(r -> new Verdict.Deferred(
                                r.recipient(),
                                new ErrorRecord("452 4.2.2 Mailbox full", "mx", "203.0.113.1", bench.time.millis())))
                        .toList(),
                new Endpoint("Internet", "mx", "203.0.113.1"));
        bench.run();
    }
}
