package dev.tarry.shell.run;

import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Enumeration;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.cmdlet.ParameterType;
import dev.tarry.shell.syntax.Expression;
import dev.tarry.shell.syntax.Extent;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.ShellFailure.Category;
import dev.tarry.shell.value.TextForm;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Brings a command's words and a cmdlet's parameters together, by PowerShell's rules: names may be shortened
/// as long as they mean one parameter; unnamed values go by position; what is left over, missing or given twice
/// is an error that points at its word.
final class Binder {
    /// The words after the command's name, with splatted variables taken apart.
    private sealed interface Word {
        Extent extent();
    }

    private record Named(String name, Optional<Supplier<Given>> attached, Extent extent) implements Word {}

    private record Unnamed(Supplier<Given> value, Extent extent) implements Word {}

    private record Given(Object value, Optional<String> literal, Extent extent) {}

    private final Cmdlet cmdlet;
    private final Statement.Command command;
    private final Function<Expression, Object> evaluate;
    private final ZoneId zone;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Deque<Given> unnamed = new ArrayDeque<>();

    private final boolean lenient;
    private final List<Object> rest = new ArrayList<>();

    private final Callee.Transformation transformation;

    Binder(Callee callee, Statement.Command command, Function<Expression, Object> evaluate, ZoneId zone) {
        this.cmdlet = callee.cmdlet();
        this.transformation = callee.transformation();
        this.command = command;
        this.evaluate = evaluate;
        this.zone = zone;
        this.lenient = callee.lenient();
        parameters.addAll(cmdlet.parameters());
        if (!lenient) {
            // A cmdlet's own parameter of such a name comes first.
            Stream.concat(
                            CommonParameters.ALL.stream(),
                            cmdlet.acts() ? CommonParameters.ACTING.stream() : Stream.empty())
                    .filter(common -> cmdlet.parameters().stream()
                            .noneMatch(own -> own.name().equalsIgnoreCase(common.name())))
                    .forEach(parameters::add);
        }
    }

    /// @param piped whether objects will come down a pipeline and may fill what is missing
    /// @param supplying asks for what is missing else
    Binding bind(boolean piped, Supplying supplying) {
        if (cmdlet.wordy()) {
            values.put(Cmdlet.WORDS, plainWords());
        } else {
            named();
            positional();
            required(piped, supplying);
            exclusive();
            refused();
        }
        return new Binding(
                values,
                rest,
                action("ErrorAction"),
                action("WarningAction"),
                flag("Verbose"),
                flag("Debug"),
                flag("WhatIf"),
                flag("Confirm"));
    }

    /// Common parameters that would do nothing here.
    private void refused() {
        for (String name : List.of("InformationAction", "InformationVariable")) {
            if (!lenient
                    && values.containsKey(name)
                    && cmdlet.parameters().stream().noneMatch(p -> p.name().equals(name))) {
                throw ShellFailure.outside("The parameter '" + name + "'")
                        .in(cmdlet.name())
                        .at(command.extent());
            }
        }
    }

    private Optional<Boolean> flag(String name) {
        return lenient ? Optional.empty() : Optional.ofNullable((Boolean) values.get(name));
    }

    private Optional<Binding.OnError> action(String name) {
        if (lenient || !(values.get(name) instanceof String action)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (action) {
                    case "Stop" -> Binding.OnError.STOP;
                    case "Continue" -> Binding.OnError.CONTINUE;
                    case "Ignore" -> Binding.OnError.IGNORE;
                    default -> Binding.OnError.SILENT;
                });
    }

    private List<Word> words() {
        List<Word> words = new ArrayList<>();
        for (Statement.Element element : command.elements()) {
            switch (element) {
                case Statement.Argument(Expression value, Extent extent) ->
                    words.add(new Unnamed(() -> given(value), extent));
                case Statement.Parameter(String name, Optional<Expression> attached, Extent extent) ->
                    words.add(new Named(name, attached.map(value -> () -> given(value)), extent));
                case Statement.Splat(Expression.Variable variable, Extent extent) ->
                    splat(evaluate.apply(variable), extent, words);
            }
        }
        return words;
    }

    private static void splat(Object value, Extent extent, List<Word> words) {
        switch (value) {
            case null -> {}
            case HashTable table ->
                table.keys()
                        .forEach(key -> words.add(new Named(
                                TextForm.of(key),
                                Optional.of(() -> new Given(table.get(key), Optional.empty(), extent)),
                                extent)));
            case List<?> list ->
                list.forEach(element ->
                        words.add(new Unnamed(() -> new Given(element, Optional.empty(), extent), extent)));
            default -> words.add(new Unnamed(() -> new Given(value, Optional.empty(), extent), extent));
        }
    }

