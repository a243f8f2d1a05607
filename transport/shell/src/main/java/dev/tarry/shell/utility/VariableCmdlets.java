package dev.tarry.shell.utility;

import static dev.tarry.shell.cmdlet.ParameterType.ANY;
import static dev.tarry.shell.cmdlet.ParameterType.SWITCH;
import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.TEXTS;

import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.Stage;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// Variables by name: Get-, Set-, New-, Clear- and Remove-Variable.
public final class VariableCmdlets {
    private static final Parameter NAME = Parameter.of("Name", TEXTS).at(0).pipedBy();

    /// The newest version of strict mode.
    private static final int LATEST = 3;

    private VariableCmdlets() {}

    private static void strict(Call call) {
        if (call.flag("Off")) {
            call.session().strictness(0);
            return;
        }
        if (!call.has("Version")) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidArgument,
                    "AmbiguousParameterSet",
                    "ParameterBindingException",
                    "Parameter set cannot be resolved using the specified named parameters.");
        }
        String version = call.text("Version").orElseThrow();
        if (!version.equalsIgnoreCase("latest") && !version.matches("[1-5](\\.\\d{1,3}){0,3}")) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidData,
                    "ParameterArgumentTransformationError",
                    "ParameterBindingArgumentTransformationException",
                    "Cannot process argument transformation on parameter 'Version'. Cannot convert value \"" + version
                            + "\" to type \"System.Version\": versions 1.0, 2.0, 3.0 and Latest are known.");
        }
        call.session().strictness(version.equalsIgnoreCase("latest") ? LATEST : version.charAt(0) - '0');
    }

    public static List<Cmdlet> all() {
        return List.of(
                Cmdlet.named("Get-Variable", "gv")
                        .takes(NAME, Parameter.of("ValueOnly", SWITCH))
                        .shows("PSVariable", "Name/30", "Value")
                        .refuses("It looks outwards from where it stands.", "Scope")
                        .refuses("-Name takes patterns.", "Include", "Exclude")
                        .summary("Gets the variables in the current console.")
                        .simply(VariableCmdlets::get),
                Cmdlet.named("Set-Variable", "sv", "set")
                        .takes(
                                NAME.required(),
                                Parameter.of("Value", ANY).at(1).pipedWhole(),
                                Parameter.of("PassThru", SWITCH))
                        .acts()
                        .refuses("Write $script:name or $global:name.", "Scope")
                        .refuses("Variables have a value only.", "Option", "Visibility", "Description")
                        .summary(
                                "Sets the value of a variable. Creates the variable if one with the requested name does"
                                        + " not exist.")
                        .does(Set::new),
                Cmdlet.named("New-Variable", "nv")
                        .takes(
                                NAME.required(),
                                Parameter.of("Value", ANY).at(1).pipedWhole(),
                                Parameter.of("Force", SWITCH))
                        .acts()
                        .refuses("Write $script:name or $global:name.", "Scope")
                        .refuses("Variables have a value only.", "Option", "Visibility", "Description")
                        .summary("Creates a new variable.")
                        .simply(call -> call.texts("Name").forEach(name -> {
                            if (call.session().variables().containsKey(name) && !call.flag("Force")) {
                                throw ShellFailure.of(
                                                ShellFailure.Category.ResourceUnavailable,
                                                "VariableAlreadyExists",
                                                "SessionStateException",
                                                "A variable with name '" + name + "' already exists.")
                                        .withTarget(name);
                            }
                            set(call, name, call.value("Value"));
                        })),
                Cmdlet.named("Clear-Variable", "clv")
                        .takes(NAME.required())
                        .acts()
                        .summary("Deletes the value of a variable.")
                        .simply(call -> matching(call).keySet().forEach(name -> set(call, name, null))),
                Cmdlet.named("Set-StrictMode")
                        .takes(Parameter.of("Version", TEXT), Parameter.of("Off", SWITCH))
                        .oneOf("Version", "Off")
                        .summary("Establishes and enforces coding rules in expressions, scripts, and script blocks.")
                        .remark("From version 1 a variable that was never set is an error, from 2 a property that is"
                                + " not there, from 3 an index behind the end.")
                        .simply(VariableCmdlets::strict),
                Cmdlet.named("Remove-Variable", "rv")
                        .takes(NAME.required(), Parameter.of("Force", SWITCH))
                        .acts()
                        .summary("Deletes a variable and its value.")
                        .simply(call -> matching(call).keySet().forEach(name -> {
                            if (call.proceed("Name: " + name)) {
                                call.session().removeVariable(name);
                            }
                        })));
    }

    private static void get(Call call) {
        matching(call).forEach((name, value) -> {
            if (!call.flag("ValueOnly")) {
                call.write(new Row("PSVariable").with("Name", name).with("Value", value));
            } else {
                Conversion.list(value).forEach(call::write);
            }
        });
    }

    private static void set(Call call, String name, Object value) {
        if (call.proceed("Name: " + name)) {
            call.session().setVariable(name, value);
        }
    }

    /// Those whose names fit; a name without a pattern that there is not is an error.
    private static SortedMap<String, Object> matching(Call call) {
        SortedMap<String, Object> all = call.session().variables();
        if (!call.has("Name")) {
            return all;
        }
        List<Wildcard> patterns = new ArrayList<>();
        for (String name : call.texts("Name")) {
            patterns.add(new Wildcard(name, false));
            if (!Wildcard.isPattern(name) && !all.containsKey(name)) {
                call.report(ShellFailure.of(
                                ShellFailure.Category.ObjectNotFound,
                                "VariableNotFound",
                                "ItemNotFoundException",
                                "Cannot find a variable with the name '" + name + "'.")
                        .withTarget(name));
            }
        }
        all.entrySet().removeIf(entry -> patterns.stream().noneMatch(p -> p.matches(entry.getKey())));
        return all;
    }

    /// What comes down the pipeline is one value: the one thing, or all of them.
    private static final class Set implements Stage {
        private final List<Object> values = new ArrayList<>();

        @Override
        public void process(Call call) {
            if (call.isPiped()) {
                values.add(call.input());
            }
        }

        @Override
        public void end(Call call) {
            Object value = call.isPiped() ? Conversion.collected(values) : call.value("Value");
            call.texts("Name").forEach(name -> {
                set(call, name, value);
                if (call.flag("PassThru")) {
                    call.write(new Row("PSVariable").with("Name", name).with("Value", value));
                }
            });
        }
    }
}
