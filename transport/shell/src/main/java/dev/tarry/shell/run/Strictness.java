package dev.tarry.shell.run;

import dev.tarry.shell.syntax.Expression;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Members;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import java.util.List;

/// What `Set-StrictMode` makes an error that is nothing otherwise: from version 1 a variable that was never set, from
/// 2 also in a text, and a property that is not there, from 3 an index behind the end.
final class Strictness {
    static final int OFF = 0;

    private final Evaluator evaluator;

    Strictness(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    private boolean atLeast(int version) {
        return evaluator.frame().scope().strictness() >= version;
    }

    /// @param inText whether it stands in a string
    /// @throws ShellFailure where it was never set and that is an error here
    void look(Expression.Variable variable, boolean inText) {
        if (!atLeast(inText ? 2 : 1)) {
            return;
        }
        boolean set = variable.scope().isEmpty()
                ? evaluator.variables().exists(variable.name()) || Automatic.isKnown(variable.name())
                : evaluator.frame().scope().named(variable.scope()).holds(variable.name());
        if (!set) {
            throw ShellFailure.runtime(
                            "VariableIsUndefined",
                            "The variable '$" + variable.name() + "' cannot be retrieved because it has not been set.")
                    .withTarget(variable.name());
        }
    }

    Object property(Object target, String name) {
        if (atLeast(2) && !Members.has(target, name)) {
            throw ShellFailure.of(
                    ShellFailure.Category.NotSpecified,
                    "PropertyNotFoundStrict",
                    "PropertyNotFoundException",
                    "The property '" + name + "' cannot be found on this object. Verify that the property exists.");
        }
        return Members.property(target, name);
    }

    Object index(Object target, Object index) {
        Object found = Members.index(target, index);
        if (found == null && index instanceof Long at && atLeast(3)) {
            long size = switch (target) {
                case List<?> list -> list.size();
                case String text -> text.length();
                case HashTable table when table.isOrdered() -> table.size();
                case Row _ -> 1;
                case null, default -> Long.MAX_VALUE;
            };
            if (at >= size || at < -size) {
                throw ShellFailure.of(
                        ShellFailure.Category.OperationStopped,
                        "System.IndexOutOfRangeException",
                        "IndexOutOfRangeException",
                        "Index was outside the bounds of the array.");
            }
        }
        return found;
    }
}
