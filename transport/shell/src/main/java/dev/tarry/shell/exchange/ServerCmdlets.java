package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The one server that there is: Get-ExchangeServer, Test-ServiceHealth, Get-NetworkConnectionInfo, Get-
/// and Set-ServerComponentState, Get- and Set-EventLogLevel (reference §10.3).
final class ServerCmdlets {
    private static final String SOURCE = "MSExchangeTransport";
    private static final String[] COMPONENTS = {
        "ServerWideOffline", "HubTransport", "FrontendTransport", "Monitoring", "RecoveryActionsEnabled"
    };

    private static final List<String> MAIL_SERVICES = List.of(SOURCE, "MSExchangeFrontEndTransport");

    private ServerCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-ExchangeServer")
                        .takes(
                                ManagedObjects.identity(false),
                                Parameter.of("Status", SWITCH),
                                ManagedObjects.domainController())
                        .shows("ExchangeServer", "Name", "Site", "ServerRole", "Edition", "AdminDisplayVersion")
                        .summary("Shows the server that this shell manages.")
                        .remark("There is one server here, in the site Default-First-Site-Name; -Status adds nothing.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses("There is no other domain to look in.", "Domain")
                        .simply(ServerCmdlets::server),
                Cmdlet.named("Test-ServiceHealth")
                        .takes(
                                ManagedObjects.identity(false).alias("Server"),
                                Parameter.of("ActiveDirectoryTimeout", WHOLE),
                                ManagedObjects.domainController())
                        .summary("Tells whether the services that mail flow needs are running.")
                        .remark(
                                "The services of transport are here; Exchange looks at those of mailboxes and clients too.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses("There is no monitoring system to tell.", SWITCH, "MonitoringContext")
                        .simply(ServerCmdlets::health),
                Cmdlet.named("Get-NetworkConnectionInfo")
                        .takes(ManagedObjects.identity(false), ManagedObjects.domainController())
                        .shows("NetworkConnectionInfo", "Name", "DnsServers", "IPAddresses", "AdapterGuid")
                        .summary("Shows the network adapter and the DNS servers that it has.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .simply(call -> {
                            ownServer(call);
                            call.client()
                                    .management()
                                    .networkConnections()
                                    .forEach(bag -> write(call, "NetworkConnectionInfo", bag));
                        }),
                Cmdlet.named("Get-ServerComponentState")
                        .takes(
                                ManagedObjects.identity(true),
                                Parameter.of("Component", TEXT).oneOf(COMPONENTS),
                                ManagedObjects.domainController())
                        .shows("ServerComponentState", "Server", "Component", "State")
                        .summary("Shows which components of the server are active, draining or inactive.")
                        .remark("The components that have to do with mail flow are here; Exchange has some thirty.")
                        .remark(
                                "Requests, who asked for what, is tarry's own: Exchange has LocalStates and RemoteStates.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .simply(ServerCmdlets::components),
                Cmdlet.named("Set-ServerComponentState")
                        .takes(
                                ManagedObjects.identity(true),
                                Parameter.of("Component", TEXT).required().oneOf(COMPONENTS),
                                Parameter.of("Requester", TEXT)
                                        .required()
                                        .oneOf("HealthAPI", "Maintenance", "Sidelined", "Functional", "Deployment"),
                                Parameter.of("State", TEXT).required().oneOf("Active", "Draining", "Inactive"),
                                ManagedObjects.domainController())
                        .acts()
                        .summary(
                                "Lets a component of the server rest: HubTransport that drains takes no mail, and sends"
                                        + " what is queued.")
                        .remark("A component is as its strictest requester says. It holds at once, and over restarts.")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .refuses(
                                "The server keeps states in one place, and no other has a copy.",
                                SWITCH,
                                "LocalOnly",
                                "RemoteOnly")
                        .refuses("It is reserved.", WHOLE, "TimeoutInSeconds")
                        .simply(ServerCmdlets::setComponent),
                Cmdlet.named("Get-EventLogLevel")
                        .takes(
                                Parameter.of("Identity", TEXT).at(0).pipedBy(),
                                ManagedObjects.server(),
                                ManagedObjects.domainController())
                        .oneOf("Identity", "Server")
                        .shows("EventLogLevel", "Identity/37", "EventLevel")
                        .summary("Shows how much each category of events tells.")
                        .remark("The categories that tarry writes events of are here, all of them of " + SOURCE + ".")
                        .remark(ManagedObjects.NO_DIRECTORY)
                        .simply(ServerCmdlets::levels),
                Cmdlet.named("Set-EventLogLevel")
                        .takes(
                                Parameter.of("Identity", TEXT).at(0).required().pipedBy(),
                                Parameter.of("Level", TEXT)
                                        .required()
                                        .oneOf("Lowest", "Low", "Medium", "High", "Expert"))
                        .acts()
                        .summary("Has a category of events tell more or less.")
                        .remark(
                                "Up to Medium the same about the same thing is told once an hour, at High and Expert each"
                                        + " time.")
                        .simply(ServerCmdlets::setLevel));
    }

