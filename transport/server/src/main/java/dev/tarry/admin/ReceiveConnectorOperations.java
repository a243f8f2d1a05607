package dev.tarry.admin;

import static dev.tarry.admin.SettingForm.COUNT;
import static dev.tarry.admin.SettingForm.FLAG;
import static dev.tarry.admin.SettingForm.LIST;
import static dev.tarry.admin.SettingForm.SIZE;
import static dev.tarry.admin.SettingForm.SPAN;
import static dev.tarry.admin.SettingForm.TEXT;
import static dev.tarry.admin.SettingForm.WHOLE;
import static dev.tarry.admin.SettingForm.WORDS;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Function;

/// What Get- and Set-ReceiveConnector do (reference §6.2). A change holds for sessions that begin after
/// it. Thread-safe.
public final class ReceiveConnectorOperations {
    private static final String KEY = "receiveConnectors";
    private static final List<String> ALL_ADDRESSES =
            List.of("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "0.0.0.0-255.255.255.255");

    private static final SettingTable TABLE = SettingTable.over(KEY)
            .row("AuthMechanism", WORDS, "Tls")
            .row("Banner", TEXT)
            .row("BinaryMimeEnabled", FLAG)
            .row("Bindings", LIST)
            .row("ChunkingEnabled", FLAG)
            .row("DefaultDomain", TEXT, null)
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
            .fixed("TransportRole", TEXT, "FrontendTransport")
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
            .own("BareLineEnds", TEXT, "bareLineEnds")
            .done();

    private final SettingElements connectors;
    private final Function<String, Optional<String>> listensAt;

    /// @param listensAt where the connector of a name listens, `ip:port`; absent while it does not
    public ReceiveConnectorOperations(SettingsDesk desk, Function<String, Optional<String>> listensAt) {
        this.listensAt = listensAt;
        connectors = new SettingElements(
                desk,
                KEY,
                "receive connector",
                TABLE,
                (bag, identity) -> List.of("Identity", "Name", "Guid").stream()
                        .anyMatch(property -> identity.equalsIgnoreCase((String) bag.get(property))));
    }

    /// The properties of a receive connector. Two are ours: `AnonymousRelayRanges`, in Exchange a permission, and
    /// `BareLineEnds`, what becomes of those that are not rejected.
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
        listensAt.apply((String) bag.get("Name")).ifPresent(at -> bound.put("Bindings", List.of(at)));
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
            } else if (properties.get("Bindings") instanceof List<?> several && several.size() > 1) {
                faults.add(new RefusedSetting(
                        "Bindings", "has several addresses", "a connector listens at one; write [\"ip:port\"]"));
            }
            all.get(at[0]).putAll(connectors.changes(properties, found.values(), faults));
        });
        return new Changed(
                bound(connectors.all(outcome.after()).get(at[0])),
                outcome.atNextStart(key -> TABLE.nameOf(SettingsDesk.withinElement(key))),
                List.of());
    }
}
