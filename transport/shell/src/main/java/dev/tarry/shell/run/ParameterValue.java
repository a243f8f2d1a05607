package dev.tarry.shell.run;

import dev.tarry.shell.cmdlet.Enumeration;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.ParameterType;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.TextForm;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A value as a parameter wants it: of its type, and spelt as its choices are.
final class ParameterValue {
    private ParameterValue() {}

    /// @param literal as it was written, of a number
    /// @param zone of moments that name none
    /// @throws ShellFailure where it cannot be what the parameter wants, or is none of its choices
    static Object of(Parameter parameter, Object value, Optional<String> literal, ZoneId zone) {
        Object converted = parameter.type().convert(value, literal, zone);
        if (parameter.choices().isEmpty() || converted == null) {
            return converted;
        }
        if (!parameter.enumeration().isEmpty()) {
            return enumerated(parameter, converted);
        }
        return converted instanceof List<?> list
                ? list.stream().map(one -> choice(parameter, TextForm.of(one))).toList()
                : choice(parameter, TextForm.of(converted));
    }

    /// What edits a list is left to whoever knows the list.
    private static Object enumerated(Parameter parameter, Object value) {
        Enumeration enumeration = new Enumeration(parameter.enumeration(), parameter.choices());
        return switch (value) {
            case HashTable edit -> edit;
            case String one when parameter.type() == ParameterType.TEXT -> enumeration.named(one);
            default ->
                Conversion.list(value).stream()
                        .flatMap(one -> Stream.of(TextForm.of(one).split(",")))
                        .map(one -> enumeration.named(one.strip()))
                        .toList();
        };
    }

    private static String choice(Parameter parameter, String text) {
        return parameter.choices().stream()
                .filter(text::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> ShellFailure.of(
                        Category.InvalidData,
                        "ParameterArgumentValidationError",
                        "ParameterBindingValidationException",
                        "Cannot validate argument on parameter '" + parameter.name() + "'. The argument \"" + text
                                + "\" does not belong to the set \"" + String.join(",", parameter.choices())
                                + "\" specified by the ValidateSet attribute. Supply an argument that is in the set "
                                + "and then try the command again."));
    }
}
