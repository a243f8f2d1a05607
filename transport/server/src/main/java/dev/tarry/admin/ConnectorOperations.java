package dev.tarry.admin;

import static dev.tarry.admin.SettingForm.COUNT;
import static dev.tarry.admin.SettingForm.CREDENTIAL;
import static dev.tarry.admin.SettingForm.FLAG;
import static dev.tarry.admin.SettingForm.LIST;
import static dev.tarry.admin.SettingForm.SIZE;
import static dev.tarry.admin.SettingForm.SPAN;
import static dev.tarry.admin.SettingForm.TEXT;
import static dev.tarry.admin.SettingForm.WHOLE;
import static dev.tarry.admin.SettingForm.WORDS;

import dev.tarry.config.SendConnectorTls;
import dev.tarry.config.Settings;
import dev.tarry.routing.SendConnector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// What New-, Get-, Set- and Remove-SendConnector do (reference §5.1, §5.2). A change holds for mail
/// that is categorized from then on; what is queued stays in its queue, and Unreachable is offered
/// again. Thread-safe.
public final class ConnectorOperations {
    private static final String KEY = "sendConnectors";

    /// What New-SendConnector's `-Usage` says; `Internal` has no size limit of its own.
    private static final List<String> USAGES = List.of("Custom", "Internal", "Internet", "Partner");

    private static final String ACCEPTED_DOMAINS = "--";
    private static final String CREDENTIAL_NAME = "AuthenticationCredential";
    private static final String USER = "authenticationUser";
    private static final String SECRET = "authenticationSecret";

    /// Kept and shown only.
    private static final List<String> WITHOUT_EFFECT =
            List.of("FrontendProxyEnabled", "CloudServicesMailEnabled", "RequireOorg");

    private static final SettingTable TABLE = SettingTable.over(KEY)
            .row("DNSRoutingEnabled", FLAG)
            .row("TlsDomain", TEXT, null)
            .row("TlsAuthLevel", TEXT, null)
            .row("ErrorPolicies", WORDS)
            .row("SmartHosts", LIST)
            .row("Port", WHOLE)
            .row("ConnectionInactivityTimeOut", SPAN)
            .row("ForceHELO", FLAG)
            .row("FrontendProxyEnabled", FLAG, false)
            .row("IgnoreSTARTTLS", FLAG, false)
            .row("CloudServicesMailEnabled", FLAG, false)
            .row("Fqdn", TEXT)
            .row("TlsCertificateName", TEXT, null)
            .row("RequireTLS", FLAG, false)
            .row("RequireOorg", FLAG, false)
            .row("Enabled", FLAG)
            .row("ProtocolLoggingLevel", TEXT, "None")
            .row("SmartHostAuthMechanism", TEXT, "None")
            .derived(
                    CREDENTIAL_NAME,
                    CREDENTIAL,
                    values -> SettingForm.TEXT.shown(values.getOrDefault(USER, "")),
                    "The user that it logs in as; the secret is never shown.")
            .row("UseExternalDNSServersEnabled", FLAG)
            .row("DomainSecureEnabled", FLAG, false)
            .row("SourceIPAddress", TEXT, "0.0.0.0")
            .row("SmtpMaxMessagesPerConnection", COUNT)
            .fixed("ConnectorType", TEXT, "Default")
            .derived("SmartHostsString", TEXT, ConnectorOperations::smartHosts, "SmartHosts as one text.")
            .fixed("CertificateSubject", TEXT, null)
            .fixed("Region", TEXT, "NotSpecified")
            .row("AddressSpaces", LIST)
            .fixed("ConnectedDomains", LIST, List.of())
            .row("IsScopedConnector", FLAG, false)
            .fixed("IsSmtpConnector", FLAG, true)
            .row("Comment", TEXT, null)
            .fixed("SourceRoutingGroup", TEXT, null)
            .row("SourceTransportServers", LIST)
            .fixed("HomeMTA", TEXT, null)
            .fixed("HomeMtaServerId", TEXT, null)
            .row("MaxMessageSize", SIZE)
            .row("AdminDisplayName", TEXT, null)
            .fixed("ExchangeVersion", TEXT, "0.1 (8.0.535.0)")
            .row("Name", TEXT)
            .derived("Identity", TEXT, values -> values.get("name"), "The same as Name.")
            .derived("Guid", TEXT, ConnectorOperations::guid, "What its queues have as NextHopConnector.")
            .fixed("IsValid", FLAG, true)
            .fixed("ObjectState", TEXT, "Unchanged")
            .done();

