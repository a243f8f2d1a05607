package dev.tarry.shell.run;

import dev.tarry.shell.syntax.Expression;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TypeRef;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What names stand for, in the scope of the present frame. Blocks of Where-Object and ForEach-Object share their
/// script's, as in PowerShell. An unset one is null.
final class Variables {
    private static final Set<String> CONSTANTS =
            Set.of("true", "false", "null", "?", "error", "host", "psversiontable");

    private final Evaluator evaluator;
    private final ZoneId zone;

    Variables(Evaluator evaluator, ZoneId zone) {
        this.evaluator = evaluator;
        this.zone = zone;
    }

    Object get(String name) {
        return get("", name);
    }

    /// @param prefix the scope that the name says; empty: from here outwards
    Object get(String prefix, String name) {
        Scope here = evaluator.frame().scope();
        String key = key(name);
        if (!prefix.isEmpty()) {
            return here.named(prefix).own(key);
        }
        return here.holding(key).map(scope -> scope.own(key)).orElse(null);
    }

    boolean exists(String name) {
        return evaluator.frame().scope().holding(key(name)).isPresent();
    }

    boolean isLong(Expression.Variable variable) {
        Scope here = evaluator.frame().scope();
        String key = key(variable.name());
        return variable.scope().isEmpty()
                ? here.holding(key).filter(scope -> scope.isWide(key)).isPresent()
                : here.named(variable.scope()).isWide(key);
    }

    /// Notes that the number which a variable was just set to is an Int64.
    void widen(Expression.Variable target) {
        evaluator.frame().scope().named(target.scope()).widen(key(target.name()));
    }

    void set(Expression.Variable target, Object value) {
        set(target.scope(), target.name(), value);
    }

    void set(String prefix, String name, Object value) {
        check(name);
        Scope scope = evaluator.frame().scope().named(prefix);
        String key = key(name);
        Optional<TypeRef> type = scope.type(key);
        scope.set(key, type.isPresent() ? converted(name, type.get(), value) : value);
    }

    /// `[type]$name = value`: from now on the variable keeps to the type.
    void declare(Expression.Variable target, TypeRef type, Object value) {
        check(target.name());
        evaluator
                .frame()
                .scope()
                .named(target.scope())
                .declare(key(target.name()), type, converted(target.name(), type, value));
    }

    private Object converted(String name, TypeRef type, Object value) {
        try {
            return type.cast(value, zone);
        } catch (ShellFailure wrong) {
            throw ShellFailure.of(
                    ShellFailure.Category.MetadataError,
                    "RuntimeException",
                    "ArgumentTransformationMetadataException",
                    wrong.getMessage());
        }
    }

    private static String key(String name) {
        return name.equalsIgnoreCase("PSItem") ? "_" : name;
    }

    private static void check(String name) {
        if (CONSTANTS.contains(name.toLowerCase(Locale.ROOT))) {
            throw ShellFailure.of(
                            ShellFailure.Category.WriteError,
                            "VariableNotWritable",
                            "SessionStateUnauthorizedAccessException",
                            "Cannot overwrite variable " + name + " because it is read-only or constant.")
                    .withTarget(name);
        }
    }

    /// Forgets a variable of the scope that is nearest.
    ///
    /// @return whether there was one
    boolean remove(String name) {
        check(name);
        Optional<Scope> holder = evaluator.frame().scope().holding(key(name));
        holder.ifPresent(scope -> scope.remove(key(name)));
        return holder.isPresent();
    }

    /// All that can be seen from here; inner ones hide outer ones of their name.
    SortedMap<String, Object> all() {
        SortedMap<String, Object> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Optional<Scope> scope = Optional.of(evaluator.frame().scope());
        while (scope.isPresent()) {
            scope.get().variables().forEach(all::putIfAbsent);
            scope = scope.get().caller();
        }
        return all;
    }
}
