package dev.tarry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaultsTest {
    @TempDir
    private Path folder;

    @Test
    void all_faults_come_at_once_each_with_its_place_and_what_would_be_right() throws Exception {
        List<String> faults = faultsOf("""
                wrold: lab
                transport:
                  queueMaxIdleTime: soon
                  queueGlitchRetryCount: 99
                  queueGlitchRetryCount: 4
                  maxOutboundConnections: [1, 2]
                dns:
                  externalDNSServers: [8.8.8.8, dns.google]
                admin: 8025
                acceptedDomains:
                  - domainType: Authoritative
                    domainNmae: x.example
                """);

        assertEquals(
                List.of(
                        "1:1: wrold: is not a setting; did you mean world?",
                        "3:21: transport.queueMaxIdleTime: 'soon' is not a span of time; write hh:mm:ss or d.hh:mm:ss "
                                + "(00:05:00, 2.00:00:00), 5m, 48h, 2d, or PT5M",
                        "4:26: transport.queueGlitchRetryCount: '99' is out of bounds; write 0 to 15",
                        "5:3: transport.queueGlitchRetryCount: is written twice (first at FILE:4:3); keep one of them",
                        "6:27: transport.maxOutboundConnections: is a list; write digits only, or unlimited",
                        "8:23: dns.externalDNSServers: '8.8.8.8,dns.google' holds 'dns.google', which is not the address "
                                + "of a DNS server; write an IP address, or ip:port (8.8.8.8, 127.0.0.1:5353), several of "
                                + "them separated by commas or as a YAML list",
                        "9:8: admin: is a single value; write its settings beneath it",
                        "11:5: acceptedDomains[0].domainName: is missing; write a domain (contoso.com), or *.contoso.com",
                        "12:5: acceptedDomains[0].domainNmae: is not a setting; did you mean "
                                + "acceptedDomains[0].domainName?"),
                faults);
    }

    @Test
    void combinations_come_with_what_is_wrong_by_itself_unless_they_rest_on_it() throws Exception {
        assertEquals(
                List.of(
                        "3:36: transport.maxPerDomainOutboundConnections: is more than maxOutboundConnections; write at"
                                + " most 10",
                        "5:17: dns.queryTimeout: 'soon' is not a span of time; write hh:mm:ss or d.hh:mm:ss (00:05:00,"
                                + " 2.00:00:00), 5m, 48h, 2d, or PT5M",
                        "9:24: sendConnectors[0].smartHosts: is empty though dnsRoutingEnabled is false; name a smart"
                                + " host"),
                faultsOf("""
                        transport:
                          maxOutboundConnections: 10
                          maxPerDomainOutboundConnections: 20
                        dns:
                          queryTimeout: soon
                        sendConnectors:
                          - name: Smart
                            addressSpaces: SMTP:*;1
                            dnsRoutingEnabled: false
                        """));
    }

    @Test
    void shares_of_the_priorities_are_no_more_than_a_next_hop_has_connections_where_they_count() throws Exception {
        assertEquals(
                List.of(
                        "4:34: priority.maxPerDomainNormalConnections: makes 45 together with those of High and Low, more"
                                + " than maxPerDomainOutboundConnections; let the three be at most 40 in all"),
                faultsOf("""
                        priority:
                          queuingEnabled: true
                          maxPerDomainHighConnections: 3
                          maxPerDomainNormalConnections: 40
                          maxPerDomainLowConnections: 2
                        """));
        assertEquals(List.of(), faultsOf("""
                        priority:
                          maxPerDomainNormalConnections: 40
                        """));
    }

    @Test
    void every_wrong_item_of_a_list_is_told() throws Exception {
        assertEquals(
                List.of("1:25: dns.externalDNSServers: '999.1.1.1,nope,8.8.8.8,x y' holds '999.1.1.1', 'nope', 'x y',"
                        + " none of which is the address of a DNS server; write an IP address, or ip:port (8.8.8.8,"
                        + " 127.0.0.1:5353), several of them separated by commas or as a YAML list"),
                faultsOf("dns.externalDNSServers: [999.1.1.1, nope, 8.8.8.8, x y]\n"));
    }

    @Test
    void settings_with_which_nothing_can_be_resolved_get_a_notice() throws Exception {
        assertEquals(List.of(), Settings.defaults().notices());
        assertEquals(
                List.of("there is no DNS server for external look-ups, which fail until there is one:"
                        + " dns.externalDNSAdapterEnabled is false, and dns.externalDNSServers is empty"),
                Settings.load(Optional.empty(), Map.of(), List.of("dns.externalDNSAdapterEnabled=false"))
                        .notices());
        assertEquals(
                List.of(
                        "there is no DNS server for internal look-ups, which fail until there is one:"
                                + " dns.adapterServers is empty",
                        "there is no DNS server for external look-ups, which fail until there is one:"
                                + " dns.adapterServers is empty"),
                Settings.load(Optional.empty(), Map.of(), List.of("dns.adapterServers="))
                        .notices());
        // outside the lab these are the computer's own, which are read when it runs
        assertEquals(
                List.of(),
                Settings.load(Optional.empty(), Map.of(), List.of("world=network"))
                        .notices());
    }

    @Test
    void a_dns_log_without_a_folder_gets_a_notice_since_nothing_is_written() throws Exception {
        assertEquals(
                List.of("dnsLog.enabled is true and dnsLog.path is empty: the DNS log is not written until it has a"
                        + " folder"),
                Settings.load(Optional.empty(), Map.of(), List.of("dnsLog.enabled=true"))
                        .notices());
        assertEquals(
                List.of(),
                Settings.load(Optional.empty(), Map.of(), List.of("dnsLog.enabled=true", "dnsLog.path=logs/Dns"))
                        .notices());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "queueMaxIdleTime=1m|queueMaxIdleTime: is not a setting; did you mean transport.queueMaxIdleTime?",
                "Transport.QueueMaxIdleTime=1m|Transport.QueueMaxIdleTime: is not a setting; did you mean transport.queueMaxIdleTime?",
                "nonsense|'nonsense' has no key; write key=value",
                "=1|'=1' has no key; write key=value",
                "world=moon|world: 'moon' is not a world; write one of lab, network",
                "receiveConnectors[7].bind=127.0.0.1:1|receiveConnectors[7].bind: there is no receiveConnectors[7]; there are 2: [0] Default Frontend MAIL, [1] Client Frontend MAIL",
                "receiveConnectors[0].bnid=127.0.0.1:1|receiveConnectors[0].bnid: is not a setting; did you mean bind?",
                "receiveConnectors=yes|receiveConnectors: is a single value; write a list, each item begun with a hyphen",
                "sendConnectors=[{name: x}]|sendConnectors[0].addressSpaces: is missing; write SMTP:domain;cost with a cost of 1 to 100 (SMTP:*;1, SMTP:*.contoso.com;5), several of them separated by commas or as a YAML list",
                "transport.maxPerDomainOutboundConnections=2000|transport.maxPerDomainOutboundConnections: is more than maxOutboundConnections; write at most 1000",
                "transport.retryJitterPercent=51|transport.retryJitterPercent: '51' is out of bounds; write 0 to 50",
                "admin.bind=127.0.0.1:2525|admin.bind: is the address of receiveConnectors[0].bind; give each listener its own",
                "pickup.directory=Replay/../Replay|pickup.replayDirectory: is the folder of pickup.directory; give each its own, or leave one of them empty",
                "admin.token=too short|admin.token: what is written here is not a token; write 16 to 512 letters, digits and -._~+/=, or nothing at all (\"\")",
                "receive.tls.certificate=cert.pem|receive.tls.certificate: has no key; set receive.tls.key as well",
                "receive.tls.key=key.pem|receive.tls.key: has no certificate; set receive.tls.certificate as well",
                "smtpSend.tls.certificate=c.pem|smtpSend.tls.certificate: has no key; set smtpSend.tls.key as well",
                "smtpSend.tls.key=k.pem|smtpSend.tls.key: has no certificate; set smtpSend.tls.certificate as well",
                "receiveConnectors[0].authMechanism=BasicAuth,BasicAuthRequireTLS|receiveConnectors[0].authMechanism: has BasicAuthRequireTLS without Tls and BasicAuth; write Tls,BasicAuth,BasicAuthRequireTLS",
                "receiveConnectors[0].connectionTimeout=00:05:00|receiveConnectors[0].connectionTimeout: is not longer than connectionInactivityTimeout; let a session last longer than a client may be silent",
                "receiveConnectors[0].connectionInactivityTimeout=00:10:01|receiveConnectors[0].connectionTimeout: is not longer than connectionInactivityTimeout; let a session last longer than a client may be silent",
                "receiveConnectors[1].authMechanism=ExternalAuthoritative|receiveConnectors[1].permissionGroups: has no ExchangeServers though authMechanism has ExternalAuthoritative; add ExchangeServers",
                "receiveConnectors[0].permissionGroups=None,Partners|receiveConnectors[0].permissionGroups: 'None,Partners' holds 'None', which is not a permission group; write one of AnonymousUsers, ExchangeUsers, ExchangeServers, ExchangeLegacyServers, Partners, Custom, several of them separated by commas or as a YAML list, or None",
                "users=[{name: ann}, {name: Ann}]|users[1].name: 'Ann' is there twice; give each its own",
                "users=[{name: ann, password: Secret-1}]|users[0].password: what is written here is not a hashed password; write what 'tarry config hash-password' prints (SCRAM-SHA-256$...), or nothing at all (\"\")",
                "users=[{name: ann, password: '"
                        + "SCRAM-SHA-256$1:c2FsdHNhbHQ=$AAAA:AAAA"
                        + "'}]|users[0].password: what is written here is not a hashed password; write what 'tarry config hash-password' prints (SCRAM-SHA-256$...), or nothing at all (\"\")",
                "users=[{name: ann, addresses: ann}]|users[0].addresses: 'ann' holds 'ann', which is not an address to send as; write local-part@domain, *@domain or *, several of them separated by commas or as a YAML list",
                "users=[{name: ann, accessTokenExpires: '2026-12-01T00:00:00Z'}]|users[0].accessTokenExpires: is set without an accessToken; set the token as well",
                "users=[{name: ann, accessToken: 0123456789abcdef, accessTokenExpires: tomorrow}]|users[0].accessTokenExpires: 'tomorrow' is not a moment; write a date and a time in UTC (2026-12-01T00:00:00Z), or nothing at all (\"\")",
                "acceptedDomains[0].default=false|acceptedDomains: has no default domain; write default: true at exactly one",
                "sendConnectors[Internet].dnsRoutingEnabled=false|sendConnectors[0].smartHosts: is empty though dnsRoutingEnabled is false; name a smart host"
            })
    void a_wrong_word_on_the_command_line_says_what_would_be_right(String set, String fault) {
        ConfigException wrong =
                assertThrows(ConfigException.class, () -> Settings.load(Optional.empty(), Map.of(), List.of(set)));

        assertEquals(1, wrong.faults().size(), wrong::getMessage);
        String text = wrong.getMessage();
        assertEquals(fault, text.substring(text.indexOf(": ") + 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: &x 1|1:4: has a YAML anchor (&…); write the value without it",
                "a: *x|1:4: is a YAML alias (*…); write the value out",
                "world: !!str lab|1:8: has a YAML tag (!…); write the value without it",
                "dns: !java.net.URL {}|1:6: has a YAML tag (!…); write the value without it",
                "- world: lab|1:1: holds a list at the top; write key: value",
                "? [a]|1:3: a key must be a plain word",
                "world:|1:7: world: has no value; leave the line out to take the default",
                "transport: {queueMaxIdleTime: ~}|1:31: transport.queueMaxIdleTime: has no value; leave the line out to take the default"
            })
    void yaml_that_can_hurt_or_says_nothing_is_refused(String yaml, String fault) throws Exception {
        assertEquals(List.of(fault), faultsOf(yaml));
    }

    @Test
    void broken_yaml_is_one_fault_with_its_place() throws Exception {
        List<String> faults = faultsOf("world: lab\ntransport: {queueMaxIdleTime: 1m\nadmin: }\n");

        assertEquals(1, faults.size());
        assertTrue(faults.getFirst().matches("[23]:\\d+: is not YAML: .*"), faults::getFirst);
    }

    @Test
    void what_does_not_go_with_a_default_is_told_where_it_is_written() throws Exception {
        assertEquals(
                List.of(
                        "1:35: transport.maxPerDomainOutboundConnections: is more than maxOutboundConnections; write at most 1"),
                faultsOf("transport.maxOutboundConnections: 1\n"));
    }

    @Test
    void a_second_document_is_refused() throws Exception {
        assertEquals(
                List.of("2:1: holds a second document; remove the line ---"),
                faultsOf("world: lab\n---\nworld: lab\n"));
    }

    @Test
    void nesting_has_a_bound() throws Exception {
        assertEquals(1, faultsOf("[".repeat(100_000)).size());
        assertEquals(1, faultsOf("a:\n ".repeat(1) + "{a: ".repeat(5_000)).size());
    }

    @Test
    void size_has_a_bound() throws Exception {
        assertEquals(List.of("1:1: is larger than 1MB"), faultsOf("#".repeat(YamlReader.MAX_BYTES + 1)));
        assertEquals(List.of(), faultsOf("#".repeat(YamlReader.MAX_BYTES)));
        assertFalse(faultsOf("[" + "a,".repeat(YamlReader.MAX_NODES) + "a]").isEmpty());
    }

    @Test
    void a_file_that_is_not_there_or_not_utf_8_is_a_fault() throws Exception {
        ConfigException missing = assertThrows(
                ConfigException.class,
                () -> Settings.load(Optional.of(folder.resolve("no.yaml")), Map.of(), List.of()));
        assertTrue(missing.getMessage().endsWith("no.yaml:1:1: there is no such file"), missing::getMessage);

        Path latin = Files.write(folder.resolve("latin.yaml"), "world: l\u00e4b".getBytes(StandardCharsets.ISO_8859_1));
        ConfigException notUtf8 =
                assertThrows(ConfigException.class, () -> Settings.load(Optional.of(latin), Map.of(), List.of()));
        assertTrue(notUtf8.getMessage().contains("is not UTF-8"), notUtf8::getMessage);
    }

    @Test
    void a_fault_never_breaks_a_line_or_a_terminal() {
        ConfigException wrong = assertThrows(
                ConfigException.class,
                () -> Settings.load(Optional.empty(), Map.of(), List.of("world=\u001b[2J\r\nlab\u202e\u2028x")));

        assertEquals("--set: world: '?[2J??lab??x' is not a world; write one of lab, network", wrong.getMessage());
    }

    @Test
    void a_secret_is_never_repeated() throws Exception {
        ConfigException wrong = assertThrows(
                ConfigException.class,
                () -> Settings.load(Optional.empty(), Map.of(), List.of("admin.token=open sesame!")));
        assertEquals(
                "--set: admin.token: what is written here is not a token; write 16 to 512 letters, digits and -._~+/=,"
                        + " or nothing at all (\"\")",
                wrong.getMessage());
        Settings right = Settings.load(Optional.empty(), Map.of(), List.of("admin.token=0123456789abcdef"));
        Explained token = right.explained().stream()
                .filter(one -> one.key().equals("admin.token"))
                .findFirst()
                .orElseThrow();
        assertEquals("(hidden)", token.shown());
        assertEquals("admin.token=(hidden) (--set)", token.toString());
    }

    @Test
    void whatever_stands_in_the_file_the_answer_is_settings_or_faults() throws Exception {
        byte[] good = """
                world: network
                transport:
                  queueMaxIdleTime: 00:00:10
                receiveConnectors:
                  - name: "A"
                    bind: '127.0.0.1:1'
                dns: {externalDNSServers: [8.8.8.8, 1.1.1.1]}
                """.getBytes(StandardCharsets.UTF_8);
        byte[] special = "{}[]:,-\"'|>&*!%@`?#\n\t \u0000~".getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("tarry.yaml");
        for (int seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bad = good.clone();
            for (int change = 0; change <= random.nextInt(4); change++) {
                bad[random.nextInt(bad.length)] =
                        random.nextBoolean() ? special[random.nextInt(special.length)] : (byte) random.nextInt(256);
            }
            Files.write(file, bad);
            try {
                Settings.load(Optional.of(file), Map.of(), List.of());
            } catch (ConfigException e) {
                assertFalse(e.faults().isEmpty());
                assertFalse(e.getMessage().contains("\t"), "seed " + seed);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    /// The faults of a file, without its name.
    private List<String> faultsOf(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("tarry.yaml"), yaml);
        try {
            Settings.load(Optional.of(file), Map.of(), List.of());
            return List.of();
        } catch (ConfigException e) {
            return e.faults().stream()
                    .map(fault -> fault.toString().replaceFirst("^\\Q" + file + "\\E:", ""))
                    .map(fault -> fault.replace(file.toString(), "FILE"))
                    .toList();
        }
    }
}