    private final SettingElements connectors;
    private final Function<SendConnectorTls, Optional<String>> certificateMissing;

    /// For a server that has every certificate.
    public ConnectorOperations(SettingsDesk desk) {
        this(desk, _ -> Optional.empty());
    }

    /// @param certificateMissing what a connector with such settings is to show and the server does not have, for
    /// people
    public ConnectorOperations(SettingsDesk desk, Function<SendConnectorTls, Optional<String>> certificateMissing) {
        this.certificateMissing = certificateMissing;
        connectors = new SettingElements(
                desk,
                KEY,
                "send connector",
                TABLE,
                (bag, identity) -> identity.equalsIgnoreCase((String) bag.get("Name"))
                        || identity.equalsIgnoreCase((String) bag.get("Guid")));
    }

    /// The properties of a send connector.
    public static SettingTable table() {
        return TABLE;
    }

    private static Object smartHosts(Map<String, String> values) {
        String hosts = values.get("smartHosts");
        return hosts == null || hosts.isEmpty() ? null : hosts;
    }

    private static String guid(Map<String, String> values) {
        String given = values.getOrDefault("guid", "");
        return given.isEmpty()
                ? SendConnector.idOf(values.getOrDefault("name", "")).toString()
                : given;
    }

    /// Get-SendConnector: all of them, in the order in which they were made.
    public List<SequencedMap<String, Object>> list() {
        return connectors.all(connectors.desk().now());
    }

    /// One connector.
    ///
    /// @param identity its name in any case, or its GUID
    /// @throws OperationRefused if there is none
    public SequencedMap<String, Object> get(String identity) {
        return connectors.find(connectors.desk().now(), identity).bag();
    }

    /// New-SendConnector. Smart hosts without a word on DNSRoutingEnabled turn it off.
    ///
    /// @param wanted property to value, `Name` and `AddressSpaces` among them; also `Usage`
    /// @throws OperationRefused with all that is wrong
    public Changed create(Map<String, ?> wanted) {
        List<RefusedSetting> faults = new ArrayList<>();
        Map<String, Object> properties = new LinkedHashMap<>(wanted);
        properties.remove("SmartHostsString"); // follows from SmartHosts
        Object usage = properties.remove("Usage");
        if (usage != null && USAGES.stream().noneMatch(word -> word.equalsIgnoreCase(usage.toString()))) {
            faults.add(new RefusedSetting("Usage", "is not a usage", "write one of " + String.join(", ", USAGES)));
        }
        if (usage != null && usage.toString().equalsIgnoreCase("Internal")) {
            properties.putIfAbsent("MaxMessageSize", "Unlimited");
        }
        required(properties, "Name", faults);
        required(properties, "AddressSpaces", faults);
        Map<String, String> credential = credential(properties, faults);
        SettingsDesk.Outcome outcome = connectors.change((settings, all) -> {
            routing(properties, true, faults);
            SequencedMap<String, String> values = connectors.beginning(settings);
            String name = properties.get("Name") instanceof String given ? given : "";
            // what follows from the name follows from the new one
            values.put("name", name);
            SequencedMap<String, String> element = new LinkedHashMap<>();
            element.put("name", name);
            element.putAll(connectors.changes(properties, values, faults));
            element.putAll(credential);
            element.remove(USER, "");
            element.remove(SECRET, "");
            connectors.requireNew(settings, name);
            freeGuid(settings, name).ifPresent(guid -> element.put("guid", guid));
            all.add(element);
        });
        return changed(outcome, connectors.all(outcome.after()).getLast(), properties.keySet());
    }

