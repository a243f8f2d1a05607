package dev.tarry.shell.syntax;

/// What may stand on the left of `=`.
final class Assignable {
    private Assignable() {}

    /// @param operator where the failure points
    /// @throws ParseFailure where nothing can be put there
    static void check(Expression target, Extent operator) {
        switch (target) {
            case Expression.Variable _,
                    Expression.EnvironmentVariable _,
                    Expression.Member _,
                    Expression.StaticMember _,
                    Expression.Index _ -> {}
            case Expression.Cast cast -> check(cast.operand(), operator);
            case Expression.ArrayOf several -> several.elements().forEach(element -> check(element, operator));
            case Expression.Group group
            when group.statement() instanceof Statement.Pipeline pipeline
                    && pipeline.commands().isEmpty()
                    && pipeline.head().orElseThrow() instanceof Expression.ArrayOf several -> check(several, operator);
            case Expression.Literal _,
                    Expression.Interpolated _,
                    Expression.ArrayBlock _,
                    Expression.SubExpression _,
                    Expression.Group _,
                    Expression.HashLiteral _,
                    Expression.BlockLiteral _,
                    Expression.Unary _,
                    Expression.Logical _,
                    Expression.Choice _,
                    Expression.Coalesce _,
                    Expression.Compare _,
                    Expression.Arithmetic _,
                    Expression.Bitwise _,
                    Expression.TextOperator _,
                    Expression.UnaryText _,
                    Expression.TypeLiteral _,
                    Expression.TypeTest _,
                    Expression.TryCast _,
                    Expression.Increment _,
                    Expression.Range _,
                    Expression.MethodCall _,
                    Expression.StaticCall _ ->
                throw ParseFailure.at(
                        target.extent(),
                        "InvalidLeftHandSide",
                        "The assignment expression is not valid. The input to an assignment operator must be an object "
                                + "that is able to accept assignments, such as a variable or a property.");
        }
    }
}
