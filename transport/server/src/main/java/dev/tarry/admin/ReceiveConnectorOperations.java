package dev.tarry.admin;

import static dev.tarry.admin.SettingForm.COUNT;
import static dev.tarry.admin.SettingForm.FLAG;
import static dev.tarry.admin.SettingForm.LIST;
import static dev.tarry.admin.SettingForm.SIZE;
import static dev.tarry.admin.SettingForm.SPAN;
import static dev.tarry.admin.SettingForm.TEXT;
import static dev.tarry.admin.SettingForm.WHOLE;
import static dev.tarry.admin.SettingForm.WORDS;

import dev.tarry.admin.OperationRefused.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What New-, Get-, Set- and Remove-ReceiveConnector do (reference §6.1, §6.2). A change holds for sessions that begin
/// after it; where a connector is to listen it does so at once, or nothing is changed. Thread-safe; blocks.
public final class ReceiveConnectorOperations {
    private static final String KEY = "receiveConnectors";
    private static final List<String> ALL_ADDRESSES =
            List.of("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "0.0.0.0-255.255.255.255");

    /// What New-ReceiveConnector's `-Usage` needs and brings.
    private enum Usage {
        CLIENT("Client", false, true, "ExchangeUsers", "Tls, Integrated, BasicAuth, BasicAuthRequireTLS"),
        CUSTOM("Custom", true, true, "None", "Tls"),
        INTERNAL("Internal", false, true, "ExchangeServers, ExchangeLegacyServers", "Tls, ExchangeServer"),
        INTERNET("Internet", true, false, "AnonymousUsers", "Tls"),
        PARTNER("Partner", true, true, "Partners", "Tls");

        private final String word;
        private final boolean needsBindings;
        private final boolean needsRanges;
        private final String permissionGroups;
        private final String authMechanism;

        Usage(String word, boolean needsBindings, boolean needsRanges, String permissionGroups, String authMechanism) {
            this.word = word;
            this.needsBindings = needsBindings;
            this.needsRanges = needsRanges;
            this.permissionGroups = permissionGroups;
            this.authMechanism = authMechanism;
        }
    }

    private static final SettingTable TABLE = SettingTable.over(KEY)
            .row("AuthMechanism", WORDS, "Tls")
            .row("Banner", TEXT)
            .row("BinaryMimeEnabled", FLAG)
            .row("Bindings", LIST)
            .row("ChunkingEnabled", FLAG)
            .row("DefaultDomain", TEXT)
            .row("DeliveryStatusNotificationEnabled", FLAG)
            .row("EightBitMimeEnabled", FLAG)
            .row("SmtpUtf8Enabled", FLAG)
            .row("BareLinefeedRejectionEnabled", FLAG)
            .row("DomainSecureEnabled", FLAG, false)
            .row("EnhancedStatusCodesEnabled", FLAG)
            .row("LongAddressesEnabled", FLAG, false)
            .row("OrarEnabled", FLAG, false)
            .row("SuppressXAnonymousTls", FLAG, true)
            .row("ProxyEnabled", FLAG, false)
            .row("AdvertiseClientSettings", FLAG, false)
            .row("Fqdn", TEXT)
            .fixed("ServiceDiscoveryFqdn", TEXT, null)
            .row("TlsCertificateName", TEXT, null)
            .row("Comment", TEXT, null)
            .row("Enabled", FLAG, true)
            .rows(SPAN, "ConnectionTimeout", "ConnectionInactivityTimeout")
            .row("MessageRateLimit", COUNT, "Unlimited")
            .row("MessageRateSource", TEXT, "IPAddress")
            .rows(COUNT, "MaxInboundConnection", "MaxInboundConnectionPerSource")
            .row("MaxInboundConnectionPercentagePerSource", WHOLE)
            .row("MaxHeaderSize", SIZE)
            .row("MaxHopCount", WHOLE)
            .row("MaxLocalHopCount", WHOLE)
            .row("MaxLogonFailures", WHOLE)
            .row("MaxMessageSize", SIZE)
            .row("MaxProtocolErrors", COUNT)
            .row("MaxRecipientsPerMessage", WHOLE)
            .row("PermissionGroups", WORDS, "AnonymousUsers")
            .row("PipeliningEnabled", FLAG)
            .row("ProtocolLoggingLevel", TEXT, "None")
            .row("RemoteIPRanges", LIST, ALL_ADDRESSES)
            .row("RequireEHLODomain", FLAG, false)
            .row("RequireTLS", FLAG, false)
            .row("EnableAuthGSSAPI", FLAG, false)
            .row("ExtendedProtectionPolicy", TEXT, "None")
            .fixed("LiveCredentialEnabled", FLAG, false)
            .fixed("TlsDomainCapabilities", LIST, List.of())
            .derived("Server", TEXT, values -> values.get(SettingElements.SERVER), "This server.")
            .row("TransportRole", TEXT, "FrontendTransport")
            .rows(
                    FLAG,
                    "RejectReservedTopLevelRecipientDomains",
                    "RejectReservedSecondLevelRecipientDomains",
                    "RejectSingleLabelRecipientDomains")
            .fixed("AcceptConsumerMail", FLAG, false)
            .row("SizeEnabled", TEXT)
            .row("TarpitInterval", SPAN)
            .rows(SPAN, "AuthTarpitInterval", "MaxAcknowledgementDelay")
            .row("AdminDisplayName", TEXT, null)
            .fixed("ExchangeVersion", TEXT, "0.1 (8.0.535.0)")
            .row("Name", TEXT)
            .derived("Identity", TEXT, ReceiveConnectorOperations::identity, "The server's short name and the Name.")
            .derived("Guid", TEXT, ReceiveConnectorOperations::guid, "Made of the name, the same at every start.")
            .fixed("IsValid", FLAG, true)
            .fixed("ObjectState", TEXT, "Unchanged")
            .own("AnonymousRelayRanges", LIST, "anonymousRelayRanges")
            .own("AuthPlainEnabled", FLAG, "authPlainEnabled")
            .own("AuthScramSha256Enabled", FLAG, "authScramSha256Enabled")
            .own("AuthXOAuth2Enabled", FLAG, "authXOAuth2Enabled")
            .own("BareLineEnds", TEXT, "bareLineEnds")
            .own("ImplicitTLS", FLAG, "implicitTLS")
            .own("MaxUnknownRecipients", COUNT, "maxUnknownRecipients")
            .done();

    private final SettingElements connectors;
    private final Function<String, List<String>> listensAt;

    /// @param listensAt where the connector of a name listens, each `ip:port`; empty while it does not
    public ReceiveConnectorOperations(SettingsDesk desk, Function<String, List<String>> listensAt) {
        this.listensAt = listensAt;
        connectors = new SettingElements(
                desk,
                KEY,
                "receive connector",
                TABLE,
                (bag, identity) -> List.of("Identity", "Name", "Guid").stream()
                        .anyMatch(property -> identity.equalsIgnoreCase((String) bag.get(property))));
    }

    /// The properties of a receive connector. Those behind `ObjectState` are ours, such as `AnonymousRelayRanges`, in
    /// Exchange a permission, and `BareLineEnds`, what becomes of those that are not rejected.
    public static SettingTable table() {
        return TABLE;
    }

    private static String identity(Map<String, String> values) {
        return values.get(SettingElements.SERVER) + "\\" + values.get("name");
    }

    private static String guid(Map<String, String> values) {
        return UUID.nameUUIDFromBytes(("receive connector " + values.get("name")).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /// Get-ReceiveConnector: all of them.
    public List<SequencedMap<String, Object>> list() {
        return connectors.all(connectors.desk().now()).stream().map(this::bound).toList();
    }

    /// @param identity `MAIL\Default Frontend MAIL`, the name alone, or the GUID, in any case
    /// @throws OperationRefused if there is none
    public SequencedMap<String, Object> get(String identity) {
        return bound(connectors.find(connectors.desk().now(), identity).bag());
    }

    /// A connector that took a free port shows which.
    private SequencedMap<String, Object> bound(SequencedMap<String, Object> bag) {
        SequencedMap<String, Object> bound = new LinkedHashMap<>(bag);
        List<String> at = listensAt.apply((String) bag.get("Name"));
        if (!at.isEmpty()) {
            bound.put("Bindings", at);
        }
        return bound;
    }

    /// Set-ReceiveConnector.
    ///
    /// @param expected the state that must be there
    /// @throws OperationRefused with all that is wrong
    public Changed change(String identity, Map<String, ?> wanted, Precondition expected) {
        int[] at = new int[1];
        SettingsDesk.Outcome outcome = connectors.change((settings, all) -> {
            SettingElements.Found found = connectors.find(settings, identity);
            SequencedMap<String, Object> bag = bound(found.bag());
            expected.require(EntityTag.of(bag));
            at[0] = found.index();
            List<RefusedSetting> faults = new ArrayList<>();
            Map<String, Object> properties = new LinkedHashMap<>(wanted);
            if (bag.get("Bindings").equals(properties.get("Bindings"))) {
                properties.remove("Bindings");
            }
            all.get(at[0]).putAll(connectors.changes(properties, found.values(), faults));
        });
        return changed(outcome, connectors.all(outcome.after()).get(at[0]));
    }

    /// New-ReceiveConnector. It listens when this returns, unless it is made with `Enabled` false.
    ///
    /// @param wanted property to value, `Name` among them; also `Usage`, which says what else is needed and what
    /// holds where nothing is said: `Custom` unless it is another
    /// @throws OperationRefused with all that is wrong
    public Changed create(Map<String, ?> wanted) {
        List<RefusedSetting> faults = new ArrayList<>();
        Map<String, Object> properties = new LinkedHashMap<>(wanted);
        Object word = properties.remove("Usage");
        Optional<Usage> usage = usage(word);
        if (usage.isEmpty()) {
            faults.add(new RefusedSetting("Usage", "is not a usage", "write one of " + usages()));
        }
        needed(properties, "Name", "a new receive connector has one", faults);
        SettingsDesk.Outcome outcome = connectors.change((settings, all) -> {
            usage.ifPresent(kind -> complete(kind, properties, faults));
            SequencedMap<String, String> values = connectors.beginning(settings);
            SequencedMap<String, String> changes = connectors.changes(properties, values, faults);
            connectors.requireNew(settings, changes.get("name"));
            all.add(new LinkedHashMap<>(changes));
        });
        return changed(outcome, connectors.all(outcome.after()).getLast());
    }

    private static Optional<Usage> usage(Object word) {
        return word == null
                ? Optional.of(Usage.CUSTOM)
                : Stream.of(Usage.values())
                        .filter(usage -> usage.word.equalsIgnoreCase(word.toString()))
                        .findFirst();
    }

    private static String usages() {
        return Stream.of(Usage.values()).map(usage -> usage.word).collect(Collectors.joining(", "));
    }

    private static void needed(Map<String, ?> wanted, String name, String why, List<RefusedSetting> faults) {
        Object value = wanted.get(name);
        if (value == null || value.equals(List.of()) || value.equals("")) {
            faults.add(new RefusedSetting(name, "is missing", why));
        }
    }

    private void complete(Usage usage, Map<String, Object> properties, List<RefusedSetting> faults) {
        if (usage.needsRanges) {
            needed(properties, "RemoteIPRanges", "usage " + usage.word + " needs the clients' addresses", faults);
        }
        if (!properties.containsKey("Bindings") && !usage.needsBindings) {
            // in Exchange port 25, or 587 for users: here that is where the built-in ones listen
            String like = usage == Usage.CLIENT ? "Client Frontend " : "Default Frontend ";
            connectors.all(connectors.desk().now()).stream()
                    .filter(bag -> ((String) bag.get("Name")).startsWith(like))
                    .findFirst()
                    .ifPresent(bag -> properties.put("Bindings", bound(bag).get("Bindings")));
        }
        needed(properties, "Bindings", "name the addresses where it listens, [\"ip:port\"]", faults);
        given(properties, "PermissionGroups", usage.permissionGroups);
        given(properties, "AuthMechanism", usage.authMechanism);
        if (usage == Usage.PARTNER) {
            given(properties, "DomainSecureEnabled", true);
        }
    }

    /// What a usage brings, where the settings have it and nothing else is said.
    private static void given(Map<String, Object> properties, String name, Object value) {
        boolean settable =
                TABLE.properties().stream().anyMatch(property -> property.name().equals(name) && property.changeable());
        if (settable) {
            properties.putIfAbsent(name, value);
        }
    }

    /// Remove-ReceiveConnector. It listens no more; the sessions that there are go on to their end.
    ///
    /// @param expected the state that must be there
    /// @throws OperationRefused if there is none, or it is the last one
    public void remove(String identity, Precondition expected) {
        connectors.change((settings, all) -> {
            SettingElements.Found found = connectors.find(settings, identity);
            expected.require(EntityTag.of(bound(found.bag())));
            if (all.size() == 1) {
                throw new OperationRefused(
                        Reason.CONFLICT,
                        OperationRefused.quoted(identity) + " is the only receive connector; make another one first");
            }
            all.remove(found.index());
        });
    }

    private Changed changed(SettingsDesk.Outcome outcome, SequencedMap<String, Object> bag) {
        List<String> warnings = new ArrayList<>();
        if (Boolean.FALSE.equals(bag.get("Enabled"))) {
            warnings.add("The connector is not enabled, so it takes no connections.");
        }
        return new Changed(
                bound(bag),
                outcome.atNextStart(key -> TABLE.nameOf(SettingsDesk.withinElement(key))),
                outcome.warnings(bag.get("Identity"), warnings));
    }
}
