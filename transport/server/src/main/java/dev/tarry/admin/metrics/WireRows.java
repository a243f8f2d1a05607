package dev.tarry.admin.metrics;

import static dev.tarry.admin.metrics.Rows.by;
import static dev.tarry.admin.metrics.Rows.counter;
import static dev.tarry.admin.metrics.Rows.gauge;
import static dev.tarry.admin.metrics.Rows.label;
import static dev.tarry.admin.metrics.Rows.open;

import dev.tarry.admin.metrics.MetricRow.Point;
import dev.tarry.admin.metrics.MetricRow.Spread;
import dev.tarry.dns.DnsOutcome;
import dev.tarry.dns.DnsRow;
import dev.tarry.receive.ReceiveMeter;
import dev.tarry.send.SendMeter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What comes in, what goes out, and DNS.
final class WireRows {
    private static final double MILLIS = 1e3;

    private WireRows() {}

    static List<MetricRow> rows() {
        List<MetricRow> rows = new ArrayList<>();
        receive(rows);
        send(rows);
        dns(rows);
        return rows;
    }

    private static void receive(List<MetricRow> rows) {
        rows.add(counter(
                "tarry_receive_connections_total",
                "connections",
                "Connections of clients: taken, or turned away because a limit of connections was reached (421 4.3.2).",
                label("result", "accepted", "refused"),
                l -> List.of(
                        new Point(List.of("accepted"), l.metrics.connectionsOpened::sum),
                        new Point(List.of("refused"), l.metrics.connectionsTurnedAway::sum))));
        rows.add(gauge(
                "tarry_receive_connections_open",
                "connections",
                "Connections of clients that are open.",
                l -> l.metrics.connectionsOpened.sum() - l.metrics.connectionsClosed.sum()));
        rows.add(counter(
                "tarry_receive_messages_total",
                "messages",
                "Messages taken from clients: those that were answered 250.",
                m -> m.received.sum()));
        rows.add(counter(
                "tarry_receive_bytes_total",
                "bytes",
                "Size of the messages taken from clients.",
                m -> m.receivedBytes.sum()));
        rows.add(counter(
                "tarry_receive_recipients_total",
                "recipients",
                "Recipients of the messages taken from clients.",
                m -> m.receivedRecipients.sum()));
        rows.add(counter(
                "tarry_receive_refusals_total",
                "replies",
                "Commands, messages and sessions refused, by reply. Back pressure is 452 4.3.1 (a resource is"
                        + " short, or the store broken) and 421 4.3.2 (too many connections, no memory for more, or ending).",
                label(
                        "reply",
                        Arrays.stream(Refusal.values()).map(Refusal::words).toArray(String[]::new)),
                l -> Arrays.stream(Refusal.values())
                        .map(r -> new Point(List.of(r.words()), () -> l.metrics.refusals.of(r)))
                        .toList()));
        rows.add(counter(
                "tarry_receive_pauses_total",
                "pauses",
                "How often a session was made to wait: the disk is behind with a body, the client does not read, a"
                        + " refusal is answered late on purpose, or MAIL is since resources run short.",
                by("reason", ReceiveMeter.Pause.class),
                l -> Rows.points(ReceiveMeter.Pause.class, l.metrics.pauses::of)));
        rows.add(counter(
                "tarry_receive_tls_handshakes_total",
                "handshakes",
                "What became of STARTTLS, or of TLS that begins with the connection; unavailable: there was no certificate.",
                by("result", ReceiveMeter.Handshake.class),
                l -> Rows.points(ReceiveMeter.Handshake.class, l.metrics.handshakes::of)));
        rows.add(counter(
                "tarry_receive_logins_total",
                "logins",
                "What became of attempts to log in (AUTH); busy: too many waited for their passwords to be checked.",
                by("result", ReceiveMeter.LogIn.class),
                l -> Rows.points(ReceiveMeter.LogIn.class, l.metrics.logIns::of)));
    }

