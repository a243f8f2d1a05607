package dev.tarry.connectivity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.dns.DnsStatus;
import dev.tarry.dns.MxAnswer;
import dev.tarry.dns.MxHost;
import dev.tarry.log.CsvLine;
import dev.tarry.mail.Reply;
import dev.tarry.queue.DeliveryType;
import dev.tarry.queue.NextHopKey;
import dev.tarry.send.SendMeter;
import dev.tarry.send.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ConnectivityTrailTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final NextHopKey GMAIL =
            new NextHopKey(DeliveryType.DNS_CONNECTOR_DELIVERY, "gmail.com", new UUID(0, 7));
    private static final Reply TIMED_OUT = Reply.of(451, "4.4.397 Error communicating with target host");

    private final ConnectivityFormat format = new ConnectivityFormat();
    private final List<ConnectivityRow> rows = new ArrayList<>();
    private boolean on = true;

    private final ConnectivitySink sink = new ConnectivitySink() {
        @Override
        public boolean on() {
            return on;
        }

        @Override
        public void write(ConnectivityRow row) {
            rows.add(row);
        }
    };

    private ConnectivityTrail trail() {
        return ConnectivityTrail.begin(sink, InstantSource.fixed(NOON), "08DE5F0A1B2C3D4E", GMAIL, 3);
    }

    private static Target target() throws UnknownHostException {
        InetAddress address = InetAddress.getByName("203.0.113.5");
        return new Target("mx.gmail.com", new InetSocketAddress(address, 25));
    }

    private List<String> lines() {
        return rows.stream().map(format::line).toList();
    }

    private static String line(String rest) {
        return "2026-03-02T12:00:00.000Z,08DE5F0A1B2C3D4E,SMTP,gmail.com," + rest;
    }

    @Test
    void an_attempt_that_goes_well_is_told_from_the_look_up_to_what_was_sent() throws Exception {
        ConnectivityTrail trail = trail();
        trail.resolved(new MxAnswer.Hosts(List.of(
                new MxHost("mx.gmail.com", 5, List.of(target().address().getAddress())),
                new MxHost(
                        "alt.gmail.com",
                        10,
                        List.of(InetAddress.getByName("203.0.113.6"), InetAddress.getByName("203.0.113.7"))))));
        trail.hostFailed(target(), TIMED_OUT, SendMeter.Trouble.CONNECT_TIMED_OUT);
        trail.connected(target());
        trail.sent(1_000);
        trail.sent(537);
        trail.ended();
        assertEquals(
                List.of(
                        line("+,DnsConnectorDelivery 00000000-0000-0000-0000-000000000007;QueueLength=TQ=3;"),
                        line(">,\"mx.gmail.com[203.0.113.5] alt.gmail.com[203.0.113.6,203.0.113.7]\""),
                        line(">,Failed connection to 203.0.113.5:25 (TimedOut:0000274C)"
                                + "[TargetIPAddress:203.0.113.5:25|Host:mx.gmail.com]"),
                        line(">,Established connection to 203.0.113.5 (mx.gmail.com)"),
                        line("-,Messages: 2 Bytes: 1537")),
                lines());
    }

    @Test
    void an_attempt_that_dns_stops_says_which_answer_and_that_the_queue_waits() {
        ConnectivityTrail trail = trail();
        trail.resolved(new MxAnswer.QueryFailed(DnsStatus.SERVER_FAILURE, "SERVFAIL", List.of()));
        trail.retry("451 4.4.0 DNS query failed");
        ConnectivityTrail other = trail();
        other.resolved(new MxAnswer.NoSuchDomain("gmail.com"));
        other.failed("554 5.4.4 nonexistent domain");
        assertEquals(
                List.of(
                        line(">,DNS server returned ErrorRetry. [Domain:Result] = gmail.com:ErrorRetry; (SERVFAIL)"),
                        line("-,Messages: 0 Bytes: 0 (Retry : 451 4.4.0 DNS query failed)")),
                lines().subList(1, 3));
        assertEquals(
                List.of(
                        line(">,DNS server returned InfoDomainNonexistent. [Domain:Result] ="
                                + " gmail.com:InfoDomainNonexistent;"),
                        line("-,Messages: 0 Bytes: 0 (Failed : 554 5.4.4 nonexistent domain)")),
                lines().subList(4, 6));
    }

    @Test
    void every_trouble_is_one_line_that_a_host_cannot_forge() throws Exception {
        ConnectivityTrail trail = trail();
        for (SendMeter.Trouble why : SendMeter.Trouble.values()) {
            trail.hostFailed(
                    new Target("evil\r\n2026,\"x\",=cmd", target().address()), Reply.of(421, "4.0.0 a,\"b\" 'c'"), why);
        }
        trail.resolved(new MxAnswer.NoUsableHost("a.example", "x\r\ny"));
        assertEquals(1 + SendMeter.Trouble.values().length + 1, rows.size());
        for (String line : lines()) {
            assertTrue(line.chars().noneMatch(c -> c == '\r' || c == '\n'), line);
            assertEquals(
                    ConnectivityFormat.FIELDS.size(),
                    CsvLine.parse(line).orElseThrow().size(),
                    line);
        }
    }

    @Test
    void nothing_is_told_when_nobody_listens() throws Exception {
        on = false;
        ConnectivityTrail trail = trail();
        rows.clear();
        trail.resolved(new MxAnswer.NoSuchDomain("gmail.com"));
        trail.hostFailed(target(), TIMED_OUT, SendMeter.Trouble.LOST);
        trail.connected(target());
        trail.ended();
        ConnectivityTrail.NONE.ended();
        assertEquals(List.of(), rows);
    }
}
