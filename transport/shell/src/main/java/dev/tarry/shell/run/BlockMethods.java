package dev.tarry.shell.run;

import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Members;
import dev.tarry.shell.value.Methods;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import dev.tarry.shell.value.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// Methods that run code: `.Where({…})` and `.ForEach({…})`, which everything has, and a block's own.
final class BlockMethods {
    private BlockMethods() {}

    /// The call of such a method; empty where this is none.
    static Optional<Supplier<Object>> of(Evaluator evaluator, Object target, String name, List<Object> arguments) {
        String method = name.toLowerCase(Locale.ROOT);
        if (target instanceof ScriptBlock block) {
            switch (method) {
                case "invoke", "invokereturnasis" -> {
                    return Optional.of(() -> {
                        List<Object> output = new ArrayList<>();
                        evaluator.commands().invoke("", block, List.of(), arguments, true, output::add);
                        return Conversion.collected(output);
                    });
                }
                case "getnewclosure" -> {
                    return Optional.of(() -> {
                        throw ShellFailure.outside("The method 'GetNewClosure'");
                    });
                }
                default -> {}
            }
        }
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        boolean given = arguments.getFirst() instanceof ScriptBlock;
        return switch (method) {
            case "where" -> given ? Optional.of(() -> where(evaluator, target, arguments)) : Optional.empty();
            case "foreach" -> Optional.of(() -> forEach(evaluator, target, arguments));
            default -> Optional.empty();
        };
    }

    private static Object where(Evaluator evaluator, Object target, List<Object> arguments) {
        ScriptBlock test = (ScriptBlock) arguments.getFirst();
        String mode = arguments.size() > 1 ? TextForm.of(arguments.get(1)).toLowerCase(Locale.ROOT) : "default";
        long most = arguments.size() > 2 ? Conversion.whole(arguments.get(2)).orElse(0L) : 0;
        List<Object> passed = new ArrayList<>();
        List<Object> others = new ArrayList<>();
        boolean met = false;
        for (Object item : Conversion.elements(target)) {
            evaluator.interruption().check();
            List<Object> output = new ArrayList<>();
            boolean holds = true;
            if (!met || !mode.equals("skipuntil")) {
                evaluator.block(test, item, output::add);
                holds = Conversion.truth(Conversion.collected(output));
            }
            switch (mode) {
                case "until" -> {
                    if (holds) {
                        return limited(passed, most);
                    }
                    passed.add(item);
                }
                case "skipuntil" -> {
                    met |= holds;
                    if (met) {
                        passed.add(item);
                    }
                }
                case "default", "first", "last", "split" -> (holds ? passed : others).add(item);
                default -> throw ShellFailure.outside("The mode '" + mode + "' of the method 'Where'");
            }
        }
        return switch (mode) {
            case "first" -> limited(passed, Math.max(1, most));
            case "last" ->
                new ArrayList<>(passed.subList((int) Math.max(0, passed.size() - Math.max(1, most)), passed.size()));
            case "split" -> new ArrayList<>(List.of(passed, others));
            default -> limited(passed, most);
        };
    }

    private static List<Object> limited(List<Object> all, long most) {
        return most > 0 && all.size() > most ? new ArrayList<>(all.subList(0, (int) most)) : all;
    }

    private static Object forEach(Evaluator evaluator, Object target, List<Object> arguments) {
        List<Object> output = new ArrayList<>();
        for (Object item : Conversion.elements(target)) {
            evaluator.interruption().check();
            switch (arguments.getFirst()) {
                case ScriptBlock block -> evaluator.block(block, item, output::add);
                case String name -> {
                    Object value = Members.property(item, name);
                    output.add(
                            value != null
                                    ? value
                                    : new Methods(evaluator.io().zone())
                                            .call(item, name, arguments.subList(1, arguments.size())));
                }
                case TypeRef type -> output.add(type.cast(item, evaluator.io().zone()));
                case null, default ->
                    throw ShellFailure.runtime(
                            "MethodException", "The method 'ForEach' takes a block, a name or a type.");
            }
        }
        return output;
    }
}