    /// A user with a secret, as Exchange's AuthenticationCredential: what is to be written of it. What was read, the
    /// user alone, changes nothing.
    private static Map<String, String> credential(Map<String, Object> wanted, List<RefusedSetting> faults) {
        if (!wanted.containsKey(CREDENTIAL_NAME) || wanted.get(CREDENTIAL_NAME) instanceof String) {
            return Map.of();
        }
        Object value = wanted.remove(CREDENTIAL_NAME);
        if (value == null) {
            return Map.of(USER, "", SECRET, "");
        }
        if (value instanceof Map<?, ?> pair
                && pair.keySet().equals(Set.of("UserName", "Password"))
                && pair.get("UserName") instanceof String user
                && pair.get("Password") instanceof String secret
                && !user.isEmpty()) {
            return Map.of(USER, user, SECRET, secret);
        }
        faults.add(new RefusedSetting(
                CREDENTIAL_NAME, "has another form", "write {\"UserName\": ..., \"Password\": ...}, or null"));
        return Map.of();
    }

    /// A GUID of its own, where that of its name belongs to a connector that was called so before.
    private Optional<String> freeGuid(Settings settings, String name) {
        List<Object> taken =
                connectors.all(settings).stream().map(bag -> bag.get("Guid")).toList();
        String guid = SendConnector.idOf(name).toString();
        if (!taken.contains(guid)) {
            return Optional.empty();
        }
        for (int i = 2; taken.contains(guid); i++) {
            guid = SendConnector.idOf(name + " " + i).toString();
        }
        return Optional.of(guid);
    }

    private static void required(Map<String, ?> wanted, String name, List<RefusedSetting> faults) {
        if (wanted.get(name) == null) {
            faults.add(new RefusedSetting(name, "is missing", "a new send connector has one"));
        }
    }

    /// Set-SendConnector.
    ///
    /// @param expected the state that must be there
    /// @throws OperationRefused with all that is wrong
    public Changed change(String identity, Map<String, ?> wanted, Precondition expected) {
        int[] at = new int[1];
        SettingsDesk.Outcome outcome = connectors.change((settings, all) -> {
            SettingElements.Found found = connectors.find(settings, identity);
            expected.require(found.tag());
            at[0] = found.index();
            List<RefusedSetting> faults = new ArrayList<>();
            Map<String, Object> properties = new LinkedHashMap<>(wanted);
            routing(properties, Boolean.TRUE.equals(found.bag().get("DNSRoutingEnabled")), faults);
            Map<String, String> credential = credential(properties, faults);
            SequencedMap<String, String> changes = connectors.changes(properties, found.values(), faults);
            changes.putAll(credential);
            if (changes.containsKey("name")) {
                // its queues know it by its GUID, which stays
                changes.put("guid", guid(found.values()));
            }
            SequencedMap<String, String> element = all.get(at[0]);
            element.putAll(changes);
            element.remove(USER, "");
            element.remove(SECRET, "");
        });
        return changed(outcome, connectors.all(outcome.after()).get(at[0]), wanted.keySet());
    }

    /// Remove-SendConnector. What waits in its queues stays there.
    ///
    /// @param expected the state that must be there
    /// @throws OperationRefused if there is none
    public void remove(String identity, Precondition expected) {
        connectors.change((settings, all) -> {
            SettingElements.Found found = connectors.find(settings, identity);
            expected.require(found.tag());
            all.remove(found.index());
        });
    }

