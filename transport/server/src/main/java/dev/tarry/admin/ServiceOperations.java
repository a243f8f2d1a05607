package dev.tarry.admin;

import static dev.tarry.admin.SettingForm.COUNT;
import static dev.tarry.admin.SettingForm.FLAG;
import static dev.tarry.admin.SettingForm.LIST;
import static dev.tarry.admin.SettingForm.SIZE;
import static dev.tarry.admin.SettingForm.SPAN;
import static dev.tarry.admin.SettingForm.TEXT;
import static dev.tarry.admin.SettingForm.WHOLE;

import dev.tarry.config.DnsSettings;
import dev.tarry.config.SendConnectorSettings;
import dev.tarry.config.Settings;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What Get-/Set-TransportService and Get-/Set-TransportConfig do (reference §2.1, §4.1, §7.6).
/// Thread-safe.
public final class ServiceOperations {
    /// No network adapter in particular.
    private static final String ANY_ADAPTER = "00000000-0000-0000-0000-000000000000";

    /// How the names of those properties end that name folders.
    private static final String FOLDER = "Path";

    /// A drive's letter and a colon, or two backslashes and a name.
    private static final Pattern OF_WINDOWS = Pattern.compile("(?s)\\s*([A-Za-z]:|\\\\\\\\[^\\\\]).*");

    private static final SettingTable SERVICE = SettingTable.over("")
            .derived(
                    "Name",
                    TEXT,
                    values -> values.get("server.computerName"),
                    "The server's short name, as it started.")
            .fixed("AntispamAgentsEnabled", FLAG, false)
            .row("ConnectivityLogEnabled", FLAG)
            .row("ConnectivityLogMaxAge", SPAN)
            .rows(SIZE, "ConnectivityLogMaxDirectorySize", "ConnectivityLogMaxFileSize")
            .row("ConnectivityLogPath", TEXT)
            .row("DelayNotificationTimeout", SPAN)
            .row("DnsLogEnabled", FLAG)
            .row("DnsLogMaxAge", SPAN)
            .rows(SIZE, "DnsLogMaxDirectorySize", "DnsLogMaxFileSize")
            .row("DnsLogPath", TEXT)
            .row("ExternalDNSAdapterEnabled", FLAG)
            .fixed("ExternalDNSAdapterGuid", TEXT, ANY_ADAPTER)
            .row("ExternalDNSProtocolOption", TEXT)
            .row("ExternalDNSServers", LIST)
            .row("ExternalIPAddress", TEXT)
            .row("InternalDNSAdapterEnabled", FLAG)
            .fixed("InternalDNSAdapterGuid", TEXT, ANY_ADAPTER)
            .row("InternalDNSProtocolOption", TEXT)
            .row("InternalDNSServers", LIST)
            .row("IntraOrgConnectorProtocolLoggingLevel", TEXT)
            .row("IntraOrgConnectorSmtpMaxMessagesPerConnection", WHOLE)
            .row("MaxConnectionRatePerMinute", COUNT)
            .rows(COUNT, "MaxOutboundConnections", "MaxPerDomainOutboundConnections")
            .rows(SPAN, "MessageExpirationTimeout", "MessageRetryInterval")
            .row("MessageTrackingLogEnabled", FLAG)
            .row("MessageTrackingLogMaxAge", SPAN)
            .rows(SIZE, "MessageTrackingLogMaxDirectorySize", "MessageTrackingLogMaxFileSize")
            .row("MessageTrackingLogPath", TEXT)
            .row("MessageTrackingLogSubjectLoggingEnabled", FLAG)
            .row("OutboundConnectionFailureRetryInterval", SPAN)
            .row("PickupDirectoryMaxHeaderSize", SIZE)
            .rows(WHOLE, "PickupDirectoryMaxMessagesPerMinute", "PickupDirectoryMaxRecipientsPerMessage")
            .row("PickupDirectoryPath", TEXT)
            .row("PoisonMessageDetectionEnabled", FLAG)
            .row("PoisonThreshold", WHOLE)
            .row("QueueLogMaxAge", SPAN)
            .rows(SIZE, "QueueLogMaxDirectorySize", "QueueLogMaxFileSize")
            .row("QueueLogPath", TEXT)
            .row("QueueMaxIdleTime", SPAN)
            .row("ReceiveProtocolLogMaxAge", SPAN)
            .rows(SIZE, "ReceiveProtocolLogMaxDirectorySize", "ReceiveProtocolLogMaxFileSize")
            .row("ReceiveProtocolLogPath", TEXT)
            .row("ReplayDirectoryPath", TEXT)
            .row("SendProtocolLogMaxAge", SPAN)
            .rows(SIZE, "SendProtocolLogMaxDirectorySize", "SendProtocolLogMaxFileSize")
            .row("SendProtocolLogPath", TEXT)
            .row("TransientFailureRetryCount", WHOLE)
            .row("TransientFailureRetryInterval", SPAN)
            .derived("Identity", TEXT, values -> values.get("server.computerName"), "The same as Name.")
            .fixed("IsValid", FLAG, true)
            .fixed("ObjectState", TEXT, "Unchanged")
            .done();