    private static void ownServer(Call call) {
        call.text("Identity").ifPresent(identity -> ManagedObjects.ownServer(call, identity));
    }

    private static void server(Call call) {
        ownServer(call);
        write(call, "ExchangeServer", call.client().management().server());
    }

    private static void health(Call call) {
        ownServer(call);
        boolean runs = call.client().service().transportStatus().status().equals("Running");
        call.write(new Row("ServiceHealth")
                .with("Role", "Mailbox Server Role")
                .with("RequiredServicesRunning", runs)
                .with("ServicesRunning", runs ? MAIL_SERVICES : List.of())
                .with("ServicesNotRunning", runs ? List.of() : MAIL_SERVICES));
    }

    private static void components(Call call) {
        ownServer(call);
        Optional<String> wanted = call.text("Component");
        call.client().management().components().stream()
                .filter(one -> wanted.isEmpty() || wanted.get().equals(one.get("Component")))
                .forEach(bag -> write(call, "ServerComponentState", bag));
    }

    private static void setComponent(Call call) {
        String component = call.text("Component").orElseThrow();
        String state = call.text("State").orElseThrow();
        String server = ManagedObjects.ownServer(call, call.text("Identity").orElseThrow())
                .name();
        if (call.proceedWith(
                "Setting component \"" + component + "\" of server \"" + server + "\" to \"" + state + "\".")) {
            SequencedMap<String, Object> now = call.client()
                    .management()
                    .setComponent(component, call.text("Requester").orElseThrow(), state);
            if (!state.equals(now.get("State"))) {
                call.warn("The component " + component + " is still " + now.get("State")
                        + ", because others ask for it: " + TextForm.of(now.get("Requests")) + ".");
            }
            if (component.equals("Monitoring") || component.equals("RecoveryActionsEnabled")) {
                call.warn("The component " + component + " is kept and shown, and has no effect here.");
            }
        }
    }

    private static void levels(Call call) {
        ManagedObjects.thisServer(call);
        Optional<String> wanted = call.text("Identity").map(ServerCmdlets::category);
        List<SequencedMap<String, Object>> found = call.client().management().eventLevels().stream()
                .filter(one -> wanted.isEmpty()
                        || wanted.get().isEmpty()
                        || wanted.get().equalsIgnoreCase(TextForm.of(one.get("Name"))))
                .toList();
        if (found.isEmpty()) {
            String identity = call.text("Identity").orElse("");
            throw ShellFailure.of(
                            ShellFailure.Category.InvalidData,
                            "ManagementObjectNotFound",
                            "ManagementObjectNotFoundException",
                            "The operation couldn't be performed because object '" + identity + "' couldn't be found.")
                    .withTarget(identity);
        }
        found.forEach(bag -> write(call, "EventLogLevel", bag));
    }

    private static void setLevel(Call call) {
        String identity = call.text("Identity").orElseThrow();
        if (call.proceedWith("Setting event log level \"" + identity + "\".")) {
            ManagedObjects.found(
                    call,
                    identity,
                    () -> call.client()
                            .management()
                            .setEventLevel(
                                    category(identity), call.text("Level").orElseThrow()));
        }
    }

    /// The part of `MSExchangeTransport\SmtpSend` behind the source, or `SmtpSend` itself; empty for the source alone.
    /// A server's name may stand in front.
    private static String category(String identity) {
        String lower = identity.toLowerCase(Locale.ROOT);
        int source = lower.indexOf(SOURCE.toLowerCase(Locale.ROOT));
        if (source < 0) {
            return identity;
        }
        String rest = identity.substring(source + SOURCE.length());
        return rest.startsWith("\\") ? rest.substring(1) : rest;
    }

    private static void write(Call call, String type, Map<String, ?> bag) {
        call.write(Bags.row(type, bag, call.io().zone()));
    }
}
