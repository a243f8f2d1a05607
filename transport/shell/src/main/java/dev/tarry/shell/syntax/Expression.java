package dev.tarry.shell.syntax;

import java.util.List;

/// What has a value.
public sealed interface Expression {
    Extent extent();

    /// A string or number that stands for itself.
    ///
    /// @param value `String`, `Long`, `Double` or `BigDecimal`
    /// @param text what was written; a parameter that wants text gets this and not the number (`0012` keeps its
    /// zeros)
    record Literal(Object value, String text, Extent extent) implements Expression {}

    /// `$name`, without the dollar sign.
    ///
    /// @param scope `global`, `script`, `local` or `private` where it says so; else empty
    record Variable(String scope, String name, Extent extent) implements Expression {}

    /// `$env:NAME`.
    record EnvironmentVariable(String name, Extent extent) implements Expression {}

    /// `"text $x $(…)"`, and barewords with such parts: the parts' texts side by side.
    record Interpolated(List<Expression> parts, Extent extent) implements Expression {}

    /// `a, b`.
    record ArrayOf(List<Expression> elements, Extent extent) implements Expression {}

    /// `@( … )`: all output, always as an array.
    record ArrayBlock(List<Statement> statements, Extent extent) implements Expression {}

    /// `$( … )`: all output.
    record SubExpression(List<Statement> statements, Extent extent) implements Expression {}

    /// `( … )`: the output of one pipeline.
    record Group(Statement statement, Extent extent) implements Expression {}

    /// `@{ key = value; … }`.
    record HashLiteral(List<Entry> entries, Extent extent) implements Expression {}

    /// One line of a [HashLiteral].
    record Entry(Expression key, Statement value) {}

    /// `{ … }`: code as a value.
    record BlockLiteral(ScriptBlock block, Extent extent) implements Expression {}

    enum Sign {
        NOT,
        MINUS,
        PLUS,
        BIT_NOT
    }

    record Unary(Sign sign, Expression operand, Extent extent) implements Expression {}

    enum Connective {
        AND,
        OR,
        XOR
    }

    /// `-and`, `-or`, `-xor`: of one precedence, from the left; the first two leave the right side alone where
    /// the left decides.
    record Logical(Connective connective, Expression left, Expression right, Extent extent) implements Expression {}

    /// `test ? yes : no`.
    record Choice(Expression test, Expression yes, Expression no, Extent extent) implements Expression {}

    /// `left ?? right`.
    record Coalesce(Expression left, Expression right, Extent extent) implements Expression {}

    record Compare(Comparison.Written operator, Expression left, Expression right, Extent extent)
            implements Expression {}

    enum Operation {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        REMAINDER("%");

        private final String symbol;

        Operation(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    record Arithmetic(Operation operation, Expression left, Expression right, Extent extent) implements Expression {}

    /// `-band -bor -bxor -shl -shr`.
    enum BitOperation {
        BAND,
        BOR,
        BXOR,
        SHL,
        SHR
    }

    record Bitwise(BitOperation operation, Expression left, Expression right, Extent extent) implements Expression {}

    /// The operators on text.
    enum TextOperation {
        JOIN,
        SPLIT,
        REPLACE,
        FORMAT
    }

    /// `-join`, `-split`, `-replace`, `-f`.
    ///
    /// @param mindsCase for `-csplit` and `-creplace`
    record TextOperator(TextOperation operation, boolean mindsCase, Expression left, Expression right, Extent extent)
            implements Expression {}

    /// `-join $x`, `-split $x`: at blanks, and with nothing between.
    record UnaryText(TextOperation operation, boolean mindsCase, Expression operand, Extent extent)
            implements Expression {}

    /// `[name]`: a type as a value.
    record TypeLiteral(TypeName type, Extent extent) implements Expression {}

    /// `[name]operand`.
    record Cast(TypeName type, Expression operand, Extent extent) implements Expression {}

    /// `left -is right`, `left -isnot right`.
    record TypeTest(Expression left, boolean negated, Expression right, Extent extent) implements Expression {}

    /// `left -as right`: as a cast, nothing where it fails.
    record TryCast(Expression left, Expression right, Extent extent) implements Expression {}

    /// `$x++`, `--$x`.
    ///
    /// @param step 1 or -1
    /// @param before whether it is worth the new value
    record Increment(Expression target, int step, boolean before, Extent extent) implements Expression {}

    /// `first..last`.
    record Range(Expression first, Expression last, Extent extent) implements Expression {}

    /// `target.name`.
    ///
    /// @param nameExtent where the name stands, for errors
    record Member(Expression target, Expression name, Extent nameExtent, Extent extent) implements Expression {}

    /// `target.name(arguments)`.
    record MethodCall(Expression target, String name, List<Expression> arguments, Extent extent)
            implements Expression {}

    /// `target::name`.
    record StaticMember(Expression target, String name, Extent extent) implements Expression {}

    /// `target::name(arguments)`.
    record StaticCall(Expression target, String name, List<Expression> arguments, Extent extent)
            implements Expression {}

    /// `target[index]`.
    record Index(Expression target, Expression index, Extent extent) implements Expression {}
}