    /// Reference §5.1: turning DNS routing off names the smart hosts in the same breath; and smart
    /// hosts are not for a connector that is routed by DNS.
    private static void routing(Map<String, Object> wanted, boolean byDns, List<RefusedSetting> faults) {
        Object spaces = wanted.get("AddressSpaces");
        if (ACCEPTED_DOMAINS.equals(spaces) || spaces instanceof List<?> all && all.contains(ACCEPTED_DOMAINS)) {
            faults.add(new RefusedSetting(
                    "AddressSpaces",
                    "-- stands for all accepted domains, on Edge Transport servers only",
                    "name the domains"));
            wanted.remove("AddressSpaces");
        }
        boolean hosts = wanted.get("SmartHosts") != null && !List.of().equals(wanted.get("SmartHosts"));
        Object routing = wanted.get("DNSRoutingEnabled");
        if (byDns && Boolean.FALSE.equals(routing) && !hosts) {
            faults.add(new RefusedSetting(
                    "SmartHosts", "is missing", "name the smart hosts where DNSRoutingEnabled becomes false"));
        } else if (byDns && hosts && routing == null) {
            wanted.put("DNSRoutingEnabled", false);
        } else if (byDns && hosts && Boolean.TRUE.equals(routing)) {
            faults.add(new RefusedSetting(
                    "SmartHosts",
                    "are not used while DNSRoutingEnabled is true",
                    "write DNSRoutingEnabled: false too"));
        }
    }

    private Changed changed(SettingsDesk.Outcome outcome, SequencedMap<String, Object> bag, Set<String> wanted) {
        return new Changed(
                bag,
                outcome.atNextStart(key -> TABLE.nameOf(SettingsDesk.withinElement(key))),
                outcome.warnings(bag.get("Identity"), warnings(outcome.after(), bag, wanted)));
    }

    private List<String> warnings(Settings after, SequencedMap<String, Object> bag, Set<String> wanted) {
        List<String> warnings = new ArrayList<>();
        if (after.sendConnectors().stream().noneMatch(connector -> connector.enabled())) {
            warnings.add("No send connector is enabled: mail for the outside waits in Unreachable.");
        } else if (Boolean.FALSE.equals(bag.get("Enabled"))) {
            warnings.add("The connector is not enabled, so no new mail leaves by it.");
        }
        if (bag.get("SourceTransportServers") instanceof List<?> servers
                && servers.stream().noneMatch(own(after))) {
            warnings.add("SourceTransportServers does not name this server, so no new mail leaves by it here.");
        }
        if (Boolean.TRUE.equals(bag.get("ForceHELO")) && isProtected(bag)) {
            warnings.add("ForceHELO leaves no way to STARTTLS and AUTH, which the connector needs: no mail leaves by"
                    + " it.");
        }
        if ("ExchangeServer".equals(bag.get("SmartHostAuthMechanism"))) {
            warnings.add("ExchangeServer needs a directory of Exchange servers, which there is not here: its log-ins"
                    + " fail.");
        }
        after.sendConnectors().stream()
                .filter(connector -> connector.name().equals(bag.get("Name")))
                .map(connector -> certificateMissing.apply(connector.tls()))
                .flatMap(Optional::stream)
                .forEach(what -> warnings.add("The connector shows no certificate: " + what + "."));
        WITHOUT_EFFECT.stream()
                .filter(name -> wanted.contains(name) && Boolean.TRUE.equals(bag.get(name)))
                .forEach(name -> warnings.add(name + " is kept and shown, and has no effect here."));
        return warnings;
    }

    private static Predicate<Object> own(Settings settings) {
        return server -> server.toString().equalsIgnoreCase(settings.server().computerName())
                || server.toString().equalsIgnoreCase(settings.server().name());
    }

    private static boolean isProtected(Map<String, Object> bag) {
        return Boolean.TRUE.equals(bag.get("RequireTLS")) || bag.get(CREDENTIAL_NAME) != null;
    }
}
