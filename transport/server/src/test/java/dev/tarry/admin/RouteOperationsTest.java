package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.Settings;
import dev.tarry.dns.DnsFailureTable;
import dev.tarry.dns.DnsJournal;
import dev.tarry.dns.LookupSettings;
import dev.tarry.dns.MxResolver;
import dev.tarry.server.Plan;
import dev.tarry.stage.OneThread;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The dry run where nothing needs to be looked up; with DNS it is tried against the lab.
final class RouteOperationsTest {
    private final OneThread stage = new OneThread();
    private Plan plan = plan();
    private Optional<String> dead = Optional.empty();

    private static Plan plan(String... sets) {
        try {
            return Plan.of(Settings.load(Optional.empty(), Map.of(), List.of(sets)), ZoneOffset.UTC);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private Map<String, Object> test(String recipient, long bytes) {
        MxResolver resolver = new MxResolver(stage.world(), LookupSettings.DEFAULTS, plan.ourselves(), DnsJournal.NONE);
        return new RouteOperations(
                        () -> plan.router(),
                        () -> new RouteOperations.Terms(
                                plan.dnsServers(), new DnsFailureTable(plan.profile(), false), "mail.company.com", 25),
                        () -> plan.queue(),
                        () -> CompletableFuture.completedFuture(List.of()),
                        new DnsOperations(
                                () -> plan.dnsServers(),
                                () -> plan.router(),
                                resolver.cache(),
                                resolver.inquirer(),
                                Duration.ZERO),
                        this::behind)
                .test(recipient, bytes);
    }

    private final List<InetSocketAddress> asked = new ArrayList<>();

    private Optional<String> behind(InetSocketAddress address) {
        asked.add(address);
        return address.getAddress().getHostAddress().equals("10.1.2.3") ? dead : Optional.empty();
    }

    @Test
    void an_address_literal_is_its_own_host_and_nobody_is_asked() {
        Map<String, Object> way = test("x@[203.0.113.7]", 1);
        assertEquals("Deliver", way.get("outcome"));
        assertEquals("Internet", way.get("connector"));
        assertEquals("SMTP:*;1", way.get("addressSpace"));
        Map<?, ?> dns = (Map<?, ?>) way.get("dns");
        assertEquals("nobody", dns.get("from"));
        assertNull(dns.get("error"));
        Map<?, ?> target = (Map<?, ?>) ((List<?>) way.get("targets")).getFirst();
        assertEquals("203.0.113.7", target.get("address"));
        assertEquals(25, target.get("port"));
        assertNull(target.get("behind"));
        assertEquals("EHLO mail.company.com", way.get("greeting"));
        assertEquals("Where the host offers it", way.get("tls"));
        assertEquals("None", way.get("login"));
        Map<?, ?> queue = (Map<?, ?>) way.get("queue");
        assertEquals("[203.0.113.7]", queue.get("nextHopDomain"));
        assertNull(queue.get("identity"), "no queue is made");
    }

    @Test
    void smart_hosts_come_with_their_port_and_what_is_said_to_them() {
        plan = plan(
                "sendConnectors=[{name: Smart, addressSpaces: '*', dnsRoutingEnabled: false, smartHosts: '10.1.2.3,10.1.2.4',"
                        + " port: 2526, fqdn: out.company.com, sourceIPAddress: 192.0.2.9, requireTLS: true,"
                        + " tlsAuthLevel: DomainValidation, tlsDomain: '*.relay.example',"
                        + " smartHostAuthMechanism: BasicAuthRequireTLS, authenticationUser: relay,"
                        + " authenticationSecret: hunter2}]");
        dead = Optional.of("it did not answer a minute ago");
        Map<String, Object> way = test("x@gmail.com", 1);
        assertEquals(List.of(new InetSocketAddress("10.1.2.3", 2526), new InetSocketAddress("10.1.2.4", 2526)), asked);
        Map<?, ?> first = (Map<?, ?>) ((List<?>) way.get("targets")).getFirst();
        assertEquals("10.1.2.4", first.get("address"), "as a delivery would have it");
        assertNull(first.get("behind"));
        Map<?, ?> last = (Map<?, ?>) ((List<?>) way.get("targets")).getLast();
        assertEquals("10.1.2.3", last.get("address"));
        assertEquals("it did not answer a minute ago", last.get("behind"));
        assertEquals("EHLO out.company.com", way.get("greeting"));
        assertEquals("192.0.2.9", way.get("sourceAddress"));
        assertEquals("Required, with a valid certificate of *.relay.example", way.get("tls"));
        assertEquals("BasicAuthRequireTLS as relay", way.get("login"));
        assertTrue(!way.toString().contains("hunter2"), way::toString);
    }

    @Test
    void a_smart_host_that_nobody_knows_in_time_is_named_beside_those_that_are_known() {
        plan = plan("sendConnectors=[{name: Smart, addressSpaces: '*', dnsRoutingEnabled: false,"
                + " smartHosts: 'silent.example,10.1.2.4'}]");
        Map<String, Object> way = test("x@gmail.com", 1);
        assertEquals(List.of("silent.example"), ((Map<?, ?>) way.get("dns")).get("unanswered"));
        assertEquals("10.1.2.4", ((Map<?, ?>) ((List<?>) way.get("targets")).getFirst()).get("address"));
        plan = plan("sendConnectors=[{name: Smart, addressSpaces: '*', dnsRoutingEnabled: false,"
                + " smartHosts: 'silent.example,mute.example'}]");
        OperationRefused refused = assertThrows(OperationRefused.class, () -> test("x@gmail.com", 1));
        assertTrue(
                refused.getMessage().startsWith("no answer about silent.example, mute.example within 0 s"),
                refused.getMessage());
    }

    @Test
    void a_literal_of_this_server_is_ours_and_its_neighbours_is_not() {
        plan = plan("server.externalIPAddress=203.0.113.7");
        assertEquals("Mailbox", test("x@[203.0.113.7]", 1).get("outcome"));
        assertEquals("Deliver", test("x@[203.0.113.8]", 1).get("outcome"));
        plan = plan("world=network", "receiveConnectors[0].bind=127.0.0.1:2525", "smtpSend.port=2525");
        assertEquals("Mailbox", test("x@[127.0.0.1]", 1).get("outcome"));
        Map<?, ?> dns = (Map<?, ?>) test("x@[127.0.0.2]", 1).get("dns");
        assertEquals("Hosts", dns.get("answer"), "somebody's sink on loopback");
    }

    @ParameterizedTest
    @CsvSource({
        "smartHostAuthMechanism: BasicAuth, Where the host offers it",
        "smartHostAuthMechanism: BasicAuthRequireTLS, Required",
        "'smartHostAuthMechanism: BasicAuthRequireTLS, ignoreSTARTTLS: true', Required",
        "'smartHostAuthMechanism: XOAuth2, forceHELO: true', 'Required, and HELO leaves no way to it'",
        "ignoreSTARTTLS: true, None: IgnoreSTARTTLS",
        "'requireTLS: true, tlsAuthLevel: EncryptionOnly', 'Required, with any certificate'"
    })
    void tls_is_told_as_a_delivery_demands_it(String how, String told) {
        plan = plan("sendConnectors=[{name: Smart, addressSpaces: '*', dnsRoutingEnabled: false, smartHosts: 10.1.2.3,"
                + " authenticationUser: relay, authenticationSecret: hunter2, " + how + "}]");
        assertEquals(told, test("x@gmail.com", 1).get("tls"));
    }

    @Test
    void what_stays_what_waits_and_what_is_refused_say_why() {
        plan = plan("sendConnectors=[{name: Small, addressSpaces: gmail.com, maxMessageSize: 1KB}]");
        Map<String, Object> local = test("bob@company.com", 1);
        assertEquals("Mailbox", local.get("outcome"));
        assertEquals("company.com", ((Map<?, ?>) local.get("acceptedDomain")).get("domainName"));
        assertEquals(List.of(), local.get("connectors"));
        assertNull(local.get("dns"));
        Map<String, Object> nowhere = test("x@yahoo.com", 1);
        assertEquals("Unreachable", nowhere.get("outcome"));
        assertEquals("A matching connector cannot be found to route the external recipient", nowhere.get("reason"));
        assertEquals("Unreachable Domain", ((Map<?, ?>) nowhere.get("queue")).get("nextHopDomain"));
        assertEquals("NoMatch", ((Map<?, ?>) ((List<?>) nowhere.get("connectors")).getFirst()).get("verdict"));
        Map<String, Object> refused = test("x@gmail.com", 1025);
        assertEquals("Refused", refused.get("outcome"));
        assertNull(refused.get("queue"));
        assertEquals("TooSmall", ((Map<?, ?>) ((List<?>) refused.get("connectors")).getFirst()).get("verdict"));
    }

    @Test
    void what_is_no_address_is_refused() {
        for (String none : List.of("", "gmail.com", "@", "a@", "x@y z")) {
            assertEquals(
                    OperationRefused.Reason.INVALID_PARAMETER,
                    assertThrows(OperationRefused.class, () -> test(none, 1)).reason(),
                    none);
        }
        assertThrows(OperationRefused.class, () -> test("a@b.com", -1));
    }
}
