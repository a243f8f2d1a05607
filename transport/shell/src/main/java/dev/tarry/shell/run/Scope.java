package dev.tarry.shell.run;

import dev.tarry.shell.syntax.ScriptBlock;
import dev.tarry.shell.value.TypeRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// The names that one function, script or session knows. Reading looks outwards through the callers' scopes, setting
/// stays within.
final class Scope {
    enum Kind {
        GLOBAL,
        SCRIPT,
        LOCAL
    }

    /// @param wide whether it is an Int64 that an Int32 could hold too
    private record Slot(Object value, Optional<TypeRef> type, boolean wide) {}

    private final Optional<Scope> caller;
    private final Kind kind;
    private final Map<String, Slot> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, ScriptBlock> functions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private OptionalInt strictness = OptionalInt.empty();

    private Scope(Optional<Scope> caller, Kind kind) {
        this.caller = caller;
        this.kind = kind;
    }

    static Scope global() {
        return new Scope(Optional.empty(), Kind.GLOBAL);
    }

    /// A scope for what this one calls.
    Scope inner(Kind kindOfInner) {
        return new Scope(Optional.of(this), kindOfInner);
    }

    /// The scope that a prefix names, seen from here: `global`, `script`, else this one.
    Scope named(String prefix) {
        Kind wanted = switch (prefix) {
            case "global" -> Kind.GLOBAL;
            case "script" -> Kind.SCRIPT;
            default -> kind;
        };
        Scope scope = this;
        while (scope.kind != wanted && scope.caller.isPresent()) {
            scope = scope.caller.get();
        }
        return scope;
    }

    /// The functions of this scope itself, in alphabetical order.
    List<String> functionNames() {
        return List.copyOf(functions.keySet());
    }

    /// The variables of this scope itself, in alphabetical order.
    List<String> names() {
        return List.copyOf(variables.keySet());
    }

    /// Whether this scope itself has the variable.
    boolean holds(String name) {
        return variables.containsKey(name);
    }

    /// The nearest scope, from here outwards, that has the variable.
    Optional<Scope> holding(String name) {
        Scope scope = this;
        while (!scope.variables.containsKey(name)) {
            if (scope.caller.isEmpty()) {
                return Optional.empty();
            }
            scope = scope.caller.get();
        }
        return Optional.of(scope);
    }

    /// This scope's own value; null where it has none.
    Object own(String name) {
        Slot slot = variables.get(name);
        return slot == null ? null : slot.value();
    }

    /// The type that an own variable was declared with.
    Optional<TypeRef> type(String name) {
        Slot slot = variables.get(name);
        return slot == null ? Optional.empty() : slot.type();
    }

    void set(String name, Object value) {
        variables.put(name, new Slot(value, type(name), false));
    }

    void declare(String name, TypeRef type, Object value) {
        variables.put(name, new Slot(value, Optional.of(type), false));
    }

    /// Notes that the number which a variable holds is an Int64.
    void widen(String name) {
        variables.computeIfPresent(name, (_, slot) -> new Slot(slot.value(), slot.type(), true));
    }

    boolean isWide(String name) {
        Slot slot = variables.get(name);
        return slot != null
                && (slot.wide()
                        || slot.type()
                                .filter(TypeRef.of(TypeRef.Kind.INT64)::equals)
                                .isPresent());
    }

    /// What Set-StrictMode said here, or where this was called from; [Strictness#OFF] where it said nothing.
    int strictness() {
        return strictness.orElseGet(() -> caller.map(Scope::strictness).orElse(Strictness.OFF));
    }

    void strictness(int version) {
        strictness = OptionalInt.of(version);
    }

    void remove(String name) {
        variables.remove(name);
    }

    Map<String, Object> variables() {
        Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        variables.forEach((name, slot) -> values.put(name, slot.value()));
        return values;
    }

    Optional<Scope> caller() {
        return caller;
    }

    void define(String name, ScriptBlock block) {
        functions.put(name, block);
    }

    /// The nearest function of this name.
    Optional<ScriptBlock> function(String name) {
        ScriptBlock own = functions.get(name);
        return own != null ? Optional.of(own) : caller.flatMap(outer -> outer.function(name));
    }

    Map<String, ScriptBlock> functions() {
        return functions;
    }
}
