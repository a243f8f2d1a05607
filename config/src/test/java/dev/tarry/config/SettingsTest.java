package dev.tarry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
    @TempDir
    private Path folder;

    @Test
    void without_a_word_from_anyone_it_is_the_default_lab() {
        Settings settings = Settings.defaults();

        assertEquals(WorldKind.LAB, settings.world());
        assertEquals(Path.of("tarry-data"), settings.data());
        assertEquals(
                new ServerSettings("mail.company.com", "MAIL", Profile.EXCHANGE_2019, Optional.empty()),
                settings.server());
        assertEquals(
                List.of("Default Frontend MAIL", "Client Frontend MAIL"),
                settings.receiveConnectors().stream()
                        .map(ReceiveConnectorSettings::name)
                        .toList());
        assertEquals(
                List.of(local(2525), local(2587)),
                settings.receiveConnectors().stream()
                        .flatMap(connector -> connector.bindings().stream())
                        .toList());
        assertEquals(local(8025), settings.admin().bind());
        assertEquals(local(8053), settings.lab().dnsBind());
        assertEquals("postmaster@company.com", settings.postmaster());
        assertEquals(List.of(), settings.egress().allow());
        assertEquals(List.of(), settings.notices());
    }

    @Test
    void the_ladder_is_that_of_the_mailbox_role() {
        TransportSettings transport = Settings.defaults().transport();

        assertEquals(4, transport.queueGlitchRetryCount());
        assertEquals(Duration.ofMinutes(1), transport.queueGlitchRetryInterval());
        assertEquals(6, transport.transientFailureRetryCount());
        assertEquals(Duration.ofMinutes(5), transport.transientFailureRetryInterval());
        assertEquals(Duration.ofMinutes(10), transport.outboundConnectionFailureRetryInterval());
        assertEquals(Duration.ofHours(48), transport.messageExpirationTimeout());
        assertEquals(Duration.ofMinutes(3), transport.queueMaxIdleTime());
    }

    @Test
    void the_default_way_out_asks_the_external_servers_and_has_no_size_limit_of_its_own() {
        SendConnectorSettings internet = Settings.defaults().sendConnectors().getFirst();

        assertEquals("Internet", internet.name());
        assertEquals(List.of("SMTP:*;1"), internet.addressSpaces());
        assertTrue(internet.useExternalDNSServersEnabled());
        assertTrue(internet.dnsRoutingEnabled());
        assertEquals(Long.MAX_VALUE, internet.maxMessageSize());
    }

    @Test
    void in_the_lab_loopback_may_relay_and_the_adapter_has_the_internal_servers() {
        Settings settings = Settings.defaults();

        assertTrue(settings.receiveConnectors().getFirst().mayRelay(InetAddress.ofLiteral("127.0.0.1")));
        assertFalse(settings.receiveConnectors().getFirst().mayRelay(InetAddress.ofLiteral("10.0.0.1")));
        assertEquals(
                List.of("192.168.1.10", "192.168.1.11"),
                settings.dns().adapterServers().stream()
                        .map(server -> server.getAddress().getHostAddress())
                        .toList());
    }

    @Test
    void outside_the_lab_nobody_may_relay_and_nothing_is_dialled_until_somebody_says_so() throws Exception {
        Settings settings = load(List.of("world=network"));

        assertFalse(settings.receiveConnectors().getFirst().mayRelay(InetAddress.ofLiteral("127.0.0.1")));
        assertEquals(List.of(), settings.dns().adapterServers());
        assertFalse(settings.egress().allows(local(25)));
    }

    @Test
    void a_stronger_source_wins_and_each_value_knows_its_origin() throws Exception {
        Path file = file("""
                transport:
                  queueMaxIdleTime: 00:00:10
                  messageRetryInterval: 00:00:20
                  queueGlitchRetryInterval: 00:00:30
                  transientFailureRetryInterval: 00:00:40
                """);

        Settings settings = Settings.load(
                Optional.of(file),
                Map.of(
                        "transport.messageRetryInterval", "21s",
                        "transport.queueGlitchRetryInterval", "31s",
                        "transport.transientFailureRetryInterval", "41s"),
                Map.of(
                        "TARRY_TRANSPORT_QUEUEGLITCHRETRYINTERVAL", "32s",
                        "TARRY_TRANSPORT_TRANSIENTFAILURERETRYINTERVAL", "42s"),
                List.of("transport.transientFailureRetryInterval=43s", "transport.transientFailureRetryInterval=44s"));

        assertEquals(Duration.ofSeconds(10), settings.transport().queueMaxIdleTime());
        assertEquals(Duration.ofSeconds(21), settings.transport().messageRetryInterval());
        assertEquals(Duration.ofSeconds(32), settings.transport().queueGlitchRetryInterval());
        assertEquals(Duration.ofSeconds(44), settings.transport().transientFailureRetryInterval());
        assertEquals(
                new Origin.File(file, 2, 21),
                explained(settings, "transport.queueMaxIdleTime").origin());
        assertInstanceOf(
                Origin.RunTime.class,
                explained(settings, "transport.messageRetryInterval").origin());
        assertEquals(
                new Origin.Environment("TARRY_TRANSPORT_QUEUEGLITCHRETRYINTERVAL"),
                explained(settings, "transport.queueGlitchRetryInterval").origin());
        assertInstanceOf(
                Origin.CommandLine.class,
                explained(settings, "transport.transientFailureRetryInterval").origin());
        assertInstanceOf(
                Origin.BuiltIn.class,
                explained(settings, "transport.maxOutboundConnections").origin());
    }

    @Test
    void a_list_in_the_file_replaces_the_built_in_one() throws Exception {
        Path file = file("""
                acceptedDomains:
                  - domainName: Fabrikam.com
                    default: true
                  - domainName: tailspin.com
                    domainType: internalrelay
                    matchSubDomains: true
                sendConnectors:
                  - name: Partner
                    addressSpaces: ["fabrikam.com", "SMTP:*.contoso.com;5"]
                    dnsRoutingEnabled: false
                    smartHosts: [10.10.10.100, Relay.Contoso.com]
                """);

        Settings settings = Settings.load(Optional.of(file), Map.of(), List.of());

        assertEquals(
                List.of(
                        new AcceptedDomainSettings(
                                "fabrikam.com", "fabrikam.com", DomainType.AUTHORITATIVE, false, true, List.of(), true),
                        new AcceptedDomainSettings(
                                "tailspin.com",
                                "tailspin.com",
                                DomainType.INTERNAL_RELAY,
                                true,
                                false,
                                List.of(),
                                true)),
                settings.acceptedDomains());
        SendConnectorSettings partner = settings.sendConnectors().getFirst();
        assertEquals(1, settings.sendConnectors().size());
        assertEquals(List.of("SMTP:fabrikam.com;1", "SMTP:*.contoso.com;5"), partner.addressSpaces());
        assertEquals(List.of("[10.10.10.100]", "relay.contoso.com"), partner.smartHosts());
        assertFalse(partner.useExternalDNSServersEnabled());
    }

    @ParameterizedTest
    @CsvSource({
        "receiveConnectors[0].bind, 127.0.0.1:3025",
        "receiveConnectors.0.bind, 127.0.0.1:3025",
        "receiveConnectors[default frontend mail].bind, 127.0.0.1:3025"
    })
    void one_value_of_one_element_can_be_set_by_place_or_name(String key, String value) throws Exception {
        Settings settings = load(List.of(key + "=" + value));

        assertEquals(
                local(3025), settings.receiveConnectors().getFirst().bindings().getFirst());
        assertEquals(
                "Default Frontend MAIL", settings.receiveConnectors().getFirst().name());
        assertEquals(
                local(2587), settings.receiveConnectors().getLast().bindings().getFirst());
    }

    @Test
    void the_built_in_connectors_listen_at_the_address_that_is_set_and_those_in_a_file_at_their_own() throws Exception {
        Map<String, String> everywhere = Map.of("TARRY_RECEIVE_ADDRESS", "0.0.0.0");

        assertEquals(
                List.of(new InetSocketAddress("0.0.0.0", 2525), new InetSocketAddress("0.0.0.0", 2587)),
                binds(Settings.load(Optional.empty(), everywhere, List.of())));
        assertEquals(
                List.of(new InetSocketAddress("::1", 2525), local(2587)),
                binds(load(List.of("receive.address=::1", "receiveConnectors[1].bind=127.0.0.1:2587"))));
        Path one = file("""
                receiveConnectors:
                  - {name: Only, bind: "127.0.0.1:3025"}
                """);
        assertEquals(List.of(local(3025)), binds(Settings.load(Optional.of(one), everywhere, List.of())));
        assertThrows(ConfigException.class, () -> load(List.of("receive.address=everywhere")));
    }

    private static List<InetSocketAddress> binds(Settings settings) {
        return settings.receiveConnectors().stream()
                .flatMap(connector -> connector.bindings().stream())
                .toList();
    }

    @Test
    void a_whole_list_can_be_set_on_the_command_line_or_by_a_variable() throws Exception {
        Settings settings = Settings.load(
                Optional.empty(),
                Map.of(
                        "TARRY_ACCEPTEDDOMAINS", "[{domainName: a.example, default: true}]",
                        "TARRY_ACCEPTEDDOMAINS_0_DOMAINTYPE", "ExternalRelay"),
                List.of("sendConnectors=[]"));

        assertEquals(
                List.of(new AcceptedDomainSettings(
                        "a.example", "a.example", DomainType.EXTERNAL_RELAY, false, true, List.of(), true)),
                settings.acceptedDomains());
        assertEquals(List.of(), settings.sendConnectors());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"8.8.8.8,1.1.1.1|2", "{8.8.8.8, 1.1.1.1}|2", "{}|0", "''|0"})
    void a_list_of_values_reads_as_exchange_takes_and_prints_it(String text, int servers) throws Exception {
        Settings settings = load(List.of("dns.externalDNSServers=" + text));

        assertEquals(servers, settings.dns().externalDNSServers().size());
    }

    @Test
    void keys_may_be_dotted_in_the_file_and_lists_in_either_form() throws Exception {
        Path file = file("""
                dns.externalDNSAdapterEnabled: $false
                dns:
                  externalDNSServers: [8.8.8.8, "127.0.0.1:5353"]
                  internalDNSServers: 9.9.9.9, 1.1.1.1
                """);

        DnsSettings dns = Settings.load(Optional.of(file), Map.of(), List.of()).dns();

        assertFalse(dns.externalDNSAdapterEnabled());
        assertEquals(5353, dns.externalDNSServers().getLast().getPort());
        assertEquals(2, dns.internalDNSServers().size());
    }

    @Test
    void the_names_of_the_built_in_connectors_follow_the_computer_name() throws Exception {
        Settings settings =
                load(List.of("receiveConnectors[Default Frontend EX1].maxHopCount=7", "server.computerName=ex1"));

        assertEquals(
                "Default Frontend EX1", settings.receiveConnectors().getFirst().name());
        assertEquals(7, settings.receiveConnectors().getFirst().maxHopCount());
    }

    @Test
    void on_free_ports_every_listener_has_port_0_and_nothing_else_changes() {
        Settings free = Settings.defaults().onFreePorts();

        assertEquals(0, free.admin().bind().getPort());
        assertEquals(0, free.lab().dnsBind().getPort());
        assertTrue(free.receiveConnectors().stream()
                .allMatch(connector -> connector.bindings().getFirst().getPort() == 0));
        assertEquals(Settings.defaults().transport(), free.transport());
    }

    @Test
    void a_variable_that_sets_nothing_is_noticed_but_does_not_stop() throws Exception {
        Settings settings = Settings.load(
                Optional.empty(),
                Map.of(
                        "TARRY_SERVICE_HOST", "10.0.0.1",
                        "TARRY_TRANSPORT_QUEUEMAXIDLTIME", "1m",
                        "TARRY_JAVA_OPTS", "-Xmx1g",
                        "HOME", "/root"),
                List.of());

        assertEquals(
                List.of(
                        "TARRY_SERVICE_HOST sets nothing",
                        "TARRY_TRANSPORT_QUEUEMAXIDLTIME sets nothing; did you mean TARRY_TRANSPORT_QUEUEMAXIDLETIME?"),
                settings.notices());
    }

    @Test
    void an_empty_file_says_nothing() throws Exception {
        Settings settings = Settings.load(Optional.of(file("# nothing yet\n")), Map.of(), List.of());

        assertEquals(Settings.defaults(), settings);
    }

    private static Settings load(List<String> sets) throws ConfigException {
        return Settings.load(Optional.empty(), Map.of(), sets);
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    }

    private static Explained explained(Settings settings, String key) {
        return settings.explained().stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("tarry.yaml"), text);
    }

    @Test
    void domains_and_connectors_may_have_names_and_guids_of_their_own() throws Exception {
        Settings settings = Settings.load(
                Optional.empty(),
                Map.of(),
                List.of(
                        "acceptedDomains=[{domainName: a.com, name: Alpha, default: true}, {domainName: b.com}]",
                        "sendConnectors[Internet].guid=4520E633-d83d-411a-bbe4-6a84648674ee"));
        assertEquals("Alpha", settings.acceptedDomains().getFirst().name());
        assertEquals("b.com", settings.acceptedDomains().getLast().name());
        assertEquals(
                "4520e633-d83d-411a-bbe4-6a84648674ee",
                settings.sendConnectors().getFirst().guid().orElseThrow().toString());
        ConfigException refused = assertThrows(
                ConfigException.class,
                () -> Settings.load(
                        Optional.empty(),
                        Map.of(),
                        List.of(
                                "acceptedDomains=[{domainName: a.com, default: true}, {domainName: b.com, name: A.com}]",
                                "sendConnectors[Internet].guid=4520e633")));
        assertEquals(2, refused.faults().size(), "a wrong value, and two domains of one name");
        assertEquals(
                "acceptedDomains[1].name",
                assertThrows(
                                ConfigException.class,
                                () -> Settings.load(
                                        Optional.empty(),
                                        Map.of(),
                                        List.of(
                                                "acceptedDomains=[{domainName: a.com, default: true}, {domainName: b.com,"
                                                        + " name: A.com}]")))
                        .faults()
                        .getFirst()
                        .key());
    }
}
