package dev.tarry.shell.exchange;

import dev.tarry.client.Managed;
import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.value.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How the transport service is set (reference §2.1, §4.1), under its three names: Get- and Set-TransportService,
/// Get- and Set-FrontendTransportService, and Get- and Set-TransportServer as Exchange 2010 had them.
final class TransportServiceCmdlets {
    /// What the front end has of these too.
    private static final Settable FRONT_END = Settable.NOTHING
            .lists("ExternalDNSServers", "InternalDNSServers")
            .flags("ConnectivityLogEnabled", "DnsLogEnabled", "ExternalDNSAdapterEnabled", "InternalDNSAdapterEnabled")
            .numbers("MaxConnectionRatePerMinute", "TransientFailureRetryCount")
            .texts(
                    "ConnectivityLogMaxAge",
                    "ConnectivityLogMaxDirectorySize",
                    "ConnectivityLogMaxFileSize",
                    "ConnectivityLogPath",
                    "DnsLogMaxAge",
                    "DnsLogMaxDirectorySize",
                    "DnsLogMaxFileSize",
                    "DnsLogPath",
                    "ExternalDNSProtocolOption",
                    "ExternalIPAddress",
                    "InternalDNSProtocolOption",
                    "IntraOrgConnectorProtocolLoggingLevel",
                    "ReceiveProtocolLogMaxAge",
                    "ReceiveProtocolLogMaxDirectorySize",
                    "ReceiveProtocolLogMaxFileSize",
                    "ReceiveProtocolLogPath",
                    "SendProtocolLogMaxAge",
                    "SendProtocolLogMaxDirectorySize",
                    "SendProtocolLogMaxFileSize",
                    "SendProtocolLogPath",
                    "TransientFailureRetryInterval");

    private static final Settable SERVICE = new Settable(
            FRONT_END.lists(),
            with(
                    FRONT_END.flags(),
                    "MessageTrackingLogEnabled",
                    "MessageTrackingLogSubjectLoggingEnabled",
                    "PoisonMessageDetectionEnabled"),
            with(
                    FRONT_END.numbers(),
                    "IntraOrgConnectorSmtpMaxMessagesPerConnection",
                    "MaxOutboundConnections",
                    "MaxPerDomainOutboundConnections",
                    "PickupDirectoryMaxMessagesPerMinute",
                    "PickupDirectoryMaxRecipientsPerMessage",
                    "PoisonThreshold"),
            with(
                    FRONT_END.texts(),
                    "DelayNotificationTimeout",
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
                    "ReplayDirectoryPath"));

    private static final String ONE_PROCESS =
            "There is one process here: the Front End Transport service and the Transport"
                    + " service have the same settings.";
    private static final String OLD_NAME =
            "The %1$s-TransportServer cmdlet will be removed in a future version of Exchange."
                    + " Use the %1$s-TransportService cmdlet instead. If you have any scripts that use the %1$s-TransportServer"
                    + " cmdlet, update them to use the %1$s-TransportService cmdlet.";

    private TransportServiceCmdlets() {}

    private static List<String> with(List<String> names, String... more) {
        return Stream.concat(names.stream(), Stream.of(more)).toList();
    }

