package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.ConfigException;
import dev.tarry.config.Settings;
import dev.tarry.lab.mx.Extension;
import dev.tarry.lab.mx.MailHost;
import dev.tarry.lab.mx.SessionSearch;
import dev.tarry.lab.tls.CertificateKind;
import dev.tarry.queue.Administration.QueueOrder;
import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueView;
import dev.tarry.server.Plan;
import dev.tarry.tracking.MemoryTrackingLog;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of mail when its connector goes, and when its connector turns errors round.
final class WaysOutTest {
    private static final String TO = "bob@fabrikam.com";
    private static final String BLOCKED =
            "421 text=\"4.7.1 [TS03] All messages from 192.0.2.1 will be permanently deferred\"";

    private final MemoryTrackingLog tracking = new MemoryTrackingLog();
    private final Simulation simulation =
            new Simulation("ways out", 1, Plan.of(Settings.defaults(), ZoneOffset.UTC), tracking);

    @AfterEach
    void end() {
        simulation.close();
    }

    private void apply(String... sets) {
        try {
            simulation.apply(Plan.of(
                    Settings.load(Optional.empty(), Map.of(), List.of(sets)).runningSince(Settings.defaults()),
                    ZoneOffset.UTC));
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    private void send(String from, String to) {
        List<SimulatedClient.Outcome> outcomes = new ArrayList<>();
        simulation.send(from, List.of(to), SimulationTest.TEXT, outcomes::add);
        simulation.pass(Duration.ofSeconds(61));
        assertTrue(outcomes.getFirst().accepted(), outcomes::toString);
    }

    private int delivered(String to) {
        return simulation.lab().mail(to, "*", 10).size();
    }

    private int reports() throws Exception {
        return simulation.store().items("alice@company.com").size();
    }

    private Optional<QueueView> queue(String nextHop) {
        return simulation.await(simulation.server().queues().views()).stream()
                .filter(view -> view.key().nextHopDomain().equals(nextHop))
                .findFirst();
    }

    private void resubmit(String nextHop) {
        simulation.await(simulation
                .server()
                .queues()
                .administration()
                .carryOut(
                        new QueueOrder.Resubmit(), queue(nextHop).orElseThrow().id()));
        simulation.pass(Duration.ofSeconds(61));
    }

    @Test
    void mail_of_a_removed_connector_waits_until_it_is_resubmitted_and_then_takes_another() throws Exception {
        long fault =
                simulation.lab().addFault("dns servfail name=*fabrikam.com").id();
        send("alice@company.com", TO);
        apply("sendConnectors=[{name: Other, addressSpaces: '*'}]");
        simulation.lab().removeFault(fault);
        simulation.pass(Duration.ofMinutes(2));
        QueueView orphan = queue("fabrikam.com").orElseThrow();
        assertEquals(QueueStatus.RETRY, orphan.status());
        assertEquals(
                "451 4.4.0 The send connector of this queue does not exist any more",
                orphan.lastError().details());
        send("alice@company.com", "new@fabrikam.com");
        assertEquals(1, delivered("new@fabrikam.com"));
        assertEquals(0, delivered(TO));
        resubmit("fabrikam.com");
        assertEquals(1, delivered(TO));
        assertEquals(0, reports());
    }

    @Test
    void mail_of_a_removed_connector_goes_to_unreachable_where_there_is_no_other() {
        simulation.lab().addFault("dns servfail name=*fabrikam.com");
        send("alice@company.com", TO);
        apply("sendConnectors=[]");
        resubmit("fabrikam.com");
        assertEquals(1, queue("Unreachable Domain").orElseThrow().messageCount());
        simulation.lab().reset(false);
        apply("sendConnectors=[{name: Other, addressSpaces: '*'}]");
        simulation.pass(Duration.ofSeconds(61));
        assertEquals(0, queue("Unreachable Domain").orElseThrow().messageCount());
        assertEquals(1, delivered(TO), "without anybody's asking");
    }

    @Test
    void what_is_queued_leaves_by_a_disabled_connector_and_new_mail_waits() {
        long fault =
                simulation.lab().addFault("dns servfail name=*fabrikam.com").id();
        send("alice@company.com", TO);
        apply("sendConnectors[Internet].enabled=false");
        simulation.lab().removeFault(fault);
        simulation.pass(Duration.ofMinutes(2));
        assertEquals(1, delivered(TO), "the decision was made when it was categorized");
        send("alice@company.com", "new@fabrikam.com");
        assertEquals(0, delivered("new@fabrikam.com"));
        assertEquals(1, queue("Unreachable Domain").orElseThrow().messageCount());
    }

    private static final String RELAY = "dnsRoutingEnabled: false, smartHosts: their-known-mailserver.com";
    private static final String LOGIN =
            "smartHostAuthMechanism: BasicAuth, authenticationUser: relay, authenticationSecret: s3cret";

    private void connector(String how) {
        apply("sendConnectors=[{name: Internet, addressSpaces: '*', useExternalDNSServersEnabled: true, " + how + "}]");
    }

    private static MailHost login(String name, boolean required) {
        LinkedHashMap<String, String> users = new LinkedHashMap<>();
        users.put("relay", "s3cret");
        return new MailHost(
                name,
                List.of(),
                Optional.empty(),
                true,
                EnumSet.of(Extension.PIPELINING),
                List.of("LOGIN"),
                users,
                List.of(),
                CertificateKind.GOOD,
                false,
                required,
                OptionalLong.empty(),
                OptionalInt.empty());
    }

    /// Whoever logged in at any host of the lab.
    private List<String> users() {
        return simulation.lab().sessions(SessionSearch.newest(100)).stream()
                .map(session -> session.user())
                .filter(user -> !user.isEmpty())
                .toList();
    }

    @Test
    void a_log_in_for_smart_hosts_is_never_said_to_hosts_that_a_queue_got_from_dns() {
        long fault =
                simulation.lab().addFault("dns servfail name=*fabrikam.com").id();
        send("alice@company.com", TO);
        simulation.lab().putHost(login("mail.fabrikam.com", false));
        connector(RELAY + ", " + LOGIN);
        simulation.lab().removeFault(fault);
        simulation.pass(Duration.ofMinutes(2));
        assertEquals(1, delivered(TO), "the host that DNS names wants no log-in");
        assertEquals(List.of(), users());
    }

    @ParameterizedTest
    @CsvSource({"'dnsRoutingEnabled: false, smartHosts: mail.fabrikam.com'", "'dnsRoutingEnabled: true'"})
    void mail_for_the_smart_hosts_that_a_connector_had_waits_where_it_logs_in_at_others_now(String now)
            throws Exception {
        simulation.lab().putHost(login("their-known-mailserver.com", true));
        connector(RELAY + ", " + LOGIN);
        long fault = simulation
                .lab()
                .addFault("dns servfail name=their-known-mailserver.com")
                .id();
        send("alice@company.com", TO);
        connector(now + ", " + LOGIN);
        simulation.lab().removeFault(fault);
        simulation.pass(Duration.ofMinutes(2));
        QueueView left = queue("their-known-mailserver.com").orElseThrow();
        assertEquals(QueueStatus.RETRY, left.status());
        assertEquals(
                "451 4.4.0 The send connector of this queue logs in at other smart hosts now; resubmit the queue",
                left.lastError().details());
        assertEquals(List.of(), users());
        assertEquals(0, reports());
        connector(RELAY + ", " + LOGIN);
        simulation.pass(Duration.ofMinutes(15));
        assertEquals(1, delivered(TO));
        assertEquals(List.of("relay"), users());
    }

    @ParameterizedTest
    @CsvSource({
        "Default, 0, 1",
        "DowngradeDnsFailures, 0, 1",
        "DowngradeCustomFailures, 1, 0",
        "'UpgradeCustomFailures,DowngradeCustomFailures', 1, 0"
    })
    void what_a_host_refuses_for_good_waits_by_policy(String policies, int waiting, int reports) throws Exception {
        apply("sendConnectors[Internet].errorPolicies=" + policies);
        long fault = simulation
                .lab()
                .addFault("smtp reply stage=rcpt code=550 text=\"5.7.1 Unable to relay\"")
                .id();
        send("alice@company.com", TO);
        assertEquals(waiting, queue("fabrikam.com").map(QueueView::messageCount).orElse(0));
        assertEquals(reports, reports());
        simulation.lab().removeFault(fault);
        simulation.pass(Duration.ofMinutes(10));
        assertEquals(waiting, delivered(TO));
    }

    @ParameterizedTest
    @CsvSource({
        "banner, Default, 1, 0",
        "banner, UpgradeCustomFailures, 0, 1",
        "mail, Default, 1, 0",
        "mail, UpgradeCustomFailures, 0, 1",
        "rcpt, UpgradeCustomFailures, 0, 1"
    })
    void what_a_host_puts_off_is_refused_by_policy(String stage, String policies, int waiting, int reports)
            throws Exception {
        apply("sendConnectors[Internet].errorPolicies=" + policies);
        simulation.lab().addFault("smtp reply stage=" + stage + " code=" + BLOCKED);
        send("alice@company.com", TO);
        assertEquals(waiting, queue("fabrikam.com").map(QueueView::messageCount).orElse(0), tracking::text);
        assertEquals(reports, reports(), tracking::text);
    }

    @Test
    void a_connector_of_other_servers_takes_nothing() {
        apply("sendConnectors[Internet].sourceTransportServers=EDGE1");
        send("alice@company.com", TO);
        assertEquals(0, delivered(TO));
        assertEquals(1, queue("Unreachable Domain").orElseThrow().messageCount());
        apply("sendConnectors[Internet].sourceTransportServers=EDGE1,mail");
        simulation.pass(Duration.ofSeconds(61));
        assertEquals(1, delivered(TO));
    }

    @Test
    void a_remote_domain_is_spared_ndrs_and_another_is_not() {
        apply("remoteDomains=[{name: all, domainName: '*'}, {name: q, domainName: gmail.com, ndrEnabled: false}]");
        simulation.lab().addFault("smtp reply stage=rcpt code=550 text=no recipient=" + TO);
        send("carol@gmail.com", TO);
        send("carol@yahoo.com", TO);
        assertEquals(0, delivered("carol@gmail.com"));
        assertEquals(1, delivered("carol@yahoo.com"));
    }
}
