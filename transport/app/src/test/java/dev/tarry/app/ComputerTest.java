package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.client.ComputerClient;
import dev.tarry.client.FirewallRule;
import dev.tarry.client.ProblemException;
import dev.tarry.client.ResultLimit;
import dev.tarry.client.TarryClient;
import dev.tarry.client.WaitFor;
import dev.tarry.config.ConfigException;
import dev.tarry.config.SettingsBook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The machine that the server runs on, in the lab and with the lab's faults. The clock is frozen: what a silent host
/// costs is lab time.
final class ComputerTest {
    @TempDir
    private Path data;

    private Running server;
    private TarryClient client;
    private ComputerClient computer;

    @BeforeEach
    void start() throws Exception {
        start(List.of());
    }

    private void start(List<String> more) throws ConfigException, StartFailure {
        List<String> set = new ArrayList<>(List.of("data=" + data));
        set.addAll(more);
        server = Running.start(SettingsBook.open(new SettingsBook.Sources(Optional.empty(), Map.of(), set, true)));
        var admin = server.addresses().admin();
        client = new TarryClient(URI.create("http://127.0.0.1:" + admin.getPort()));
        computer = client.computer();
        client.freezeClock();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private Map<String, Object> mx(String domain) {
        return computer.resolve(Map.of("name", domain, "type", "MX"));
    }

    private static List<?> records(Map<String, Object> answer) {
        return (List<?>) answer.get("Records");
    }

    private static Map<?, ?> fields(Object record) {
        return (Map<?, ?>) ((Map<?, ?>) record).get("Fields");
    }

    private void block(String protocol, String action) {
        client.addFirewallRule(
                new FirewallRule("", protocol, "Outbound", protocol, "Any", "53", "Any", action, true, "Any"));
    }

    @Test
    void mx_records_come_from_the_adapters_first_server_and_then_from_the_cache() {
        Map<String, Object> answer = mx("gmail.com");
        assertEquals("SUCCESS", answer.get("Status"));
        assertEquals("192.168.1.10", answer.get("Server"));
        assertEquals(
                "gmail-smtp-in.l.google.com", fields(records(answer).getFirst()).get("NameExchange"));
        assertEquals(5L, fields(records(answer).getFirst()).get("Preference"));

        client.addFault(Map.of("line", "dns servfail"));
        assertEquals("SUCCESS", mx("gmail.com").get("Status"), "it is remembered");
        assertEquals("SERVER_FAILURE", mx("yahoo.com").get("Status"));
        assertEquals(
                "SERVER_FAILURE",
                computer.resolve(Map.of("name", "gmail.com", "type", "MX", "servers", List.of("8.8.8.8")))
                        .get("Status"),
                "a server that is named is asked past the cache");
        computer.clearDnsCache();
        assertEquals(List.of(), computer.dnsCache());
        assertEquals("SERVER_FAILURE", mx("gmail.com").get("Status"));
        assertEquals(
                "NOT_CACHED",
                computer.resolve(Map.of("name", "gmail.com", "cacheOnly", true)).get("Status"));
    }

    @Test
    void transports_cache_is_another_one() throws Exception {
        hand("localhost", 25, "a@company.com", "test@gmail.com");
        client.await(WaitFor.condition("mail test@gmail.com").within(Duration.ofHours(1)));
        assertEquals(List.of(), computer.dnsCache());
        computer.clearDnsCache();
        assertTrue(client.service().dnsCache(Optional.empty()).size() > 0);
    }

    @Test
    void what_does_not_exist_and_what_has_no_such_records_are_told_apart_and_remembered() {
        assertEquals("NAME_ERROR", mx("nothere.invalid").get("Status"));
        Map<String, Object> none = computer.resolve(Map.of("name", "gmail.com", "type", "SRV"));
        assertEquals("NO_RECORDS", none.get("Status"));
        assertEquals("SOA", ((Map<?, ?>) records(none).getFirst()).get("Type"));
        assertEquals(
                List.of("nothere.invalid NotExist", "gmail.com NoRecords"),
                computer.dnsCache().stream()
                        .map(one -> one.get("Entry") + " " + one.get("Status"))
                        .toList());
    }

    @Test
    void a_server_that_fails_leaves_the_question_to_the_next() {
        client.addFault(Map.of("line", "dns refused server=192.168.1.10"));
        assertEquals("192.168.1.11", mx("gmail.com").get("Server"));
        client.addFault(Map.of("line", "dns refused server=192.168.1.11"));
        assertEquals("REFUSED", mx("yahoo.com").get("Status"));
    }

    @Test
    void silence_takes_lab_time_for_each_server_and_no_more() {
        client.addFault(Map.of("line", "dns noanswer server=192.168.1.1*"));
        Instant before = client.clock().now();
        assertEquals("TIMEOUT", mx("gmail.com").get("Status"));
        assertEquals(
                Duration.ofSeconds(10), Duration.between(before, client.clock().now()));
        assertEquals("frozen", client.clock().mode());
    }

    @Test
    void a_blocked_port_is_silent_and_a_newer_rule_opens_it_again() {
        block("UDP", "Block");
        assertEquals("TIMEOUT", mx("gmail.com").get("Status"));
        assertEquals(
                "SUCCESS",
                computer.resolve(Map.of("name", "gmail.com", "tcpOnly", true)).get("Status"));
        assertEquals(
                "SILENCE", computer.reach("8.8.8.8", Optional.of(53L), "UDP").get("Outcome"));
        assertEquals("OPEN", computer.reach("8.8.8.8", Optional.of(53L), "TCP").get("Outcome"));
        block("TCP", "Block");
        Map<String, Object> came = computer.reach("8.8.8.8", Optional.of(53L), "TCP");
        assertEquals("SILENCE", came.get("Outcome"));
        assertEquals("REPLY", came.get("Echo"), "the rule is about port 53");
        block("UDP", "Allow");
        assertEquals("SUCCESS", mx("gmail.com").get("Status"));
    }

    @Test
    void rules_are_changed_in_their_place() {
        block("UDP", "Block");
        FirewallRule rule = client.firewallRules().getFirst();
        client.changeFirewallRule(rule.name(), Map.of("Enabled", false, "Description", "for the test"));
        FirewallRule now = client.firewallRules().getFirst();
        assertEquals("for the test", now.description());
        assertEquals(rule.displayName(), now.displayName());
        assertEquals("SUCCESS", mx("gmail.com").get("Status"));
        assertThrows(ProblemException.class, () -> client.changeFirewallRule("{no}", Map.of("Enabled", true)));
        assertThrows(
                ProblemException.class, () -> client.changeFirewallRule(rule.name(), Map.of("RemotePort", "many")));
    }

    @Test
    void a_host_that_nobody_has_is_silent_to_echo_requests_too() {
        Map<String, Object> came = computer.reach("10.9.9.9", Optional.of(25L), "TCP");
        assertEquals("SILENCE", came.get("Outcome"));
        assertEquals("SILENCE", came.get("Echo"));
        Map<String, Object> unknown = computer.reach("nothere.invalid", Optional.of(25L), "TCP");
        assertEquals("NO_ADDRESS", unknown.get("Outcome"));
        assertNull(unknown.get("RemoteAddress"));
        client.addFault(Map.of("line", "connect blackhole address=8.8.8.8"));
        assertEquals(
                "SILENCE", computer.reach("8.8.8.8", Optional.empty(), "TCP").get("Echo"));
    }

    @Test
    void the_machines_own_names_lead_to_its_receive_connectors() {
        for (String name : List.of("localhost", "127.0.0.1", "MAIL", "mail.company.com", "192.168.1.20")) {
            assertEquals("OPEN", computer.reach(name, Optional.of(25L), "TCP").get("Outcome"), name);
        }
        assertEquals(
                "OPEN", computer.reach("localhost", Optional.of(587L), "TCP").get("Outcome"));
        assertEquals(
                "REFUSED", computer.reach("localhost", Optional.of(143L), "TCP").get("Outcome"));
    }

    private Map<String, Object> hand(String host, int port, String from, String... to) {
        Map<String, Object> errand = new LinkedHashMap<>();
        errand.put("server", host);
        errand.put("port", port);
        errand.put("from", from);
        errand.put("recipients", List.of(to));
        errand.put(
                "content",
                Base64.getEncoder()
                        .encodeToString("Subject: hi\r\n\r\n.hello\r\n".getBytes(StandardCharsets.US_ASCII)));
        return computer.hand(errand);
    }

    @Test
    void mail_handed_in_on_the_machine_goes_out() {
        Map<String, Object> came = hand("localhost", 25, "admin@company.com", "test@gmail.com");
        assertEquals("Taken", came.get("Outcome"), came::toString);
        client.await(WaitFor.condition("mail test@gmail.com").within(Duration.ofHours(1)));
        String id = client.labMail(Optional.of("test@gmail.com"), Optional.empty(), ResultLimit.of(1))
                .getFirst()
                .id();
        String content = new String(client.labMailContent(id), StandardCharsets.UTF_8);
        assertTrue(content.endsWith("\r\n\r\n.hello\r\n"), content);
    }

    @Test
    void mail_is_handed_to_a_host_of_the_lab() {
        Map<String, Object> came = hand("backup-smtp.company.com", 25, "alerts@company.com", "admin@company.com");
        assertEquals("Taken", came.get("Outcome"), came::toString);
        assertEquals(
                1,
                client.labMail(
                                Optional.of("admin@company.com"),
                                Optional.of("backup-smtp.company.com"),
                                ResultLimit.of(9))
                        .size());
    }

    @Test
    void what_keeps_a_message_from_being_handed_in_is_said() {
        assertEquals(
                "NoAddress",
                hand("nothere.invalid", 25, "a@company.com", "b@gmail.com").get("Outcome"));
        assertEquals(
                "NoConnection",
                hand("8.8.8.8", 25, "a@company.com", "b@gmail.com").get("Outcome"));
        assertEquals(
                "NoConnection",
                hand("10.9.9.9", 25, "a@company.com", "b@gmail.com").get("Outcome"));
        client.addFault(Map.of(
                "line", "smtp reply stage=rcpt code=550 text=\"5.1.1 no such user\" host=backup-smtp.company.com"));
        Map<String, Object> refused = hand("backup-smtp.company.com", 25, "a@company.com", "b@company.com");
        assertEquals("NobodyTaken", refused.get("Outcome"), refused::toString);
    }

    @Test
    void a_bad_question_is_refused_by_name() {
        assertThrows(ProblemException.class, () -> computer.resolve(Map.of("name", "gmail.com", "type", "NOSUCH")));
        assertThrows(ProblemException.class, () -> computer.resolve(Map.of("name", "a b")));
        assertThrows(ProblemException.class, () -> hand("localhost", 25, "a@b\r\nDATA", "c@d"));
    }

    @Test
    void without_a_lab_nothing_is_dialled_that_the_egress_list_does_not_name() throws Exception {
        stop();
        start(List.of("world=network", "dns.adapterServers=192.0.2.1"));
        assertEquals("UNREACHABLE", mx("gmail.com").get("Status"));
        Map<String, Object> came = computer.reach("192.0.2.1", Optional.of(53L), "TCP");
        assertEquals("NOT_ALLOWED", came.get("Outcome"));
        assertEquals("IMPOSSIBLE", came.get("Echo"));
        assertEquals(
                "NotAllowed",
                hand("192.0.2.1", 25, "a@company.com", "b@gmail.com").get("Outcome"));
        assertEquals(
                "Taken", hand("localhost", 25, "a@company.com", "b@company.com").get("Outcome"));
    }
}
