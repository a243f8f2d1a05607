package dev.tarry.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.DnsProtocolOption;
import dev.tarry.dns.DnsFailureTable;
import dev.tarry.dns.DnsOutcome;
import dev.tarry.dns.DnsProtocol;
import dev.tarry.dns.DnsRow;
import dev.tarry.dns.DnsServers;
import dev.tarry.dns.DnsStatus;
import dev.tarry.dns.MxAnswer;
import dev.tarry.dns.ServerAttempt;
import dev.tarry.eventlog.Event;
import dev.tarry.eventlog.EventKind;
import dev.tarry.mail.Reply;
import dev.tarry.routing.SendConnector;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeliveryEventsTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.1", 53);
    private static final DnsFailureTable.Failure FAILED = new DnsFailureTable.Failure(
            DnsRow.D9, false, Reply.of(451, "4.4.0 DNS query failed"), "D9 Timeout: nobody answered");

    private final List<Event> told = new ArrayList<>();
    private final DeliveryEvents events = new DeliveryEvents(told::add);

    private static SendConnector connector(boolean external) {
        return SendConnector.named("Internet", new UUID(0, 1))
                .useExternalDnsServers(external)
                .build();
    }

    private static DnsServers servers(boolean adapterEnabled, List<InetSocketAddress> listed) {
        DnsServers.Set set = new DnsServers.Set(adapterEnabled, listed, DnsProtocolOption.ANY);
        return new DnsServers(set, set, List.of());
    }

    private List<EventKind> kinds() {
        return told.stream().map(Event::kind).toList();
    }

    private static MxAnswer failed(int queries) {
        List<ServerAttempt> attempts = new ArrayList<>();
        for (int i = 0; i < queries; i++) {
            attempts.add(new ServerAttempt(
                    SERVER,
                    DnsProtocol.UDP,
                    "q" + i + " MX",
                    "no answer",
                    DnsOutcome.NO_ANSWER,
                    Duration.ofSeconds(5)));
        }
        return new MxAnswer.QueryFailed(DnsStatus.TIMEOUT, "nobody answered", attempts);
    }

    @Test
    void a_dns_failure_tells_what_was_asked_of_whom_and_no_more_than_the_last_eight() {
        events.notLookedUp(connector(true), "a.example", failed(10), FAILED, servers(false, List.of(SERVER)));
        assertEquals(List.of(EventKind.SEND_DNS_FAILURE), kinds());
        String diagnostic = told.getFirst().details().get("diagnostic");
        assertTrue(diagnostic.startsWith("192.0.2.1: no answer (q2 MX, UDP, 5.000 s); "), diagnostic);
        assertEquals(8, diagnostic.split("; ").length);
        assertEquals("a.example", told.getFirst().details().get("nextHop"));
        assertEquals("D9", told.getFirst().details().get("cause"));
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, NO_DNS_SERVERS, external, ExternalDNSServers is empty",
        "false, false, NO_DNS_SERVERS, internal, InternalDNSServers is empty",
        "true, true, ADAPTER_WITHOUT_DNS_SERVERS, external, The network adapter has no DNS servers"
    })
    void nobody_to_ask_is_an_event_of_its_own(
            boolean external, boolean adapter, EventKind kind, String which, String words) {
        events.notLookedUp(connector(external), "a.example", failed(0), FAILED, servers(adapter, List.of()));
        assertEquals(List.of(kind, EventKind.SEND_DNS_FAILURE), kinds());
        assertEquals(which, told.getFirst().details().get("servers"));
        assertTrue(told.getFirst().message().contains(words), told.getFirst()::message);
        assertEquals("nobody answered", told.getLast().details().get("diagnostic"));
    }
}
