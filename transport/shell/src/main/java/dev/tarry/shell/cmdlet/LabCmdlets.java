package dev.tarry.shell.cmdlet;

import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.value.Row;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The lab's faults, and good weather.
final class LabCmdlets {
    private LabCmdlets() {}

    static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-LabFault")
                        .simply(call -> call.client()
                                .faults()
                                .forEach(fault ->
                                        call.write(fault(fault, call.io().zone())))),
                Cmdlet.named("Add-LabFault")
                        .takes(
                                Parameter.of("Where", TEXT).at(0).required(),
                                Parameter.of("What", TEXT).at(1).required(),
                                Parameter.of("Server", TEXT),
                                Parameter.of("Name", TEXT),
                                Parameter.of("Type", TEXT),
                                Parameter.of("Protocol", TEXT),
                                Parameter.of("First", WHOLE))
                        .acts()
                        .simply(LabCmdlets::addFault),
                Cmdlet.named("Remove-LabFault")
                        .takes(Parameter.of("Id", WHOLE).at(0).required().pipedBy())
                        .acts()
                        .simply(call -> {
                            long id = call.whole("Id").orElseThrow();
                            if (call.proceed("fault " + id)) {
                                call.client().removeFault(id);
                            }
                        }),
                Cmdlet.named("Reset-Lab").acts().simply(call -> {
                    if (call.proceed("lab")) {
                        call.client().resetLab();
                    }
                }));
    }

    private static Row fault(Map<String, Object> fault, ZoneId zone) {
        Map<String, Object> named = new LinkedHashMap<>();
        fault.forEach((name, value) ->
                named.put(name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1), value));
        return Bags.row("LabFault", named, zone);
    }

    private static void addFault(Call call) {
        Map<String, Object> fault = new LinkedHashMap<>();
        for (String name : List.of("Where", "What", "Server", "Name", "Type", "Protocol")) {
            call.text(name).ifPresent(text -> fault.put(name.toLowerCase(Locale.ROOT), text));
        }
        call.whole("First").ifPresent(first -> fault.put("first", first));
        if (call.proceed(call.text("What").orElse(""))) {
            call.write(fault(call.client().addFault(fault), call.io().zone()));
        }
    }
}
