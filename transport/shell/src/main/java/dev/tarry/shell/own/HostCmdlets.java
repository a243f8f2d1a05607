package dev.tarry.shell.own;

import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.client.UnhealthyHost;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import java.util.List;

/// The hosts that the server could not use last, and tries behind the others for a while. Exchange keeps such a list to
/// itself; these are tarry's own.
public final class HostCmdlets {
    private HostCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-UnhealthyHost")
                        .summary(
                                "Shows the hosts that could not be used last, and are tried behind the others for a while.")
                        .takes(Parameter.of("Identity", TEXT).at(0).pipedBy("HostName"))
                        .shows("UnhealthyHost", "HostName", "Address", "Port", "Failures", "RetryTime", "LastError")
                        .simply(call -> call.client()
                                .service()
                                .unhealthyHosts(call.text("Identity"))
                                .forEach(host -> call.write(row(host, call)))),
                Cmdlet.named("Clear-UnhealthyHost")
                        .summary("Has the server forget that a host, or all, could not be used.")
                        .takes(Parameter.of("Identity", TEXT).at(0).pipedBy("Address", "HostName"))
                        .acts()
                        .simply(HostCmdlets::clear));
    }

    /// One by its name or address, or, where none is named, all. An empty name is no name of all: a variable that was
    /// never set must not clear the list.
    private static void clear(Call call) {
        if (!call.mentions("Identity")) {
            if (call.proceed("all unhealthy hosts")) {
                call.client().service().clearUnhealthyHosts();
            }
            return;
        }
        String host = call.text("Identity")
                .filter(name -> !name.isBlank())
                .orElseThrow(() -> ShellFailure.of(
                        ShellFailure.Category.InvalidArgument,
                        "ParameterArgumentValidationError",
                        "ParameterBindingValidationException",
                        "Cannot bind argument to parameter 'Identity' because it is an empty string."));
        if (call.proceed(host)) {
            call.client().service().clearUnhealthyHost(host);
        }
    }

    private static Row row(UnhealthyHost host, Call call) {
        return new Row("UnhealthyHost")
                .with("HostName", host.host())
                .with("Address", host.address())
                .with("Port", (long) host.port())
                .with("Failures", (long) host.failures())
                .with("FirstFailureTime", host.since().atZone(call.io().zone()))
                .with("LastFailureTime", host.last().atZone(call.io().zone()))
                .with("RetryTime", host.until().atZone(call.io().zone()))
                .with("LastError", host.error());
    }
}
