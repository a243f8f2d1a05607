package dev.tarry.shell.run;

import dev.tarry.shell.syntax.Declaration;
import dev.tarry.shell.syntax.Expression;
import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Regex;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import dev.tarry.shell.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A function's parameters as variables of its scope: converted to their types, checked, or what they are by
/// themselves.
final class Parameters {
    private final Declaration declaration;
    private final Evaluator evaluator;

    Parameters(Declaration declaration, Evaluator evaluator) {
        this.declaration = declaration;
        this.evaluator = evaluator;
    }

    /// All of them, before the first object; those that were given are transformed already.
    void assign(RunningCommand running) {
        for (Declaration.Parameter parameter : declaration.parameters()) {
            if (running.mentions(parameter.name())) {
                put(parameter, running.value(parameter.name()));
            } else if (parameter.initial().isPresent()) {
                Object initial =
                        evaluator.expressions().value(parameter.initial().get());
                try {
                    put(parameter, converted(parameter, initial));
                } catch (ShellFailure wrong) {
                    throw wrong.in(running.name());
                }
            } else {
                unset(parameter);
            }
        }
    }

    /// Those that take what comes down the pipeline, for the present object.
    void assignPiped(RunningCommand running) {
        for (Declaration.Parameter parameter : declaration.parameters()) {
            boolean piped = parameter.piped() || parameter.pipedByName();
            if (piped
                    && running.mentions(parameter.name())
                    && !running.binding().values().containsKey(parameter.name())) {
                try {
                    put(parameter, transformed(parameter.name(), running.value(parameter.name())));
                } catch (ShellFailure wrong) {
                    throw wrong.in(running.name());
                }
            }
        }
    }

    /// What is not given is nothing, or what nothing is in its type: 0, "", False.
    private void unset(Declaration.Parameter parameter) {
        Object value = null;
        for (var type : parameter.types()) {
            TypeRef named = TypeRef.named(type.text());
            value = named.array()
                    ? null
                    : switch (named.kind()) {
                        case STRING -> "";
                        case BOOL, SWITCH -> false;
                        case BYTE, INT16, UINT16, INT32, UINT32, INT64, UINT64 -> 0L;
                        case DOUBLE, SINGLE -> 0.0;
                        default -> null;
                    };
        }
        evaluator.variables().set("local", parameter.name(), value);
    }

    private void put(Declaration.Parameter parameter, Object value) {
        Scope scope = evaluator.frame().scope();
        if (parameter.types().isEmpty()) {
            scope.set(parameter.name(), value);
        } else {
            scope.declare(
                    parameter.name(), TypeRef.named(parameter.types().getFirst().text()), value);
        }
    }

    /// What a given value becomes: converted and checked. What is no parameter of ours stays what it is.
    Object transformed(String name, Object value) {
        Optional<Declaration.Parameter> found = declaration.parameters().stream()
                .filter(parameter -> parameter.name().equalsIgnoreCase(name))
                .findFirst();
        if (found.isEmpty()) {
            return value;
        }
        Object converted = converted(found.get(), value);
        found.get().checks().forEach(check -> check(found.get(), check, converted));
        return converted;
    }

    private Object converted(Declaration.Parameter parameter, Object value) {
        Object converted = value;
        for (var type : parameter.types().reversed()) {
            TypeRef named = TypeRef.named(type.text());
            if (named.kind() == TypeRef.Kind.SWITCH) {
                continue;
            }
            try {
                converted = named.cast(converted, evaluator.io().zone());
            } catch (ShellFailure wrong) {
                throw ShellFailure.of(
                        ShellFailure.Category.InvalidData,
                        "ParameterArgumentTransformationError",
                        "ParameterBindingArgumentTransformationException",
                        "Cannot process argument transformation on parameter '" + parameter.name() + "'. "
                                + wrong.getMessage());
            }
        }
        return converted;
    }

