package dev.tarry.lab.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FirewallTest {
    private final Firewall firewall = new Firewall();
    private int named;

    private FirewallRule rule(String line) {
        var words = new LinkedHashMap<String, Object>();
        words.put("DisplayName", "rule " + ++named);
        words.put("Direction", "Outbound");
        for (var word : line.split(" ")) {
            var parts = word.split("=", 2);
            words.put(parts[0], parts[1]);
        }
        return firewall.add(RuleGrammar.read(words, "{" + named + "}"));
    }

    private boolean lets(Protocol protocol, String address, int port) {
        return firewall.outbound(protocol, new InetSocketAddress(InetAddress.ofLiteral(address), port))
                == FirewallRule.Action.ALLOW;
    }

    @Test
    void everything_may_go_out_unless_a_rule_blocks_it() {
        assertTrue(lets(Protocol.UDP, "8.8.8.8", 53));
        rule("Action=Block Protocol=UDP RemotePort=53");
        assertFalse(lets(Protocol.UDP, "8.8.8.8", 53));
        assertTrue(lets(Protocol.TCP, "8.8.8.8", 53));
        assertTrue(lets(Protocol.UDP, "8.8.8.8", 54));
    }

    @Test
    void echo_requests_are_kept_back_by_rules_for_all_traffic_only() {
        var to = InetAddress.ofLiteral("8.8.8.8");
        rule("Action=Block Protocol=UDP");
        rule("Action=Block RemotePort=53");
        assertEquals(FirewallRule.Action.ALLOW, firewall.echo(to));
        rule("Action=Block RemoteAddress=8.8.8.0/24");
        assertEquals(FirewallRule.Action.BLOCK, firewall.echo(to));
        assertEquals(FirewallRule.Action.ALLOW, firewall.echo(InetAddress.ofLiteral("1.1.1.1")));
        rule("Action=Allow");
        assertEquals(FirewallRule.Action.ALLOW, firewall.echo(to));
    }

    @Test
    void a_rule_that_is_changed_keeps_its_name_and_its_place() {
        var first = rule("Action=Block Protocol=UDP RemotePort=53");
        rule("Action=Allow Protocol=UDP RemotePort=53");
        var changed = RuleGrammar.change(first, Map.of("Description", "d", "Group", "g", "Name", "other"));
        assertTrue(firewall.replace(changed));
        assertEquals(changed, firewall.list().getFirst());
        assertEquals(first.name(), changed.name());
        assertEquals(first.remotePort(), changed.remotePort());
        assertEquals("d", changed.description());
        assertTrue(lets(Protocol.UDP, "8.8.8.8", 53), "the later one still decides");
        assertThrows(BadRule.class, () -> RuleGrammar.change(first, Map.of("Action", "Perhaps")));
        firewall.clear();
        assertFalse(firewall.replace(changed));
    }

    @Test
    void an_allow_rule_made_later_mends_a_block() {
        rule("Action=Block Protocol=UDP RemotePort=53");
        rule("Action=Allow Protocol=UDP RemotePort=53");
        assertTrue(lets(Protocol.UDP, "8.8.8.8", 53));
    }

    @Test
    void an_allow_rule_made_earlier_or_for_something_else_does_not() {
        rule("Action=Allow Protocol=UDP RemotePort=53");
        rule("Action=Block RemotePort=53");
        rule("Action=Allow Protocol=TCP RemotePort=53");
        assertFalse(lets(Protocol.UDP, "8.8.8.8", 53));
        assertTrue(lets(Protocol.TCP, "8.8.8.8", 53));
    }

    @Test
    void a_disabled_or_inbound_rule_has_no_effect() {
        rule("Action=Block Enabled=False");
        rule("Action=Block Direction=Inbound");
        assertTrue(lets(Protocol.UDP, "8.8.8.8", 53));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RemotePort=Any | 8.8.8.8 | 53 | false",
                "RemotePort=53,853 | 8.8.8.8 | 853 | false",
                "RemotePort=50-60 | 8.8.8.8 | 53 | false",
                "RemotePort=50-52,54 | 8.8.8.8 | 53 | true",
                "RemoteAddress=8.8.8.8 | 8.8.8.8 | 53 | false",
                "RemoteAddress=8.8.8.8,1.1.1.1 | 1.1.1.1 | 53 | false",
                "RemoteAddress=8.8.8.8 | 8.8.4.4 | 53 | true",
                "RemoteAddress=203.0.113.0/24 | 203.0.113.77 | 25 | false",
                "RemoteAddress=203.0.113.0/24 | 203.0.114.77 | 25 | true",
                "RemoteAddress=0.0.0.0/0 | 2001:db8::1 | 25 | true",
                "RemoteAddress=2001:db8::/32 | 2001:db8::1 | 25 | false",
            })
    void a_rule_is_for_its_ports_and_addresses(String line, String address, int port, boolean goes) {
        rule("Action=Block " + line);
        assertEquals(goes, lets(Protocol.TCP, address, port));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Action=Block | 2525 25 | 127.0.0.1 | BLOCK",
                "Action=Reject | 2525 25 | 127.0.0.1 | REJECT",
                "Action=Allow | 2525 25 | 127.0.0.1 | ALLOW",
                "Action=Block LocalPort=25 | 2525 25 | 127.0.0.1 | BLOCK",
                "Action=Block LocalPort=2525 | 2525 25 | 127.0.0.1 | BLOCK",
                "Action=Block LocalPort=25,587 | 2587 587 | 127.0.0.1 | BLOCK",
                "Action=Block LocalPort=25 | 2587 587 | 127.0.0.1 | ALLOW",
                "Action=Block Protocol=UDP | 2525 25 | 127.0.0.1 | ALLOW",
                "Action=Block RemoteAddress=127.0.0.0/8 | 2525 25 | 127.0.0.1 | BLOCK",
                "Action=Block RemoteAddress=10.0.0.0/8 | 2525 25 | 127.0.0.1 | ALLOW",
                "Action=Block RemotePort=40000-50000 | 2525 25 | 127.0.0.1 | BLOCK",
                "Action=Block RemotePort=1-1024 | 2525 25 | 127.0.0.1 | ALLOW",
                "Action=Block Enabled=False | 2525 25 | 127.0.0.1 | ALLOW",
                "Action=Block Direction=Outbound | 2525 25 | 127.0.0.1 | ALLOW",
            })
    void an_inbound_rule_is_for_its_ports_and_clients(
            String line, String localPorts, String client, FirewallRule.Action action) {
        rule(line.contains("Direction") ? line : line + " Direction=Inbound");
        var ports = Arrays.stream(localPorts.split(" ")).map(Integer::valueOf).collect(Collectors.toSet());
        var from = new InetSocketAddress(InetAddress.ofLiteral(client), 41_234);
        assertEquals(action, firewall.inbound(Protocol.TCP, ports, from));
        assertTrue(
                line.contains("Direction=Outbound") || lets(Protocol.TCP, "8.8.8.8", 25),
                "what goes out is not concerned");
    }

    @Test
    void what_goes_out_can_be_rejected_and_has_any_local_port() {
        rule("Action=Reject Protocol=TCP RemotePort=25");
        rule("Action=Block LocalPort=25");
        var host = new InetSocketAddress(InetAddress.ofLiteral("203.0.113.7"), 25);
        assertEquals(FirewallRule.Action.REJECT, firewall.outbound(Protocol.TCP, host));
        assertEquals(FirewallRule.Action.ALLOW, firewall.outbound(Protocol.UDP, host));
        rule("Action=Allow RemoteAddress=203.0.113.7");
        assertEquals(FirewallRule.Action.ALLOW, firewall.outbound(Protocol.TCP, host));
    }

    @Test
    void it_restricts_while_a_rule_that_is_enabled_may_keep_something_back() {
        rule("Action=Allow");
        assertFalse(firewall.restricting());
        var block = rule("Action=Block");
        assertTrue(firewall.restricting());
        firewall.setEnabled(block::equals, false);
        assertFalse(firewall.restricting());
        rule("Action=Reject Direction=Inbound");
        assertTrue(firewall.restricting());
        firewall.clear();
        assertFalse(firewall.restricting());
        firewall.restore(List.of(block));
        assertTrue(firewall.restricting());
    }

    @Test
    void rules_are_removed_and_switched_by_whatever_one_asks_for() {
        var block = rule("Action=Block");
        var other = rule("Action=Block RemotePort=25");
        firewall.setEnabled(rule -> rule.name().equals(block.name()), false);
        assertTrue(lets(Protocol.UDP, "8.8.8.8", 53));
        assertEquals(List.of(block.withEnabled(false)), firewall.remove(rule -> !rule.enabled()));
        assertEquals(List.of(other), firewall.list());
        assertEquals(List.of(), firewall.remove(_ -> false));
    }

    @Test
    void a_name_is_unique() {
        rule("Action=Block Name=dns");
        assertEquals(
                "Name",
                assertThrows(BadRule.class, () -> rule("Action=Block Name=DNS")).field());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RemotePort=53- | RemotePort",
                "RemotePort=70000 | RemotePort",
                "RemotePort=60-50 | RemotePort",
                "RemotePort=dns | RemotePort",
                "RemoteAddress=dns.google | RemoteAddress",
                "RemoteAddress=8.8.8.8/33 | RemoteAddress",
                "RemoteAddress=8.8.8.8/x | RemoteAddress",
                "Protocol=ICMP | Protocol",
                "Action=Maybe | Action",
                "Direction=Up | Direction",
                "Enabled=2 | Enabled",
                "LocalPort=smtp | LocalPort",
                "LocalPort=70000 | LocalPort",
                "Icmp=53 | Icmp",
            })
    void what_is_wrong_is_named(String line, String field) {
        assertEquals(
                field,
                assertThrows(BadRule.class, () -> rule("Action=Block " + line)).field());
    }

    @Test
    void a_rule_needs_a_name_for_people() {
        assertEquals(
                "DisplayName",
                assertThrows(BadRule.class, () -> RuleGrammar.read(Map.of(), "{1}"))
                        .field());
    }

    @Test
    void what_is_left_out_is_as_in_windows_and_what_is_written_can_be_read_again() {
        var plain = RuleGrammar.read(Map.of("DisplayName", "Allow Outbound DNS"), "{1}");
        assertEquals(
                "{Name={1}, DisplayName=Allow Outbound DNS, Direction=Inbound, Protocol=Any, LocalPort=Any, RemotePort=Any,"
                        + " RemoteAddress=Any, Action=Allow, Enabled=true, Profile=Any}",
                RuleGrammar.write(plain).toString());
        var rule = rule("Action=Block Protocol=TCP RemotePort=53,853 RemoteAddress=8.8.8.8 Profile=Domain");
        assertEquals(rule, RuleGrammar.read(RuleGrammar.write(rule), "unused"));
        var listed = Map.of("DisplayName", "x", "RemotePort", List.of("53", 853));
        assertEquals("53,853", RuleGrammar.read(listed, "{2}").remotePort().text());
    }
}
