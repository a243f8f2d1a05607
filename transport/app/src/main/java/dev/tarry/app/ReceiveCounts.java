package dev.tarry.app;

import dev.tarry.admin.metrics.Metrics;
import dev.tarry.receive.ReceiveMeter;

/// Hands what the receive connectors count to the metrics. Any thread.
record ReceiveCounts(Metrics metrics) implements ReceiveMeter {
    @Override
    public void connected() {
        metrics.connected();
    }

    @Override
    public void disconnected() {
        metrics.disconnected();
    }

    @Override
    public void turnedAway() {
        metrics.turnedAway();
    }

    @Override
    public void accepted(long bytes, int recipients) {
        metrics.accepted(bytes, recipients);
    }

    @Override
    public void refused(int code) {
        metrics.refused(code);
    }
}