    private static final SettingTable CONFIG = SettingTable.over("")
            .row("ExternalDelayDsnEnabled", FLAG)
            .row("ExternalDsnMaxMessageAttachSize", SIZE)
            .row("ExternalDsnReportingAuthority", TEXT)
            .row("ExternalDsnSendHtml", FLAG)
            .row("ExternalPostmasterAddress", TEXT)
            .row("GenerateCopyOfDSNFor", LIST)
            .row("InternalDelayDsnEnabled", FLAG)
            .row("InternalDsnMaxMessageAttachSize", SIZE)
            .row("InternalDsnReportingAuthority", TEXT)
            .row("InternalDsnSendHtml", FLAG)
            .row("MaxReceiveSize", SIZE)
            .row("MaxRecipientEnvelopeLimit", COUNT)
            .row("MaxSendSize", SIZE)
            .row("SafetyNetHoldTime", SPAN)
            .fixed("Name", TEXT, "Transport Settings")
            .fixed("Identity", TEXT, "Transport Settings")
            .fixed("IsValid", FLAG, true)
            .fixed("ObjectState", TEXT, "Unchanged")
            .done();

    private final SettingsDesk desk;

    public ServiceOperations(SettingsDesk desk) {
        this.desk = desk;
    }

    /// The properties of the transport service.
    public static SettingTable serviceTable() {
        return SERVICE;
    }

    /// The properties of the organisation's transport settings.
    public static SettingTable configTable() {
        return CONFIG;
    }

    /// Get-TransportService: the properties of [#serviceTable].
    public SequencedMap<String, Object> service() {
        return shown(desk.now());
    }

    /// Get-TransportConfig: the properties of [#configTable].
    public SequencedMap<String, Object> config() {
        return bag(CONFIG, desk.now());
    }

    /// Set-TransportService: all of it at once, or nothing.
    ///
    /// @param wanted property to value; a list may also be edited: `{"Add": […], "Remove": […]}`
    /// @param expected the state that must be there
    /// @throws OperationRefused with all that is wrong
    public Changed changeService(Map<String, ?> wanted, Precondition expected) {
        SettingsDesk.Outcome outcome = desk.change(
                settings -> changes(SERVICE, within(settings, wanted), shown(settings), settings, expected),
                SERVICE::nameOf);
        SequencedMap<String, Object> now = shown(outcome.after());
        return new Changed(
                now, outcome.atNextStart(SERVICE::nameOf), outcome.warnings(now.get("Name"), warnings(outcome)));
    }

    /// Set-TransportConfig: as [#changeService].
    ///
    /// @throws OperationRefused with all that is wrong
    public Changed changeConfig(Map<String, ?> wanted, Precondition expected) {
        SettingsDesk.Outcome outcome = desk.change(
                settings -> changes(CONFIG, wanted, bag(CONFIG, settings), settings, expected), CONFIG::nameOf);
        SequencedMap<String, Object> now = bag(CONFIG, outcome.after());
        return new Changed(now, outcome.atNextStart(CONFIG::nameOf), outcome.warnings(now.get("Name"), List.of()));
    }

    private static SequencedMap<String, Object> bag(SettingTable table, Settings settings) {
        return table.bag(SettingsDesk.plain(settings));
    }

    /// The transport service, its folders named from the root of the file system on, as Exchange names them.
    private static SequencedMap<String, Object> shown(Settings settings) {
        SequencedMap<String, Object> bag = bag(SERVICE, settings);
        bag.replaceAll(
                (name, value) -> name.endsWith(FOLDER) && value instanceof String path ? whole(settings, path) : value);
        return bag;
    }