    static List<Cmdlet> all() {
        return List.of(
                getting("Get-TransportService")
                        .example("Get-TransportService | Format-List *DNS*", "Shows which DNS servers transport asks.")
                        .summary("Shows how the transport service is set: DNS servers, retries, limits, logs.")
                        .simply(call -> write(call, "TransportService", service(call))),
                setting("Set-TransportService")
                        .example(
                                "Set-TransportService MAIL -ExternalDNSServers 8.8.8.8,1.1.1.1 -ExternalDNSAdapterEnabled $false",
                                "Has transport ask these servers instead of the adapter's.")
                        .summary("Changes how the transport service is set; most of it holds at once.")
                        .simply(TransportServiceCmdlets::set),
                getting("Get-TransportServer")
                        .summary("Get-TransportService, as it was called in Exchange 2010.")
                        .simply(call -> {
                            call.warn(OLD_NAME.formatted("Get"));
                            write(call, "TransportService", service(call));
                        }),
                setting("Set-TransportServer")
                        .summary("Set-TransportService, as it was called in Exchange 2010.")
                        .simply(call -> {
                            call.warn(OLD_NAME.formatted("Set"));
                            set(call);
                        }),
                Cmdlet.named("Get-FrontendTransportService")
                        .takes(ManagedObjects.identity(false), ManagedObjects.domainController())
                        .shows("FrontendTransportService", "Name", "AntispamAgentsEnabled")
                        .summary("Shows how the Front End Transport service is set.")
                        .remark(ONE_PROCESS)
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .simply(TransportServiceCmdlets::frontEnd),
                frontEndRefusals(Cmdlet.named("Set-FrontendTransportService"))
                        .takes(FRONT_END.with(ManagedObjects.identity(true), ManagedObjects.domainController()))
                        .acts()
                        .summary("Changes how the Front End Transport service is set.")
                        .remark(ONE_PROCESS)
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .simply(TransportServiceCmdlets::setFrontEnd));
    }

    private static Cmdlet.Draft getting(String name) {
        return Cmdlet.named(name)
                .takes(ManagedObjects.identity(false), ManagedObjects.domainController())
                .shows("TransportService", "Name", "MessageTrackingLogEnabled", "AntispamAgentsEnabled")
                .remark(ManagedObjects.NO_DIRECTORY);
    }

    private static Cmdlet.Draft setting(String name) {
        return refusals(frontEndRefusals(Cmdlet.named(name)))
                .takes(SERVICE.with(ManagedObjects.identity(true), ManagedObjects.domainController()))
                .acts()
                .remark("ExternalDNSServers count only while ExternalDNSAdapterEnabled is $false, and only for Send"
                        + " connectors whose UseExternalDNSServersEnabled is $true; as in Exchange, but here a warning"
                        + " says so.")
                .remark(ManagedObjects.NO_DIRECTORY);
    }

    private static Cmdlet.Draft frontEndRefusals(Cmdlet.Draft draft) {
        return draft.refuses("There are no transport agents here.", log("AgentLog", "AgentLogEnabled"))
                .refuses("There are no antispam agents here.", "AntispamAgentsEnabled")
                .refuses(
                        "There is one network adapter here, and no other to choose.",
                        "ExternalDNSAdapterGuid",
                        "InternalDNSAdapterGuid")
                .refuses(
                        "There is no routing table of an organization here to be logged; Test-MailRoute shows which way"
                                + " mail goes.",
                        "RoutingTableLogMaxAge",
                        "RoutingTableLogMaxDirectorySize",
                        "RoutingTableLogPath");
    }

