package dev.tarry.lab;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.lab.dns.NameServers;
import dev.tarry.lab.dns.View;
import dev.tarry.lab.dns.Zone;
import dev.tarry.lab.dns.ZoneRecord;
import dev.tarry.lab.dns.Zones;
import dev.tarry.lab.net.FirewallRule;
import dev.tarry.lab.net.Protocol;
import dev.tarry.lab.net.Route;
import dev.tarry.lab.net.RuleGrammar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LabTest {
    private final List<LabRig> rigs = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        rigs.forEach(LabRig::close);
    }

    private LabRig open(Optional<Path> folder, LabOptions options) {
        try {
            var rig = new LabRig(folder, options);
            rigs.add(rig);
            return rig;
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private LabRig open() {
        return open(Optional.empty(), LabRig.options());
    }

    private LabRig openInFolder() {
        return open(Optional.of(folder), LabRig.options());
    }

    private static String deliver(LabRig rig, String to) {
        var host = rig.open(Protocol.TCP, "198.51.100.51", 25);
        try (var socket = new Socket(host.getAddress(), host.getPort())) {
            var session = "EHLO me\r\nMAIL FROM:<a@company.com>\r\nRCPT TO:<" + to
                    + ">\r\nDATA\r\nSubject: x\r\n\r\nhello\r\n.\r\nQUIT\r\n";
            socket.getOutputStream().write(session.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private static FirewallRule rule(String name, String protocol, String action) {
        return RuleGrammar.read(
                Map.of(
                        "DisplayName", name,
                        "Direction", "Outbound",
                        "Protocol", protocol,
                        "RemotePort", "53",
                        "Action", action),
                name);
    }

    @ParameterizedTest
    @CsvSource({
        "UDP, 8.8.8.8, 53, Open",
        "TCP, 149.112.112.112, 53, Open",
        "UDP, 192.168.1.11, 53, Open",
        "TCP, 8.8.8.8, 80, Refused",
        "TCP, 203.0.113.26, 25, Open",
        "TCP, 203.0.113.26, 587, Open",
        "TCP, 2001:db8:26::1a, 25, Open",
        "TCP, 198.51.100.40, 25, Open",
        "TCP, 203.0.113.254, 25, Open",
        "TCP, 203.0.113.26, 80, Refused",
        "UDP, 203.0.113.26, 25, Refused",
        "TCP, 10.9.8.7, 25, BlackHole",
        "TCP, 198.51.100.10, 25, BlackHole",
    })
    void a_dial_leads_to_whoever_has_the_address(Protocol protocol, String address, int port, String route) {
        assertEquals(route, open().dial(protocol, address, port).getClass().getSimpleName());
    }

    @Test
    void a_name_cannot_be_dialled() {
        var dial = open().lab.dial(Protocol.TCP, InetSocketAddress.createUnresolved("gmail.com", 25));
        assertInstanceOf(
                IllegalArgumentException.class,
                assertThrows(CompletionException.class, dial::join).getCause());
    }

    @Test
    void the_second_dial_leads_to_the_same_place_as_the_first() {
        var rig = open();
        assertEquals(rig.dial(Protocol.UDP, "1.1.1.1", 53), rig.dial(Protocol.UDP, "1.1.1.1", 53));
        assertEquals(rig.dial(Protocol.TCP, "203.0.113.26", 25), rig.dial(Protocol.TCP, "203.0.113.26", 25));
        assertEquals(rig.dial(Protocol.UDP, "1.1.1.1", 53), rig.dial(Protocol.TCP, "1.1.1.1", 53));
    }

    @Test
    void the_firewall_is_asked_first_and_the_faults_next() {
        var rig = open();
        rig.lab.addFault(Map.of("where", "connect", "what", "refuse", "address", "8.8.8.8"));
        assertInstanceOf(Route.Refused.class, rig.dial(Protocol.UDP, "8.8.8.8", 53));
        rig.lab.addRule(rule("block", "UDP", "Block"));
        assertInstanceOf(Route.BlackHole.class, rig.dial(Protocol.UDP, "8.8.8.8", 53));
        assertInstanceOf(Route.Refused.class, rig.dial(Protocol.TCP, "8.8.8.8", 53));
        assertEquals(2, rig.lab.faults().getFirst().fired());
        rig.lab.clearFaults();
        rig.lab.addRule(rule("Allow Outbound DNS", "UDP", "Allow"));
        assertInstanceOf(Route.Open.class, rig.dial(Protocol.UDP, "8.8.8.8", 53));
    }

    @Test
    void a_rule_that_nobody_named_gets_a_free_name() {
        var rig = open();
        var name = rig.lab.freeRuleName();
        rig.lab.addRule(rule(name, "UDP", "Block"));
        assertFalse(rig.lab.freeRuleName().equals(name));
    }

    @Test
    void past_the_bound_of_listeners_a_dial_is_refused() {
        var standard = LabRig.options();
        var rig = open(
                Optional.empty(),
                new LabOptions(
                        standard.labDns(), false, standard.ownHosts(), 10, 10, 1_000, 1_000, 1_000, 10, 2, false));
        assertInstanceOf(Route.Open.class, rig.dial(Protocol.TCP, "203.0.113.26", 25));
        assertInstanceOf(Route.Refused.class, rig.dial(Protocol.TCP, "203.0.113.27", 25));
        assertInstanceOf(Route.Open.class, rig.dial(Protocol.TCP, "203.0.113.26", 25));
        assertInstanceOf(Route.Refused.class, rig.dial(Protocol.UDP, "8.8.4.4", 53));
    }

    @Test
    void all_servers_may_be_opened_at_the_start() {
        var rig = open(Optional.empty(), LabRig.options().withOpenAll(true));
        var all = new ArrayList<>(NameServers.PUBLIC);
        all.addAll(NameServers.INTERNAL);
        assertEquals(all, List.copyOf(rig.lab.addresses().keySet()));
        assertEquals(8, rig.lab.addresses().values().stream().distinct().count());
    }

    @Test
    void a_taken_port_is_named_in_the_error() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var at = new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort());
            var failed = assertThrows(
                    CompletionException.class,
                    () -> open(Optional.empty(), LabOptions.standard().withLabDns(at)));
            assertTrue(failed.getCause().getMessage().contains("8.8.8.8 cannot listen on 127.0.0.1:" + at.getPort()));
        }
    }

    @Test
    void replaced_zones_move_the_hosts_with_them() {
        var rig = open();
        rig.lab.replaceZones(new Zones(
                List.of(new Zone("new.org", List.of(new ZoneRecord("mx.new.org", "A", 60, "192.0.2.7")))),
                List.of(),
                List.of(),
                Optional.empty()));
        assertInstanceOf(Route.Open.class, rig.dial(Protocol.TCP, "192.0.2.7", 25));
        assertInstanceOf(Route.BlackHole.class, rig.dial(Protocol.TCP, "203.0.113.26", 25));
        rig.lab.reset(false);
        assertInstanceOf(Route.BlackHole.class, rig.dial(Protocol.TCP, "192.0.2.7", 25));
        assertInstanceOf(Route.Open.class, rig.dial(Protocol.TCP, "203.0.113.26", 25));
    }

    @Test
    void everything_is_there_again_after_a_kill() throws IOException {
        var before = openInFolder();
        before.lab.addFault(
                Map.of("where", "smtp", "what", "reply", "stage", "rcpt", "code", 450, "text", "later", "first", 2));
        before.lab.addFault(Map.of("where", "dns", "what", "servfail"));
        before.lab.removeFault(2);
        before.lab.addRule(rule("block", "UDP", "Block"));
        before.lab.addRule(rule("allow", "UDP", "Allow"));
        before.lab.enableRules(rule -> rule.name().equals("allow"), false);
        before.lab.setForwarders("192.168.1.10", List.of("9.9.9.9"));
        var zones = new Zones(
                List.of(new Zone("fabrikam.com", List.of(new ZoneRecord("mx.fabrikam.com", "A", 60, "198.51.100.51")))),
                List.of(),
                List.of("gone.org"),
                Optional.empty());
        before.lab.replaceZones(zones);
        assertTrue(deliver(before, "b@fabrikam.com").contains("450 later"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.readString(folder.resolve("faults.json")).contains("\"fired\" : 1"));
        assertTrue(deliver(before, "b@fabrikam.com").contains("450 later"));
        assertTrue(deliver(before, "b@fabrikam.com").contains("250 2.0.0 OK L1"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.readString(folder.resolve("faults.json")).contains("\"asked\" : 3"));

        // The first was never closed, as if it had been killed.
        var after = openInFolder();
        assertEquals(before.lab.faults(), after.lab.faults());
        assertEquals(before.lab.rules(), after.lab.rules());
        assertEquals(before.lab.forwarders(), after.lab.forwarders());
        assertEquals(zones, after.lab.zones());
        assertEquals(before.lab.mail("*", "*", 10), after.lab.mail("*", "*", 10));
        assertEquals(Optional.of(before.clock.now()), after.lab.newestEvent());
        try (var content = after.lab.content("L1").orElseThrow()) {
            assertEquals("Subject: x\r\n\r\nhello\r\n", new String(content.readAllBytes(), StandardCharsets.US_ASCII));
        }
        assertEquals(
                3,
                after.lab.addFault(Map.of("where", "dns", "what", "servfail")).id());
        assertInstanceOf(Route.BlackHole.class, after.dial(Protocol.UDP, "8.8.8.8", 53));
    }

    @Test
    void a_damaged_file_is_put_aside_and_the_rest_is_kept() throws IOException {
        var before = openInFolder();
        before.lab.addRule(rule("block", "UDP", "Block"));
        before.lab.addFault(Map.of("where", "dns", "what", "servfail"));
        before.lab.setForwarders("192.168.1.10", List.of());
        before.lab.putZone(View.OUTSIDE, zone("one.org", "192.0.2.1"));
        before.close();
        rigs.clear();
        Files.writeString(folder.resolve("faults.json"), "{ torn");
        Files.writeString(folder.resolve("world.json"), "{\"zones\": null}");
        var after = openInFolder();
        assertEquals(List.of(), after.lab.faults());
        assertEquals(Zones.standard(), after.lab.zones());
        assertEquals(1, after.lab.rules().size());
        assertTrue(Files.exists(folder.resolve("faults.json.damaged-1")));
        assertTrue(Files.exists(folder.resolve("world.json.damaged-1")));
        try (var files = Files.list(folder)) {
            var log = files.filter(file -> file.getFileName().toString().matches("world-\\d+\\.log\\.damaged-1"))
                    .toList();
            assertEquals(1, log.size(), "its log is kept too");
            assertTrue(Files.readString(log.getFirst()).contains("one.org"));
        }
    }

    @Test
    void reset_brings_good_weather_and_keeps_the_mail_unless_told() {
        var rig = openInFolder();
        deliver(rig, "b@fabrikam.com");
        rig.lab.addFault(Map.of("where", "dns", "what", "servfail"));
        rig.lab.addRule(rule("block", "UDP", "Block"));
        rig.lab.setForwarders("192.168.1.11", List.of());
        rig.lab.replaceZones(new Zones(List.of(), List.of(), List.of(), Optional.empty()));
        rig.lab.reset(false);
        assertEquals(List.of(), rig.lab.faults());
        assertEquals(List.of(), rig.lab.rules());
        assertEquals(Zones.standard(), rig.lab.zones());
        assertEquals(NameServers.standardForwarders(), rig.lab.forwarders());
        assertEquals(1, rig.lab.mail("*", "*", 10).size());
        rig.lab.reset(true);
        assertEquals(List.of(), rig.lab.mail("*", "*", 10));
        assertEquals(List.of(), rig.lab.queries(10));
        var after = openInFolder();
        assertEquals(List.of(), after.lab.rules());
        assertEquals(List.of(), after.lab.mail("*", "*", 10));
    }

    private static Zone zone(String domain, String address) {
        return new Zone(domain, List.of(new ZoneRecord("@", "A", 60, address)));
    }

    @Test
    void changes_of_single_zones_are_there_again_after_a_kill() throws IOException {
        var before = openInFolder();
        long world = Files.size(folder.resolve("world.json"));
        before.lab.putZone(View.OUTSIDE, zone("one.org", "192.0.2.1"));
        before.lab.putZone(View.OUTSIDE, zone("two.org", "192.0.2.2"));
        before.lab.putZone(View.INSIDE, zone("three.org", "192.168.1.3"));
        before.lab.putZone(View.OUTSIDE, zone("one.org", "192.0.2.11"));
        before.lab.removeZone(View.OUTSIDE, "two.org");
        before.lab.removeZone(View.OUTSIDE, "never.org");
        before.lab.addRecord(View.OUTSIDE, "one.org", new ZoneRecord("@", "MX", 60, "10 one.org"));
        before.lab.removeRecords(View.OUTSIDE, "fabrikam.com", Optional.empty(), Optional.of("MX"), Optional.empty());
        assertThrows(IllegalArgumentException.class, () -> before.lab.putZone(View.OUTSIDE, zone("bad.org", "x")));
        assertEquals(world, Files.size(folder.resolve("world.json")));

        // never closed, as if it had been killed; and the end of the last line was lost
        try (var log = Files.newBufferedWriter(folder.resolve("world-1.log"), StandardOpenOption.APPEND)) {
            log.write("{\"view\":\"OUTSIDE\",\"dom");
        }
        var after = openInFolder();
        assertEquals(before.lab.zones(), after.lab.zones());
        assertEquals(
                2,
                after.lab.zone(View.OUTSIDE, "one.org").orElseThrow().records().size());
        assertFalse(Files.exists(folder.resolve("world-1.log")));

        after.lab.setConditionalForwarders("partner.org", List.of("192.0.2.53"));
        assertEquals(
                Map.of("partner.org", List.of("192.0.2.53")), openInFolder().lab.conditionalForwarders());
        after.lab.reset(false);
        assertEquals(Map.of(), openInFolder().lab.conditionalForwarders());
        assertEquals(Zones.standard(), openInFolder().lab.zones());
    }

    @Test
    void many_changes_are_folded_into_the_world_now_and_then() throws IOException {
        var before = openInFolder();
        var records = new ArrayList<ZoneRecord>();
        for (int i = 0; i < 1_000; i++) {
            records.add(new ZoneRecord("host" + i + ".big.org", "A", 60, "192.0.2.1"));
        }
        for (int i = 0; i < 40; i++) {
            before.lab.putZone(View.OUTSIDE, new Zone("big.org", records.subList(0, 1_000 - i)));
        }
        assertFalse(Files.exists(folder.resolve("world-1.log")));
        assertTrue(Files.size(folder.resolve("world.json")) < 500_000);
        assertEquals(before.lab.zones(), openInFolder().lab.zones());
    }

    @Test
    void the_name_servers_of_a_zone_can_be_dialled() throws IOException {
        var rig = open();
        var server = rig.open(Protocol.UDP, "198.51.100.33", 53);
        assertEquals(server, rig.open(Protocol.TCP, "198.51.100.33", 53));
        assertInstanceOf(Route.Refused.class, rig.dial(Protocol.UDP, "198.51.100.31", 53));
        assertInstanceOf(Route.BlackHole.class, rig.dial(Protocol.UDP, "192.0.2.53", 53));
        rig.lab.putZone(
                View.OUTSIDE,
                new Zone(
                        "new.org",
                        List.of(
                                new ZoneRecord("@", "NS", 60, "ns.new.org"),
                                new ZoneRecord("ns.new.org", "A", 60, "192.0.2.53"))));
        assertInstanceOf(Route.Open.class, rig.dial(Protocol.UDP, "192.0.2.53", 53));
        try (var socket = new DatagramSocket()) {
            var query = Queries.query("external-company.com", "NS");
            socket.setSoTimeout(30_000);
            socket.send(new DatagramPacket(query, query.length, server));
            var answer = new DatagramPacket(new byte[4_096], 4_096);
            socket.receive(answer);
            assertEquals(
                    "NOERROR [NS ns1.external-company.com., NS ns2.external-company.com.]",
                    Queries.text(Arrays.copyOf(answer.getData(), answer.getLength())));
        }
    }

    @Test
    void addresses_that_are_not_this_machines_are_named_with_what_would_make_them_so() {
        var failed = assertThrows(
                CompletionException.class,
                () -> open(Optional.empty(), LabRig.options().withRealAddresses(true)));
        var said = failed.getCause().getMessage();
        assertTrue(said.startsWith("the lab cannot listen at its world's own addresses (lab.realAddresses): "), said);
        assertTrue(said.contains("ip route add local 8.8.8.8 dev lo") || said.contains("unshare -rn"), said);
    }
}
