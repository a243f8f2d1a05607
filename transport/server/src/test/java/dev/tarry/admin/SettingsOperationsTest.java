package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.ConfigException;
import dev.tarry.config.SettingsBook;
import dev.tarry.time.Secrets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsOperationsTest {
    @TempDir
    private Path folder;

    private Book book;
    private SettingsOperations operations;

    @BeforeEach
    void open() throws ConfigException {
        book = Book.in(folder);
        operations = new SettingsOperations(book.desk);
    }

    private Map<String, Object> setting(String key) {
        return operations.list().stream()
                .filter(bag -> bag.get("key").equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void each_setting_says_what_holds_who_said_so_and_when_a_change_holds() {
        Map<String, Object> idle = setting("transport.queueMaxIdleTime");
        assertEquals("00:03:00", idle.get("value"));
        assertEquals("default", idle.get("origin"));
        assertEquals("00:00:05 to 01:00:00", idle.get("bounds"));
        assertEquals("QueueMaxIdleTime", idle.get("exchangeName"));
        assertEquals("at once", idle.get("effect"));
        assertEquals("at the next start", setting("server.computerName").get("effect"));
        assertEquals("Internet", setting("sendConnectors[0].name").get("value"));
        operations.change(Map.of("transport.queueMaxIdleTime", "7m"), Precondition.NONE);
        assertEquals("00:07:00", setting("transport.queueMaxIdleTime").get("value"));
        assertEquals("set at run time", setting("transport.queueMaxIdleTime").get("origin"));
    }

    @Test
    void texts_numbers_truth_values_and_lists_are_taken_and_null_takes_them_back() throws Exception {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("transport.queueGlitchRetryCount", 2L);
        wanted.put("dns.ipv6Enabled", true);
        wanted.put("dns.externalDNSServers", List.of("8.8.8.8", "1.1.1.1"));
        wanted.put("server.computerName", "EDGE");
        wanted.put(
                "acceptedDomains",
                List.of(Map.of("domainName", "a.com", "default", true), Map.of("domainName", "b.com")));
        SettingsOperations.Done done = operations.change(wanted, Precondition.of(operations.tag()));
        assertEquals("2", done.changed().get("transport.queueGlitchRetryCount"));
        assertEquals("8.8.8.8,1.1.1.1", done.changed().get("dns.externalDNSServers"));
        assertEquals("a.com", done.changed().get("acceptedDomains[a.com].domainName"));
        assertTrue(done.changed().containsKey("acceptedDomains[company.com].domainName"), "what is gone is told too");
        assertEquals(
                List.of("server.computerName"),
                done.atNextStart().stream().limit(1).toList());
        assertEquals(done.tag(), operations.tag());
        assertEquals(operations.changes(), new SettingsOperations(book.again().desk).changes());

        Map<String, Object> back = new HashMap<>();
        operations.changes().keySet().forEach(key -> back.put(key, null));
        operations.change(back, Precondition.NONE);
        assertEquals(Map.of(), operations.changes());
        assertEquals("company.com", book.now().defaultAcceptedDomain().domainName());
    }

    @Test
    void what_was_set_can_be_set_again_elsewhere(@TempDir Path elsewhere) throws Exception {
        new ConnectorOperations(book.desk)
                .create(Map.of("Name", "x", "AddressSpaces", List.of("x.com"), "SmartHosts", List.of("h.x.com")));
        operations.change(Map.of("sendConnectors[x].enabled", false), Precondition.NONE);
        Book other = Book.in(elsewhere);
        new SettingsOperations(other.desk).change(operations.changes(), Precondition.NONE);
        assertEquals(book.now().sendConnectors(), other.now().sendConnectors());
    }

    @Test
    void all_faults_come_at_once_each_with_what_would_be_right() {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("transport.queueMaxIdelTime", "7m");
        wanted.put("dns.ipv6Enabled", "perhaps");
        wanted.put("transport.messageRetryInterval", "00:00:00");
        OperationRefused refused =
                assertThrows(OperationRefused.class, () -> operations.change(wanted, Precondition.NONE));
        assertEquals(OperationRefused.Reason.SETTING_REFUSED, refused.reason());
        assertEquals(
                wanted.keySet(),
                Set.copyOf(refused.faults().stream().map(RefusedSetting::name).toList()));
        assertTrue(
                refused.faults().stream().anyMatch(f -> f.right().contains("transport.queueMaxIdleTime")),
                () -> refused.faults().toString());
        assertEquals(Map.of(), operations.changes());
    }

    @Test
    void a_value_of_no_use_is_refused_by_its_key() {
        for (Object value : List.of(Map.of("a", 1L), List.of(List.of("x")), List.of("8.8.8.8,1.1.1.1"))) {
            OperationRefused refused = assertThrows(
                    OperationRefused.class,
                    () -> operations.change(Map.of("dns.externalDNSServers", value), Precondition.NONE));
            assertEquals("dns.externalDNSServers", refused.faults().getFirst().name());
        }
    }

    @Test
    void a_stale_change_is_refused() {
        EntityTag seen = operations.tag();
        operations.change(Map.of("dns.ipv6Enabled", true), Precondition.of(seen));
        assertEquals(
                OperationRefused.Reason.CHANGED_SINCE,
                assertThrows(
                                OperationRefused.class,
                                () -> operations.change(Map.of("dns.ipv6Enabled", false), Precondition.of(seen)))
                        .reason());
    }

    @Test
    void another_secret_makes_another_tag_and_is_not_in_it() throws Exception {
        EntityTag none = operations.tag();
        operations.change(Map.of("admin.token", "0123456789abcdef"), Precondition.NONE);
        EntityTag one = operations.tag();
        assertEquals(one, operations.shown().tag());
        SettingsOperations.Done done =
                operations.change(Map.of("admin.token", "fedcba9876543210"), Precondition.of(one));
        assertEquals(3, Set.of(none, one, done.tag()).size());
        assertEquals(done.tag(), operations.tag());
        assertThrows(
                OperationRefused.class,
                () -> operations.change(Map.of("dns.ipv6Enabled", true), Precondition.of(one)),
                "somebody changed the secret meanwhile");
        operations.change(Map.of("admin.token", "0123456789abcdef"), Precondition.NONE);
        assertEquals(one, operations.tag(), "the same state, the same tag");
        SettingsDesk other = new SettingsDesk(
                SettingsBook.open(
                        new SettingsBook.Sources(Optional.empty(), Map.of(), List.of("data=" + folder), false)),
                new Secrets(new SplittableRandom(2)));
        assertNotEquals(one, new SettingsOperations(other).tag(), "nobody can try secrets against it");
    }

    @Test
    void the_log_gets_one_line_with_old_and_new_and_the_names_of_elements() throws Exception {
        Book before = Book.in(folder);
        operations.change(
                Map.of("dns.externalDNSServers", "8.8.8.8", "transport.queueMaxIdleTime", "7m"), Precondition.NONE);
        new ConnectorOperations(book.desk).create(Map.of("Name", "a\u202eb", "AddressSpaces", List.of("x.com")));
        new ConnectorOperations(book.desk).remove("Internet", Precondition.NONE);
        assertEquals(
                "transport.queueMaxIdleTime: '00:03:00' -> '00:07:00', dns.externalDNSServers: '' -> '8.8.8.8',"
                        + " sendConnectors[a?b].name = 'a?b', sendConnectors[a?b].addressSpaces = 'SMTP:x.com;1',"
                        + " sendConnectors[Internet] removed",
                SettingDifference.line(SettingDifference.between(before.now(), book.now())));
    }
}
