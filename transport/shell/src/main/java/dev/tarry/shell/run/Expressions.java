package dev.tarry.shell.run;

import dev.tarry.shell.syntax.Comparison;
import dev.tarry.shell.syntax.Expression;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.value.Calculation;
import dev.tarry.shell.value.Conversion;
import dev.tarry.shell.value.HashTable;
import dev.tarry.shell.value.Methods;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import dev.tarry.shell.value.Statics;
import dev.tarry.shell.value.TextForm;
import dev.tarry.shell.value.TextOperations;
import dev.tarry.shell.value.TypeRef;
import java.util.ArrayList;
import java.util.List;

/// Works out what expressions are worth.
final class Expressions {
    /// The most numbers that a range may stand for.
    static final int MAX_RANGE = 1_000_000;
    /// What an expression leaves that puts out nothing, not even null: `$i++`, `[void]…`.
    static final Object NOTHING = new Object();

    private final Evaluator evaluator;
    private final Methods methods;
    private final Statics statics;
    private final Assignments assignments;
    private final Strictness strictness;

    Expressions(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.methods = new Methods(evaluator.io().zone());
        this.statics = new Statics(
                evaluator.io().zone(),
                () -> evaluator.client().serverTime().atZone(evaluator.io().zone()),
                evaluator.environment(),
                evaluator::chance);
        this.strictness = new Strictness(evaluator);
        this.assignments = new Assignments(evaluator, this);
    }

    Statics statics() {
        return statics;
    }

    /// What an expression puts out where it is a statement of its own: its value, or [#NOTHING].
    Object output(Expression expression) {
        return switch (expression) {
            case Expression.Increment increment -> {
                increment(increment);
                yield NOTHING;
            }
            case Expression.Cast cast
            when isVoid(cast) -> {
                value(cast.operand());
                yield NOTHING;
            }
            case Expression.MethodCall call -> silent(call);
            default -> value(expression);
        };
    }

    private Object silent(Expression.MethodCall call) {
        try {
            Object value = called(call);
            return value == Methods.Void.NOTHING ? NOTHING : value;
        } catch (ShellFailure failure) {
            throw failure.at(call.extent());
        }
    }

    private static boolean isVoid(Expression.Cast cast) {
        return TypeRef.find(cast.type().text())
                .filter(type -> type.kind() == TypeRef.Kind.VOID)
                .isPresent();
    }

    Object assign(Statement.Assignment assignment) {
        return assignments.assign(assignment);
    }

    Object value(Expression expression) {
        try {
            return worth(expression);
        } catch (ShellFailure failure) {
            throw failure.at(expression.extent());
        }
    }