    private static void send(List<MetricRow> rows) {
        List<String> results = new ArrayList<>(List.of("greeted"));
        Arrays.stream(SendMeter.Trouble.values()).map(Counts::word).forEach(results::add);
        rows.add(counter(
                "tarry_send_connections_total",
                "connections",
                "Connections to hosts: greeted by a host that takes mail, or what was wrong.",
                label("result", results.toArray(String[]::new)),
                l -> {
                    List<Point> points = new ArrayList<>();
                    points.add(new Point(List.of("greeted"), l.metrics.outConnected::sum));
                    points.addAll(Rows.points(SendMeter.Trouble.class, l.metrics.outUnusable::of));
                    return points;
                }));
        rows.add(counter(
                "tarry_send_tls_total",
                "connections",
                "Connections to hosts that were to be secured, and what became of that; avoided: in the clear at once,"
                        + " because TLS had failed with the host within the last hour.",
                by("result", SendMeter.Tls.class),
                l -> Rows.points(SendMeter.Tls.class, l.metrics.outTls::of)));
        rows.add(counter(
                "tarry_send_certificate_missing_total",
                "connections",
                "Connections to hosts on which TLS was begun without the certificate that their send connector is to"
                        + " show, because the server does not have it.",
                m -> m.certificatesMissing.sum()));
        rows.add(gauge(
                "tarry_send_connections_open",
                "connections",
                "Connections to hosts that take mail.",
                l -> l.metrics.outConnected.sum() - l.metrics.outEnded.sum()));
        rows.add(gauge(
                "tarry_send_hosts_unhealthy",
                "hosts",
                "Addresses of hosts that could not be used last and are tried behind the others for a while.",
                l -> l.metrics.hostsUnhealthy.sum()));
        rows.add(counter(
                "tarry_send_connections_broken_total",
                "connections",
                "Connections that were good and broke.",
                by("reason", SendMeter.Trouble.class),
                l -> Rows.points(SendMeter.Trouble.class, l.metrics.outBroken::of)));
        rows.add(counter(
                "tarry_send_messages_total",
                "messages",
                "Messages that a host took, for one recipient or more.",
                m -> m.sent.sum()));
        rows.add(counter(
                "tarry_send_bytes_total", "bytes", "Size of the messages that hosts took.", m -> m.sentBytes.sum()));
    }

    private static void dns(List<MetricRow> rows) {
        MetricRow.Label server = open(
                "server",
                "the DNS servers' addresses, with the port if it is not 53: the first " + DnsCounts.MAX_SERVERS
                        + ", all others are `" + DnsCounts.OTHER + "`");
        rows.add(counter(
                "tarry_dns_queries_total",
                "queries",
                "Queries to DNS servers and what came of them; the first four outcomes are answers.",
                List.of(server, by("outcome", DnsOutcome.class)),
                l -> {
                    List<Point> points = new ArrayList<>();
                    l.metrics
                            .dns
                            .servers()
                            .forEach((name, of) -> Arrays.stream(DnsOutcome.values())
                                    .forEach(outcome -> points.add(new Point(
                                            List.of(name, Counts.word(outcome)), () -> of.outcomes.of(outcome)))));
                    return points;
                }));
        rows.add(Rows.histogram(
                "tarry_dns_query_seconds",
                "seconds",
                "How long queries took, whatever came of them, in lab time.",
                server,
                l -> l.metrics.dns.servers().entrySet().stream()
                        .map(e -> new Spread(List.of(e.getKey()), e.getValue().took, MILLIS))
                        .toList()));
        rows.add(counter(
                "tarry_dns_searches_total",
                "searches",
                "Searches for a domain's hosts, with queries or from the cache, and what they came to.",
                by("result", DnsCounts.Found.class),
                l -> Rows.points(DnsCounts.Found.class, l.metrics.dns.searches::of)));
        rows.add(counter(
                "tarry_dns_cached_total",
                "questions",
                "Questions that were answered from the cache, and nobody was asked.",
                m -> m.dns.cached.sum()));
        rows.add(counter(
                "tarry_dns_outcomes_total",
                "attempts",
                "What DNS did to attempts of queues, by the rows of DNS-FAILURES.md: d5, d13 and d17, and d19 where TCP"
                        + " may be used, did no harm; d20 counts recipients that expired of the others; d21 has no count"
                        + " of its own.",
                by("row", DnsRow.class),
                l -> Rows.points(DnsRow.class, l.metrics.dns.rows::of)));
    }
}
