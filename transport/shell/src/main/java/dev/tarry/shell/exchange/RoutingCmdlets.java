package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.client.Change;
import dev.tarry.client.ManagedKind;
import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.ParameterType;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.SecureText;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Which way mail goes: send connectors, accepted and remote domains (reference §5), and the dry run.
public final class RoutingCmdlets {
    private static final String[] NONE = {};
    private static final String[] CONNECTOR_LISTS = {
        "AddressSpaces", "SmartHosts", "ErrorPolicies", "SourceTransportServers"
    };
    private static final String[] CONNECTOR_FLAGS = {
        "CloudServicesMailEnabled",
        "DNSRoutingEnabled",
        "DomainSecureEnabled",
        "Enabled",
        "ForceHELO",
        "FrontendProxyEnabled",
        "IgnoreSTARTTLS",
        "IsScopedConnector",
        "RequireOorg",
        "RequireTLS",
        "UseExternalDNSServersEnabled"
    };
    private static final String[] CONNECTOR_NUMBERS = {"Port", "SmtpMaxMessagesPerConnection"};
    private static final String[] CONNECTOR_TEXTS = {
        "Comment",
        "ConnectionInactivityTimeOut",
        "Fqdn",
        "MaxMessageSize",
        "ProtocolLoggingLevel",
        "SmartHostAuthMechanism",
        "SourceIPAddress",
        "TlsAuthLevel",
        "TlsCertificateName",
        "TlsDomain"
    };
    private static final String[] USAGES = {"Custom", "Internal", "Internet", "Partner"};
    private static final String CREDENTIAL = "AuthenticationCredential";
    private static final String[] ACCEPTED_FLAGS = {"AddressBookEnabled", "MatchSubDomains"};
    private static final String[] ACCEPTED_LISTS = {"LocalRecipients"};
    private static final String[] REMOTE_FLAGS = {
        "AutoForwardEnabled",
        "AutoReplyEnabled",
        "DeliveryReportEnabled",
        "DisplaySenderName",
        "IsInternal",
        "MeetingForwardNotificationEnabled",
        "NDRDiagnosticInfoEnabled",
        "NDREnabled",
        "TargetDeliveryDomain",
        "TrustedMailInboundEnabled",
        "TrustedMailOutboundEnabled",
        "UseSimpleDisplayName"
    };
    private static final String[] REMOTE_NUMBERS = {"LineWrapSize", "MessageCountThreshold"};
    private static final String[] REMOTE_TEXTS = {
        "AllowedOOFType",
        "ByteEncoderTypeFor7BitCharsets",
        "CharacterSet",
        "ContentType",
        "Name",
        "NonMimeCharacterSet",
        "PreferredInternetCodePageForShiftJis",
        "RequiredCharsetCoverage",
        "TNEFEnabled"
    };

    private RoutingCmdlets() {}