    private Object worth(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Variable variable -> {
                strictness.look(variable, false);
                yield variable(variable);
            }
            case Expression.EnvironmentVariable variable ->
                evaluator.environment().get(variable.name());
            case Expression.Interpolated text -> interpolated(text);
            case Expression.ArrayOf array -> values(array.elements());
            case Expression.ArrayBlock block -> evaluator.output(block.statements());
            case Expression.SubExpression sub -> Conversion.collected(evaluator.output(sub.statements()));
            case Expression.Group group -> group(group);
            case Expression.HashLiteral hash -> table(hash, false);
            case Expression.BlockLiteral literal -> literal.block();
            case Expression.Unary unary -> unary(unary);
            case Expression.Logical logical -> logical(logical);
            case Expression.Choice choice -> value(Conversion.truth(value(choice.test())) ? choice.yes() : choice.no());
            case Expression.Coalesce either -> {
                Object left = valueIfSet(either.left());
                yield left == null ? value(either.right()) : left;
            }
            case Expression.Compare compare -> compare(compare);
            case Expression.Arithmetic sum -> Calculation.of(sum.operation(), value(sum.left()), value(sum.right()));
            case Expression.Bitwise bits -> Calculation.bits(bits.operation(), value(bits.left()), value(bits.right()));
            case Expression.TextOperator operator ->
                TextOperations.of(
                        operator.operation(), operator.mindsCase(), value(operator.left()), value(operator.right()));
            case Expression.UnaryText operator -> TextOperations.unary(operator.operation(), value(operator.operand()));
            case Expression.TypeLiteral literal -> type(literal);
            case Expression.Cast cast -> cast(cast);
            case Expression.TypeTest test -> {
                Object left = value(test.left());
                yield holds(type(value(test.right())), left, test.left()) != test.negated();
            }
            case Expression.TryCast attempt -> {
                TypeRef type = type(value(attempt.right()));
                Object left = value(attempt.left());
                try {
                    yield type.cast(left, evaluator.io().zone());
                } catch (ShellFailure _) {
                    yield null;
                }
            }
            case Expression.Increment increment -> increment(increment);
            case Expression.Range range -> range(range);
            case Expression.Member member ->
                strictness.property(value(member.target()), TextForm.of(value(member.name())));
            case Expression.MethodCall call -> {
                Object value = called(call);
                yield value == Methods.Void.NOTHING ? null : value;
            }
            case Expression.StaticMember member -> statics.member(type(value(member.target())), member.name());
            case Expression.StaticCall call ->
                statics.call(type(value(call.target())), call.name(), values(call.arguments()));
            case Expression.Index index -> strictness.index(value(index.target()), value(index.index()));
        };
    }

    /// As [#value]; nothing where a variable is not set, strict mode or not.
    Object valueIfSet(Expression expression) {
        return expression instanceof Expression.Variable variable ? variable(variable) : value(expression);
    }

    private boolean holds(TypeRef type, Object value, Expression written) {
        boolean narrow = type.equals(TypeRef.of(TypeRef.Kind.INT32));
        return type.holds(value) && !(narrow && Widths.isLong(written, evaluator));
    }

    private Object variable(Expression.Variable variable) {
        if (variable.scope().isEmpty() && !evaluator.variables().exists(variable.name())) {
            return Automatic.value(variable.name(), evaluator);
        }
        return evaluator.variables().get(variable.scope(), variable.name());
    }

    private Object group(Expression.Group group) {
        if (group.statement() instanceof Statement.Pipeline pipeline
                && pipeline.commands().isEmpty()
                && pipeline.redirections().isEmpty()) {
            // In parentheses also `$i++` is worth something.
            return value(pipeline.head().orElseThrow());
        }
        return evaluator.value(group.statement());
    }

    private String interpolated(Expression.Interpolated text) {
        StringBuilder whole = new StringBuilder();
        for (Expression part : text.parts()) {
            whole.append(
                    switch (part) {
                        case Expression.Literal literal -> literal.text();
                        case Expression.Variable variable -> {
                            try {
                                strictness.look(variable, true);
                            } catch (ShellFailure failure) {
                                throw failure.at(variable.extent());
                            }
                            yield inText(variable(variable));
                        }
                        default -> inText(value(part));
                    });
        }
        return whole.toString();
    }

    /// An array's elements stand side by side with `$OFS` between them, a blank where that is not set.
    private String inText(Object value) {
        return value instanceof List<?> list && evaluator.variables().exists("OFS")
                ? TextForm.joined(list, TextForm.of(evaluator.variables().get("OFS")))
                : TextForm.of(value);
    }

    private HashTable table(Expression.HashLiteral hash, boolean ordered) {
        HashTable table = new HashTable(ordered);
        hash.entries().forEach(entry -> table.add(key(value(entry.key())), evaluator.value(entry.value())));
        return table;
    }

    private static Object key(Object key) {
        if (key == null) {
            throw ShellFailure.runtime("InvalidNullKey", "A null key is not allowed in a hash literal.");
        }
        return key;
    }

    private List<Object> values(List<Expression> expressions) {
        List<Object> values = new ArrayList<>(expressions.size());
        expressions.forEach(expression -> values.add(value(expression)));
        return values;
    }

    // -- types

    private static TypeRef type(Expression.TypeLiteral literal) {
        return TypeRef.named(literal.type().text());
    }

    private static TypeRef type(Object value) {
        return value instanceof TypeRef type ? type : TypeRef.named(TextForm.of(value));
    }

    private Object cast(Expression.Cast cast) {
        TypeRef type;
        try {
            type = TypeRef.named(cast.type().text());
        } catch (ShellFailure unknown) {
            throw unknown.at(cast.type().extent());
        }
        if (cast.operand() instanceof Expression.HashLiteral hash && !type.array()) {
            switch (type.kind()) {
                case ORDERED -> {
                    return table(hash, true);
                }
                case CUSTOM -> {
                    return type.cast(table(hash, true), evaluator.io().zone());
                }
                default -> {}
            }
        }
        Object operand = value(cast.operand());
        return type.cast(operand, evaluator.io().zone());
    }

    // -- operators

    private Object unary(Expression.Unary unary) {
        Object operand = value(unary.operand());
        return switch (unary.sign()) {
            case NOT -> !Conversion.truth(operand);
            case PLUS -> Calculation.of(Expression.Operation.ADD, 0L, operand);
            case MINUS -> Calculation.of(Expression.Operation.SUBTRACT, 0L, operand);
            case BIT_NOT -> Calculation.complement(operand);
        };
    }

    private Object logical(Expression.Logical logical) {
        boolean left = Conversion.truth(value(logical.left()));
        return switch (logical.connective()) {
            case AND -> left && Conversion.truth(value(logical.right()));
            case OR -> left || Conversion.truth(value(logical.right()));
            case XOR -> left ^ Conversion.truth(value(logical.right()));
        };
    }

    private Object compare(Expression.Compare compare) {
        Object left = value(compare.left());
        Object right = value(compare.right());
        boolean single = !(left instanceof List<?>);
        if (compare.operator().comparison() == Comparison.MATCH && single) {
            var groups = evaluator.comparing().groups(compare.operator(), left, right);
            groups.ifPresent(table -> evaluator.variables().set("", "Matches", table));
            return groups.isPresent();
        }
        return evaluator.comparing().compare(compare.operator(), left, right);
    }

    private Object increment(Expression.Increment increment) {
        Object before = value(increment.target());
        Object after = Calculation.of(Expression.Operation.ADD, before == null ? 0L : before, (long) increment.step());
        assignments.put(increment.target(), after);
        return increment.before() ? after : before == null ? 0L : before;
    }

    private Object range(Expression.Range range) {
        long first = bound(value(range.first()));
        long last = bound(value(range.last()));
        long size = Math.abs(last - first) + 1;
        if (size > MAX_RANGE) {
            throw ShellFailure.of(
                    ShellFailure.Category.LimitsExceeded,
                    "RangeTooLarge",
                    "RuntimeException",
                    "A range may stand for at most " + MAX_RANGE + " numbers, not " + size + ".");
        }
        List<Object> numbers = new ArrayList<>((int) size);
        long step = first <= last ? 1 : -1;
        for (long i = 0; i < size; i++) {
            numbers.add(first + i * step);
        }
        return numbers;
    }

    private static long bound(Object value) {
        return Conversion.whole(value)
                .filter(n -> n == n.intValue())
                .orElseThrow(() ->
                        ShellFailure.cannotConvert(value, "System.Int32", "Input string was not in a correct format."));
    }

    // -- methods

    private Object called(Expression.MethodCall call) {
        Object target = value(call.target());
        List<Object> arguments = values(call.arguments());
        if (target instanceof Long
                && call.name().equalsIgnoreCase("GetType")
                && arguments.isEmpty()
                && Widths.isLong(call.target(), evaluator)) {
            return TypeRef.of(TypeRef.Kind.INT64);
        }
        return BlockMethods.of(evaluator, target, call.name(), arguments)
                .orElseGet(() -> () -> own(target, call.name(), arguments))
                .get();
    }

    private Object own(Object target, String name, List<Object> arguments) {
        if (target instanceof Row row && row.get(name) instanceof ShellMethod method) {
            return method.call(arguments);
        }
        return methods.call(target, name, arguments);
    }
}
