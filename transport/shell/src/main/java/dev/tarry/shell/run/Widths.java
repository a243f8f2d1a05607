package dev.tarry.shell.run;

import dev.tarry.shell.syntax.Expression;
import dev.tarry.shell.syntax.Statement;
import dev.tarry.shell.value.TypeRef;
import java.util.Locale;

/// Which expressions are an Int64 whatever their value is. Numbers do not know: a small one counts as an Int32, unless
/// where it comes from says otherwise.
final class Widths {
    private Widths() {}

    static boolean isLong(Expression expression, Evaluator evaluator) {
        return switch (expression) {
            case Expression.Literal literal ->
                literal.value() instanceof Long
                        && literal.text().toLowerCase(Locale.ROOT).endsWith("l");
            case Expression.Cast cast -> isLong(cast.type().text());
            case Expression.TryCast cast ->
                cast.right() instanceof Expression.TypeLiteral type
                        && isLong(type.type().text());
            case Expression.Group group ->
                group.statement() instanceof Statement.Pipeline pipeline
                        && pipeline.commands().isEmpty()
                        && isLong(pipeline.head().orElseThrow(), evaluator);
            case Expression.Variable variable -> evaluator.variables().isLong(variable);
            case Expression.Arithmetic sum -> isLong(sum.left(), evaluator) || isLong(sum.right(), evaluator);
            default -> false;
        };
    }

    private static boolean isLong(String type) {
        return TypeRef.find(type).filter(TypeRef.of(TypeRef.Kind.INT64)::equals).isPresent();
    }
}
