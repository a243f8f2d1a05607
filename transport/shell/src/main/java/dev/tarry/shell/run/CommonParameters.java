package dev.tarry.shell.run;

import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.ParameterType;
import dev.tarry.shell.value.TextForm;
import java.util.List;
import java.util.Optional;

/// The parameters that cmdlets have without naming them.
final class CommonParameters {
    /// What every cmdlet takes.
    static final List<Parameter> ALL = List.of(
            Parameter.of("ErrorAction", ParameterType.TEXT)
                    .alias("ea")
                    .oneOf("Continue", "SilentlyContinue", "Ignore", "Stop"),
            Parameter.of("WarningAction", ParameterType.TEXT)
                    .alias("wa")
                    .oneOf("Continue", "SilentlyContinue", "Ignore", "Stop"),
            Parameter.of("InformationAction", ParameterType.TEXT).alias("infa"),
            Parameter.of("Verbose", ParameterType.SWITCH).alias("vb"),
            Parameter.of("Debug", ParameterType.SWITCH).alias("db"),
            Parameter.of("ErrorVariable", ParameterType.TEXT).alias("ev"),
            Parameter.of("WarningVariable", ParameterType.TEXT).alias("wv"),
            Parameter.of("InformationVariable", ParameterType.TEXT).alias("iv"),
            Parameter.of("OutVariable", ParameterType.TEXT).alias("ov"),
            Parameter.of("OutBuffer", ParameterType.WHOLE).alias("ob"),
            Parameter.of("PipelineVariable", ParameterType.TEXT).alias("pv"));

    /// What cmdlets that change something take besides.
    static final List<Parameter> ACTING = List.of(
            Parameter.of("WhatIf", ParameterType.SWITCH).alias("wi"),
            Parameter.of("Confirm", ParameterType.SWITCH).alias("cf"));

    /// By their numbers in .NET.
    private static final List<String> ACTIONS = List.of("SilentlyContinue", "Stop", "Continue", "Inquire", "Ignore");

    private CommonParameters() {}

    /// What `-ErrorAction` and its like are told to do, spelt out; empty for other parameters and where it is unclear.
    /// `-ErrorAction 0` and `-ErrorAction silent`: .NET's enumerations go by number and by the start of a name too.
    static Optional<String> action(Parameter parameter, Object value) {
        if (!ALL.contains(parameter) || parameter.choices().isEmpty()) {
            return Optional.empty();
        }
        String text = value instanceof Long number && number >= 0 && number < ACTIONS.size()
                ? ACTIONS.get(number.intValue())
                : TextForm.of(value);
        List<String> meant = parameter.choices().stream()
                .filter(choice -> choice.regionMatches(true, 0, text, 0, text.length()))
                .toList();
        return text.isEmpty() || meant.size() != 1 ? Optional.empty() : Optional.of(meant.getFirst());
    }
}
