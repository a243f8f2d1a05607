package dev.tarry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
    void a_list_is_changed_beside_a_value_that_the_command_line_fixes_and_the_value_is_not() throws Exception {
        SettingsBook book = open(Map.of(), "sendConnectors[Internet].enabled=false");
        book.change(settings -> Map.of("sendConnectors", Optional.of(SettingsBook.listText(withAnother(settings)))));
        assertEquals(2, book.now().sendConnectors().size());
        ConfigException refused = assertThrows(
                ConfigException.class,
                () -> book.change(settings -> {
                    List<SequencedMap<String, String>> all = settings.written("sendConnectors");
                    all.getFirst().put("enabled", "true");
                    return Map.of("sendConnectors", Optional.of(SettingsBook.listText(all)));
                }));
        assertEquals("sendConnectors[0].enabled", refused.faults().getFirst().key());
        assertFalse(book.now().sendConnectors().getFirst().enabled());
    }

    private static List<SequencedMap<String, String>> withAnother(Settings settings) {
        List<SequencedMap<String, String>> all = settings.written("sendConnectors");
        SequencedMap<String, String> another = new LinkedHashMap<>();
        another.put("name", "Another");
        another.put("addressSpaces", "a.com");
        all.add(another);
        return all;
    }

    @Test
    void what_the_environment_and_the_command_line_fix_in_a_list_is_not_kept_with_a_change_of_it() throws Exception {
        SettingsBook first = open(Map.of());
        first.changeList("receiveConnectors", (_, all) -> {
            all.getFirst().put("maxRecipientsPerMessage", "7");
            all.getFirst().put("maxHopCount", "9");
        });
        SettingsBook fixed = open(
                Map.of(
                        "TARRY_RECEIVECONNECTORS_0_ANONYMOUSRELAYRANGES", "127.0.0.0/8,::1,172.17.0.0/16",
                        "TARRY_RECEIVECONNECTORS_0_MAXRECIPIENTSPERMESSAGE", "8",
                        "TARRY_RECEIVECONNECTORS_1_NAME", "Other"),
                "receiveConnectors[0].bind=127.0.0.1:9525");
        fixed.changeList("receiveConnectors", (_, all) -> {
            assertFalse(all.getFirst().containsKey("anonymousRelayRanges"), "what is fixed is not offered");
            all.getFirst().put("maxMessageSize", "10MB");
        });
        assertEquals(8, fixed.now().receiveConnectors().getFirst().maxRecipientsPerMessage(), "it holds as before");
        assertEquals(
                9525,
                fixed.now().receiveConnectors().getFirst().bindings().getFirst().getPort());
        String kept = Files.readString(data.resolve(SettingsBook.FILE));
        assertFalse(kept.contains("172.17") || kept.contains("9525") || kept.contains("Other"), kept);

        List<ReceiveConnectorSettings> without = open(Map.of()).now().receiveConnectors();
        assertEquals(10 << 20, without.getFirst().maxMessageSize());
        assertEquals(7, without.getFirst().maxRecipientsPerMessage(), "set at run time before, and not named since");
        assertEquals(9, without.getFirst().maxHopCount());
        assertEquals(2525, without.getFirst().bindings().getFirst().getPort());
        assertEquals("Client Frontend MAIL", without.get(1).name());
        assertEquals(
                Settings.defaults().receiveConnectors().getFirst().anonymousRelayRanges(),
                without.getFirst().anonymousRelayRanges());
        // the other world's default is not shut out either
        assertEquals(
                List.of(),
                open(Map.of(), "world=network")
                        .now()
                        .receiveConnectors()
                        .getFirst()
                        .anonymousRelayRanges());
    }

    @Test
    void what_a_stronger_source_fixes_in_a_list_is_refused_by_its_key_and_so_is_a_list_that_it_fixes_whole()
            throws Exception {
        SettingsBook one = open(Map.of(), "sendConnectors[Internet].enabled=false");
        ConfigException refused = assertThrows(
                ConfigException.class,
                () -> one.changeList(
                        "sendConnectors", (_, all) -> all.getFirst().put("enabled", "true")));
        assertEquals("sendConnectors[0].enabled", refused.faults().getFirst().key());
        SettingsBook whole = open(Map.of("TARRY_SENDCONNECTORS", "[{name: Mine, addressSpaces: 'SMTP:*;1'}]"));
        refused = assertThrows(
                ConfigException.class,
                () -> whole.changeList(
                        "sendConnectors", (_, all) -> all.getFirst().put("enabled", "false")));
        assertTrue(refused.getMessage().contains("TARRY_SENDCONNECTORS"), refused.getMessage());
        refused = assertThrows(
                ConfigException.class, () -> whole.change(_ -> Map.of("sendConnectors", Optional.of("[]"))));
        assertTrue(refused.getMessage().contains("TARRY_SENDCONNECTORS"), refused.getMessage());
        assertFalse(Files.exists(data.resolve(SettingsBook.FILE)));
    }

    @Test
    void a_list_without_any_receive_connector_is_refused_and_told_with_its_place() throws Exception {
        SettingsBook book = open(Map.of());
        ConfigException refused = assertThrows(
                ConfigException.class, () -> book.change(_ -> Map.of("receiveConnectors", Optional.of("[]"))));
        assertEquals("receiveConnectors", refused.faults().getFirst().key());
        assertEquals(2, book.now().receiveConnectors().size());
        assertThrows(ConfigException.class, () -> open(Map.of(), "receiveConnectors=[]"));
    }

    @Test
    void what_is_none_of_ours_cannot_be_taken_back_and_what_was_left_aside_can() throws Exception {
        Files.writeString(data.resolve(SettingsBook.FILE), "\"transport.tomorrow\": \"1\"\n");
        SettingsBook book = open(Map.of());
        ConfigException refused = assertThrows(
                ConfigException.class,
                () -> book.change(_ -> Map.of(
                        "transport.queueMaxIdelTime", Optional.empty(),
                        "no.such.key", Optional.empty(),
                        "sendConnectors[Gone].port", Optional.empty(),
                        "transport.messageRetryInterval", Optional.of("soon"))));
        assertEquals(
                List.of(
                        "no.such.key",
                        "sendConnectors[Gone].port",
                        "transport.messageRetryInterval",
                        "transport.queueMaxIdelTime"),
                refused.faults().stream().map(Fault::key).sorted().toList());
        assertTrue(refused.getMessage().contains("did you mean " + IDLE), refused.getMessage());
        assertTrue(Files.readString(data.resolve(SettingsBook.FILE)).contains("tomorrow"));

        book.change(_ -> Map.of(
                "transport.tomorrow",
                Optional.empty(),
                IDLE,
                Optional.empty(),
                "sendConnectors",
                Optional.empty(),
                "sendConnectors[Internet].port",
                Optional.empty()));
        assertFalse(Files.readString(data.resolve(SettingsBook.FILE)).contains("tomorrow"));
    }

    @Test
    void what_changes_nothing_is_not_kept_and_nobody_is_told() throws Exception {
        SettingsBook book = open(Map.of());
        book.onChange(_ -> {
            throw new AssertionError("nothing has changed");
        });
        assertEquals(book.now(), book.change(_ -> Map.of()));
        assertFalse(Files.exists(data.resolve(SettingsBook.FILE)));
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
    void what_says_at_the_next_start_waits_for_it() throws Exception {
        SettingsBook book = open(Map.of());
        List<Settings> told = new ArrayList<>();
        book.onChange(told::add);
        book.change(_ -> Map.of(
                "server.computerName",
                Optional.of("OTHER"),
                "lab.dnsBind",
                Optional.of("127.0.0.1:9053"),
                IDLE,
                Optional.of("7m")));

        assertEquals("OTHER", book.now().server().computerName());
        assertEquals("MAIL", told.getFirst().server().computerName());
        assertEquals("MAIL", book.running().server().computerName());
        assertEquals(8053, book.running().lab().dnsBind().getPort());
        assertEquals(Duration.ofMinutes(7), book.running().transport().queueMaxIdleTime());
        assertEquals(
                List.of("server.computerName", "lab.dnsBind"),
                book.pending().stream()
                        .sorted((a, b) -> Boolean.compare(a.contains("["), b.contains("[")))
                        .toList());

        SettingsBook again = open(Map.of());
        assertEquals("OTHER", again.running().server().computerName());
        assertEquals(List.of(), again.pending());
    }

    @Test
    void connectors_come_go_and_move_while_the_server_runs() throws Exception {
        SettingsBook book = open(Map.of());
        book.change(_ -> Map.of(
                "receiveConnectors",
                Optional.of("[{name: Front, bind: [127.0.0.1:9587, 127.0.0.1:9588], banner: 220 front},"
                        + " {name: Within, bind: 127.0.0.1:9587, remoteIPRanges: 127.0.0.2}]")));
        List<ReceiveConnectorSettings> running = book.running().receiveConnectors();
        assertEquals(
                List.of("Front", "Within"),
                running.stream().map(ReceiveConnectorSettings::name).toList());
        assertEquals(2, running.getFirst().bindings().size());
        assertEquals(Optional.of("220 front"), running.getFirst().banner());
        assertEquals(List.of(), book.pending());
    }

    @Test
    void built_in_connectors_keep_their_names_until_the_computer_has_another() throws Exception {
        SettingsBook book = open(Map.of());
        book.change(
                _ -> Map.of("server.computerName", Optional.of("OTHER"), "receive.address", Optional.of("127.0.0.9")));
        ReceiveConnectorSettings front = book.running().receiveConnectors().getFirst();
        assertEquals("Default Frontend MAIL", front.name());
        assertEquals("127.0.0.9", front.bindings().getFirst().getAddress().getHostAddress());
        assertEquals(
                "Default Frontend OTHER",
                book.now().receiveConnectors().getFirst().name());
    }

    @Test
    void a_change_whose_preparation_fails_is_not_made() throws Exception {
        SettingsBook book = open(Map.of());
        List<String> undone = new ArrayList<>();
        book.prepare(next -> () -> undone.add("first"));
        book.prepare(next -> {
            if (next.receiveConnectors().size() == 1) {
                throw new IllegalArgumentException("no such address");
            }
            return () -> undone.add("second");
        });
        ConfigException refused = assertThrows(
                ConfigException.class,
                () -> book.change(
                        _ -> Map.of("receiveConnectors", Optional.of("[{name: Only, bind: 127.0.0.1:9587}]"))));
        assertTrue(refused.getMessage().contains("no such address"), refused.getMessage());
        assertEquals(List.of("first"), undone);
        assertEquals(2, book.now().receiveConnectors().size());
        assertEquals(Map.of(), book.changes());
        book.change(_ -> Map.of(IDLE, Optional.of("7m")));
        assertEquals(List.of("first"), undone, "what was kept is not undone");
    }

    @Test
    void what_cannot_be_written_undoes_its_preparation() throws Exception {
        SettingsBook book = open(Map.of());
        List<String> undone = new ArrayList<>();
        book.prepare(_ -> () -> undone.add("it"));
        Files.createDirectories(data.resolve(SettingsBook.FILE + ".new").resolve("in-the-way"));
        assertThrows(IOException.class, () -> book.change(_ -> Map.of(IDLE, Optional.of("7m"))));
        assertEquals(List.of("it"), undone);
    }

    @Test
    void lists_without_listeners_change_with_all_their_elements() throws Exception {
        SettingsBook book = open(Map.of());
        book.change(_ -> Map.of(
                "sendConnectors",
                Optional.of("[]"),
                "acceptedDomains",
                Optional.of("[{domainName: only.example, default: true}]")));
        assertEquals(List.of(), book.running().sendConnectors());
        assertEquals(1, book.running().acceptedDomains().size());
        assertEquals("postmaster@only.example", book.running().postmaster());
        assertEquals(List.of(), book.pending());
    }

    @Test
    void what_holds_without_a_change_is_what_was_read() throws Exception {
        SettingsBook book = open(
                Map.of("TARRY_WORLD", "network"),
                "receiveConnectors[0].fqdn=a.example",
                "lab.seed=5",
                "sendConnectors[Internet].maxMessageSize=40MB");
        assertEquals(withoutOrigins(book.now()), withoutOrigins(book.running()));
        assertEquals(book.now().receiveConnectors(), book.running().receiveConnectors());
        assertEquals(book.now().lab(), book.running().lab());
    }

    private static List<String> withoutOrigins(Settings settings) {
        return settings.explained().stream()
                .map(one -> one.key() + "=" + one.value())
                .toList();
    }

    @Test
    void another_world_brings_its_defaults_at_the_next_start_only() throws Exception {
        SettingsBook book = open(Map.of());
        book.change(_ -> Map.of("world", Optional.of("network")));
        assertEquals(List.of(), book.now().dns().adapterServers());
        assertEquals(WorldKind.LAB, book.running().world());
        assertEquals(2, book.running().dns().adapterServers().size());
        assertEquals(Settings.defaults().receiveConnectors(), book.running().receiveConnectors());
    }

    @Test
    void on_free_ports_a_change_does_not_bring_the_written_port_back() throws Exception {
        SettingsBook book =
                SettingsBook.open(new SettingsBook.Sources(Optional.empty(), Map.of(), List.of("data=" + data), true));
        book.change(_ -> Map.of(IDLE, Optional.of("7m")));
        assertEquals(0, book.running().admin().bind().getPort());
        assertEquals(
                0,
                book.now().receiveConnectors().getFirst().bindings().getFirst().getPort());
    }

    @Test
    void whoever_is_asked_before_a_change_can_refuse_it() throws Exception {
        SettingsBook book = open(Map.of());
        book.check(next -> {
            if (next.transport().queueMaxIdleTime().toMinutes() == 7) {
                throw new IllegalArgumentException("seven is not for us");
            }
        });
        ConfigException refused =
                assertThrows(ConfigException.class, () -> book.change(_ -> Map.of(IDLE, Optional.of("7m"))));
        assertEquals("seven is not for us", refused.faults().getFirst().what());
        assertEquals(Map.of(), book.changes());
        book.change(_ -> Map.of(IDLE, Optional.of("8m")));
        assertEquals(Duration.ofMinutes(8), book.now().transport().queueMaxIdleTime());
    }

    @Test
    void what_this_version_does_not_know_is_left_aside_and_kept() throws Exception {
        Files.writeString(
                data.resolve(SettingsBook.FILE),
                "# by hand\n\"transport.tomorrow\": \"1\"\n\"" + IDLE
                        + "\": \"7m\"\n\"sendConnectors[Gone].port\": \"26\"\n");
        SettingsBook book = open(Map.of());
        assertEquals(Duration.ofMinutes(7), book.now().transport().queueMaxIdleTime());
        String notices = String.join("\n", book.now().notices());
        assertTrue(notices.contains(SettingsBook.FILE + ":2:1: transport.tomorrow: is not a setting"), notices);
        assertTrue(notices.contains(SettingsBook.FILE + ":4:1: sendConnectors[Gone].port: there is no"), notices);
        assertEquals(2, book.now().notices().size());

        book.change(_ -> Map.of(IDLE, Optional.of("8m")));
        assertEquals(List.of(IDLE), List.copyOf(book.changes().keySet()));
        assertTrue(Files.readString(data.resolve(SettingsBook.FILE)).contains("transport.tomorrow"));
        assertEquals(Duration.ofMinutes(8), open(Map.of()).now().transport().queueMaxIdleTime());
    }

    @Test
    void what_is_not_known_cannot_be_set_at_run_time() throws Exception {
        SettingsBook book = open(Map.of());
        assertThrows(ConfigException.class, () -> book.change(_ -> Map.of("transport.tomorrow", Optional.of("1"))));
        assertThrows(
                ConfigException.class, () -> book.change(_ -> Map.of("sendConnectors[Gone].port", Optional.of("26"))));
        assertFalse(Files.exists(data.resolve(SettingsBook.FILE)));
    }

    @Test
    void a_value_that_was_spoilt_by_hand_is_named_with_its_line() throws IOException {
        Files.writeString(
                data.resolve(SettingsBook.FILE), "\n\"" + IDLE + "\": \"soon\"\n\"sendConnectors\": \"[{name: x}]\"\n");
        ConfigException refused = assertThrows(ConfigException.class, () -> open(Map.of()));
        assertTrue(refused.getMessage().contains(SettingsBook.FILE + ":2:1: " + IDLE), refused.getMessage());
        assertTrue(
                refused.getMessage().contains(SettingsBook.FILE + ":3:1: sendConnectors[0].addressSpaces"),
                refused.getMessage());
        Path kept = data.resolve(SettingsBook.FILE);
        Files.writeString(kept, "\"" + IDLE + "\": \"5m\"\n\"" + IDLE + "\": \"6m\"\n");
        assertTrue(assertThrows(ConfigException.class, () -> open(Map.of()))
                .getMessage()
                .contains(SettingsBook.FILE + ":2:1: "));
    }

    @Test
    void a_kill_before_the_new_file_has_its_name_leaves_the_old_one() throws Exception {
        SettingsBook book = open(Map.of());
        book.change(_ -> Map.of(IDLE, Optional.of("7m")));
        Path kept = data.resolve(SettingsBook.FILE);
        byte[] whole = Files.readAllBytes(kept);
        Path beside = data.resolve(SettingsBook.FILE + ".new");
        for (int length = 0; length <= whole.length; length++) { // a kill in the middle of writing the next one
            Files.write(beside, Arrays.copyOf(whole, length));
            assertEquals(Duration.ofMinutes(7), open(Map.of()).now().transport().queueMaxIdleTime());
        }
        SettingsBook again = open(Map.of());
        again.change(_ -> Map.of(IDLE, Optional.of("8m")));
        assertEquals(Duration.ofMinutes(8), open(Map.of()).now().transport().queueMaxIdleTime());
        assertFalse(Files.exists(beside));
    }

    @Test
    void a_change_that_cannot_be_kept_is_not_made() throws Exception {
        SettingsBook book = open(Map.of());
        book.change(_ -> Map.of(IDLE, Optional.of("7m")));
        Files.createDirectories(data.resolve(SettingsBook.FILE + ".new/full")); // nothing can be written there
        List<Settings> told = new ArrayList<>();
        book.onChange(told::add);
        assertThrows(IOException.class, () -> book.change(_ -> Map.of(IDLE, Optional.of("8m"))));
        assertEquals(List.of(), told);
        assertEquals(Duration.ofMinutes(7), book.now().transport().queueMaxIdleTime());
        assertEquals(Duration.ofMinutes(7), open(Map.of()).now().transport().queueMaxIdleTime());
    }

    @Test
    void nobody_else_may_read_the_file_of_changes_since_it_may_hold_a_secret() throws Exception {
        SettingsBook book = open(Map.of());
        book.change(_ -> Map.of(IDLE, Optional.of("7m")));
        book.change(_ -> Map.of(IDLE, Optional.of("8m")));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(SettingsBook.FILE))));
    }

    @Test
    void a_damaged_file_of_changes_is_named_with_its_line() throws IOException {
        Files.writeString(data.resolve(SettingsBook.FILE), "\"" + IDLE + "\": [7m]\n");
        ConfigException refused = assertThrows(ConfigException.class, () -> open(Map.of()));
        assertTrue(refused.getMessage().contains(SettingsBook.FILE + ":1:"), refused.getMessage());
    }
}
