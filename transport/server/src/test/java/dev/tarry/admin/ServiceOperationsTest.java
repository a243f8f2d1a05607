package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.ConfigException;
import dev.tarry.config.Setting;
import dev.tarry.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServiceOperationsTest {
    /// Exchange keeps these in EdgeTransport.exe.config, which no cmdlet shows.
    private static final Set<String> OF_THE_CONFIG_FILE = Set.of(
            "QueueGlitchRetryCount",
            "QueueGlitchRetryInterval",
            "MailboxDeliveryQueueRetryInterval",
            "MaxIdleTimeBeforeResubmit",
            "ResolverRetryInterval",
            "MaxQueueViewerQueryResultCount",
            "PriorityQueuingEnabled",
            "HighPriorityMessageExpirationTimeout",
            "NormalPriorityMessageExpirationTimeout",
            "LowPriorityMessageExpirationTimeout",
            "HighPriorityDelayNotificationTimeout",
            "NormalPriorityDelayNotificationTimeout",
            "LowPriorityDelayNotificationTimeout",
            "MaxPerDomainHighPriorityConnections",
            "MaxPerDomainNormalPriorityConnections",
            "MaxPerDomainLowPriorityConnections",
            "MaxHighPriorityMessageSize",
            "ResourceMeteringInterval",
            "DnsIpv6Enabled",
            "DnsFaultTolerance");

    @TempDir
    private Path folder;

    private Book book;
    private ServiceOperations operations;

    @BeforeEach
    void open() throws ConfigException {
        book = Book.in(folder);
        operations = new ServiceOperations(book.desk);
    }

    private OperationRefused refused(Map<String, ?> wanted) {
        OperationRefused refused =
                assertThrows(OperationRefused.class, () -> operations.changeService(wanted, Precondition.NONE));
        assertEquals(OperationRefused.Reason.SETTING_REFUSED, refused.reason());
        return refused;
    }

    @Test
    void the_bag_has_exchanges_names_in_exchanges_order_and_what_holds() {
        Map<String, Object> bag = operations.service();
        List<String> names = List.copyOf(bag.keySet());
        assertEquals("Name", names.getFirst());
        assertEquals("MAIL", bag.get("Name"));
        assertEquals(true, bag.get("ExternalDNSAdapterEnabled"));
        assertEquals("00000000-0000-0000-0000-000000000000", bag.get("ExternalDNSAdapterGuid"));
        assertEquals("Any", bag.get("ExternalDNSProtocolOption"));
        assertEquals(List.of(), bag.get("ExternalDNSServers"));
        assertEquals("2.00:00:00", bag.get("MessageExpirationTimeout"));
        assertEquals(6L, bag.get("TransientFailureRetryCount"));
        assertEquals(1000L, bag.get("MaxOutboundConnections"));
        assertEquals("10 MB (10,485,760 bytes)", bag.get("MessageTrackingLogMaxFileSize"));
        List<String> sorted = names.subList(1, names.indexOf("Identity")).stream()
                .filter(name -> !name.equals("MessageTrackingLogSubjectLoggingEnabled"))
                .toList();
        assertEquals(new ArrayList<>(new TreeSet<>(sorted)), sorted, "Exchange's order is that of the alphabet");
    }

    @Test
    void every_setting_that_exchange_has_for_the_whole_server_is_in_a_bag() {
        Set<String> shown = new TreeSet<>(operations.service().keySet());
        shown.addAll(operations.config().keySet());
        shown.addAll(OF_THE_CONFIG_FILE);
        for (String transition : List.of("LowToMedium", "MediumToHigh", "HighToMedium", "MediumToLow")) {
            shown.add("PrivateBytes." + transition); // likewise
            shown.add("UsedVersionBuckets." + transition);
            shown.add("QueueLength[SubmissionQueue]." + transition);
        }
        List<String> missing = Settings.table().entrySet().stream()
                .filter(row -> !row.getKey().contains("[]"))
                .flatMap(row -> row.getValue().exchangeName().stream())
                .filter(name -> !shown.contains(name))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void four_settings_in_one_call_hold_together_and_after_a_restart() throws Exception {
        Changed changed = operations.changeService(
                Map.of(
                        "InternalDNSServers",
                        List.of("192.168.1.10", "192.168.1.11"),
                        "ExternalDNSServers",
                        List.of("8.8.8.8", "1.1.1.1"),
                        "InternalDNSAdapterEnabled",
                        false,
                        "ExternalDNSAdapterEnabled",
                        false),
                Precondition.NONE);
        assertEquals(List.of("8.8.8.8", "1.1.1.1"), changed.item().get("ExternalDNSServers"));
        assertEquals(List.of(), changed.warnings());
        assertEquals(List.of(), changed.atNextStart());
        Map<String, Object> bag = new ServiceOperations(book.again().desk).service();
        assertEquals(List.of("192.168.1.10", "192.168.1.11"), bag.get("InternalDNSServers"));
        assertEquals(false, bag.get("InternalDNSAdapterEnabled"));
        assertEquals(false, bag.get("ExternalDNSAdapterEnabled"));
        assertEquals(changed.item(), bag);
    }

    @Test
    void servers_are_added_and_removed_one_by_one() {
        operations.changeService(Map.of("ExternalDNSServers", List.of("8.8.8.8", "1.1.1.1")), Precondition.NONE);
        Changed changed = operations.changeService(
                Map.of("ExternalDNSServers", Map.of("Add", List.of("9.9.9.9", "8.8.8.8"), "Remove", "1.1.1.1:53")),
                Precondition.NONE);
        assertEquals(List.of("8.8.8.8", "9.9.9.9"), changed.item().get("ExternalDNSServers"));
        assertEquals(
                List.of("8.8.8.8"),
                operations
                        .changeService(
                                Map.of("ExternalDNSServers", Map.of("Remove", List.of("9.9.9.9"))), Precondition.NONE)
                        .item()
                        .get("ExternalDNSServers"));
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("ExternalDNSServers", null);
        assertEquals(
                List.of(),
                operations.changeService(nothing, Precondition.NONE).item().get("ExternalDNSServers"));
    }

    @Test
    void a_name_is_no_dns_server_and_of_several_changes_with_a_fault_none_is_made() {
        OperationRefused refused = refused(Map.of(
                "ExternalDNSServers",
                List.of("dns.google"),
                "MessageRetryInterval",
                "soon",
                "TransientFailureRetryCount",
                99L,
                "QueueMaxIdleTime",
                "00:05:00"));
        assertEquals(
                Set.of("ExternalDNSServers", "MessageRetryInterval", "TransientFailureRetryCount"),
                Set.copyOf(refused.faults().stream().map(RefusedSetting::name).toList()));
        assertTrue(refused.getMessage().contains("dns.google"), refused.getMessage());
        assertEquals(List.of(), operations.service().get("ExternalDNSServers"));
        assertEquals("00:03:00", operations.service().get("QueueMaxIdleTime"));
    }

    @Test
    void values_of_another_kind_are_refused_by_name() {
        for (Map<String, ?> wrong : List.of(
                Map.of("ExternalDNSAdapterEnabled", "false"),
                Map.of("ExternalDNSServers", 8L),
                Map.of("ExternalDNSServers", List.of("8.8.8.8,1.1.1.1")),
                Map.of("ExternalDNSServers", Map.of("Set", List.of("8.8.8.8"))),
                Map.of("MessageRetryInterval", 300L),
                Map.of("TransientFailureRetryCount", "6"),
                Map.of("MaxOutboundConnections", true),
                Map.of("NoSuchProperty", true))) {
            RefusedSetting fault = refused(wrong).faults().getFirst();
            assertEquals(wrong.keySet().iterator().next(), fault.name());
            assertFalse(fault.what().isEmpty());
        }
    }

    @Test
    void the_maximum_of_a_next_hop_may_not_be_above_that_of_all() {
        RefusedSetting fault =
                refused(Map.of("MaxOutboundConnections", 10L)).faults().getFirst();
        assertEquals("MaxPerDomainOutboundConnections", fault.name());
        assertEquals(1000L, operations.service().get("MaxOutboundConnections"));
    }

    @Test
    void what_was_read_may_be_sent_back_and_changes_nothing() throws Exception {
        operations.changeService(operations.service(), Precondition.NONE);
        operations.changeConfig(operations.config(), Precondition.NONE);
        assertEquals(Map.of(), new SettingsOperations(book.desk).changes());
        RefusedSetting fault = refused(Map.of("Name", "OTHER")).faults().getFirst();
        assertEquals("Name", fault.name());
        assertTrue(fault.right().contains("MAIL"), fault::toString);
    }

    @Test
    void servers_that_nobody_asks_are_taken_with_a_warning() {
        Changed changed = operations.changeService(Map.of("ExternalDNSServers", List.of("8.8.8.8")), Precondition.NONE);
        assertEquals(
                List.of("ExternalDNSServers has no effect while ExternalDNSAdapterEnabled is true."),
                changed.warnings());
        operations.changeService(Map.of("ExternalDNSServers", List.of()), Precondition.NONE);
        assertTrue(operations
                .changeService(Map.of("ExternalDNSAdapterEnabled", false), Precondition.NONE)
                .warnings()
                .getFirst()
                .contains("no server to ask"));
        new ConnectorOperations(book.desk)
                .change("Internet", Map.of("UseExternalDNSServersEnabled", false), Precondition.NONE);
        assertTrue(operations
                .changeService(Map.of("ExternalDNSServers", List.of("8.8.8.8")), Precondition.NONE)
                .warnings()
                .getFirst()
                .contains("UseExternalDNSServersEnabled"));
    }

    @Test
    void a_folder_of_logs_moves_at_once() {
        Changed changed = operations.changeService(
                Map.of("MessageTrackingLogPath", "elsewhere", "QueueMaxIdleTime", "00:05:00"), Precondition.NONE);
        assertEquals(List.of(), changed.atNextStart());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ExternalPostmasterAddress", "ExternalDsnReportingAuthority"})
    void a_text_with_the_end_of_a_line_at_its_end_is_refused_and_not_kept(String property) {
        OperationRefused refused = assertThrows(
                OperationRefused.class,
                () -> operations.changeConfig(Map.of(property, "postmaster@company.com\r\n"), Precondition.NONE));
        assertTrue(refused.getMessage().contains(property + ": has control characters in it"), refused.getMessage());
        SettingsOperations settings = new SettingsOperations(book.desk);
        OperationRefused byKey = assertThrows(
                OperationRefused.class,
                () -> settings.change(Map.of("server.fqdn", "mail.company.com\n"), Precondition.NONE));
        assertTrue(byKey.getMessage().contains("server.fqdn: has control characters in it"), byKey.getMessage());
        assertEquals(Map.of(), settings.changes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"C:\\Logs", "d:/logs", "\\\\filer\\logs"})
    @DisabledOnOs(OS.WINDOWS)
    void a_folder_of_another_system_is_not_made_among_our_own(String path) {
        OperationRefused refused = assertThrows(
                OperationRefused.class,
                () -> operations.changeService(Map.of("PickupDirectoryPath", path), Precondition.NONE));
        assertTrue(refused.getMessage().contains("PickupDirectoryPath: is a folder of Windows'"), refused.getMessage());
    }

    @Test
    void folders_are_named_from_the_root_on_and_the_same_folder_is_no_change() {
        Path data = book.desk.now().data().toAbsolutePath().normalize();
        String tracking = data.resolve("logs/MessageTracking").toString();
        Map<String, Object> service = operations.service();
        assertEquals(tracking, service.get("MessageTrackingLogPath"));
        assertEquals(data.resolve("Pickup").toString(), service.get("PickupDirectoryPath"));
        assertEquals(null, service.get("DnsLogPath"));
        operations.changeService(Map.of("MessageTrackingLogPath", tracking), Precondition.NONE);
        assertEquals(
                "logs/MessageTracking",
                book.desk.now().trackingLog().files().path().toString());
        Changed moved = operations.changeService(Map.of("ConnectivityLogPath", "elsewhere"), Precondition.NONE);
        assertEquals(data.resolve("elsewhere").toString(), moved.item().get("ConnectivityLogPath"));
    }

    @Test
    void what_the_command_line_fixes_is_refused_with_who_fixes_it() throws Exception {
        ServiceOperations fixed = new ServiceOperations(Book.in(
                        folder,
                        Map.of("TARRY_TRANSPORT_QUEUEMAXIDLETIME", "00:05:00"),
                        "dns.externalDNSServers=9.9.9.9")
                .desk);
        OperationRefused refused = assertThrows(
                OperationRefused.class,
                () -> fixed.changeService(
                        Map.of("QueueMaxIdleTime", "00:06:00", "ExternalDNSServers", List.of("8.8.8.8")),
                        Precondition.NONE));
        List<String> faults =
                refused.faults().stream().map(RefusedSetting::toString).toList();
        assertEquals(2, faults.size(), faults::toString);
        assertTrue(faults.getFirst().startsWith("ExternalDNSServers: is fixed by --set"), faults::toString);
        assertTrue(faults.getLast().startsWith("QueueMaxIdleTime: is fixed by TARRY_TRANSPORT_QUEUEMAXIDLETIME"));
        assertEquals("00:05:00", fixed.service().get("QueueMaxIdleTime"));
        fixed.changeService(Map.of("QueueMaxIdleTime", "00:05:00"), Precondition.NONE); // it is that already
    }

    @Test
    void a_change_made_for_a_state_that_is_no_more_is_refused() {
        EntityTag seen = EntityTag.of(operations.service());
        operations.changeService(Map.of("QueueMaxIdleTime", "00:05:00"), Precondition.of(seen));
        OperationRefused late = assertThrows(
                OperationRefused.class,
                () -> operations.changeService(Map.of("QueueMaxIdleTime", "00:06:00"), Precondition.of(seen)));
        assertEquals(OperationRefused.Reason.CHANGED_SINCE, late.reason());
        assertEquals(Duration.ofMinutes(5), book.now().transport().queueMaxIdleTime());
        assertNotEquals(seen, EntityTag.of(operations.service()));
    }

    @Test
    void of_many_operators_who_saw_the_same_state_exactly_one_changes_it() throws Exception {
        EntityTag seen = EntityTag.of(operations.service());
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger made = new AtomicInteger();
        AtomicInteger late = new AtomicInteger();
        List<Thread> operators = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            String idle = "00:1" + i + ":00";
            operators.add(Thread.ofVirtual().start(() -> {
                try {
                    go.await();
                    operations.changeService(Map.of("QueueMaxIdleTime", idle), Precondition.of(seen));
                    made.incrementAndGet();
                } catch (OperationRefused e) {
                    late.incrementAndGet();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        go.countDown();
        for (Thread operator : operators) {
            operator.join();
        }
        assertEquals(1, made.get());
        assertEquals(7, late.get());
    }

    @Test
    void the_transport_config_says_who_reports_come_from_and_how_large_they_are() {
        assertEquals("10 MB (10,485,760 bytes)", operations.config().get("ExternalDsnMaxMessageAttachSize"));
        Changed changed = operations.changeConfig(
                Map.of("ExternalPostmasterAddress", "help@company.com", "ExternalDsnMaxMessageAttachSize", 1_572_864L),
                Precondition.NONE);
        assertEquals("1.5 MB (1,572,864 bytes)", changed.item().get("ExternalDsnMaxMessageAttachSize"));
        assertEquals("help@company.com", book.now().postmaster());
        operations.changeConfig(changed.item(), Precondition.NONE);
        Map<String, Object> nobody = new HashMap<>();
        nobody.put("ExternalPostmasterAddress", null);
        operations.changeConfig(nobody, Precondition.NONE);
        assertEquals("postmaster@company.com", book.now().postmaster());
    }

    @Test
    void each_exchange_name_stands_at_one_setting_only() {
        List<String> names = Settings.table().entrySet().stream()
                .filter(row -> !row.getKey().contains("[]"))
                .map(Map.Entry::getValue)
                .flatMap((Setting<?> row) -> row.exchangeName().stream())
                .toList();
        assertEquals(names.size(), Set.copyOf(names).size(), names::toString);
    }
}
