package dev.tarry.shell.exchange;

import static dev.tarry.shell.cmdlet.ParameterType.BOOLEAN;
import static dev.tarry.shell.cmdlet.ParameterType.DATE;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;

import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Resubmit requests: mail that Safety Net has kept is sent once more (reference §2.4).
final class ResubmitCmdlets {
    private static final List<String> LIMITS = List.of("Destination", "Sender", "Recipient", "MessageId", "ResubmitTo");

    private ResubmitCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Add-ResubmitRequest")
                        .takes(
                                Parameter.of("StartTime", DATE).required(),
                                Parameter.of("EndTime", DATE).required(),
                                Parameter.of("Destination", TEXT),
                                Parameter.of("Sender", TEXT),
                                Parameter.of("Recipient", TEXT),
                                Parameter.of("MessageId", TEXT),
                                Parameter.of("ResubmitTo", TEXT),
                                ManagedObjects.server())
                        .acts()
                        .summary("Sends mail once more that was delivered, from Safety Net.")
                        .simply(ResubmitCmdlets::add),
                Cmdlet.named("Get-ResubmitRequest")
                        .takes(Parameter.of("Identity", TEXT).at(0).pipedBy("Identity"), ManagedObjects.server())
                        .shows("ResubmitRequest", "Identity", "State", "StartTime", "EndTime", "Resubmitted")
                        .summary("Shows the requests to send delivered mail once more.")
                        .simply(ResubmitCmdlets::get),
                Cmdlet.named("Set-ResubmitRequest")
                        .takes(
                                Parameter.of("Identity", TEXT).at(0).required().pipedBy("Identity"),
                                Parameter.of("Enabled", BOOLEAN).required(),
                                Parameter.of("Server", TEXT))
                        .acts()
                        .summary("Stops a resubmit request, or lets it go on.")
                        .simply(ResubmitCmdlets::set),
                Cmdlet.named("Remove-ResubmitRequest")
                        .takes(
                                Parameter.of("Identity", TEXT).at(0).required().pipedBy("Identity"),
                                Parameter.of("Server", TEXT))
                        .acts()
                        .summary("Removes a resubmit request.")
                        .simply(ResubmitCmdlets::remove));
    }

    private static void add(Call call) {
        ManagedObjects.thisServer(call);
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String moment : List.of("StartTime", "EndTime")) {
            call.date(moment).map(ZonedDateTime::toInstant).ifPresent(at -> wanted.put(moment, at.toString()));
        }
        LIMITS.forEach(name -> call.text(name).ifPresent(value -> wanted.put(name, value)));
        String about = call.text("Destination").orElse("Safety Net");
        if (call.proceedWith("Adding a resubmit request for \"" + about + "\".")) {
            write(call, call.client().resubmitRequests().add(wanted));
        }
    }

    private static void get(Call call) {
        ManagedObjects.thisServer(call);
        call.text("Identity")
                .ifPresentOrElse(
                        identity -> write(call, call.client().resubmitRequests().get(identity)),
                        () -> call.client().resubmitRequests().list().forEach(request -> write(call, request)));
    }

    private static void set(Call call) {
        ManagedObjects.thisServer(call);
        String identity = call.text("Identity").orElseThrow();
        if (call.proceedWith("Setting resubmit request \"" + identity + "\".")) {
            call.client().resubmitRequests().enable(identity, call.flag("Enabled"));
        }
    }

    private static void remove(Call call) {
        ManagedObjects.thisServer(call);
        String identity = call.text("Identity").orElseThrow();
        if (call.proceedWith("Removing resubmit request \"" + identity + "\".")) {
            call.client().resubmitRequests().remove(identity);
        }
    }

    private static void write(Call call, SequencedMap<String, Object> request) {
        call.write(Bags.row("ResubmitRequest", request, call.io().zone()));
    }
}
