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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What Get-/Set-TransportService and Get-/Set-TransportConfig do (reference §2.1, §4.1, §7.6).
/// Thread-safe.
public final class ServiceOperations {
    /// No network adapter in particular.
    private static final String ANY_ADAPTER = "00000000-0000-0000-0000-000000000000";

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
        return bag(SERVICE, desk.now());
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
        SettingsDesk.Outcome outcome = change(SERVICE, wanted, expected);
        SequencedMap<String, Object> now = bag(SERVICE, outcome.after());
        return new Changed(
                now, outcome.atNextStart(SERVICE::nameOf), outcome.warnings(now.get("Name"), warnings(outcome)));
    }

    /// Set-TransportConfig: as [#changeService].
    ///
    /// @throws OperationRefused with all that is wrong
    public Changed changeConfig(Map<String, ?> wanted, Precondition expected) {
        SettingsDesk.Outcome outcome = change(CONFIG, wanted, expected);
        SequencedMap<String, Object> now = bag(CONFIG, outcome.after());
        return new Changed(now, outcome.atNextStart(CONFIG::nameOf), outcome.warnings(now.get("Name"), List.of()));
    }

    private static SequencedMap<String, Object> bag(SettingTable table, Settings settings) {
        return table.bag(SettingsDesk.plain(settings));
    }

    private SettingsDesk.Outcome change(SettingTable table, Map<String, ?> wanted, Precondition expected) {
        return desk.change(
                settings -> {
                    expected.require(EntityTag.of(bag(table, settings)));
                    List<RefusedSetting> faults = new ArrayList<>();
                    Map<String, Optional<String>> changes = new TreeMap<>();
                    table.changes(wanted, SettingsDesk.plain(settings), faults)
                            .forEach((key, text) -> changes.put(key, Optional.of(text)));
                    if (!faults.isEmpty()) {
                        throw new OperationRefused(faults);
                    }
                    return changes;
                },
                table::nameOf);
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
