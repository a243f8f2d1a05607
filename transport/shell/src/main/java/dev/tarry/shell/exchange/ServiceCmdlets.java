package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.BOOLEAN;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.client.Change;
import dev.tarry.client.Managed;
import dev.tarry.client.ManagedKind;
import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How the server is set: the transport service, the organization (reference §2.1, §4.1); and
/// what other cmdlets that set something have in common with these.
public final class ServiceCmdlets {
    private static final String[] SERVICE_LISTS = {"ExternalDNSServers", "InternalDNSServers"};
    private static final String[] SERVICE_FLAGS = {
        "ConnectivityLogEnabled",
        "DnsLogEnabled",
        "ExternalDNSAdapterEnabled",
        "InternalDNSAdapterEnabled",
        "MessageTrackingLogEnabled",
        "MessageTrackingLogSubjectLoggingEnabled",
        "PoisonMessageDetectionEnabled"
    };
    private static final String[] SERVICE_NUMBERS = {
        "MaxConcurrentMailboxDeliveries",
        "MaxConnectionRatePerMinute",
        "MaxOutboundConnections",
        "MaxPerDomainOutboundConnections",
        "IntraOrgConnectorSmtpMaxMessagesPerConnection",
        "PickupDirectoryMaxMessagesPerMinute",
        "PickupDirectoryMaxRecipientsPerMessage",
        "PoisonThreshold",
        "TransientFailureRetryCount"
    };
    private static final String[] SERVICE_TEXTS = {
        "ConnectivityLogMaxAge",
        "ConnectivityLogMaxDirectorySize",
        "ConnectivityLogMaxFileSize",
        "ConnectivityLogPath",
        "DelayNotificationTimeout",
        "DnsLogMaxAge",
        "DnsLogMaxDirectorySize",
        "DnsLogMaxFileSize",
        "DnsLogPath",
        "ExternalDNSProtocolOption",
        "ExternalIPAddress",
        "InternalDNSProtocolOption",
        "IntraOrgConnectorProtocolLoggingLevel",
        "MessageExpirationTimeout",
        "MessageRetryInterval",
        "MessageTrackingLogMaxAge",
        "MessageTrackingLogMaxDirectorySize",
        "MessageTrackingLogMaxFileSize",
        "MessageTrackingLogPath",
        "OutboundConnectionFailureRetryInterval",
        "PickupDirectoryMaxHeaderSize",
        "PickupDirectoryPath",
        "QueueLogMaxAge",
        "QueueLogMaxDirectorySize",
        "QueueLogMaxFileSize",
        "QueueLogPath",
        "QueueMaxIdleTime",
        "ReceiveProtocolLogMaxAge",
        "ReceiveProtocolLogMaxDirectorySize",
        "ReceiveProtocolLogMaxFileSize",
        "ReceiveProtocolLogPath",
        "ReplayDirectoryPath",
        "SendProtocolLogMaxAge",
        "SendProtocolLogMaxDirectorySize",
        "SendProtocolLogMaxFileSize",
        "SendProtocolLogPath",
        "TransientFailureRetryInterval"
    };
    private static final String[] CONFIG_LISTS = {"GenerateCopyOfDSNFor"};
    private static final String[] CONFIG_FLAGS = {
        "ExternalDelayDsnEnabled",
        "ExternalDsnLanguageDetectionEnabled",
        "ExternalDsnSendHtml",
        "InternalDelayDsnEnabled",
        "InternalDsnLanguageDetectionEnabled",
        "InternalDsnSendHtml"
    };
    private static final String[] CONFIG_NUMBERS = {"MaxRecipientEnvelopeLimit"};
    private static final String[] CONFIG_TEXTS = {
        "DSNConversionMode",
        "ExternalDsnDefaultLanguage",
        "ExternalDsnMaxMessageAttachSize",
        "ExternalDsnReportingAuthority",
        "ExternalPostmasterAddress",
        "InternalDsnDefaultLanguage",
        "InternalDsnMaxMessageAttachSize",
        "InternalDsnReportingAuthority",
        "JournalingReportNdrTo",
        "MaxReceiveSize",
        "MaxSendSize",
        "SafetyNetHoldTime"
    };