    private void check(Declaration.Parameter parameter, Declaration.Check check, Object value) {
        List<Object> given = new ArrayList<>();
        for (Expression argument : check.arguments()) {
            given.add(
                    argument instanceof Expression.BlockLiteral literal
                            ? literal.block()
                            : evaluator.expressions().value(argument));
        }
        switch (check.kind()) {
            case NOT_NULL -> {
                if (value == null) {
                    throw wrong(
                            parameter,
                            "The argument is null. Provide a valid value for the argument, and then try running the command again.");
                }
                return;
            }
            case NOT_EMPTY -> {
                boolean empty = value == null
                        || value instanceof String text && text.isEmpty()
                        || value instanceof List<?> list && list.isEmpty();
                if (empty) {
                    throw wrong(
                            parameter,
                            "The argument is null or empty. Provide an argument that is not null or empty, and then try the command again.");
                }
                return;
            }
            case COUNT -> {
                long count = Conversion.list(value).size();
                if (count < number(given, 0) || count > number(given, 1)) {
                    throw wrong(
                            parameter,
                            "The number of provided arguments, (" + count
                                    + "), is not within the number of allowed arguments, " + number(given, 0) + " to "
                                    + number(given, 1)
                                    + ". Change the number of arguments and then try the command again.");
                }
                return;
            }
            case SET, RANGE, PATTERN, LENGTH, SCRIPT -> {}
        }
        for (Object element : Conversion.list(value)) {
            String text = TextForm.of(element);
            boolean fits = switch (check.kind()) {
                case SET -> given.stream().anyMatch(one -> TextForm.of(one).equalsIgnoreCase(text));
                case RANGE ->
                    evaluator.comparing().order(element, given.getFirst(), false) >= 0
                            && evaluator.comparing().order(element, given.getLast(), false) <= 0;
                case PATTERN -> Regex.of(TextForm.of(given.getFirst()), false).matches(text);
                case LENGTH -> text.length() >= number(given, 0) && text.length() <= number(given, 1);
                case SCRIPT -> holds((ScriptBlock) given.getFirst(), element);
                case NOT_NULL, NOT_EMPTY, COUNT -> true;
            };
            if (!fits) {
                throw wrong(parameter, why(check, given, text));
            }
        }
    }

    private static long number(List<Object> given, int place) {
        return place < given.size() ? Conversion.whole(given.get(place)).orElse(0L) : 0;
    }

    private boolean holds(ScriptBlock test, Object element) {
        List<Object> output = new ArrayList<>();
        evaluator.block(test, element, output::add);
        return Conversion.truth(Conversion.collected(output));
    }

    private static String why(Declaration.Check check, List<Object> given, String text) {
        return switch (check.kind()) {
            case SET ->
                "The argument \"" + text + "\" does not belong to the set \"" + TextForm.joined(given, ",")
                        + "\" specified by the ValidateSet attribute. Supply an argument that is in the set and then "
                        + "try the command again.";
            case RANGE ->
                "The " + text + " argument is not within the allowed range of " + TextForm.of(given.getFirst())
                        + " to " + TextForm.of(given.getLast())
                        + ". Supply an argument that is within the range and then try the command again.";
            case PATTERN ->
                "The argument \"" + text + "\" does not match the \"" + TextForm.of(given.getFirst())
                        + "\" pattern. Supply an argument that matches \"" + TextForm.of(given.getFirst())
                        + "\" and try the command again.";
            case LENGTH ->
                "The character length of the " + text.length() + " argument is not within the allowed range of "
                        + number(given, 0) + " to " + number(given, 1)
                        + ". Supply an argument that is within the range and then try the command again.";
            case SCRIPT ->
                "The \"" + TextForm.of(given.getFirst()) + "\" validation script for the argument with value \"" + text
                        + "\" did not return a result of True. Determine why the validation script failed, and then "
                        + "try the command again.";
            case NOT_NULL, NOT_EMPTY, COUNT -> "";
        };
    }

    private static ShellFailure wrong(Declaration.Parameter parameter, String why) {
        return ShellFailure.of(
                ShellFailure.Category.InvalidData,
                "ParameterArgumentValidationError",
                "ParameterBindingValidationException",
                "Cannot validate argument on parameter '" + parameter.name() + "'. " + why);
    }
}
