package dev.tarry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsBookTest {
    private static final String IDLE = "transport.queueMaxIdleTime";

    @TempDir
    private Path data;

    private SettingsBook open(Map<String, String> environment, String... sets) throws ConfigException {
        List<String> all = new ArrayList<>(List.of(sets));
        all.add("data=" + data);
        return SettingsBook.open(new SettingsBook.Sources(Optional.empty(), environment, all, false));
    }

    @Test
    void what_is_set_at_run_time_holds_at_once_and_after_a_restart() throws Exception {
        SettingsBook book = open(Map.of());
        List<Duration> told = new ArrayList<>();
        book.onChange(settings -> told.add(settings.transport().queueMaxIdleTime()));

        book.change(_ -> Map.of(IDLE, Optional.of("7m")));

        assertEquals(Duration.ofMinutes(7), book.now().transport().queueMaxIdleTime());
        assertEquals(List.of(Duration.ofMinutes(7)), told);
        SettingsBook again = open(Map.of());
        assertEquals(Duration.ofMinutes(7), again.now().transport().queueMaxIdleTime());
        assertTrue(again.now().explained().stream()
                .anyMatch(one -> one.key().equals(IDLE) && one.origin() instanceof Origin.RunTime));
    }

    @Test
    void a_change_taken_back_leaves_what_the_weaker_sources_say() throws Exception {
        SettingsBook book = open(Map.of());
        book.change(_ -> Map.of(IDLE, Optional.of("7m")));
        book.change(_ -> Map.of(IDLE, Optional.empty()));
        assertEquals(Duration.ofMinutes(3), book.now().transport().queueMaxIdleTime());
        assertEquals(Map.of(), book.changes());
    }

    @Test
    void of_several_changes_with_one_fault_none_is_made_and_nobody_is_told() throws Exception {
        SettingsBook book = open(Map.of());
        book.onChange(_ -> {
            throw new AssertionError("nothing has changed");
        });
        ConfigException refused = assertThrows(
                ConfigException.class,
                () -> book.change(
                        _ -> Map.of(IDLE, Optional.of("7m"), "transport.messageRetryInterval", Optional.of("soon"))));
        assertEquals(
                "transport.messageRetryInterval", refused.faults().getFirst().key());
        assertEquals(Duration.ofMinutes(3), book.now().transport().queueMaxIdleTime());
        assertFalse(Files.exists(data.resolve(SettingsBook.FILE)));
    }

    @Test
    void what_the_environment_or_the_command_line_fixes_cannot_be_set_at_run_time() throws Exception {
        SettingsBook byVariable = open(Map.of("TARRY_TRANSPORT_QUEUEMAXIDLETIME", "5m"));
        ConfigException refused =
                assertThrows(ConfigException.class, () -> byVariable.change(_ -> Map.of(IDLE, Optional.of("7m"))));
        assertTrue(refused.getMessage().contains("TARRY_TRANSPORT_QUEUEMAXIDLETIME"), refused.getMessage());
        SettingsBook bySet = open(Map.of(), IDLE + "=5m");
        assertThrows(ConfigException.class, () -> bySet.change(_ -> Map.of(IDLE, Optional.of("7m"))));
        assertEquals(Duration.ofMinutes(5), bySet.now().transport().queueMaxIdleTime());
    }

    @Test
    void a_list_is_changed_as_a_whole_and_only_what_is_not_the_default_is_kept() throws Exception {
        SettingsBook book = open(Map.of());
        book.change(settings -> {
            List<SequencedMap<String, String>> connectors = settings.written("sendConnectors");
            SequencedMap<String, String> added = new LinkedHashMap<>();
            added.put("name", "Smart \"host\" é");
            added.put("addressSpaces", "SMTP:problem-domain.com;1");
            added.put("dnsRoutingEnabled", "false");
            added.put("smartHosts", "their-known-mailserver.com,[10.1.2.3]");
            connectors.add(added);
            return Map.of("sendConnectors", Optional.of(SettingsBook.listText(connectors)));
        });
        List<SendConnectorSettings> connectors = open(Map.of()).now().sendConnectors();
        assertEquals(2, connectors.size());
        assertEquals("Internet", connectors.getFirst().name());
        assertTrue(connectors.getFirst().useExternalDNSServersEnabled());
        assertEquals("Smart \"host\" é", connectors.get(1).name());
        assertEquals(
                List.of("their-known-mailserver.com", "[10.1.2.3]"),
                connectors.get(1).smartHosts());
        assertEquals(
                List.of("name", "addressSpaces", "dnsRoutingEnabled", "smartHosts"),
                List.copyOf(book.now().written("sendConnectors").get(1).keySet()));
    }

    @Test
    void a_whole_list_replaces_what_was_set_of_one_of_its_elements() throws Exception {
        SettingsBook book = open(Map.of());
        book.change(_ -> Map.of("sendConnectors[Internet].enabled", Optional.of("false")));
        assertFalse(book.now().sendConnectors().getFirst().enabled());
        book.change(_ -> Map.of("sendConnectors", Optional.of("[{name: Other, addressSpaces: 'SMTP:*;1'}]")));
        assertEquals("Other", book.now().sendConnectors().getFirst().name());
        assertEquals(List.of("sendConnectors"), List.copyOf(book.changes().keySet()));
    }

    @Test
    void a_damaged_file_of_changes_is_named_with_its_line() throws IOException {
        Files.writeString(data.resolve(SettingsBook.FILE), "\"" + IDLE + "\": [7m]\n");
        ConfigException refused = assertThrows(ConfigException.class, () -> open(Map.of()));
        assertTrue(refused.getMessage().contains(SettingsBook.FILE + ":1:"), refused.getMessage());
    }
}
