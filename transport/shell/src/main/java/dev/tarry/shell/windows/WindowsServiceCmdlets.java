package dev.tarry.shell.windows;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;

import dev.tarry.client.ProblemException;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.Wildcard;
import dev.tarry.shell.windows.Services.Order;
import dev.tarry.shell.windows.Services.Service;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Services as Windows shows them (reference §12.2); which there are and what they do is in [Services].
public final class WindowsServiceCmdlets {
    private static final int CONFLICT = 409;

    private WindowsServiceCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-Service", "gsv")
                        .example("Get-Service MSExchange*", "Shows whether the services of transport run.")
                        .summary("Shows services of the server's machine, and whether they run.")
                        .remark(Services.ONE_PROCESS)
                        .remark(Services.DNS_SERVERS)
                        .takes(
                                name(),
                                display(),
                                Parameter.of("Include", TEXTS),
                                Parameter.of("Exclude", TEXTS),
                                Parameter.of("RequiredServices", SWITCH),
                                Parameter.of("DependentServices", SWITCH),
                                Parameter.of("ComputerName", TEXT).alias("Cn"))
                        .oneOf("Name", "DisplayName")
                        .shows("ServiceController", "Status/8", "Name/18", "DisplayName")
                        .simply(WindowsServiceCmdlets::get),
                acting("Start-Service", "sasv", "Starts a service of the server's machine.", Order.START),
                acting("Stop-Service", "spsv", "Stops a service of the server's machine.", Order.STOP),
                acting(
                        "Restart-Service",
                        "",
                        "Stops a service of the server's machine and starts it again.",
                        Order.RESTART),
                acting("Suspend-Service", "", "Pauses a service of the server's machine.", Order.PAUSE),
                acting("Resume-Service", "", "Has a paused service of the server's machine go on.", Order.CONTINUE));
    }

    private static Parameter name() {
        return Parameter.of("Name", TEXTS).alias("ServiceName").at(0).pipedBy();
    }

    private static Parameter display() {
        return Parameter.of("DisplayName", TEXTS);
    }

    /// @param alias empty if there is none
    private static Cmdlet acting(String name, String alias, String summary, Order order) {
        Cmdlet.Draft draft = (alias.isEmpty() ? Cmdlet.named(name) : Cmdlet.named(name, alias))
                .summary(summary)
                .remark(Services.ONE_PROCESS)
                .remark(Services.DNS_SERVERS);
        if (order == Order.RESTART || order == Order.STOP) {
            draft.remark(Services.DNS_CLIENT);
        }
        return draft.takes(
                        name(),
                        display(),
                        Parameter.of("Include", TEXTS),
                        Parameter.of("Exclude", TEXTS),
                        Parameter.of("Force", SWITCH),
                        Parameter.of("NoWait", SWITCH),
                        Parameter.of("PassThru", SWITCH))
                .oneOf("Name", "DisplayName")
                .acts()
                .simply(call -> act(call, order));
    }

    private static void get(Call call) {
        Refusal.ofParameters(call, "what depends on what is not known here.", "RequiredServices", "DependentServices");
        Refusal.ofParameters(call, "start the shell with --server for another machine.", "ComputerName");
        chosen(call).forEach(service -> call.write(row(service)));
    }

    private static void act(Call call, Order order) {
        Refusal.ofParameters(call, "the order is waited for.", "NoWait");
        if (!call.has("Name") && !call.has("DisplayName")) {
            throw Refusal.missing("Name");
        }
        for (Service service : chosen(call)) {
            if (!call.proceed(said(service))) {
                continue;
            }
            try {
                Service now = Services.order(call, service, order);
                if (call.flag("PassThru")) {
                    call.write(row(now));
                }
            } catch (ProblemException e) {
                if (e.status() != CONFLICT) {
                    throw e;
                }
                call.report(ShellFailure.of(
                                Category.InvalidOperation,
                                "CouldNot" + order.done().substring(0, 1).toUpperCase(Locale.ROOT)
                                        + order.done().substring(1) + "Service",
                                "ServiceCommandException",
                                "Service '" + said(service) + "' cannot be " + order.done()
                                        + " because it is not currently running.")
                        .withTarget(service.name()));
            }
        }
    }

    static String said(Service service) {
        return service.displayName() + " (" + service.name() + ")";
    }

    private static Row row(Service service) {
        return new Row("ServiceController")
                .with("Status", service.status())
                .with("Name", service.name())
                .with("DisplayName", service.displayName())
                .withOnDemand("ServiceName", service::name)
                .withOnDemand("StartType", () -> "Automatic")
                .withOnDemand("MachineName", () -> ".")
                .withOnDemand("CanStop", () -> !service.name().equals(Services.DNS_CLIENT_NAME))
                .withOnDemand("CanPauseAndContinue", () -> service.name().startsWith("MSExchange"));
    }

    /// Those that were asked for, by name; a name without a wildcard that nothing goes by is an error, as in
    /// PowerShell.
    private static List<Service> chosen(Call call) {
        boolean byDisplay = call.has("DisplayName");
        List<String> asked = call.texts(byDisplay ? "DisplayName" : "Name");
        List<Service> chosen = new ArrayList<>();
        Set<String> found = new HashSet<>();
        for (Services.Known known : Services.KNOWN) {
            String own = byDisplay ? known.displayName() : known.name();
            List<String> meant = asked.stream().filter(one -> is(own, one)).toList();
            if (!asked.isEmpty() && meant.isEmpty()) {
                continue;
            }
            Optional<Service> service = known.now(call);
            if (service.isPresent()) {
                found.addAll(meant);
                boolean included =
                        !call.has("Include") || call.texts("Include").stream().anyMatch(one -> is(own, one));
                boolean excluded = call.texts("Exclude").stream().anyMatch(one -> is(own, one));
                if (included && !excluded) {
                    chosen.add(service.get());
                }
            }
        }
        for (String one : asked) {
            if (!found.contains(one) && !Wildcard.isPattern(one)) {
                call.report(ShellFailure.of(
                                Category.ObjectNotFound,
                                "NoServiceFoundForGiven" + (byDisplay ? "DisplayName" : "Name"),
                                "ServiceCommandException",
                                "Cannot find any service with " + (byDisplay ? "display" : "service") + " name '" + one
                                        + "'.")
                        .withTarget(one));
            }
        }
        return chosen;
    }

    private static boolean is(String name, String asked) {
        return new Wildcard(asked, false).matches(name);
    }
}
