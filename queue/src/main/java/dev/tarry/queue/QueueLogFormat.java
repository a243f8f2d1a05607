package dev.tarry.queue;

import dev.tarry.log.CsvLine;
import dev.tarry.log.FieldText;
import dev.tarry.log.LogFormat;
import dev.tarry.log.LogTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The file format of the queue log. What Exchange's has is not known; these columns are the properties that
/// Get-QueueDigest groups by and adds up, and some that a person wants to see beside them. Pure; any thread.
public final class QueueLogFormat implements LogFormat<QueueLogRow> {
    /// Columns in file order.
    public static final List<String> FIELDS = List.of(
            "date-time",
            "server-name",
            "queue-identity",
            "delivery-type",
            "next-hop-category",
            "next-hop-domain",
            "next-hop-connector",
            "status",
            "message-count",
            "deferred-message-count",
            "message-count-per-priority",
            "deferred-message-count-per-priority",
            "incoming-rate",
            "outgoing-rate",
            "velocity",
            "connections",
            "retry-count",
            "first-retry-time",
            "last-retry-time",
            "next-retry-time",
            "last-error");

    @Override
    public String prefix() {
        return "QUEUELOG";
    }

    @Override
    public String type() {
        return "Queue Log";
    }

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    @Override
    public Instant time(QueueLogRow entry) {
        return entry.time();
    }

    @Override
    public String line(QueueLogRow row) {
        QueueView queue = row.queue();
        NextHopKey key = queue.key();
        return new CsvLine()
                .field(LogTime.text(row.time()))
                .field(FieldText.escaped(row.server()))
                .field(FieldText.escaped(row.server() + "\\" + key.queueName(queue.id())))
                .field(key.deliveryType().shellName())
                .field(key.deliveryType().category().shellName())
                .field(FieldText.escaped(key.nextHopDomain()))
                .field(key.connector().toString())
                .field(queue.status().shellName())
                .field(Integer.toString(queue.messageCount()))
                .field(Integer.toString(queue.deferredCount()))
                .field(counts(queue.countsPerPriority()))
                .field(counts(queue.deferredPerPriority()))
                .field(rate(queue.incomingRate()))
                .field(rate(queue.outgoingRate()))
                .field(rate(queue.outgoingRate() - queue.incomingRate()))
                .field(Integer.toString(queue.connections()))
                .field(Integer.toString(queue.retryCount()))
                .field(moment(queue.firstRetryTime()))
                .field(moment(queue.lastRetryTime()))
                .field(moment(queue.nextRetryTime()))
                .field(FieldText.escaped(queue.lastError().details()))
                .toString();
    }

    private static String counts(List<Integer> counts) {
        return counts.stream().map(String::valueOf).collect(Collectors.joining(";"));
    }

    /// Two decimals; a falling queue's velocity is positive. A minus at the beginning is a number's, not a formula's.
    private static String rate(double perSecond) {
        String text = String.format(Locale.ROOT, "%.2f", perSecond);
        return text.equals("-0.00") ? "0.00" : text;
    }

    private static String moment(Optional<Instant> moment) {
        return moment.map(LogTime::text).orElse("");
    }
}