    public static List<Cmdlet> all() {
        List<Cmdlet> all = new ArrayList<>();
        all.add(shows("SendConnector", Cmdlet.named("Get-SendConnector"))
                .takes(identity(false))
                .simply(call -> ServiceCmdlets.get(call, "SendConnector", connectors(call))));
        all.add(shows("SendConnector", Cmdlet.named("New-SendConnector"))
                .takes(newConnector())
                .oneOf("Usage", "Custom", "Internal", "Internet", "Partner")
                .acts()
                .simply(RoutingCmdlets::newConnector));
        all.add(Cmdlet.named("Set-SendConnector").takes(setConnector()).acts().simply(RoutingCmdlets::setConnector));
        all.add(removal("Remove-SendConnector", RoutingCmdlets::connectors));
        all.add(shows("AcceptedDomain", Cmdlet.named("Get-AcceptedDomain"))
                .takes(identity(false))
                .simply(call -> ServiceCmdlets.get(call, "AcceptedDomain", accepted(call))));
        all.add(shows("AcceptedDomain", Cmdlet.named("New-AcceptedDomain"))
                .takes(
                        Parameter.of("Name", TEXT).at(0).required(),
                        Parameter.of("DomainName", TEXT).required(),
                        domainType(),
                        Parameter.of("AddressBookEnabled", ParameterType.BOOLEAN),
                        Parameter.of("LocalRecipients", ANY),
                        Parameter.of("MatchSubDomains", ParameterType.BOOLEAN))
                .acts()
                .simply(RoutingCmdlets::newAccepted));
        all.add(Cmdlet.named("Set-AcceptedDomain")
                .takes(
                        identity(true),
                        Parameter.of("Name", TEXT),
                        domainType(),
                        Parameter.of("AddressBookEnabled", ParameterType.BOOLEAN),
                        Parameter.of("LocalRecipients", ANY),
                        Parameter.of("MakeDefault", ParameterType.BOOLEAN),
                        Parameter.of("MatchSubDomains", ParameterType.BOOLEAN))
                .acts()
                .simply(RoutingCmdlets::setAccepted));
        all.add(removal("Remove-AcceptedDomain", RoutingCmdlets::accepted));
        all.add(shows("RemoteDomain", Cmdlet.named("Get-RemoteDomain"))
                .takes(identity(false))
                .simply(call -> ServiceCmdlets.get(call, "RemoteDomain", remote(call))));
        all.add(shows("RemoteDomain", Cmdlet.named("New-RemoteDomain"))
                .takes(
                        Parameter.of("Name", TEXT).at(0).required(),
                        Parameter.of("DomainName", TEXT).required())
                .acts()
                .simply(RoutingCmdlets::newRemote));
        all.add(Cmdlet.named("Set-RemoteDomain").takes(setRemote()).acts().simply(RoutingCmdlets::setRemoteDomain));
        all.add(removal("Remove-RemoteDomain", RoutingCmdlets::remote));
        all.add(shows("MailRoute", Cmdlet.named("Test-MailRoute"))
                .takes(
                        Parameter.of("Recipient", TEXT)
                                .at(0)
                                .required()
                                .alias("EmailAddress")
                                .pipedBy("Address"),
                        Parameter.of("Size", ANY).at(1))
                .simply(RoutingCmdlets::test));
        return all;
    }

    private static Cmdlet.Draft shows(String type, Cmdlet.Draft draft) {
        return switch (type) {
            case "SendConnector" -> draft.shows(type, "Identity", "AddressSpaces", "Enabled");
            case "AcceptedDomain" -> draft.shows(type, "Name", "DomainName", "DomainType", "Default");
            case "RemoteDomain" -> draft.shows(type, "Name", "DomainName", "AllowedOOFType");
            default -> draft.shows(type, "Recipient", "Outcome", "Connector", "NextHopDomain", "Targets");
        };
    }

    static Parameter identity(boolean required) {
        Parameter identity = Parameter.of("Identity", TEXT).at(0).pipedBy("Name");
        return required ? identity.required() : identity;
    }

    static Cmdlet removal(String name, Function<Call, ManagedKind> kind) {
        return Cmdlet.named(name).takes(identity(true)).prompts().acts().simply(call -> {
            String identity = call.text("Identity").orElseThrow();
            if (call.proceed(identity)) {
                kind.apply(call).remove(identity);
            }
        });
    }

    private static ManagedKind connectors(Call call) {
        return call.client().service().sendConnectors();
    }

    private static ManagedKind accepted(Call call) {
        return call.client().service().acceptedDomains();
    }

    private static ManagedKind remote(Call call) {
        return call.client().service().remoteDomains();
    }

    // -- send connectors

    private static Parameter[] newConnector() {
        List<Parameter> parameters = new ArrayList<>(List.of(
                Parameter.of("Name", TEXT).at(0).required(),
                Parameter.of("Usage", TEXT).oneOf(USAGES),
                Parameter.of("Force", SWITCH),
                Parameter.of(CREDENTIAL, ANY)));
        List.of(USAGES).forEach(usage -> parameters.add(Parameter.of(usage, SWITCH)));
        return connector(parameters);
    }

