package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.ConfigException;
import dev.tarry.config.SendConnectorSettings;
import dev.tarry.routing.SendConnector;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectorOperationsTest {
    @TempDir
    private Path folder;

    private Book book;
    private ConnectorOperations operations;

    @BeforeEach
    void open() throws ConfigException {
        book = Book.in(folder);
        operations = new ConnectorOperations(book.desk);
    }

    private static Map<String, Object> smart(String name) {
        return new LinkedHashMap<>(Map.of(
                "Name",
                name,
                "AddressSpaces",
                List.of("SMTP:problem-domain.com;1"),
                "SmartHosts",
                List.of("their-known-mailserver.com"),
                "DNSRoutingEnabled",
                false));
    }

    private OperationRefused refused(Map<String, ?> wanted) {
        return assertThrows(OperationRefused.class, () -> operations.create(wanted));
    }

    private static Set<String> names(OperationRefused refused) {
        return Set.copyOf(refused.faults().stream().map(RefusedSetting::name).toList());
    }

    @Test
    void the_guides_connector_is_made_and_is_there_after_a_restart() throws Exception {
        Changed made = operations.create(smart("Problem domain"));
        assertEquals("Problem domain", made.item().get("Identity"));
        assertEquals(List.of("SMTP:problem-domain.com;1"), made.item().get("AddressSpaces"));
        assertEquals("their-known-mailserver.com", made.item().get("SmartHostsString"));
        assertEquals(false, made.item().get("DNSRoutingEnabled"));
        assertEquals("35 MB (36,700,160 bytes)", made.item().get("MaxMessageSize"));
        assertEquals("00:10:00", made.item().get("ConnectionInactivityTimeOut"));
        assertEquals("Default", made.item().get("ErrorPolicies"));
        assertEquals(List.of("MAIL"), made.item().get("SourceTransportServers"));
        assertNull(made.item().get("Fqdn"));
        assertEquals(List.of(), made.warnings());
        assertEquals(made.item(), operations.get("problem DOMAIN"));
        assertEquals(made.item(), operations.get((String) made.item().get("Guid")));
        ConnectorOperations later = new ConnectorOperations(book.again().desk);
        assertEquals(operations.list(), later.list());
        assertEquals(
                List.of("Internet", "Problem domain"),
                later.list().stream().map(bag -> bag.get("Name")).toList());
    }

    @Test
    void a_certificate_that_the_server_does_not_have_is_warned_of_when_it_is_named() throws Exception {
        ConnectorOperations knowing = new ConnectorOperations(
                book.desk, tls -> tls.certificateName().map(name -> "no certificate is called " + name));
        Changed named = knowing.change("Internet", Map.of("TlsCertificateName", "<I>a<S>b"), Precondition.NONE);
        assertEquals(
                List.of("The connector shows no certificate: no certificate is called <I>a<S>b."), named.warnings());
        assertEquals("<I>a<S>b", knowing.get("Internet").get("TlsCertificateName"));
        Map<String, Object> none = new HashMap<>();
        none.put("TlsCertificateName", null);
        assertEquals(
                List.of(), knowing.change("Internet", none, Precondition.NONE).warnings());
    }

    @Test
    void properties_stand_in_the_order_that_exchange_prints() {
        List<String> names = List.copyOf(operations.get("Internet").keySet());
        assertEquals(
                List.of("DNSRoutingEnabled", "TlsDomain", "TlsAuthLevel", "ErrorPolicies", "SmartHosts", "Port"),
                names.subList(0, 6));
        assertTrue(names.indexOf("SmtpMaxMessagesPerConnection") < names.indexOf("AddressSpaces"));
        assertTrue(names.indexOf("AddressSpaces") < names.indexOf("MaxMessageSize"));
        assertEquals(List.of("IsValid", "ObjectState"), names.subList(names.size() - 2, names.size()));
    }

    @Test
    void dns_routing_is_turned_off_only_together_with_smart_hosts() {
        Map<String, Object> wanted = smart("x");
        wanted.remove("SmartHosts");
        assertEquals(Set.of("SmartHosts"), names(refused(wanted)));
        OperationRefused change = assertThrows(
                OperationRefused.class,
                () -> operations.change("Internet", Map.of("DNSRoutingEnabled", false), Precondition.NONE));
        assertEquals(Set.of("SmartHosts"), names(change));
        assertEquals(1, operations.list().size());
        assertEquals(
                false,
                operations
                        .change(
                                "Internet",
                                Map.of("DNSRoutingEnabled", false, "SmartHosts", List.of("10.1.2.3")),
                                Precondition.NONE)
                        .item()
                        .get("DNSRoutingEnabled"));
        assertEquals(List.of("[10.1.2.3]"), operations.get("Internet").get("SmartHosts"));
    }

    @Test
    void smart_hosts_alone_turn_dns_routing_off_and_against_dns_routing_they_are_refused() {
        Map<String, Object> wanted = smart("x");
        wanted.remove("DNSRoutingEnabled");
        assertEquals(false, operations.create(wanted).item().get("DNSRoutingEnabled"));
        Map<String, Object> both = smart("y");
        both.put("DNSRoutingEnabled", true);
        assertEquals(Set.of("SmartHosts"), names(refused(both)));
    }

    @Test
    void a_connector_without_smart_hosts_may_not_stay_without_dns_routing() {
        operations.create(smart("x"));
        OperationRefused none = assertThrows(
                OperationRefused.class,
                () -> operations.change("x", Map.of("SmartHosts", List.of()), Precondition.NONE));
        assertEquals(Set.of("SmartHosts"), names(none));
        operations.change("x", Map.of("SmartHosts", List.of(), "DNSRoutingEnabled", true), Precondition.NONE);
        assertEquals(true, operations.get("x").get("DNSRoutingEnabled"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*contoso.com", "--", "contoso.com;0", "contoso.com;101", "FAX:", "", "a b.com"})
    void address_spaces_that_exchange_refuses_are_refused(String space) {
        Map<String, Object> wanted = smart("x");
        wanted.put("AddressSpaces", List.of(space));
        assertEquals(Set.of("AddressSpaces"), names(refused(wanted)), space);
        assertEquals(1, operations.list().size());
    }

    @Test
    void address_spaces_are_written_in_several_ways_and_shown_in_one() {
        Map<String, Object> wanted = smart("x");
        wanted.put("AddressSpaces", List.of("contoso.com", "SMTP:*.Fabrikam.com", "tailspin.com;5"));
        assertEquals(
                List.of("SMTP:contoso.com;1", "SMTP:*.fabrikam.com;1", "SMTP:tailspin.com;5"),
                operations.create(wanted).item().get("AddressSpaces"));
        assertEquals(
                List.of("SMTP:*.fabrikam.com;1", "SMTP:tailspin.com;5", "SMTP:new.com;1"),
                operations
                        .change(
                                "x",
                                Map.of("AddressSpaces", Map.of("Add", "new.com", "Remove", "contoso.com")),
                                Precondition.NONE)
                        .item()
                        .get("AddressSpaces"));
    }

    @Test
    void name_and_address_spaces_must_be_there_and_a_name_is_taken_once() {
        assertEquals(Set.of("Name", "AddressSpaces"), names(refused(Map.of())));
        Map<String, Object> again = smart("INTERNET");
        assertEquals(OperationRefused.Reason.CONFLICT, refused(again).reason());
        operations.create(smart("x"));
        OperationRefused renamed = assertThrows(
                OperationRefused.class, () -> operations.change("x", Map.of("Name", "Internet"), Precondition.NONE));
        assertEquals(Set.of("Name"), names(renamed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail1", "a_b..c", "host name", "1.2.3", "[1.2.3.4", "-", ""})
    void smart_hosts_that_cannot_be_dialled_are_refused(String host) {
        Map<String, Object> wanted = smart("x");
        wanted.put("SmartHosts", List.of(host));
        assertThrows(OperationRefused.class, () -> operations.create(wanted), host);
        assertEquals(1, operations.list().size());
    }

    @Test
    void a_renamed_connector_keeps_the_guid_that_its_queues_are_known_by() throws Exception {
        Object guid = operations.get("Internet").get("Guid");
        Changed renamed = operations.change("Internet", Map.of("Name", "To the world"), Precondition.NONE);
        assertEquals(guid, renamed.item().get("Guid"));
        assertEquals("To the world", operations.get((String) guid).get("Name"));
        SendConnectorSettings settings = book.again().now().sendConnectors().getFirst();
        assertEquals(guid, SendConnector.of(settings).id().toString());
        assertThrows(OperationRefused.class, () -> operations.get("Internet"));
        Object other = operations.create(smart("Internet")).item().get("Guid");
        assertFalse(guid.equals(other), "two connectors with one GUID");
    }

    @Test
    void what_was_read_may_be_sent_back_and_changes_nothing() {
        operations.create(smart("x"));
        Map<String, Object> before = new SettingsOperations(book.desk).changes();
        operations.change("x", operations.get("x"), Precondition.NONE);
        operations.change("Internet", operations.get("Internet"), Precondition.NONE);
        assertEquals(before, new SettingsOperations(book.desk).changes());
    }

    @Test
    void what_this_server_does_not_obey_is_not_taken_in_silence() {
        OperationRefused refused = assertThrows(
                OperationRefused.class, () -> operations.change("Internet", Map.of("Guid", "x"), Precondition.NONE));
        assertEquals(Set.of("Guid"), names(refused));
        Changed kept = operations.change(
                "Internet", Map.of("FrontendProxyEnabled", true, "Comment", "for now"), Precondition.NONE);
        assertEquals(List.of("FrontendProxyEnabled is kept and shown, and has no effect here."), kept.warnings());
        assertEquals(true, kept.item().get("FrontendProxyEnabled"));
        assertEquals("for now", kept.item().get("Comment"));
        assertEquals(
                List.of(),
                operations
                        .change("Internet", Map.of("FrontendProxyEnabled", false), Precondition.NONE)
                        .warnings());
    }

    @Test
    void source_servers_are_this_one_until_others_are_named() {
        assertEquals(List.of("MAIL"), operations.get("Internet").get("SourceTransportServers"));
        Changed others = operations.change(
                "Internet",
                Map.of("SourceTransportServers", Map.of("Add", "edge1", "Remove", "mail")),
                Precondition.NONE);
        assertEquals(List.of("EDGE1"), others.item().get("SourceTransportServers"));
        assertTrue(others.warnings().getFirst().contains("does not name this server"), others.warnings()::toString);
        Changed both = operations.change(
                "Internet", Map.of("SourceTransportServers", List.of("EDGE1", "mail.company.com")), Precondition.NONE);
        assertEquals(List.of(), both.warnings());
    }

    @Test
    void a_log_in_is_made_of_a_credential_and_its_secret_is_never_shown() throws Exception {
        Map<String, Object> wanted = smart("x");
        wanted.put("SmartHostAuthMechanism", "BasicAuthRequireTLS");
        assertEquals(Set.of("authenticationUser"), names(refused(wanted)));
        wanted.put("AuthenticationCredential", Map.of("UserName", "relay", "Password", "hunter2"));
        Changed made = operations.create(wanted);
        assertEquals("relay", made.item().get("AuthenticationCredential"));
        assertFalse(made.toString().contains("hunter2"));
        assertFalse(new SettingsOperations(book.desk).list().toString().contains("hunter2"));
        assertFalse(new SettingsOperations(book.desk).changes().toString().contains("hunter2"));
        operations.change("x", made.item(), Precondition.NONE);
        SendConnector connector =
                SendConnector.of(book.again().now().sendConnectors().getLast());
        assertEquals("hunter2", connector.login().orElseThrow().secret());
        assertFalse(connector.toString().contains("hunter2"));
        OperationRefused half = assertThrows(
                OperationRefused.class,
                () -> operations.change(
                        "x", Map.of("AuthenticationCredential", Map.of("UserName", "relay")), Precondition.NONE));
        assertEquals(Set.of("AuthenticationCredential"), names(half));
        Map<String, Object> none = new HashMap<>();
        none.put("AuthenticationCredential", null);
        none.put("SmartHostAuthMechanism", "None");
        operations.change("x", none, Precondition.NONE);
        assertNull(operations.get("x").get("AuthenticationCredential"));
        assertEquals(
                Optional.empty(), book.now().sendConnectors().getLast().login().secret());
    }

    @Test
    void combinations_that_cannot_work_are_refused_by_their_exchange_names() {
        OperationRefused tls = assertThrows(
                OperationRefused.class,
                () -> operations.change("Internet", Map.of("TlsAuthLevel", "EncryptionOnly"), Precondition.NONE));
        assertEquals(Set.of("TlsAuthLevel"), names(tls));
        Changed made = operations.change(
                "Internet", Map.of("TlsAuthLevel", "EncryptionOnly", "RequireTLS", true), Precondition.NONE);
        assertEquals("EncryptionOnly", made.item().get("TlsAuthLevel"));
        Changed helo = operations.change("Internet", Map.of("ForceHELO", true), Precondition.NONE);
        assertTrue(helo.warnings().getFirst().contains("ForceHELO"), helo.warnings()::toString);
    }

    @Test
    void usage_internal_has_no_size_limit_and_another_usage_is_refused() {
        Map<String, Object> wanted = smart("x");
        wanted.put("Usage", "internal");
        assertEquals("Unlimited", operations.create(wanted).item().get("MaxMessageSize"));
        wanted.put("Name", "y");
        wanted.put("Usage", "Private");
        assertEquals(Set.of("Usage"), names(refused(wanted)));
    }

    @Test
    void sizes_words_and_spans_come_in_exchanges_forms() {
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("MaxMessageSize", "10MB");
        wanted.put("ErrorPolicies", List.of("DowngradeDnsFailures", "UpgradeCustomFailures"));
        wanted.put("ConnectionInactivityTimeOut", "00:02:00");
        wanted.put("Fqdn", "Mail.Company.com");
        Map<String, Object> bag =
                operations.change("Internet", wanted, Precondition.NONE).item();
        assertEquals("10 MB (10,485,760 bytes)", bag.get("MaxMessageSize"));
        assertEquals("DowngradeDnsFailures, UpgradeCustomFailures", bag.get("ErrorPolicies"));
        assertEquals("00:02:00", bag.get("ConnectionInactivityTimeOut"));
        assertEquals("mail.company.com", bag.get("Fqdn"));
        operations.change("Internet", bag, Precondition.NONE);
        wanted.put("Fqdn", null);
        wanted.put("MaxMessageSize", "unlimited");
        bag = operations.change("Internet", wanted, Precondition.NONE).item();
        assertNull(bag.get("Fqdn"));
        assertEquals("Unlimited", bag.get("MaxMessageSize"));
        assertEquals(Optional.empty(), book.now().sendConnectors().getFirst().fqdn());
    }

    @Test
    void a_removed_connector_is_gone_and_a_stale_removal_is_refused() throws Exception {
        operations.create(smart("x"));
        Precondition seen = Precondition.of(EntityTag.of(operations.get("x")));
        operations.change("x", Map.of("Enabled", false), Precondition.NONE);
        assertEquals(
                OperationRefused.Reason.CHANGED_SINCE,
                assertThrows(OperationRefused.class, () -> operations.remove("x", seen))
                        .reason());
        operations.remove("X", Precondition.of(EntityTag.of(operations.get("x"))));
        assertEquals(
                OperationRefused.Reason.UNKNOWN_OBJECT,
                assertThrows(OperationRefused.class, () -> operations.remove("x", Precondition.NONE))
                        .reason());
        operations.remove("Internet", Precondition.NONE);
        assertEquals(List.of(), new ConnectorOperations(book.again().desk).list());
        assertTrue(operations
                .create(with(smart("y"), "Enabled", false))
                .warnings()
                .getFirst()
                .contains("Unreachable"));
    }

    private static Map<String, Object> with(Map<String, Object> bag, String name, Object value) {
        bag.put(name, value);
        return bag;
    }

    @Test
    void a_connector_is_made_beside_one_of_which_the_command_line_fixes_a_value() throws Exception {
        Book fixed = Book.in(folder, "sendConnectors[Internet].enabled=false");
        ConnectorOperations connectors = new ConnectorOperations(fixed.desk);
        connectors.create(smart("x"));
        assertEquals(2, connectors.list().size());
        OperationRefused refused = assertThrows(
                OperationRefused.class,
                () -> connectors.change("Internet", Map.of("Enabled", true), Precondition.NONE));
        assertEquals(Set.of("Enabled"), names(refused));
        assertTrue(refused.getMessage().contains("--set"), refused.getMessage());
    }

    @Test
    void names_of_any_script_with_quotes_and_brackets_survive_a_restart() throws Exception {
        for (String name : List.of("Ünïcode ☎", "a]b[c", "\"quoted\"", "back\\slash", "x: {y}", "null", "1", "# no")) {
            operations.create(smart(name));
            assertEquals(name, operations.get(name).get("Name"));
        }
        assertEquals(operations.list(), new ConnectorOperations(book.again().desk).list());
    }
}
