package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.ConfigException;
import dev.tarry.config.Settings;
import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueView;
import dev.tarry.server.Plan;
import dev.tarry.tracking.MemoryTrackingLog;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an operator changes while the server runs.
final class LiveSettingsTest {
    private static final String TO = "bob@fabrikam.com";

    private final MemoryTrackingLog tracking = new MemoryTrackingLog();
    private final Simulation simulation =
            new Simulation("live settings", 1, Plan.of(Settings.defaults(), ZoneOffset.UTC), tracking);

    @AfterEach
    void end() {
        simulation.close();
    }

    private static Plan plan(String... sets) {
        try {
            return Plan.of(
                    Settings.load(Optional.empty(), Map.of(), List.of(sets)).runningSince(Settings.defaults()),
                    ZoneOffset.UTC);
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    private String send(String... to) {
        List<SimulatedClient.Outcome> outcomes = new ArrayList<>();
        simulation.send("alice@company.com", List.of(to), SimulationTest.TEXT, outcomes::add);
        simulation.pass(Duration.ofSeconds(61));
        return outcomes.getFirst().lastReply();
    }

    private int delivered(String to) {
        return simulation.lab().mail(to, "*", 10).size();
    }

    private Optional<QueueView> queue(String nextHop) {
        return simulation.await(simulation.server().queues().views()).stream()
                .filter(view -> view.key().nextHopDomain().equals(nextHop))
                .findFirst();
    }

    @Test
    void the_guides_fix_takes_effect_without_a_restart() {
        // the adapter's servers are broken; the public ones are not
        simulation.lab().addFault("dns servfail server=192.168.1.10");
        simulation.lab().addFault("dns servfail server=192.168.1.11");
        send(TO);
        assertEquals(QueueStatus.RETRY, queue("fabrikam.com").orElseThrow().status());
        simulation.apply(plan("dns.externalDNSServers=8.8.8.8,1.1.1.1"));
        simulation.pass(Duration.ofMinutes(2));
        assertEquals(
                QueueStatus.RETRY,
                queue("fabrikam.com").orElseThrow().status(),
                "the list counts only when the adapter is off");
        simulation.apply(plan("dns.externalDNSServers=8.8.8.8,1.1.1.1", "dns.externalDNSAdapterEnabled=false"));
        assertEquals(0, delivered(TO), "nothing is tried before its time");
        simulation.pass(Duration.ofMinutes(1));
        assertEquals(1, delivered(TO));
    }

    @Test
    void what_was_learned_from_dns_is_not_forgotten() {
        send(TO);
        assertEquals(1, delivered(TO));
        int known = simulation.server().resolver().cache().list().size();
        assertTrue(known > 0);
        simulation.apply(plan("dns.queryTimeout=1s", "dns.queryBudget=9s", "transport.messageRetryInterval=1m"));
        assertEquals(known, simulation.server().resolver().cache().list().size());
    }

    @Test
    void mail_without_a_way_out_leaves_when_there_is_one() {
        simulation.apply(plan("sendConnectors[Internet].addressSpaces=SMTP:gmail.com;1"));
        send(TO, "carol@gmail.com");
        assertEquals(1, delivered("carol@gmail.com"));
        assertEquals(1, queue("Unreachable Domain").orElseThrow().messageCount());
        simulation.apply(
                plan("sendConnectors[Internet].addressSpaces=SMTP:gmail.com;1", "dsn.internalDsnSendHtml=false"));
        assertEquals(1, queue("Unreachable Domain").orElseThrow().messageCount());
        simulation.apply(plan());
        simulation.pass(Duration.ofSeconds(1));
        assertEquals(0, queue("Unreachable Domain").orElseThrow().messageCount());
        assertEquals(1, delivered(TO));
        assertEquals(1, delivered("carol@gmail.com"));
    }

    @Test
    void mail_stays_in_its_queue_when_its_domain_gets_a_connector_of_its_own() {
        simulation.lab().addFault("dns servfail name=*fabrikam.com");
        send(TO);
        String own = "sendConnectors=[{name: Internet, addressSpaces: 'SMTP:*;1', useExternalDNSServersEnabled: true},"
                + "{name: Fabrikam, addressSpaces: 'SMTP:fabrikam.com;1', dnsRoutingEnabled: false,"
                + " smartHosts: their-known-mailserver.com}]";
        simulation.apply(plan(own));
        simulation.pass(Duration.ofMinutes(5));
        assertEquals(QueueStatus.RETRY, queue("fabrikam.com").orElseThrow().status());
        assertEquals(0, delivered(TO));
        send("new@fabrikam.com");
        assertEquals(1, delivered("new@fabrikam.com"), "new mail takes the new way");
        assertEquals(0, delivered(TO));
    }

    @Test
    void a_queue_goes_to_the_smart_hosts_that_it_is_named_after() {
        simulation.lab().addFault("dns servfail name=*no-such-host.example");
        String first = "sendConnectors=[{name: Relay, addressSpaces: 'SMTP:*;1', dnsRoutingEnabled: false,"
                + " smartHosts: 'no-such-host.example'}]";
        simulation.apply(plan(first));
        send(TO);
        assertEquals(
                QueueStatus.RETRY, queue("no-such-host.example").orElseThrow().status());
        simulation.apply(plan(first.replace("no-such-host.example", "their-known-mailserver.com")));
        simulation.pass(Duration.ofMinutes(5));
        assertEquals(
                QueueStatus.RETRY, queue("no-such-host.example").orElseThrow().status());
        send("new@fabrikam.com");
        assertEquals(1, delivered("new@fabrikam.com"));
        assertEquals(0, delivered(TO));
    }

    @Test
    void new_sessions_are_held_by_the_connectors_new_terms() {
        assertTrue(send(TO).startsWith("250 2.6.0"));
        simulation.apply(plan("receiveConnectors[0].anonymousRelayRanges={}"));
        assertTrue(send(TO).startsWith("550 5.7."), () -> send(TO));
        simulation.apply(plan("receiveConnectors[0].maxMessageSize=64KB"));
        assertTrue(send(TO).startsWith("250 2.6.0"));
        assertEquals(2, delivered(TO));
    }

    @Test
    void a_domain_that_is_accepted_from_now_on_is_delivered_here() throws Exception {
        simulation.apply(plan("acceptedDomains=[{domainName: company.com, default: true},{domainName: fabrikam.com}]"));
        assertTrue(send(TO).startsWith("250 2.6.0"));
        assertEquals(1, simulation.store().items(TO).size());
        assertEquals(0, delivered(TO));
    }

    @Test
    void a_restart_goes_on_with_what_was_set() {
        simulation.lab().addFault("dns servfail name=*fabrikam.com");
        simulation.apply(plan("transport.queueGlitchRetryInterval=7m"));
        simulation.kill();
        simulation.start();
        send(TO);
        QueueView view = queue("fabrikam.com").orElseThrow();
        assertEquals(
                Duration.ofMinutes(7),
                Duration.between(
                        view.lastRetryTime().orElseThrow(), view.nextRetryTime().orElseThrow()));
    }

    @Test
    void other_words_hold_for_failures_to_come() {
        simulation.lab().addFault("connect refuse port=25");
        send(TO);
        String old = queue("fabrikam.com").orElseThrow().lastError().details();
        simulation.apply(plan("server.profile=2010"));
        simulation.pass(Duration.ofMinutes(1));
        String now = queue("fabrikam.com").orElseThrow().lastError().details();
        assertTrue(old.startsWith("451 4.4.397 "), old);
        assertTrue(now.startsWith("451 4.4.0 Primary target IP address responded with"), now);
    }

    @Test
    void who_the_server_is_stays_until_the_next_start() {
        Plan renamed = plan("server.name=other.example", "server.computerName=OTHER");
        assertEquals("mail.company.com", renamed.queue().fqdn());
        assertEquals("MAIL", renamed.queue().computerName());
        assertEquals(
                "Default Frontend MAIL", renamed.receiveConnectors().getFirst().name());
        assertEquals("mail.company.com", renamed.receiveConnectors().getFirst().fqdn());
        simulation.apply(renamed);
        assertTrue(send(TO).startsWith("250 2.6.0"));
        assertFalse(tracking.text().contains("OTHER"));
    }
}