    /// What Exchange 2013 to 2019 has besides, and what of it there is nothing here for.
    private static Cmdlet.Draft refusals(Cmdlet.Draft draft) {
        String statistics = "Such statistics are at /metrics here.";
        String noStore = "There is no mailbox transport, no rights management and no journaling here.";
        String sync = "There is no transport synchronization here; Exchange itself has had none since 2013.";
        return draft.refuses(statistics, log("ActiveUserStatisticsLog"))
                .refuses(statistics, log("ServerStatisticsLog"))
                .refuses(statistics, log("WlmLog"))
                .refuses(
                        "What the resources come to is in the event log and at /metrics here.",
                        log("ResourceLog", "ResourceLogEnabled"))
                .refuses(noStore, log("IrmLog", "IrmLogEnabled"))
                .refuses(noStore, log("JournalLog", "JournalLogEnabled"))
                .refuses(
                        noStore,
                        "MaxConcurrentMailboxDeliveries",
                        "MaxConcurrentMailboxSubmissions",
                        "ContentConversionTracingEnabled")
                .refuses(noStore, log("RequestBrokerLog", "RequestBrokerLogEnabled"))
                .refuses("There is no such log here.", log("TransportMaintenanceLog", "TransportMaintenanceLogEnabled"))
                .refuses("There is no such log here.", log("TransportHttpLog", "TransportHttpLogEnabled"))
                .refuses(
                        "A transcript shows what a client says (New-SmtpTranscript).",
                        "PipelineTracingEnabled",
                        "PipelineTracingPath",
                        "PipelineTracingSenderAddress")
                .refuses("There are no Foreign connectors here.", "RootDropDirectoryPath")
                .refuses(
                        "There is nothing here that it would change.",
                        "RecipientValidationCacheEnabled",
                        "UseDowngradedExchangeServerAuth")
                .refuses(
                        sync,
                        "TransportSyncAccountsPoisonAccountThreshold",
                        "TransportSyncAccountsPoisonDetectionEnabled",
                        "TransportSyncAccountsPoisonItemThreshold",
                        "TransportSyncAccountsSuccessivePoisonItemThreshold",
                        "TransportSyncEnabled",
                        "TransportSyncExchangeEnabled",
                        "TransportSyncHubHealthLogEnabled",
                        "TransportSyncHubHealthLogFilePath",
                        "TransportSyncHubHealthLogMaxAge",
                        "TransportSyncHubHealthLogMaxDirectorySize",
                        "TransportSyncHubHealthLogMaxFileSize",
                        "TransportSyncImapEnabled",
                        "TransportSyncLogEnabled",
                        "TransportSyncLogFilePath",
                        "TransportSyncLogLoggingLevel",
                        "TransportSyncLogMaxAge",
                        "TransportSyncLogMaxDirectorySize",
                        "TransportSyncLogMaxFileSize",
                        "TransportSyncMaxDownloadItemsPerConnection",
                        "TransportSyncMaxDownloadSizePerConnection",
                        "TransportSyncMaxDownloadSizePerItem",
                        "TransportSyncPopEnabled",
                        "TransportSyncRemoteConnectionTimeout",
                        "WindowsLiveHotmailTransportSyncEnabled");
    }

    /// The four parameters that every log has, and others.
    private static String[] log(String log, String... more) {
        return Stream.concat(
                        Stream.of(more),
                        Stream.of("MaxAge", "MaxDirectorySize", "MaxFileSize", "Path")
                                .map(log::concat))
                .toArray(String[]::new);
    }

    private static Managed service(Call call) {
        return call.text("Identity")
                .map(identity -> ManagedObjects.ownServer(call, identity))
                .orElseGet(() -> call.client().service().transportService());
    }

    private static void set(Call call) {
        set(call, "Transport service", SERVICE.given(call));
    }

    private static void set(Call call, String noun, Map<String, Object> wanted) {
        Managed service = service(call);
        DnsServerTexts.check(wanted);
        if (call.proceedWith("Setting " + noun + " \"" + service.name() + "\".")) {
            ManagedObjects.warn(call, call.client().service().changeTransportService(wanted));
        }
    }

    private static void frontEnd(Call call) {
        Managed service = service(call);
        Map<String, Object> shown = new LinkedHashMap<>();
        service.properties().forEach((name, value) -> {
            boolean has = Stream.of(FRONT_END.lists(), FRONT_END.flags(), FRONT_END.numbers(), FRONT_END.texts())
                    .anyMatch(names -> names.contains(name));
            if (has
                    || List.of("Name", "AntispamAgentsEnabled", "Identity", "IsValid", "ObjectState")
                            .contains(name)) {
                shown.put(name, value);
            }
        });
        call.write(Bags.row("FrontendTransportService", shown, call.io().zone()));
    }

    private static void setFrontEnd(Call call) {
        Map<String, Object> wanted = FRONT_END.given(call);
        set(call, "Front End Transport service", wanted);
        if (!wanted.isEmpty()) {
            call.warn(ONE_PROCESS + " The change holds for both.");
        }
    }

    private static void write(Call call, String type, Managed object) {
        Row row = Bags.row(type, object.properties(), call.io().zone());
        call.write(row);
    }
}
