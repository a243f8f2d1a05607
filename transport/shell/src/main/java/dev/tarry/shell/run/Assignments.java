package dev.tarry.shell.run;

import dev.tarry.shell.syntax.Expression;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.value.Calculation;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.Setting;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.TextForm;
import dev.tarry.shell.value.TypeRef;
import java.util.ArrayList;
import java.util.List;

/// `target = value` and its kin.
final class Assignments {
    private final Evaluator evaluator;
    private final Expressions expressions;

    Assignments(Evaluator evaluator, Expressions expressions) {
        this.evaluator = evaluator;
        this.expressions = expressions;
    }

    /// @return the value that was put there
    Object assign(Statement.Assignment assignment) {
        Expression target = assignment.target();
        Object value = switch (assignment.operation()) {
            case Statement.Operator.Plain _ -> evaluator.value(assignment.value());
            case Statement.Operator.With(Expression.Operation operation) -> {
                Object added = evaluator.value(assignment.value());
                yield Calculation.of(operation, expressions.value(bare(target)), added);
            }
            case Statement.Operator.IfNull _ -> {
                Object present = expressions.valueIfSet(bare(target));
                yield present == null ? evaluator.value(assignment.value()) : present;
            }
        };
        try {
            set(target, value);
        } catch (ShellFailure failure) {
            // What is wrong with setting it is wrong with the whole assignment.
            throw failure.at(assignment.extent());
        }
        if (value instanceof Long
                && target instanceof Expression.Variable variable
                && assignment.operation() instanceof Statement.Operator.Plain
                && assignment.value() instanceof Statement.Pipeline given
                && given.commands().isEmpty()
                && Widths.isLong(given.head().orElseThrow(), evaluator)) {
            evaluator.variables().widen(variable);
        }
        return value;
    }

    /// Without the casts before it.
    private static Expression bare(Expression target) {
        return target instanceof Expression.Cast cast ? bare(cast.operand()) : target;
    }

    void put(Expression target, Object value) {
        try {
            set(target, value);
        } catch (ShellFailure failure) {
            throw failure.at(target.extent());
        }
    }

    private void set(Expression target, Object value) {
        switch (target) {
            case Expression.Variable variable -> evaluator.variables().set(variable, value);
            case Expression.EnvironmentVariable variable -> environment(variable.name(), value);
            case Expression.Cast cast -> cast(cast, value);
            case Expression.ArrayOf several -> spread(several.elements(), value);
            case Expression.Group group -> {
                Statement.Pipeline inner = (Statement.Pipeline) group.statement();
                set(inner.head().orElseThrow(), value);
            }
            case Expression.Member member ->
                Setting.property(
                        expressions.value(member.target()), TextForm.of(expressions.value(member.name())), value);
            case Expression.Index index -> {
                Object container = expressions.value(index.target());
                Object changed = Setting.element(container, expressions.value(index.index()), value);
                if (changed != container) {
                    // An array that came from elsewhere cannot be changed in place.
                    put(index.target(), changed);
                }
            }
            default ->
                throw ShellFailure.outside("Assigning to '" + target.extent().text() + "'");
        }
    }

    private void environment(String name, Object value) {
        String text = TextForm.of(value);
        if (text.isEmpty()) {
            evaluator.environment().remove(name);
        } else {
            evaluator.environment().put(name, text);
        }
    }

    private void cast(Expression.Cast cast, Object value) {
        TypeRef type = TypeRef.named(cast.type().text());
        if (cast.operand() instanceof Expression.Variable variable) {
            evaluator.variables().declare(variable, type, value);
        } else {
            set(cast.operand(), type.cast(value, evaluator.io().zone()));
        }
    }

    /// One each; the last takes what is left.
    private void spread(List<Expression> targets, Object value) {
        List<Object> values = Conversion.elements(value);
        for (int i = 0; i < targets.size(); i++) {
            boolean last = i == targets.size() - 1;
            Object part = last && values.size() > targets.size()
                    ? new ArrayList<>(values.subList(i, values.size()))
                    : i < values.size() ? values.get(i) : null;
            put(targets.get(i), part);
        }
    }
}
