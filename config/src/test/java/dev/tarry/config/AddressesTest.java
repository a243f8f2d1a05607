package dev.tarry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:2525, 127.0.0.1:2525",
        "localhost:25, 127.0.0.1:25",
        "[::1]:25, [0:0:0:0:0:0:0:1]:25",
        "0.0.0.0:0, 0.0.0.0:0"
    })
    void an_address_to_listen_on_has_a_port(String text, String printed) {
        assertEquals(printed, Kinds.BINDING.print().apply(Kinds.BINDING.parse().apply(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "2525",
                ":2525",
                "127.1:25",
                "2130706433:25",
                "mail.company.com:25",
                "127.0.0.1:65536",
                "127.0.0.1:-1",
                "127.0.0.256:25",
                "::1:25x",
                "[127.0.0.1]:25",
                "[]:25",
                ""
            })
    void what_needs_a_name_server_or_a_guess_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Kinds.BINDING.parse().apply(text));
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, 8.8.8.8, 53",
        "127.0.0.1:5353, 127.0.0.1:5353, 5353",
        "::1, 0:0:0:0:0:0:0:1, 53",
        "[::1]:5353, [0:0:0:0:0:0:0:1]:5353, 5353"
    })
    void a_dns_server_is_on_port_53_unless_written(String text, String printed, int port) {
        InetSocketAddress server = Kinds.DNS_SERVER.parse().apply(text);

        assertEquals(port, server.getPort());
        assertEquals(printed, Kinds.DNS_SERVER.print().apply(server));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "192.168.1.128/25, 192.168.1.127, false",
        "fd00::/8, fd12::1, true"
    })
    void a_range_holds_the_addresses_that_share_its_bits(String range, String address, boolean inside) {
        assertEquals(inside, IpRange.parse(range).contains(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:2526, 127.0.0.1, 2526, true",
        "127.0.0.1:2526, 127.0.0.1, 25, false",
        "127.0.0.1, 127.0.0.1, 25, true",
        "10.0.0.0/8:25, 10.1.2.3, 25, true",
        "10.0.0.0/8:25, 10.1.2.3, 26, false",
        "[fd00::]/8:25, fd00::1, 25, true",
        "fd00::/8, fd00::1, 25, true"
    })
    void an_egress_rule_allows_what_it_names_and_nothing_else(String rule, String address, int port, boolean allowed) {
        assertEquals(
                allowed, EgressRule.parse(rule).allows(new InetSocketAddress(InetAddress.ofLiteral(address), port)));
        assertEquals(
                EgressRule.parse(rule), EgressRule.parse(EgressRule.parse(rule).toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "example.com", "10.0.0.0/33", "127.0.0.1:0", "127.0.0.1:70000", "10.0.0.0/-1", ""})
    void what_is_no_egress_rule_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> EgressRule.parse(text));
    }

    @Test
    void an_address_that_was_not_resolved_is_never_allowed() {
        EgressRule everything = EgressRule.parse("0.0.0.0/0");

        assertEquals(false, everything.allows(InetSocketAddress.createUnresolved("gmail.com", 25)));
    }
}
