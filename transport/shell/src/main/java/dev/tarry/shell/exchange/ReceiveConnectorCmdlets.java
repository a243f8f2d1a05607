package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.client.ManagedKind;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Where mail comes in: New-, Get-, Set- and Remove-ReceiveConnector (reference §6.1, §6.2). What may be changed, and
/// to what, the server says.
public final class ReceiveConnectorCmdlets {
    private static final String[] LISTS = {
        "AnonymousRelayRanges", "AuthMechanism", "Bindings", "PermissionGroups", "RemoteIPRanges"
    };
    private static final String[] FLAGS = {
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
        "SuppressXAnonymousTls"
    };
    private static final String[] NUMBERS = {
        "MaxHopCount",
        "MaxInboundConnection",
        "MaxInboundConnectionPerSource",
        "MaxInboundConnectionPercentagePerSource",
        "MaxLocalHopCount",
        "MaxLogonFailures",
        "MaxProtocolErrors",
        "MaxRecipientsPerMessage",
        "MaxUnknownRecipients",
        "MessageRateLimit"
    };
    private static final String[] TEXTS = {
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
        "TransportRole"
    };
    private static final String[] USAGES = {"Client", "Custom", "Internal", "Internet", "Partner"};

    private ReceiveConnectorCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-ReceiveConnector")
                        .takes(
                                RoutingCmdlets.identity(false),
                                Parameter.of("Server", TEXT),
                                Parameter.of("TransportRole", TEXT))
                        .shows("ReceiveConnector", "Identity", "Bindings", "Enabled")
                        .simply(ReceiveConnectorCmdlets::get),
                Cmdlet.named("New-ReceiveConnector")
                        .takes(newParameters())
                        .oneOf("Usage", "Client", "Custom", "Internal", "Internet", "Partner")
                        .shows("ReceiveConnector", "Identity", "Bindings", "Enabled")
                        .acts()
                        .simply(ReceiveConnectorCmdlets::create),
                Cmdlet.named("Set-ReceiveConnector")
                        .takes(setParameters())
                        .acts()
                        .simply(call -> RoutingCmdlets.change(call, connectors(call), wanted(call))),
                RoutingCmdlets.removal("Remove-ReceiveConnector", ReceiveConnectorCmdlets::connectors));
    }

    private static ManagedKind connectors(Call call) {
        return call.client().service().receiveConnectors();
    }

    private static Parameter[] newParameters() {
        List<Parameter> parameters = new ArrayList<>(List.of(
                Parameter.of("Name", TEXT).at(0).required(),
                Parameter.of("Usage", TEXT).oneOf(USAGES),
                Parameter.of("Server", TEXT)));
        List.of(USAGES).forEach(usage -> parameters.add(Parameter.of(usage, SWITCH)));
        return settable(parameters);
    }

    private static Parameter[] setParameters() {
        return settable(new ArrayList<>(List.of(RoutingCmdlets.identity(true), Parameter.of("Name", TEXT))));
    }

    private static Parameter[] settable(List<Parameter> parameters) {
        ServiceCmdlets.add(parameters, LISTS, FLAGS, NUMBERS, TEXTS);
        return parameters.toArray(Parameter[]::new);
    }

    private static Map<String, Object> wanted(Call call) {
        Map<String, Object> wanted = ServiceCmdlets.given(call, LISTS, FLAGS, NUMBERS, TEXTS);
        call.text("Name").ifPresent(name -> wanted.put("Name", name));
        return wanted;
    }

    private static void create(Call call) {
        call.text("Server").ifPresent(server -> ServiceCmdlets.ownServer(call, server));
        Map<String, Object> wanted = wanted(call);
        call.text("Usage").ifPresent(usage -> wanted.put("Usage", usage));
        for (String usage : USAGES) {
            if (call.flag(usage)) {
                wanted.put("Usage", usage);
            }
        }
        RoutingCmdlets.create(
                call, "ReceiveConnector", connectors(call), call.text("Name").orElseThrow(), wanted);
    }

    /// All of this server's, one by its identity, or those of a role.
    private static void get(Call call) {
        call.text("Server").ifPresent(server -> ServiceCmdlets.ownServer(call, server));
        if (call.text("Identity").isPresent()) {
            ServiceCmdlets.get(call, "ReceiveConnector", connectors(call));
            return;
        }
        String role = call.text("TransportRole").orElse("");
        connectors(call).list().stream()
                .filter(one -> role.isEmpty() || one.text("TransportRole").equalsIgnoreCase(role))
                .forEach(one -> ServiceCmdlets.write(call, "ReceiveConnector", one));
    }
}
