package dev.tarry.shell.windows;

import dev.tarry.client.ServiceClient;
import dev.tarry.client.ServiceClient.WindowsService;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The services of the server's machine: Exchange's transport and its front end, which are one process of tarry's;
/// Windows' DNS client; and, in the lab, the DNS service of the internal servers, whose hosts refuse connections while
/// it is stopped.
final class Services {
    static final String ONE_PROCESS =
            "MSExchangeTransport and MSExchangeFrontEndTransport are one process of tarry's: what is done to one is done to"
                    + " both.";
    static final String DNS_SERVERS =
            "DNS is the DNS Server service of the lab's internal servers 192.168.1.10 and .11. Stopping it makes two faults,"
                    + " which Get-LabFault shows and starting it removes.";
    static final String DNS_CLIENT =
            "Restarting Dnscache empties the DNS client's cache. Newer Windows refuses that, as it refuses to stop Dnscache;"
                    + " tarry refuses only the stopping.";

    static final String DNS_CLIENT_NAME = "Dnscache";
    private static final String TRANSPORT = "MSExchangeTransport";
    private static final String FRONT_END = "MSExchangeFrontEndTransport";
    private static final String DNS = "DNS";
    private static final String RUNNING = "Running";
    private static final String STOPPED = "Stopped";

    private Services() {}

    /// @param status as Windows prints it
    record Service(String name, String displayName, String status) {}

    /// What may be ordered.
    enum Order {
        START("started"),
        STOP("stopped"),
        RESTART("restarted"),
        PAUSE("suspended"),
        CONTINUE("resumed");

        private final String done;

        Order(String done) {
            this.done = done;
        }

        /// What becomes of the service.
        String done() {
            return done;
        }
    }

    /// Names of what there may be, in alphabetical order.
    static final List<Known> KNOWN = List.of(
            new Known(DNS, "DNS Server"),
            new Known(DNS_CLIENT_NAME, "DNS Client"),
            new Known(FRONT_END, "Microsoft Exchange Frontend Transport"),
            new Known(TRANSPORT, "Microsoft Exchange Transport"));

    /// A service by its names, whether it is there or not.
    record Known(String name, String displayName) {
        /// How it stands.
        ///
        /// @return empty if it is not there
        Optional<Service> now(Call call) {
            return switch (name) {
                case DNS ->
                    inLab(call)
                            ? Optional.of(
                                    new Service(name, displayName, stops(call).isEmpty() ? RUNNING : STOPPED))
                            : Optional.empty();
                case DNS_CLIENT_NAME -> Optional.of(new Service(name, displayName, RUNNING));
                default ->
                    Optional.of(new Service(
                            name,
                            displayName,
                            call.client().service().transportStatus().status()));
            };
        }
    }

    /// @return the service as it is then
    static Service order(Call call, Service service, Order order) {
        return switch (service.name()) {
            case DNS_CLIENT_NAME -> dnsClient(call, service, order);
            case DNS -> dnsServer(call, service, order);
            default -> transport(call, service, order);
        };
    }

    private static Service transport(Call call, Service service, Order order) {
        ServiceClient client = call.client().service();
        WindowsService now = switch (order) {
            case START -> client.startTransport();
            case STOP -> client.stopTransport();
            case RESTART -> client.restartTransport();
            case PAUSE -> client.pauseTransport();
            case CONTINUE -> client.continueTransport();
        };
        return new Service(service.name(), service.displayName(), now.status());
    }

    private static Service dnsClient(Call call, Service service, Order order) {
        switch (order) {
            case START -> {}
            case RESTART -> call.client().computer().clearDnsCache();
            case STOP ->
                call.report(ShellFailure.of(
                                Category.NotSpecified,
                                "CouldNotStopService",
                                "ServiceCommandException",
                                "Service '" + WindowsServiceCmdlets.said(service)
                                        + "' cannot be stopped due to the following error: Cannot stop "
                                        + DNS_CLIENT_NAME + " service on computer '.'.")
                        .withTarget(service.name()));
            case PAUSE, CONTINUE -> call.report(notPausable(service, order));
        }
        return service;
    }

    private static ShellFailure notPausable(Service service, Order order) {
        return ShellFailure.of(
                        Category.InvalidOperation,
                        order == Order.PAUSE
                                ? "CouldNotSuspendServiceNotSupported"
                                : "CouldNotResumeServiceNotSupported",
                        "ServiceCommandException",
                        "Service '" + WindowsServiceCmdlets.said(service) + "' cannot be " + order.done()
                                + " because the service does not support being suspended or resumed.")
                .withTarget(service.name());
    }

    private static Service dnsServer(Call call, Service service, Order order) {
        switch (order) {
            case START -> start(call);
            case STOP -> stop(call);
            case RESTART -> start(call);
            case PAUSE, CONTINUE -> {
                call.report(notPausable(service, order));
                return service;
            }
        }
        return new Service(service.name(), service.displayName(), order == Order.STOP ? STOPPED : RUNNING);
    }

    private static void start(Call call) {
        stops(call).forEach(id -> call.client().removeFault(id));
    }

    private static void stop(Call call) {
        if (stops(call).isEmpty()) {
            for (String server : call.client().lab().forwarders().keySet()) {
                call.client().addFault(Map.of("line", stopped(server)));
            }
        }
    }

    /// A host that runs and has no DNS service.
    private static String stopped(String server) {
        return "connect refuse address=" + server + " port=53";
    }

    /// The faults that a stopped service is made of.
    private static List<Long> stops(Call call) {
        List<String> lines = call.client().lab().forwarders().keySet().stream()
                .map(Services::stopped)
                .toList();
        List<Long> ids = new ArrayList<>();
        for (Map<String, Object> fault : call.client().faults()) {
            if (lines.contains(String.valueOf(fault.get("line"))) && fault.get("id") instanceof Number id) {
                ids.add(id.longValue());
            }
        }
        return ids;
    }

    private static boolean inLab(Call call) {
        try {
            Refusal.inLab("lab", () -> call.client().lab().forwarders());
            return true;
        } catch (ShellFailure _) {
            return false;
        }
    }
}
