package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReceiveConnectorOperationsTest {
    private static final String FRONTEND = "MAIL\\Default Frontend MAIL";

    @TempDir
    private Path folder;

    private final Map<String, String> listening = new TreeMap<>();
    private Book book;
    private ReceiveConnectorOperations operations;

    @BeforeEach
    void open() throws ConfigException {
        book = Book.in(folder);
        operations = new ReceiveConnectorOperations(book.desk, name -> Optional.ofNullable(listening.get(name)));
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
    void another_binding_waits_for_the_next_start_and_the_one_that_it_has_is_no_change() {
        listening.put("Default Frontend MAIL", "127.0.0.1:40123");
        Map<String, Object> bag = operations.get(FRONTEND);
        assertEquals(List.of("127.0.0.1:40123"), bag.get("Bindings"));
        operations.change(FRONTEND, bag, Precondition.of(EntityTag.of(bag)));
        assertEquals(Map.of(), new SettingsOperations(book.desk).changes());
        Changed changed = operations.change(FRONTEND, Map.of("Bindings", List.of("127.0.0.1:2526")), Precondition.NONE);
        assertEquals(List.of("Bindings"), changed.atNextStart());
        assertEquals(List.of("127.0.0.1:40123"), changed.item().get("Bindings"), "where it listens still");
    }

    @Test
    void what_the_environment_fixes_is_not_kept_with_a_change_of_something_else(@TempDir Path other) throws Exception {
        Book fixed = Book.in(
                other, Map.of("TARRY_RECEIVECONNECTORS_0_ANONYMOUSRELAYRANGES", "127.0.0.0/8,::1,172.17.0.0/16"));
        ReceiveConnectorOperations beside = new ReceiveConnectorOperations(fixed.desk, _ -> Optional.empty());
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
        for (List<String> bindings : List.of(
                List.of("127.0.0.1:2587"),
                List.of("127.0.0.1:1", "127.0.0.1:2"),
                List.of("here:25"),
                List.<String>of())) {
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
}