    private static String whole(Settings settings, String path) {
        return settings.data().toAbsolutePath().resolve(path).normalize().toString();
    }

    /// What names the folder that is set already, from the root on, is the text that is set already.
    ///
    /// @throws OperationRefused where a folder has a drive's letter or a share's name, which the system has not: it
    /// would become one of that name among the server's own
    private static Map<String, ?> within(Settings settings, Map<String, ?> wanted) {
        List<RefusedSetting> faults = new ArrayList<>();
        wanted.forEach((name, value) -> {
            if (name.endsWith(FOLDER)
                    && File.separatorChar != '\\'
                    && value instanceof String path
                    && OF_WINDOWS.matcher(path).matches()) {
                faults.add(new RefusedSetting(
                        name,
                        "is a folder of Windows', and the server runs on another system",
                        "write one of its own, from the root on or below its data folder, such as "
                                + whole(settings, "logs/elsewhere")));
            }
        });
        if (!faults.isEmpty()) {
            throw new OperationRefused(faults);
        }
        SequencedMap<String, Object> set = bag(SERVICE, settings);
        Map<String, Object> meant = new LinkedHashMap<>(wanted);
        meant.replaceAll((name, value) -> name.endsWith(FOLDER)
                        && value instanceof String path
                        && set.get(name) instanceof String now
                        && path.equals(whole(settings, now))
                ? now
                : value);
        return meant;
    }

    private static Map<String, Optional<String>> changes(
            SettingTable table,
            Map<String, ?> wanted,
            SequencedMap<String, Object> shown,
            Settings settings,
            Precondition expected) {
        expected.require(EntityTag.of(shown));
        List<RefusedSetting> faults = new ArrayList<>();
        Map<String, Optional<String>> changes = new TreeMap<>();
        table.changes(wanted, SettingsDesk.plain(settings), faults)
                .forEach((key, text) -> changes.put(key, Optional.of(text)));
        if (!faults.isEmpty()) {
            throw new OperationRefused(faults);
        }
        return changes;
    }

    /// What Exchange accepts without a word, and what then does not work.
    private static List<String> warnings(SettingsDesk.Outcome outcome) {
        DnsSettings dns = outcome.after().dns();
        List<String> warnings = new ArrayList<>();
        boolean external = changed(outcome, "dns.externalDNS");
        boolean internal = changed(outcome, "dns.internalDNS");
        if (external) {
            unused(
                    warnings,
                    "External",
                    dns.externalDNSAdapterEnabled(),
                    dns.externalDNSServers().isEmpty(),
                    changed(outcome, "dns.externalDNSServers"));
            if (outcome.after().sendConnectors().stream()
                    .noneMatch(c -> c.enabled() && c.useExternalDNSServersEnabled())) {
                warnings.add(
                        "No enabled send connector has UseExternalDNSServersEnabled true, so none uses the external"
                                + " DNS settings: " + names(outcome.after().sendConnectors()) + ".");
            }
        }
        if (internal) {
            unused(
                    warnings,
                    "Internal",
                    dns.internalDNSAdapterEnabled(),
                    dns.internalDNSServers().isEmpty(),
                    changed(outcome, "dns.internalDNSServers"));
        }
        return warnings;
    }

    private static void unused(
            List<String> warnings, String set, boolean adapter, boolean empty, boolean serversChanged) {
        if (adapter && serversChanged) {
            warnings.add(set + "DNSServers has no effect while " + set + "DNSAdapterEnabled is true.");
        } else if (!adapter && empty) {
            warnings.add(set + "DNSServers is empty and " + set + "DNSAdapterEnabled is false, so there is no server to"
                    + " ask: mail that needs one waits in Retry.");
        }
    }

    private static boolean changed(SettingsDesk.Outcome outcome, String prefix) {
        return outcome.differences().stream()
                .anyMatch(difference -> difference.key().startsWith(prefix));
    }

    private static String names(List<SendConnectorSettings> connectors) {
        return connectors.isEmpty()
                ? "there is no send connector"
                : String.join(
                        ", ",
                        connectors.stream().map(SendConnectorSettings::name).toList());
    }
}
