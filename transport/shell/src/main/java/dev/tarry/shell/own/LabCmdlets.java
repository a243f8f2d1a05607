package dev.tarry.shell.own;

import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.shell.cmdlet.Bags;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The lab's faults, and good weather.
public final class LabCmdlets {
    private LabCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-LabFault")
                        .summary("Shows what goes wrong in the lab, how often it was asked and how often it struck.")
                        .shows("LabFault", "Id", "Asked", "Fired", "Line")
                        .simply(call -> call.client()
                                .faults()
                                .forEach(fault ->
                                        call.write(fault(fault, call.io().zone())))),
                Cmdlet.named("Add-LabFault")
                        .summary("Lets something go wrong in the lab: where, what, and to whom.")
                        .shows("LabFault", "Id", "Asked", "Fired", "Line")
                        .takes(
                                Parameter.of("Where", TEXT).alias("Line").at(0).required(),
                                Parameter.of("What", TEXT).at(1),
                                Parameter.of("Words", TEXTS).at(2).takingTheRest(),
                                Parameter.of("Server", TEXT),
                                Parameter.of("Name", TEXT),
                                Parameter.of("Type", TEXT),
                                Parameter.of("Protocol", TEXT),
                                Parameter.of("First", WHOLE))
                        .acts()
                        .simply(LabCmdlets::addFault),
                Cmdlet.named("Get-LabFaultForm")
                        .summary("Shows everything that can go wrong in the lab, with the words for it.")
                        .shows("LabFaultForm", "Where", "What", "Meaning", "Example")
                        .takes(Parameter.of("Where", TEXT).at(0))
                        .simply(call -> call.client().faultForms().stream()
                                .filter(form -> call.text("Where")
                                        .map(where -> where.equalsIgnoreCase(String.valueOf(form.get("where"))))
                                        .orElse(true))
                                .forEach(form -> call.write(form(form)))),
                Cmdlet.named("Get-LabPreset")
                        .summary("Shows weather that has a name: faults, firewall rules and forwarders together.")
                        .shows("LabPreset", "Name", "Meaning", "Faults")
                        .simply(call -> call.client().presets().forEach(preset -> call.write(preset(preset)))),
                Cmdlet.named("Add-LabPreset")
                        .summary("Brings weather that has a name, beside what there is already.")
                        .shows("LabFault", "Id", "Asked", "Fired", "Line")
                        .takes(Parameter.of("Name", TEXT).at(0).required().pipedBy())
                        .acts()
                        .simply(LabCmdlets::addPreset),
                Cmdlet.named("Remove-LabFault")
                        .remark(LabHostCmdlets.UNASKED)
                        .summary("Mends one thing that goes wrong.")
                        .takes(Parameter.of("Id", WHOLE).at(0).required().pipedBy())
                        .acts()
                        .simply(call -> {
                            long id = call.whole("Id").orElseThrow();
                            if (call.proceed("fault " + id)) {
                                call.client().removeFault(id);
                            }
                        }),
                Cmdlet.named("Clear-LabFault")
                        .summary("Mends everything that goes wrong.")
                        .acts()
                        .simply(call -> {
                            if (call.proceed("all faults")) {
                                call.client().clearFaults();
                            }
                        }),
                Cmdlet.named("Set-LabFault")
                        .summary("Puts these faults in the place of all that are set.")
                        .remark(
                                "Each is a line of the fault grammar: 'dns servfail name=*.com first=3'. Get-Content gives the"
                                        + " lines of a file.")
                        .takes(Parameter.of("Line", TEXTS).alias("Lines").at(0).required())
                        .shows("LabFault", "Id", "Asked", "Fired", "Line")
                        .acts()
                        .simply(call -> {
                            if (call.proceed("all faults")) {
                                call.client()
                                        .replaceFaults(call.texts("Line"))
                                        .forEach(fault -> call.write(
                                                fault(fault, call.io().zone())));
                            }
                        }),
                Cmdlet.named("Reset-Lab")
                        .summary("Brings good weather: no faults, no firewall rules, the standard zones, forwarders and"
                                + " hosts.")
                        .takes(Parameter.of("ForgetMail", SWITCH))
                        .acts()
                        .simply(call -> {
                            if (call.proceed("lab")) {
                                call.client().resetLab(call.flag("ForgetMail"));
                            }
                        }));
    }

    private static Row fault(Map<String, Object> fault, ZoneId zone) {
        Map<String, Object> named = new LinkedHashMap<>();
        fault.forEach((name, value) ->
                named.put(name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1), value));
        return Bags.row("LabFault", named, zone);
    }

    /// Either one whole line of the fault grammar, or its words: `dns servfail name=*.com first=3`.
    private static void addFault(Call call) {
        Map<String, Object> fault = new LinkedHashMap<>();
        String where = call.text("Where").orElseThrow();
        boolean line = where.strip().contains(" ");
        fault.put(line ? "line" : "where", where);
        for (String name : List.of("What", "Server", "Name", "Type", "Protocol")) {
            call.text(name).ifPresent(text -> fault.put(name.toLowerCase(Locale.ROOT), text));
        }
        call.whole("First").ifPresent(first -> fault.put("first", first));
        for (String word : call.texts("Words")) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw ShellFailure.of(
                        ShellFailure.Category.InvalidArgument,
                        "PositionalParameterNotFound",
                        "ParameterBindingException",
                        "A positional parameter cannot be found that accepts argument '" + word
                                + "'. Words of a fault are written word=value.");
            }
            fault.put(word.substring(0, equals).toLowerCase(Locale.ROOT), word.substring(equals + 1));
        }
        if (call.proceed(line ? where : call.text("What").orElse(where))) {
            call.write(fault(call.client().addFault(fault), call.io().zone()));
        }
    }

    private static void addPreset(Call call) {
        String name = call.text("Name").orElseThrow();
        if (call.proceed(name)) {
            Object faults = call.client().applyPreset(name).getOrDefault("faults", List.of());
            for (Object fault : (List<?>) faults) {
                Map<String, Object> named = new LinkedHashMap<>();
                ((Map<?, ?>) fault).forEach((word, value) -> named.put(word.toString(), value));
                call.write(fault(named, call.io().zone()));
            }
        }
    }

    private static Row preset(Map<String, ?> preset) {
        return new Row("LabPreset")
                .with("Name", preset.get("name"))
                .with("Meaning", preset.get("meaning"))
                .with("Faults", preset.get("faults"));
    }

    private static Row form(Map<String, ?> form) {
        return new Row("LabFaultForm")
                .with("Where", form.get("where"))
                .with("What", form.get("what"))
                .with("Meaning", form.get("meaning"))
                .with("Example", form.get("example"));
    }
}