    private ServiceCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-TransportService")
                        .takes(Parameter.of("Identity", TEXT).at(0).pipedBy("Name"))
                        .shows("TransportService", "Name", "MessageTrackingLogEnabled", "AntispamAgentsEnabled")
                        .simply(call -> write(call, "TransportService", service(call))),
                Cmdlet.named("Set-TransportService").takes(service()).acts().simply(ServiceCmdlets::setService),
                Cmdlet.named("Get-TransportConfig")
                        .takes(Parameter.of("Identity", TEXT).at(0))
                        .simply(call -> write(
                                call, "TransportConfig", call.client().service().transportConfig())),
                Cmdlet.named("Set-TransportConfig").takes(config()).acts().simply(ServiceCmdlets::setConfig));
    }

    private static Parameter[] service() {
        List<Parameter> parameters = new ArrayList<>(
                List.of(Parameter.of("Identity", TEXT).at(0).required().pipedBy("Name")));
        add(parameters, SERVICE_LISTS, SERVICE_FLAGS, SERVICE_NUMBERS, SERVICE_TEXTS);
        return parameters.toArray(Parameter[]::new);
    }

    /// There is one organization: its identity is taken, and says nothing.
    private static Parameter[] config() {
        List<Parameter> parameters =
                new ArrayList<>(List.of(Parameter.of("Identity", TEXT).at(0).pipedBy("Name")));
        add(parameters, CONFIG_LISTS, CONFIG_FLAGS, CONFIG_NUMBERS, CONFIG_TEXTS);
        return parameters.toArray(Parameter[]::new);
    }

    static void add(List<Parameter> to, String[] lists, String[] flags, String[] numbers, String[] texts) {
        List.of(lists).forEach(name -> to.add(Parameter.of(name, ANY)));
        List.of(flags).forEach(name -> to.add(Parameter.of(name, BOOLEAN)));
        List.of(numbers).forEach(name -> to.add(Parameter.of(name, TEXT)));
        List.of(texts).forEach(name -> to.add(Parameter.of(name, TEXT)));
    }

    /// What was given of these parameters, as the server takes it.
    static Map<String, Object> given(Call call, String[] lists, String[] flags, String[] numbers, String[] texts) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (String name : lists) {
            if (call.mentions(name)) {
                given.put(name, list(call.value(name)));
            }
        }
        for (String name : flags) {
            if (call.has(name)) {
                given.put(name, call.flag(name));
            }
        }
        for (String name : numbers) {
            call.text(name).ifPresent(text -> given.put(name, numberOrText(text)));
        }
        for (String name : texts) {
            if (call.mentions(name)) {
                given.put(name, call.text(name).orElse(null));
            }
        }
        return given;
    }

    /// The server says what is wrong with a text that is no number.
    private static Object numberOrText(String text) {
        return text.matches("\\d{1,18}") ? (Object) Long.valueOf(text) : text;
    }

    /// A list replaces the old one; `@{Add="9.9.9.9"; Remove="1.1.1.1"}` edits it.
    private static Object list(Object value) {
        if (value instanceof HashTable edit) {
            Map<String, Object> words = new LinkedHashMap<>();
            edit.keys().forEach(word -> words.put(TextForm.of(word), texts(edit.get(word))));
            return words;
        }
        return texts(value);
    }

    private static List<String> texts(Object value) {
        return value == null
                ? List.of()
                : Conversion.list(value).stream().map(TextForm::of).toList();
    }

    // -- the service

    private static Managed service(Call call) {
        return call.text("Identity")
                .map(identity -> ownServer(call, identity))
                .orElseGet(() -> call.client().service().transportService());
    }

    /// The server that this shell manages, by its short or full name.
    static Managed ownServer(Call call, String identity) {
        Managed service = call.client().service().transportService();
        String own = service.name().toLowerCase(Locale.ROOT);
        String asked = identity.toLowerCase(Locale.ROOT);
        if (!asked.equals(own) && !asked.equals("localhost") && !asked.startsWith(own + ".")) {
            throw ShellFailure.of(
                            ShellFailure.Category.ObjectNotFound,
                            "ServerNotFound",
                            "ManagementObjectNotFoundException",
                            "The operation couldn't be performed because object '" + identity
                                    + "' couldn't be found. This shell manages " + service.name() + ".")
                    .withTarget(identity);
        }
        return service;
    }

    private static void setService(Call call) {
        Managed service = service(call);
        Map<String, Object> wanted = given(call, SERVICE_LISTS, SERVICE_FLAGS, SERVICE_NUMBERS, SERVICE_TEXTS);
        if (call.proceed(service.name())) {
            warn(call, call.client().service().changeTransportService(wanted));
        }
    }

    private static void setConfig(Call call) {
        Map<String, Object> wanted = given(call, CONFIG_LISTS, CONFIG_FLAGS, CONFIG_NUMBERS, CONFIG_TEXTS);
        if (call.proceed("Transport Settings")) {
            warn(call, call.client().service().changeTransportConfig(wanted));
        }
    }

    static void get(Call call, String type, ManagedKind kind) {
        Optional<String> identity = call.text("Identity");
        if (identity.isPresent()) {
            write(call, type, kind.get(identity.get()));
        } else {
            kind.list().forEach(one -> write(call, type, one));
        }
    }

    static void warn(Call call, Change change) {
        change.warnings().forEach(call::warn);
        if (!change.atNextStart().isEmpty()) {
            call.warn("At the next start of the server take effect: " + String.join(", ", change.atNextStart()) + ".");
        }
    }

    static void write(Call call, String type, Managed object) {
        call.write(Bags.row(type, object.properties(), call.io().zone()));
    }
}
