package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import java.util.List;
import java.util.Map;

/// Where mail comes in: New-, Get-, Set- and Remove-ReceiveConnector (reference §6.1, §6.2). What may be changed, and
/// to what, the server says.
final class ReceiveConnectorCmdlets {
    static final ManagedObjects CONNECTORS = new ManagedObjects(
            "ReceiveConnector",
            "Receive connector",
            call -> call.client().service().receiveConnectors());

    private static final Settable SETTABLE = Settable.NOTHING
            .lists("AnonymousRelayRanges", "AuthMechanism", "Bindings", "PermissionGroups", "RemoteIPRanges")
            .flags(
                    "AdvertiseClientSettings",
                    "AuthPlainEnabled",
                    "AuthScramSha256Enabled",
                    "AuthXOAuth2Enabled",
                    "BareLinefeedRejectionEnabled",
                    "BinaryMimeEnabled",
                    "ChunkingEnabled",
                    "DeliveryStatusNotificationEnabled",
                    "DomainSecureEnabled",
                    "EightBitMimeEnabled",
                    "EnableAuthGSSAPI",
                    "Enabled",
                    "EnhancedStatusCodesEnabled",
                    "ImplicitTLS",
                    "LongAddressesEnabled",
                    "OrarEnabled",
                    "PipeliningEnabled",
                    "ProxyEnabled",
                    "RejectReservedSecondLevelRecipientDomains",
                    "RejectReservedTopLevelRecipientDomains",
                    "RejectSingleLabelRecipientDomains",
                    "RequireEHLODomain",
                    "RequireTLS",
                    "SmtpUtf8Enabled",
                    "SuppressXAnonymousTls")
            .numbers(
                    "MaxHopCount",
                    "MaxInboundConnection",
                    "MaxInboundConnectionPerSource",
                    "MaxInboundConnectionPercentagePerSource",
                    "MaxLocalHopCount",
                    "MaxLogonFailures",
                    "MaxProtocolErrors",
                    "MaxRecipientsPerMessage",
                    "MaxUnknownRecipients",
                    "MessageRateLimit")
            .texts(
                    "AdminDisplayName",
                    "AuthTarpitInterval",
                    "Banner",
                    "BareLineEnds",
                    "Comment",
                    "ConnectionInactivityTimeout",
                    "ConnectionTimeout",
                    "DefaultDomain",
                    "ExtendedProtectionPolicy",
                    "Fqdn",
                    "MaxAcknowledgementDelay",
                    "MaxHeaderSize",
                    "MaxMessageSize",
                    "MessageRateSource",
                    "ProtocolLoggingLevel",
                    "SizeEnabled",
                    "TarpitInterval",
                    "TlsCertificateName",
                    "TransportRole");
    private static final String[] USAGES = {"Client", "Custom", "Internal", "Internet", "Partner"};

    private static final String OURS = "tarry's own are AnonymousRelayRanges (in Exchange a permission, see"
            + " Add-ADPermission), AuthPlainEnabled, AuthScramSha256Enabled, AuthXOAuth2Enabled, BareLineEnds, ImplicitTLS"
            + " and MaxUnknownRecipients.";

    private ReceiveConnectorCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                shown("Get-ReceiveConnector")
                        .example(
                                "Get-ReceiveConnector | Format-List Name, Bindings, RemoteIPRanges, PermissionGroups",
                                "Shows who may hand in mail, and where.")
                        .takes(
                                ManagedObjects.identity(false),
                                ManagedObjects.server(),
                                Parameter.of("TransportRole", TEXT).oneOf("FrontendTransport", "HubTransport"),
                                ManagedObjects.domainController())
                        .oneOf("Identity", "Server")
                        .summary("Shows the Receive connectors, at which clients hand mail in.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .simply(ReceiveConnectorCmdlets::get),
                refusals(shown("New-ReceiveConnector"))
                        .takes(SETTABLE.with(
                                Parameter.of("Name", TEXT).at(0).required(),
                                Parameter.of("Usage", TEXT).oneOf(USAGES),
                                ManagedObjects.server(),
                                Parameter.of("Client", SWITCH),
                                Parameter.of("Custom", SWITCH),
                                Parameter.of("Internal", SWITCH),
                                Parameter.of("Internet", SWITCH),
                                Parameter.of("Partner", SWITCH),
                                ManagedObjects.domainController()))
                        .oneOf("Usage", "Client", "Custom", "Internal", "Internet", "Partner")
                        .acts()
                        .summary("Makes a Receive connector, which listens at once.")
                        .simply(ReceiveConnectorCmdlets::create),
                refusals(Cmdlet.named("Set-ReceiveConnector"))
                        .takes(SETTABLE.with(
                                ManagedObjects.identity(true),
                                Parameter.of("Name", TEXT),
                                ManagedObjects.domainController()))
                        .acts()
                        .summary("Changes a Receive connector, for sessions that begin from then on.")
                        .simply(call -> CONNECTORS.change(call, wanted(call))),
                CONNECTORS.removal(
                        "Remove-ReceiveConnector", "Removes a Receive connector; its sessions go on to their end."));
    }

    private static Cmdlet.Draft shown(String name) {
        return Cmdlet.named(name).shows("ReceiveConnector", "Identity", "Bindings", "Enabled");
    }

    private static Cmdlet.Draft refusals(Cmdlet.Draft draft) {
        return draft.remark(OURS)
                .remark(ManagedObjects.NO_DIRECTORY)
                .refuses("There is nothing here that would look for services by it.", "ServiceDiscoveryFqdn")
                .refuses(
                        "There are no partner organizations here that could be told by their certificates.",
                        "TlsDomainCapabilities");
    }

    private static Map<String, Object> wanted(Call call) {
        Map<String, Object> wanted = SETTABLE.given(call);
        call.text("Name").ifPresent(name -> wanted.put("Name", name));
        return wanted;
    }

    private static void create(Call call) {
        call.text("Server").ifPresent(server -> ManagedObjects.ownServer(call, server));
        Map<String, Object> wanted = wanted(call);
        ManagedObjects.usage(call, USAGES).ifPresent(usage -> wanted.put("Usage", usage));
        CONNECTORS.create(call, call.text("Name").orElseThrow(), wanted);
    }

    /// All of this server's, one by its identity, or those of a role.
    private static void get(Call call) {
        call.text("Server").ifPresent(server -> ManagedObjects.ownServer(call, server));
        String role = call.text("TransportRole").orElse("");
        if (call.text("Identity").isPresent() || role.isEmpty()) {
            CONNECTORS.get(call);
            return;
        }
        CONNECTORS.kind().apply(call).list().stream()
                .filter(one -> one.text("TransportRole").equalsIgnoreCase(role))
                .forEach(one -> CONNECTORS.write(call, one));
    }
}
