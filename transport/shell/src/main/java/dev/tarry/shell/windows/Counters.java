package dev.tarry.shell.windows;

import dev.tarry.client.Metrics;
import dev.tarry.client.ResultLimit;
import dev.tarry.client.TarryClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// The performance counters of Exchange's transport that tarry has a figure for (reference §10.1, §10.2). The lengths
/// of queues are those that Get-Queue shows, all else is the server's metrics; what neither knows is not here.
final class Counters {
    /// The one instance of each set.
    static final String INSTANCE = "_total";

    private Counters() {}

    /// What the server said at one moment.
    ///
    /// @param time the server's
    record Reading(Instant time, List<SequencedMap<String, Object>> queues, Metrics metrics) {
        /// @param withQueues whether the queues are asked for, which may be many
        static Reading of(TarryClient client, boolean withQueues) {
            return new Reading(
                    client.serverTime(),
                    withQueues ? client.queues(Optional.empty(), ResultLimit.unlimited()) : List.of(),
                    client.metrics());
        }
    }

    /// How a figure is come by.
    sealed interface Figure {
        /// Of the queues as they stand.
        record OfQueues(ToDoubleFunction<List<SequencedMap<String, Object>>> value) implements Figure {}

        /// Of the metrics as they stand.
        record OfMetrics(Metric value) implements Figure {}

        /// How fast a metric grows, a second.
        record Rate(Metric value) implements Figure {}
    }

    /// A figure of the metrics.
    interface Metric {
        /// Nothing where the server does not say.
        OptionalDouble of(Metrics metrics);
    }

    /// @param name as Windows has it
    record Counter(String set, String name, Figure figure) {
        boolean isRate() {
            return figure instanceof Figure.Rate;
        }

        boolean isOfQueues() {
            return figure instanceof Figure.OfQueues;
        }

        /// @param before an earlier reading, for what is a rate
        /// @return nothing where the server does not say
        OptionalDouble value(Reading before, Reading now) {
            return switch (figure) {
                case Figure.OfQueues(var value) -> OptionalDouble.of(value.applyAsDouble(now.queues()));
                case Figure.OfMetrics(var value) -> value.of(now.metrics());
                case Figure.Rate(var value) -> {
                    OptionalDouble from = value.of(before.metrics());
                    OptionalDouble to = value.of(now.metrics());
                    double seconds = Duration.between(before.time(), now.time()).toNanos() / 1e9;
                    yield from.isEmpty() || to.isEmpty()
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(seconds > 0 ? (to.getAsDouble() - from.getAsDouble()) / seconds : 0);
                }
            };
        }
    }

    private static final String QUEUES = "MSExchangeTransport Queues";
    private static final String SEND = "MSExchangeTransport SmtpSend";
    private static final String RECEIVE = "MSExchangeTransport SmtpReceive";

    /// Sets and what each is about.
    static final SequencedMap<String, String> SETS = sets();

    static final List<Counter> ALL = all();

    private static SequencedMap<String, String> sets() {
        SequencedMap<String, String> sets = new LinkedHashMap<>();
        sets.put(QUEUES, "How many messages are in which queues, and how many come and go.");
        sets.put(RECEIVE, "Connections of clients, and the messages that they bring.");
        sets.put(SEND, "Connections to hosts, and the messages that they take.");
        return sets;
    }