    /// What stands after its name, as text.
    private List<String> plainWords() {
        List<String> plain = new ArrayList<>();
        for (Word word : words()) {
            switch (word) {
                case Named(String name, Optional<Supplier<Given>> attached, var _) ->
                    plain.add("-" + name
                            + attached.map(value ->
                                            ":" + TextForm.of(value.get().value()))
                                    .orElse(""));
                case Unnamed(Supplier<Given> value, var _) -> {
                    Given given = value.get();
                    Conversion.list(given.value())
                            .forEach(one -> plain.add(given.literal().orElseGet(() -> TextForm.of(one))));
                }
            }
        }
        return List.copyOf(plain);
    }

    private void named() {
        List<Word> words = words();
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case Unnamed word -> unnamed.addLast(word.value().get());
                case Named written -> {
                    Optional<Parameter> resolved = resolve(written);
                    if (resolved.isEmpty()) {
                        unnamed.addLast(new Given("-" + written.name(), Optional.empty(), written.extent()));
                        written.attached().ifPresent(value -> unnamed.addLast(value.get()));
                        continue;
                    }
                    Parameter parameter = resolved.get();
                    if (written.attached().isPresent()) {
                        set(parameter, written.attached().get().get(), written.extent());
                    } else if (parameter.type() == ParameterType.SWITCH) {
                        set(parameter, new Given(true, Optional.empty(), written.extent()), written.extent());
                    } else if (i + 1 < words.size() && words.get(i + 1) instanceof Unnamed next) {
                        set(parameter, next.value().get(), written.extent());
                        i++;
                    } else {
                        throw failure(
                                        Category.InvalidArgument,
                                        "MissingArgument",
                                        "Missing an argument for parameter '" + parameter.name()
                                                + "'. Specify a parameter of type '"
                                                + parameter.type().dotNet() + "' and try again.")
                                .at(written.extent());
                    }
                }
            }
        }
    }

    private Given given(Expression expression) {
        Optional<String> literal = expression instanceof Expression.Literal l && l.value() instanceof Number
                ? Optional.of(l.text())
                : Optional.empty();
        return new Given(evaluate.apply(expression), literal, expression.extent());
    }

    /// Empty where a lenient command has no such parameter.
    private Optional<Parameter> resolve(Named written) {
        String name = written.name();
        String start = name.toLowerCase(Locale.ROOT);
        List<Parameter> candidates = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (parameter.name().equalsIgnoreCase(name)
                    || parameter.aliases().stream().anyMatch(name::equalsIgnoreCase)) {
                return Optional.of(parameter);
            }
            if (parameter.name().toLowerCase(Locale.ROOT).startsWith(start)) {
                candidates.add(parameter);
            }
        }
        // A command's own parameters are meant before those that everything has.
        List<Parameter> own =
                candidates.stream().filter(cmdlet.parameters()::contains).toList();
        List<Parameter> meant = own.isEmpty() ? candidates : own;
        if (meant.size() == 1) {
            return Optional.of(meant.getFirst());
        }
        if (meant.isEmpty() && lenient) {
            return Optional.empty();
        }
        String others = candidates.stream().map(p -> "-" + p.name()).collect(Collectors.joining(" "));
        throw (candidates.isEmpty()
                        ? failure(
                                Category.InvalidArgument,
                                "NamedParameterNotFound",
                                "A parameter cannot be found that matches parameter name '" + name + "'.")
                        : failure(
                                Category.InvalidArgument,
                                "AmbiguousParameter",
                                "Parameter cannot be processed because the parameter name '" + name
                                        + "' is ambiguous. Possible matches include: " + others + "."))
                .at(written.extent());
    }

    private void positional() {
        List<Parameter> places = parameters.stream()
                .filter(p -> p.position() >= 0)
                .sorted(Comparator.comparingInt(Parameter::position))
                .toList();
        for (Parameter parameter : places) {
            boolean taken = values.containsKey(parameter.name())
                    || places.stream()
                            .anyMatch(p -> p != parameter
                                    && p.position() == parameter.position()
                                    && values.containsKey(p.name()));
            if (unnamed.isEmpty()
                    || taken
                    || !parameter.type().fits(unnamed.getFirst().value())) {
                continue;
            }
            if (parameter.remaining() && unnamed.size() > 1) {
                List<Object> rest = new ArrayList<>();
                unnamed.forEach(given -> rest.add(given.value()));
                Given first = unnamed.getFirst();
                unnamed.clear();
                set(parameter, new Given(rest, Optional.empty(), first.extent()), first.extent());
            } else {
                Given next = unnamed.removeFirst();
                set(parameter, next, next.extent());
            }
        }
        if (lenient) {
            unnamed.forEach(given -> rest.add(given.value()));
            unnamed.clear();
        }
        if (!unnamed.isEmpty()) {
            throw failure(
                            Category.InvalidArgument,
                            "PositionalParameterNotFound",
                            "A positional parameter cannot be found that accepts argument '"
                                    + TextForm.of(unnamed.getFirst().value()) + "'.")
                    .at(unnamed.getFirst().extent());
        }
    }

    private void set(Parameter parameter, Given given, Extent extent) {
        if (values.containsKey(parameter.name())) {
            throw failure(
                            Category.InvalidArgument,
                            "ParameterAlreadyBound",
                            "Cannot bind parameter because parameter '" + parameter.name()
                                    + "' is specified more than once.")
                    .at(extent);
        }
        if (given.value() == null && parameter.mandatory()) {
            throw failure(
                            Category.InvalidData,
                            "ParameterArgumentValidationErrorNullNotAllowed",
                            "Cannot bind argument to parameter '" + parameter.name() + "' because it is null.")
                    .at(given.extent());
        }
        Object transformed;
        Optional<String> action = CommonParameters.action(parameter, given.value());
        if (action.isPresent()) {
            values.put(parameter.name(), action.get());
            return;
        }
        try {
            transformed = transformation.apply(parameter.name(), given.value());
        } catch (ShellFailure wrong) {
            throw wrong.in(cmdlet.name()).at(given.extent());
        }
        try {
            values.put(parameter.name(), converted(parameter, transformed, given.literal(), zone));
        } catch (ShellFailure wrong) {
            if (CommonParameters.ALL.contains(parameter) && !parameter.choices().isEmpty()) {
                throw noSuchAction(parameter, TextForm.of(transformed)).at(given.extent());
            }
            if (cmdlet.source().equals("Microsoft.Exchange") && !wrong.errorId().startsWith("ParameterArgument")) {
                throw untransformed(parameter, wrong.getMessage()).at(given.extent());
            }
            throw failure(
                            wrong.category(),
                            wrong.errorId().startsWith("ParameterArgument")
                                    ? wrong.errorId()
                                    : "CannotConvertArgumentNoMessage",
                            wrong.errorId().startsWith("ParameterArgument")
                                    ? wrong.getMessage()
                                    : "Cannot bind parameter '" + parameter.name() + "'. " + wrong.getMessage())
                    .at(given.extent());
        }
    }

    /// Exchange's cmdlets reach an administrator as functions, and those say it so.
    private ShellFailure untransformed(Parameter parameter, String why) {
        return ShellFailure.of(
                        Category.InvalidData,
                        "ParameterArgumentTransformationError",
                        "ParameterBindingArgumentTransformationException",
                        "Cannot process argument transformation on parameter '" + parameter.name() + "'. " + why)
                .in(cmdlet.name());
    }

    private ShellFailure noSuchAction(Parameter parameter, String text) {
        return failure(
                Category.InvalidArgument,
                "CannotConvertArgumentNoMessage",
                "Cannot bind parameter '" + parameter.name() + "'. Cannot convert value \"" + text
                        + "\" to type \"System.Management.Automation.ActionPreference\". Error: \"Unable to match the"
                        + " identifier name " + text + " to a valid enumerator name. Specify one of the following"
                        + " enumerator names and try again: " + String.join(", ", parameter.choices()) + "\"");
    }

    /// The value as the parameter wants it, spelt as its choices are.
    static Object converted(Parameter parameter, Object value, Optional<String> literal, ZoneId zone) {
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

    private void required(boolean piped, Supplying supplying) {
        for (Parameter parameter : missing(piped)) {
            supplying
                    .value(parameter)
                    .ifPresent(typed ->
                            set(parameter, new Given(typed, Optional.empty(), command.extent()), command.extent()));
        }
        List<String> missing = missing(piped).stream().map(Parameter::name).toList();
        if (!missing.isEmpty()) {
            throw failure(
                            Category.InvalidArgument,
                            "MissingMandatoryParameter",
                            "Cannot process command because of one or more missing mandatory parameters: "
                                    + String.join(" ", missing) + ".")
                    .at(command.extent());
        }
    }

    private List<Parameter> missing(boolean piped) {
        return cmdlet.parameters().stream()
                .filter(p -> p.mandatory() && !values.containsKey(p.name()) && !isReplaced(p))
                .filter(p -> !piped || p.piped() == Parameter.Piped.NO)
                .toList();
    }

    /// Whether another parameter of a group of which only one may be given stands in its place.
    private boolean isReplaced(Parameter parameter) {
        return cmdlet.exclusive().stream()
                .anyMatch(group ->
                        group.contains(parameter.name()) && group.stream().anyMatch(name -> values.get(name) != null));
    }

    private void exclusive() {
        for (List<String> group : cmdlet.exclusive()) {
            if (group.stream().filter(name -> values.get(name) != null).count() > 1) {
                throw failure(
                                Category.InvalidArgument,
                                "AmbiguousParameterSet",
                                "Parameter set cannot be resolved using the specified named parameters. Only one of -"
                                        + String.join(", -", group) + " can be used.")
                        .at(command.extent());
            }
        }
    }

    private ShellFailure failure(Category category, String errorId, String message) {
        return ShellFailure.of(category, errorId, "ParameterBindingException", message)
                .in(cmdlet.name());
    }
}
