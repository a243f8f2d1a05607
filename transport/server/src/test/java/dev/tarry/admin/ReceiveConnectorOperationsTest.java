package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReceiveConnectorOperationsTest {
    private static final String FRONTEND = "MAIL\\Default Frontend MAIL";

    @TempDir
    private Path folder;

    private final Map<String, List<String>> listening = new TreeMap<>();
    private Book book;
    private ReceiveConnectorOperations operations;

    @BeforeEach
    void open() throws ConfigException {
        book = Book.in(folder);
        operations = new ReceiveConnectorOperations(book.desk, name -> listening.getOrDefault(name, List.of()));
    }

    @Test
    void connectors_are_found_by_identity_name_or_guid_with_real_values() {
        Map<String, Object> bag = operations.get("mail\\default frontend mail");
        assertEquals(FRONTEND, bag.get("Identity"));
        assertEquals(bag, operations.get("Default Frontend MAIL"));
        assertEquals(bag, operations.get((String) bag.get("Guid")));
        assertEquals(bag, operations.list().getFirst());
        assertEquals(List.of("127.0.0.1:2525"), bag.get("Bindings"));
        assertEquals("36 MB (37,748,736 bytes)", bag.get("MaxMessageSize"));
        assertEquals(60L, bag.get("MaxHopCount"));
        assertEquals("Enabled", bag.get("SizeEnabled"));
        assertEquals("FrontendTransport", bag.get("TransportRole"));
        assertNull(bag.get("Banner"));
        List<String> names = List.copyOf(bag.keySet());
        assertEquals(List.of("AuthMechanism", "Banner", "BinaryMimeEnabled", "Bindings"), names.subList(0, 4));
        assertEquals(
                OperationRefused.Reason.UNKNOWN_OBJECT,
                assertThrows(OperationRefused.class, () -> operations.get("OTHER\\Default Frontend MAIL"))
                        .reason());
    }

    @Test
    void limits_and_banner_hold_for_new_sessions_and_after_a_restart() throws Exception {
        Changed changed = operations.change(
                FRONTEND,
                Map.of(
                        "MaxMessageSize",
                        "10MB",
                        "MaxRecipientsPerMessage",
                        5L,
                        "Banner",
                        "220 keep out",
                        "PipeliningEnabled",
                        false,
                        "AnonymousRelayRanges",
                        Map.of("Add", "10.0.0.0/8")),
                Precondition.NONE);
        assertEquals(List.of(), changed.atNextStart());
        assertEquals("10 MB (10,485,760 bytes)", changed.item().get("MaxMessageSize"));
        assertEquals("220 keep out", changed.item().get("Banner"));
        assertEquals(
                List.of("127.0.0.0/8", "0:0:0:0:0:0:0:1/128", "10.0.0.0/8").size(),
                ((List<?>) changed.item().get("AnonymousRelayRanges")).size());
        assertEquals(5, book.again().now().receiveConnectors().getFirst().maxRecipientsPerMessage());
    }

    @Test
    void who_may_use_a_connector_is_said_in_exchanges_words() {
        Map<String, Object> bag = operations.get(FRONTEND);
        assertEquals("Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer", bag.get("AuthMechanism"));
        assertEquals("AnonymousUsers, ExchangeServers, ExchangeLegacyServers", bag.get("PermissionGroups"));
        Changed changed = operations.change(
                FRONTEND,
                Map.of(
                        "AuthMechanism",
                        "basicauth, tls",
                        "PermissionGroups",
                        List.of("ExchangeUsers", "AnonymousUsers"),
                        "MaxLogonFailures",
                        0L,
                        "AuthTarpitInterval",
                        "00:00:01",
                        "RequireTLS",
                        true),
                Precondition.NONE);
        assertEquals(List.of(), changed.atNextStart());
        assertEquals("Tls, BasicAuth", changed.item().get("AuthMechanism"));
        assertEquals("AnonymousUsers, ExchangeUsers", changed.item().get("PermissionGroups"));
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("AuthMechanism", "BasicAuth, BasicAuthRequireTLS", "RequireTLS", false),
                Map.of("AuthMechanism", "None"), // with RequireTLS
                Map.of("AuthMechanism", "ExternalAuthoritative", "RequireTLS", false),
                Map.of("PermissionGroups", "Everybody"),
                Map.of("MaxLogonFailures", 11L))) {
            assertThrows(OperationRefused.class, () -> operations.change(FRONTEND, wrong, Precondition.NONE));
        }
        operations.change(FRONTEND, Map.of("RequireTLS", false, "AuthMechanism", "None"), Precondition.NONE);
        assertEquals("None", operations.get(FRONTEND).get("AuthMechanism"));
    }

    @Test
    void ways_to_log_in_that_exchange_does_not_have_and_implicit_tls_are_switches_of_ours() {
        for (String ours : List.of("AuthPlainEnabled", "AuthScramSha256Enabled", "AuthXOAuth2Enabled", "ImplicitTLS")) {
            assertEquals(false, operations.get(FRONTEND).get(ours));
            Changed changed = operations.change(FRONTEND, Map.of(ours, true), Precondition.NONE);
            assertEquals(List.of(), changed.atNextStart());
            assertEquals(true, changed.item().get(ours));
            assertEquals(true, operations.get(FRONTEND).get(ours));
        }
    }

    @Test
    void another_binding_holds_at_once_and_the_one_that_it_has_is_no_change() {
        listening.put("Default Frontend MAIL", List.of("127.0.0.1:40123"));
        Map<String, Object> bag = operations.get(FRONTEND);
        assertEquals(List.of("127.0.0.1:40123"), bag.get("Bindings"));
        operations.change(FRONTEND, bag, Precondition.of(EntityTag.of(bag)));
        assertEquals(Map.of(), new SettingsOperations(book.desk).changes());
        listening.clear();
        Changed changed = operations.change(
                FRONTEND, Map.of("Bindings", List.of("127.0.0.1:2526", "[::1]:2526")), Precondition.NONE);
        assertEquals(List.of(), changed.atNextStart());
        assertEquals(2, book.now().receiveConnectors().getFirst().bindings().size());
    }

    @Test
    void what_the_environment_fixes_is_not_kept_with_a_change_of_something_else(@TempDir Path other) throws Exception {
        Book fixed = Book.in(
                other, Map.of("TARRY_RECEIVECONNECTORS_0_ANONYMOUSRELAYRANGES", "127.0.0.0/8,::1,172.17.0.0/16"));
        ReceiveConnectorOperations beside = new ReceiveConnectorOperations(fixed.desk, _ -> List.of());
        beside.change(FRONTEND, Map.of("MaxMessageSize", "10MB"), Precondition.NONE);
        assertEquals(
                3,
                fixed.now()
                        .receiveConnectors()
                        .getFirst()
                        .anonymousRelayRanges()
                        .size());
        assertEquals(
                2,
                fixed.again()
                        .now()
                        .receiveConnectors()
                        .getFirst()
                        .anonymousRelayRanges()
                        .size());
        OperationRefused refused = assertThrows(
                OperationRefused.class,
                () -> beside.change(
                        FRONTEND, Map.of("AnonymousRelayRanges", List.of("10.0.0.0/8")), Precondition.NONE));
        assertEquals("AnonymousRelayRanges", refused.faults().getFirst().name());
    }

    @Test
    void bindings_that_cannot_be_are_refused() {
        for (List<String> bindings : List.of(List.of("127.0.0.1:2587"), List.of("here:25"), List.<String>of())) {
            OperationRefused refused = assertThrows(
                    OperationRefused.class,
                    () -> operations.change(FRONTEND, Map.of("Bindings", bindings), Precondition.NONE));
            assertTrue(
                    refused.faults().stream().allMatch(fault -> fault.name().equals("Bindings")),
                    () -> bindings + " " + refused.faults());
        }
        OperationRefused refused = assertThrows(
                OperationRefused.class,
                () -> operations.change(
                        FRONTEND, Map.of("MaxHopCount", 0L, "Banner", "hello", "RequireTLS", true), Precondition.NONE));
        assertTrue(
                Set.of("MaxHopCount", "Banner", "RequireTLS")
                        .containsAll(refused.faults().stream()
                                .map(RefusedSetting::name)
                                .toList()),
                () -> refused.faults().toString());
    }

    @Test
    void a_new_connector_needs_what_its_usage_needs() {
        record Row(String usage, Set<String> missing) {}
        for (Row row : List.of(
                new Row("Custom", Set.of("Bindings", "RemoteIPRanges")),
                new Row("Internet", Set.of("Bindings")),
                new Row("Internal", Set.of("RemoteIPRanges")),
                new Row("Client", Set.of("RemoteIPRanges")),
                new Row("Partner", Set.of("Bindings", "RemoteIPRanges")),
                new Row("Other", Set.of("Usage")))) {
            OperationRefused refused = assertThrows(
                    OperationRefused.class, () -> operations.create(Map.of("Name", "New", "Usage", row.usage())));
            assertEquals(
                    row.missing(),
                    refused.faults().stream().map(RefusedSetting::name).collect(Collectors.toSet()),
                    row.usage());
        }
        OperationRefused unnamed = assertThrows(
                OperationRefused.class,
                () -> operations.create(Map.of("Bindings", List.of("127.0.0.1:2526"), "Usage", "Internet")));
        assertEquals("Name", unnamed.faults().getFirst().name());
        assertEquals(2, operations.list().size());
    }

    @Test
    void a_usage_says_who_may_use_a_new_connector_where_nothing_else_is_said() {
        record Row(String usage, String permissionGroups, String authMechanism) {}
        List<Row> rows = List.of(
                new Row("Client", "ExchangeUsers", "Tls, Integrated, BasicAuth, BasicAuthRequireTLS"),
                new Row("Custom", "None", "Tls"),
                new Row("Internal", "ExchangeServers, ExchangeLegacyServers", "Tls, ExchangeServer"),
                new Row("Internet", "AnonymousUsers", "Tls"),
                new Row("Partner", "Partners", "Tls"));
        int port = 2530;
        for (Row row : rows) {
            port++;
            SequencedMap<String, Object> made = operations
                    .create(Map.of(
                            "Name",
                            row.usage(),
                            "Usage",
                            row.usage(),
                            "Bindings",
                            List.of("127.0.0.1:" + port),
                            "RemoteIPRanges",
                            List.of("10.0.0.0/8")))
                    .item();
            assertEquals(row.permissionGroups(), made.get("PermissionGroups"), row.usage());
            assertEquals(row.authMechanism(), made.get("AuthMechanism"), row.usage());
            assertEquals(made, operations.get(row.usage()));
        }
        SequencedMap<String, Object> said = operations
                .create(Map.of(
                        "Name",
                        "Said",
                        "Usage",
                        "Client",
                        "Bindings",
                        List.of("127.0.0.1:2540"),
                        "RemoteIPRanges",
                        List.of("10.0.0.0/8"),
                        "PermissionGroups",
                        "AnonymousUsers"))
                .item();
        assertEquals("AnonymousUsers", said.get("PermissionGroups"));
        assertEquals("Tls, Integrated, BasicAuth, BasicAuthRequireTLS", said.get("AuthMechanism"));
    }

    @Test
    void a_connector_for_some_clients_shares_the_address_of_one_for_all() {
        listening.put("Default Frontend MAIL", List.of("127.0.0.1:2525"));
        Changed made = operations.create(
                Map.of("Name", "Relay", "Usage", "Internal", "RemoteIPRanges", List.of("10.0.0.0/8")));
        assertEquals("MAIL\\Relay", made.item().get("Identity"));
        assertEquals(List.of("127.0.0.1:2525"), made.item().get("Bindings"));
        assertEquals(List.of("10.0.0.0/8"), made.item().get("RemoteIPRanges"));
        assertEquals(List.of(), made.warnings());
        assertEquals(3, operations.list().size());
        OperationRefused again = assertThrows(
                OperationRefused.class,
                () -> operations.create(
                        Map.of("Name", "Relay", "Usage", "Internal", "RemoteIPRanges", List.of("10.1.0.0/16"))));
        assertEquals(OperationRefused.Reason.CONFLICT, again.reason());
        for (String range : List.of("10.0.0.0/8", "10.200.0.0-11.0.0.9", "0.0.0.0/0")) {
            OperationRefused refused = assertThrows(
                    OperationRefused.class,
                    () -> operations.create(
                            Map.of("Name", "Other", "Usage", "Internal", "RemoteIPRanges", List.of(range))));
            assertTrue(
                    Set.of("Bindings", "RemoteIPRanges")
                            .contains(refused.faults().getFirst().name()),
                    () -> refused.faults().toString());
        }
        operations.create(Map.of("Name", "Within", "Usage", "Internal", "RemoteIPRanges", List.of("10.1.0.0/16")));
        assertEquals(4, operations.list().size());
    }

    @Test
    void a_connector_is_removed_but_not_the_last_one() {
        operations.remove("Client Frontend MAIL", Precondition.NONE);
        assertEquals(1, operations.list().size());
        OperationRefused refused =
                assertThrows(OperationRefused.class, () -> operations.remove(FRONTEND, Precondition.NONE));
        assertEquals(OperationRefused.Reason.CONFLICT, refused.reason());
        assertThrows(
                OperationRefused.class,
                () -> operations.change(FRONTEND, Map.of("Enabled", false), Precondition.NONE),
                "none would take mail");
        assertEquals(true, operations.get(FRONTEND).get("Enabled"));
    }

    @Test
    void properties_stand_in_the_order_of_exchange() {
        List<String> names = List.copyOf(operations.get(FRONTEND).keySet());
        List<String> order = List.of(
                "Bindings",
                "Enabled",
                "ConnectionTimeout",
                "MessageRateLimit",
                "MessageRateSource",
                "MaxInboundConnection",
                "MaxHeaderSize",
                "MaxHopCount",
                "MaxLocalHopCount",
                "MaxMessageSize",
                "MaxProtocolErrors",
                "MaxRecipientsPerMessage",
                "RemoteIPRanges",
                "RequireEHLODomain",
                "TransportRole",
                "RejectReservedTopLevelRecipientDomains",
                "RejectReservedSecondLevelRecipientDomains",
                "RejectSingleLabelRecipientDomains",
                "SizeEnabled",
                "TarpitInterval",
                "MaxAcknowledgementDelay",
                "Name");
        assertEquals(order, names.stream().filter(order::contains).toList());
        assertEquals(
                List.of("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "0.0.0.0-255.255.255.255"),
                operations.get(FRONTEND).get("RemoteIPRanges"));
        assertEquals(5L, operations.get(FRONTEND).get("MaxLocalHopCount"));
        assertEquals(5L, operations.get("Client Frontend MAIL").get("MessageRateLimit"));
        assertEquals("User", operations.get("Client Frontend MAIL").get("MessageRateSource"));
    }
}