    private static List<Counter> all() {
        List<Counter> all = new ArrayList<>();
        for (boolean retry : new boolean[] {false, true}) {
            String word = retry ? "Retry " : "Active ";
            Predicate<Map<String, Object>> status = queue -> retry == "Retry".equals(queue.get("Status"))
                    && (retry || Set.of("Active", "Ready", "Connecting").contains(text(queue, "Status")));
            length(all, word + "Mailbox Delivery Queue Length", status.and(Counters::isMailbox));
            length(all, word + "Non-Smtp Delivery Queue Length", status.and(Counters::isNonSmtp));
            length(all, word + "Remote Delivery Queue Length", status.and(Counters::isRemote));
            for (String category : List.of("External", "Internal")) {
                length(
                        all,
                        category + " " + word + "Remote Delivery Queue Length",
                        status.and(Counters::isRemote).and(of(category)));
            }
        }
        length(all, "Submission Queue Length", named("Submission"));
        length(
                all,
                "Unreachable Queue Length",
                queue -> text(queue, "DeliveryType").equals("Unreachable"));
        length(all, "Poison Queue Length", named("Poison Message"));
        length(all, "Aggregate Delivery Queue Length (All Queues)", Counters::isDelivery);
        for (String category : List.of("External", "Internal")) {
            length(
                    all,
                    "Aggregate Delivery Queue Length (All " + category + " Queues)",
                    of(category).and(Counters::isDelivery));
        }
        largest(all, "Largest Delivery Queue Length", Counters::isDelivery);
        for (String category : List.of("External", "Internal")) {
            largest(
                    all,
                    category + " Largest Delivery Queue Length",
                    of(category).and(Counters::isDelivery));
        }
        total(
                all,
                QUEUES,
                "Messages Submitted Total",
                "Messages Submitted Per Second",
                "tarry_messages_accepted_total");
        total(
                all,
                QUEUES,
                "Items Completed Delivery Total",
                "Items Completed Delivery Per Second",
                "tarry_recipients_delivered_total");
        connections(all, RECEIVE, "tarry_receive_connections_open", "tarry_receive_connections_total", "accepted");
        total(all, RECEIVE, "Messages Received Total", "Messages Received/sec", "tarry_receive_messages_total");
        total(all, RECEIVE, "Message Bytes Received Total", "Message Bytes Received/sec", "tarry_receive_bytes_total");
        average(all, RECEIVE, "Average bytes/message", "tarry_receive_bytes_total", "tarry_receive_messages_total");
        connections(all, SEND, "tarry_send_connections_open", "tarry_send_connections_total", "greeted");
        total(all, SEND, "Messages Sent Total", "Messages Sent/sec", "tarry_send_messages_total");
        total(all, SEND, "Message Bytes Sent Total", "Message Bytes Sent/sec", "tarry_send_bytes_total");
        average(all, SEND, "Average message bytes/message", "tarry_send_bytes_total", "tarry_send_messages_total");
        return List.copyOf(all);
    }

    private static void length(List<Counter> all, String name, Predicate<Map<String, Object>> which) {
        all.add(new Counter(
                QUEUES,
                name,
                new Figure.OfQueues(queues -> queues.stream()
                        .filter(which)
                        .mapToDouble(Counters::messages)
                        .sum())));
    }

    private static void largest(List<Counter> all, String name, Predicate<Map<String, Object>> which) {
        all.add(new Counter(
                QUEUES,
                name,
                new Figure.OfQueues(queues -> queues.stream()
                        .filter(which)
                        .mapToDouble(Counters::messages)
                        .max()
                        .orElse(0))));
    }

    private static void total(List<Counter> all, String set, String name, String rate, String metric) {
        all.add(new Counter(set, name, new Figure.OfMetrics(metrics -> metrics.sum(metric))));
        all.add(new Counter(set, rate, new Figure.Rate(metrics -> metrics.sum(metric))));
    }

    private static void connections(List<Counter> all, String set, String open, String total, String result) {
        all.add(new Counter(set, "Connections Current", new Figure.OfMetrics(metrics -> metrics.sum(open))));
        all.add(new Counter(
                set,
                "Connections Total",
                new Figure.OfMetrics(metrics -> metrics.sum(total, "result=\"" + result + "\""))));
    }

    private static void average(List<Counter> all, String set, String name, String bytes, String messages) {
        all.add(new Counter(set, name, new Figure.OfMetrics(metrics -> {
            OptionalDouble sum = metrics.sum(bytes);
            double count = metrics.sum(messages).orElse(0);
            return sum.isEmpty() || count == 0 ? sum : OptionalDouble.of(sum.getAsDouble() / count);
        })));
    }

    // -- kinds of queues (reference §1.3)

    private static String text(Map<String, Object> queue, String property) {
        return String.valueOf(queue.get(property));
    }

    private static double messages(Map<String, Object> queue) {
        return queue.get("MessageCount") instanceof Number count ? count.doubleValue() : 0;
    }

    private static Predicate<Map<String, Object>> named(String name) {
        return queue -> text(queue, "DeliveryType").equals("Undefined")
                && text(queue, "NextHopDomain").equals(name);
    }

    private static Predicate<Map<String, Object>> of(String category) {
        return queue -> text(queue, "NextHopCategory").equals(category);
    }

    private static boolean isMailbox(Map<String, Object> queue) {
        return text(queue, "DeliveryType").equals("SmtpDeliveryToMailbox");
    }

    private static boolean isNonSmtp(Map<String, Object> queue) {
        return Set.of("DeliveryAgent", "NonSmtpGatewayDelivery").contains(text(queue, "DeliveryType"));
    }

    private static boolean isDelivery(Map<String, Object> queue) {
        return !Set.of("Undefined", "Unreachable", "ShadowRedundancy", "Heartbeat")
                .contains(text(queue, "DeliveryType"));
    }

    private static boolean isRemote(Map<String, Object> queue) {
        return isDelivery(queue) && !isMailbox(queue) && !isNonSmtp(queue);
    }
}