    private static Parameter[] setConnector() {
        return connector(new ArrayList<>(List.of(
                identity(true),
                Parameter.of("Name", TEXT),
                Parameter.of("Force", SWITCH),
                Parameter.of(CREDENTIAL, ANY))));
    }

    private static Parameter[] connector(List<Parameter> parameters) {
        ServiceCmdlets.add(parameters, CONNECTOR_LISTS, CONNECTOR_FLAGS, CONNECTOR_NUMBERS, CONNECTOR_TEXTS);
        return parameters.toArray(Parameter[]::new);
    }

    private static Map<String, Object> connectorProperties(Call call) {
        Map<String, Object> wanted =
                ServiceCmdlets.given(call, CONNECTOR_LISTS, CONNECTOR_FLAGS, CONNECTOR_NUMBERS, CONNECTOR_TEXTS);
        if (call.mentions(CREDENTIAL)) {
            wanted.put(CREDENTIAL, credential(call.value(CREDENTIAL)));
        }
        return wanted;
    }

    /// As New-Object PSCredential makes it.
    private static Map<String, Object> credential(Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Row row
                && row.type().equals(SecureText.CREDENTIAL_TYPE)
                && row.get("Password") instanceof SecureText password) {
            Map<String, Object> credential = new LinkedHashMap<>();
            credential.put("UserName", TextForm.of(row.get("UserName")));
            credential.put("Password", password.revealed());
            return credential;
        }
        throw ShellFailure.cannotConvert(
                value,
                "System.Management.Automation.PSCredential",
                "Make one with New-Object System.Management.Automation.PSCredential(\"user\", (ConvertTo-SecureString"
                        + " \"password\" -AsPlainText -Force)).");
    }

    private static void newConnector(Call call) {
        Map<String, Object> wanted = connectorProperties(call);
        String name = call.text("Name").orElseThrow();
        wanted.put("Name", name);
        call.text("Usage").ifPresent(usage -> wanted.put("Usage", usage));
        for (String usage : USAGES) {
            if (call.flag(usage)) {
                wanted.put("Usage", usage);
            }
        }
        create(call, "SendConnector", connectors(call), name, wanted);
    }

    private static void setConnector(Call call) {
        Map<String, Object> wanted = connectorProperties(call);
        call.text("Name").ifPresent(name -> wanted.put("Name", name));
        change(call, connectors(call), wanted);
    }

    static void create(Call call, String type, ManagedKind kind, String name, Map<String, Object> wanted) {
        if (call.proceed(name)) {
            Change change = kind.create(wanted);
            ServiceCmdlets.warn(call, change);
            ServiceCmdlets.write(call, type, change.now());
        }
    }

    static void change(Call call, ManagedKind kind, Map<String, Object> wanted) {
        String identity = call.text("Identity").orElseThrow();
        if (call.proceed(identity)) {
            ServiceCmdlets.warn(call, kind.change(identity, wanted));
        }
    }

    // -- domains

    private static Parameter domainType() {
        return Parameter.of("DomainType", TEXT).oneOf("Authoritative", "InternalRelay", "ExternalRelay");
    }

    private static Map<String, Object> acceptedProperties(Call call) {
        Map<String, Object> wanted = ServiceCmdlets.given(call, ACCEPTED_LISTS, ACCEPTED_FLAGS, NONE, NONE);
        call.text("Name").ifPresent(name -> wanted.put("Name", name));
        call.text("DomainType").ifPresent(type -> wanted.put("DomainType", type));
        return wanted;
    }

    private static void newAccepted(Call call) {
        Map<String, Object> wanted = acceptedProperties(call);
        wanted.put("DomainName", call.text("DomainName").orElseThrow());
        create(call, "AcceptedDomain", accepted(call), call.text("Name").orElseThrow(), wanted);
    }

    private static void setAccepted(Call call) {
        Map<String, Object> wanted = acceptedProperties(call);
        if (call.has("MakeDefault")) {
            wanted.put("Default", call.flag("MakeDefault"));
        }
        change(call, accepted(call), wanted);
    }

    private static void newRemote(Call call) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("Name", call.text("Name").orElseThrow());
        wanted.put("DomainName", call.text("DomainName").orElseThrow());
        create(call, "RemoteDomain", remote(call), call.text("Name").orElseThrow(), wanted);
    }

    private static Parameter[] setRemote() {
        List<Parameter> parameters = new ArrayList<>(List.of(identity(true)));
        ServiceCmdlets.add(parameters, NONE, REMOTE_FLAGS, REMOTE_NUMBERS, REMOTE_TEXTS);
        return parameters.toArray(Parameter[]::new);
    }

    private static void setRemoteDomain(Call call) {
        change(call, remote(call), ServiceCmdlets.given(call, NONE, REMOTE_FLAGS, REMOTE_NUMBERS, REMOTE_TEXTS));
    }

    // -- the dry run

    private static void test(Call call) {
        Object size = call.value("Size");
        Map<String, Object> way = call.client()
                .service()
                .testRoute(
                        call.text("Recipient").orElseThrow(),
                        size == null
                                ? 0L
                                : Conversion.whole(size)
                                        .<Object>map(Number::longValue)
                                        .orElseGet(() -> TextForm.of(size)));
        call.write(Bags.row("MailRoute", shown(way), call.io().zone()));
    }

    /// In the order in which one asks: where to, by which connector, to whom, how, and why not by another.
    private static Map<String, Object> shown(Map<String, Object> way) {
        Map<?, ?> queue = inner(way, "queue");
        Map<?, ?> dns = inner(way, "dns");
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("Recipient", way.get("recipient"));
        shown.put("Size", way.get("bytes"));
        shown.put("Outcome", way.get("outcome"));
        shown.put("Reason", way.get("reason"));
        shown.put("AcceptedDomain", inner(way, "acceptedDomain").get("domainName"));
        shown.put("Connector", way.get("connector"));
        shown.put("AddressSpace", way.get("addressSpace"));
        shown.put("DeliveryType", queue.get("deliveryType"));
        shown.put("NextHopDomain", queue.get("nextHopDomain"));
        shown.put("NextHopConnector", queue.get("nextHopConnector"));
        shown.put("Queue", queue.get("identity"));
        shown.put("QueueStatus", queue.get("status"));
        shown.put("DnsServers", dns.get("servers") == null ? List.of() : dns.get("servers"));
        shown.put("DnsAnswer", dns.get("answer"));
        shown.put("DnsAnswerFrom", dns.get("from"));
        shown.put("LastError", dns.get("error"));
        shown.put("Targets", texts(way, "targets", RoutingCmdlets::target));
        shown.put("Greeting", way.get("greeting"));
        shown.put("SourceIPAddress", way.get("sourceAddress"));
        shown.put("Tls", way.get("tls"));
        shown.put("Login", way.get("login"));
        shown.put(
                "Connectors",
                texts(way, "connectors", c -> c.get("name") + ": " + c.get("verdict") + ", " + c.get("reason")));
        return shown;
    }

    private static String target(Map<?, ?> target) {
        String address = target.get("address").toString();
        String host = target.get("host").toString();
        return target.get("preference") + " " + (host.startsWith("[") ? "" : host + " ")
                + "[" + address + "]:" + target.get("port")
                + (target.get("behind") == null ? "" : " (behind the others: " + target.get("behind") + ")");
    }

    private static Map<?, ?> inner(Map<String, Object> way, String name) {
        return way.get(name) instanceof Map<?, ?> inner ? inner : Map.of();
    }

    private static List<String> texts(Map<String, Object> way, String name, Function<Map<?, ?>, String> text) {
        return way.get(name) instanceof List<?> list
                ? list.stream().map(one -> text.apply((Map<?, ?>) one)).toList()
                : List.of();
    }
}
