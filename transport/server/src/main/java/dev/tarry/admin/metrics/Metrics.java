package dev.tarry.admin.metrics;

import dev.tarry.queue.QueueMeter;
import dev.tarry.receive.ReceiveMeter;
import dev.tarry.tracking.TrackingEvent;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Counts. Any thread.
public final class Metrics implements QueueMeter, ReceiveMeter {
    final LongAdder accepted = new LongAdder();
    final LongAdder acceptedBytes = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder deferred = new LongAdder();
    final LongAdder reports = new LongAdder();
    final LongAdder storeFailures = new LongAdder();
    final Map<TrackingEvent.Source, LongAdder> failed = bySource();
    final Map<TrackingEvent.Source, LongAdder> attemptsFailed = bySource();

    final LongAdder connectionsOpened = new LongAdder();
    final LongAdder connectionsClosed = new LongAdder();
    final LongAdder connectionsTurnedAway = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder receivedBytes = new LongAdder();
    final LongAdder receivedRecipients = new LongAdder();
    final LongAdder refusedForNow = new LongAdder();
    final LongAdder refusedForGood = new LongAdder();

    private static Map<TrackingEvent.Source, LongAdder> bySource() {
        Map<TrackingEvent.Source, LongAdder> counters = new EnumMap<>(TrackingEvent.Source.class);
        for (TrackingEvent.Source source : TrackingEvent.Source.values()) {
            counters.put(source, new LongAdder());
        }
        return counters;
    }

    // ---- the queues

    @Override
    public void accepted(long bytes) {
        accepted.increment();
        acceptedBytes.add(bytes);
    }

    @Override
    public void delivered(int recipients) {
        delivered.add(recipients);
    }

    @Override
    public void deferred(int recipients) {
        deferred.add(recipients);
    }

    @Override
    public void failed(int recipients, TrackingEvent.Source source) {
        failed.get(source).add(recipients);
    }

    @Override
    public void reported() {
        reports.increment();
    }

    @Override
    public void attemptFailed(TrackingEvent.Source source) {
        attemptsFailed.get(source).increment();
    }

    @Override
    public void storeFailed() {
        storeFailures.increment();
    }

    // ---- the receive connectors

    @Override
    public void connected() {
        connectionsOpened.increment();
    }

    @Override
    public void disconnected() {
        connectionsClosed.increment();
    }

    @Override
    public void turnedAway() {
        connectionsTurnedAway.increment();
    }

    @Override
    public void accepted(long bytes, int recipients) {
        received.increment();
        receivedBytes.add(bytes);
        receivedRecipients.add(recipients);
    }

    @Override
    public void refused(int code) {
        (code < 500 ? refusedForNow : refusedForGood).increment();
    }
}
