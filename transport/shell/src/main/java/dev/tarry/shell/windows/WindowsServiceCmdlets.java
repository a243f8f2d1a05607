package dev.tarry.shell.windows;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;

import dev.tarry.client.ProblemException;
import dev.tarry.client.ServiceClient;
import dev.tarry.client.ServiceClient.WindowsService;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.Wildcard;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Services as Windows shows them; there is one, the transport service (reference §12.2).
public final class WindowsServiceCmdlets {
    private static final int CONFLICT = 409;

    private WindowsServiceCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-Service", "gsv")
                        .takes(name(), display())
                        .oneOf("Name", "DisplayName")
                        .shows("ServiceController", "Status", "Name", "DisplayName")
                        .simply(WindowsServiceCmdlets::get),
                acting("Start-Service", "sasv", "start", ServiceClient::startTransport),
                acting("Stop-Service", "spsv", "stopped", ServiceClient::stopTransport),
                acting("Restart-Service", "", "restarted", ServiceClient::restartTransport),
                acting("Suspend-Service", "", "suspended", ServiceClient::pauseTransport),
                acting("Resume-Service", "", "resumed", ServiceClient::continueTransport));
    }

    private static Parameter name() {
        return Parameter.of("Name", TEXTS).alias("ServiceName").at(0).pipedBy();
    }

    private static Parameter display() {
        return Parameter.of("DisplayName", TEXTS);
    }

    /// @param alias empty if there is none
    /// @param done what becomes of it, for errors
    private static Cmdlet acting(
            String name, String alias, String done, Function<ServiceClient, WindowsService> order) {
        return (alias.isEmpty() ? Cmdlet.named(name) : Cmdlet.named(name, alias))
                .takes(name(), display(), Parameter.of("Force", SWITCH), Parameter.of("PassThru", SWITCH))
                .oneOf("Name", "DisplayName")
                .acts()
                .simply(call -> act(call, done, order));
    }

    private static void get(Call call) {
        chosen(call).ifPresent(service -> call.write(row(service)));
    }

    private static void act(Call call, String done, Function<ServiceClient, WindowsService> order) {
        if (!call.has("Name") && !call.has("DisplayName")) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidArgument,
                    "MissingMandatoryParameter",
                    "ParameterBindingException",
                    "Cannot process command because of one or more missing mandatory parameters: Name.");
        }
        Optional<WindowsService> chosen = chosen(call);
        if (chosen.isEmpty() || !call.proceed(said(chosen.get()))) {
            return;
        }
        try {
            WindowsService now = order.apply(call.client().service());
            if (call.flag("PassThru")) {
                call.write(row(now));
            }
        } catch (ProblemException e) {
            if (e.status() != CONFLICT) {
                throw e;
            }
            throw ShellFailure.of(
                            ShellFailure.Category.InvalidOperation,
                            "CouldNot" + done.substring(0, 1).toUpperCase() + done.substring(1) + "Service",
                            "ServiceCommandException",
                            "Service '" + said(chosen.get()) + "' cannot be " + done
                                    + " because it is not currently running.")
                    .withTarget(chosen.get().name());
        }
    }

    private static String said(WindowsService service) {
        return service.displayName() + " (" + service.name() + ")";
    }

    private static Row row(WindowsService service) {
        return new Row("ServiceController")
                .with("Status", service.status())
                .with("Name", service.name())
                .with("DisplayName", service.displayName());
    }

    /// Those that were asked for; a name without a wildcard that nothing goes by is an error, as in PowerShell.
    private static Optional<WindowsService> chosen(Call call) {
        boolean byDisplay = call.has("DisplayName");
        List<String> asked = call.texts(byDisplay ? "DisplayName" : "Name");
        WindowsService service = call.client().service().transportStatus();
        String own = byDisplay ? service.displayName() : service.name();
        boolean found = asked.isEmpty();
        for (String one : asked) {
            boolean meant = new Wildcard(one, false).matches(own);
            found |= meant;
            if (!meant && !Wildcard.isPattern(one)) {
                call.report(ShellFailure.of(
                                ShellFailure.Category.ObjectNotFound,
                                "NoServiceFoundForGiven" + (byDisplay ? "DisplayName" : "Name"),
                                "ServiceCommandException",
                                "Cannot find any service with " + (byDisplay ? "display" : "service") + " name '" + one
                                        + "'.")
                        .withTarget(one));
            }
        }
        return found ? Optional.of(service) : Optional.empty();
    }
}
