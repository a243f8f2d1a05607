package dev.tarry.shell.syntax;

import dev.tarry.shell.syntax.Lexer.Mode;
import dev.tarry.shell.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Operators. In order of tightness, loosest first: `-and -or -xor`; comparisons, `-join -split -replace`; `+
/// -`; `* / %`; `-f`;
/// `..`; `,`; `! -not` and signs; `.` and `[]` (about_Operator_Precedence). The comma binds tighter than arithmetic,
/// which surprises every newcomer.
final class ExpressionParser {
    private static final Set<String> KNOWN_OPERATORS =
            Set.of("-is", "-isnot", "-as", "-band", "-bor", "-bxor", "-bnot", "-shl", "-shr");

    private final Lexer lexer;
    private final Parser parser;
    private final ValueParser values;
    /// Inside a method's argument list a comma separates arguments and makes no array.
    private boolean commaSeparates;

    ExpressionParser(Script script, Lexer lexer, Parser parser) {
        this.lexer = lexer;
        this.parser = parser;
        this.values = new ValueParser(script, lexer, parser, this);
    }

    /// What stands after a command: values, words, and how they are joined.
    ValueParser values() {
        return values;
    }

    /// Reads something with a comma making arrays, or separating arguments.
    <T> T withCommas(boolean separating, Supplier<T> reading) {
        boolean outer = commaSeparates;
        commaSeparates = separating;
        T read = reading.get();
        commaSeparates = outer;
        return read;
    }

    Expression expression() {
        parser.deeper();
        Expression left = comparison();
        while (true) {
            Token token = lexer.peek(Mode.EXPRESSION);
            Expression.Connective connective = token.is(Kind.OPERATOR)
                    ? switch (lower(token)) {
                        case "-and" -> Expression.Connective.AND;
                        case "-or" -> Expression.Connective.OR;
                        case "-xor" -> Expression.Connective.XOR;
                        default -> null;
                    }
                    : null;
            if (connective == null) {
                parser.shallower();
                return left;
            }
            operator();
            Expression right = comparison();
            left = new Expression.Logical(connective, left, right, left.extent().to(right.extent()));
        }
    }

    private Expression comparison() {
        Expression left = additive();
        while (true) {
            Token token = lexer.peek(Mode.EXPRESSION);
            if (!token.is(Kind.OPERATOR)) {
                return left;
            }
            Optional<Comparison.Written> written = Comparison.of(token.text());
            Optional<Expression.TextOperation> onText = textOperation(token);
            if (written.isPresent()) {
                operator();
                Expression right = additive();
                left = new Expression.Compare(
                        written.get(), left, right, left.extent().to(right.extent()));
            } else if (onText.isPresent() && onText.get() != Expression.TextOperation.FORMAT) {
                operator();
                Expression right = additive();
                left = new Expression.TextOperator(
                        onText.get(),
                        lower(token).startsWith("-c"),
                        left,
                        right,
                        left.extent().to(right.extent()));
            } else if (Set.of("-and", "-or", "-xor", "-f").contains(lower(token))) {
                return left;
            } else if (KNOWN_OPERATORS.contains(lower(token))) {
                throw ParseFailure.outside(token.extent(), "The " + lower(token) + " operator");
            } else {
                throw parser.unexpected(token);
            }
        }
    }

    private static Optional<Expression.TextOperation> textOperation(Token token) {
        return Optional.ofNullable(
                switch (lower(token)) {
                    case "-join" -> Expression.TextOperation.JOIN;
                    case "-split", "-isplit", "-csplit" -> Expression.TextOperation.SPLIT;
                    case "-replace", "-ireplace", "-creplace" -> Expression.TextOperation.REPLACE;
                    case "-f" -> Expression.TextOperation.FORMAT;
                    default -> null;
                });
    }

    private Expression additive() {
        Expression left = multiplicative();
        while (true) {
            Token token = lexer.peek(Mode.EXPRESSION);
            Expression.Operation operation = arithmetic(token);
            if (operation != Expression.Operation.ADD && operation != Expression.Operation.SUBTRACT) {
                return left;
            }
            operator();
            Expression right = multiplicative();
            left = new Expression.Arithmetic(
                    operation, left, right, left.extent().to(right.extent()));
        }
    }

    private Expression multiplicative() {
        Expression left = format();
        while (true) {
            Expression.Operation operation = arithmetic(lexer.peek(Mode.EXPRESSION));
            if (operation == null
                    || operation == Expression.Operation.ADD
                    || operation == Expression.Operation.SUBTRACT) {
                return left;
            }
            operator();
            Expression right = format();
            left = new Expression.Arithmetic(
                    operation, left, right, left.extent().to(right.extent()));
        }
    }

    private static Expression.Operation arithmetic(Token token) {
        if (token.is(Kind.ARITHMETIC)) {
            for (Expression.Operation operation : Expression.Operation.values()) {
                if (operation.symbol().equals(token.text())) {
                    return operation;
                }
            }
        }
        return null;
    }

    private Expression format() {
        Expression left = range();
        while (true) {
            Token token = lexer.peek(Mode.EXPRESSION);
            if (!token.is(Kind.OPERATOR) || !lower(token).equals("-f")) {
                return left;
            }
            operator();
            Expression right = range();
            left = new Expression.TextOperator(
                    Expression.TextOperation.FORMAT,
                    false,
                    left,
                    right,
                    left.extent().to(right.extent()));
        }
    }

    private Expression range() {
        Expression left = array();
        while (lexer.peek(Mode.EXPRESSION).is(Kind.RANGE)) {
            operator();
            Expression right = array();
            left = new Expression.Range(left, right, left.extent().to(right.extent()));
        }
        return left;
    }

    private Expression array() {
        Expression first = unary();
        if (commaSeparates || !lexer.peek(Mode.EXPRESSION).is(Kind.COMMA)) {
            return first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (lexer.peek(Mode.EXPRESSION).is(Kind.COMMA)) {
            operator();
            elements.add(unary());
        }
        return new Expression.ArrayOf(
                elements, first.extent().to(elements.getLast().extent()));
    }

    private Expression unary() {
        Token token = lexer.peek(Mode.EXPRESSION);
        Expression.Sign sign = switch (token.kind()) {
            case BANG -> Expression.Sign.NOT;
            case ARITHMETIC ->
                switch (token.text()) {
                    case "-" -> Expression.Sign.MINUS;
                    case "+" -> Expression.Sign.PLUS;
                    default -> null;
                };
            case OPERATOR -> lower(token).equals("-not") ? Expression.Sign.NOT : null;
            default -> null;
        };
        if (sign != null) {
            operator();
            parser.deeper();
            Expression operand = unary();
            parser.shallower();
            return new Expression.Unary(sign, operand, token.extent().to(operand.extent()));
        }
        return switch (token.kind()) {
            case OPEN_BRACKET -> throw ParseFailure.outside(token.extent(), "A type in brackets (a cast)");
            case COMMA -> throw ParseFailure.outside(token.extent(), "A comma before the first value");
            case OPERATOR -> {
                if (textOperation(token).isPresent() || KNOWN_OPERATORS.contains(lower(token))) {
                    throw ParseFailure.outside(token.extent(), "The unary " + lower(token) + " operator");
                }
                throw parser.unexpected(token);
            }
            default -> values.postfix(values.primary(Mode.EXPRESSION));
        };
    }

    /// Takes an operator and the line ends that may follow it.
    void operator() {
        Token token = lexer.take(Mode.EXPRESSION);
        parser.skipNewLines();
        Token next = lexer.peek(Mode.EXPRESSION);
        switch (next.kind()) {
            case END, SEMICOLON, PIPE, CLOSE_PAREN, CLOSE_BRACE, CLOSE_BRACKET ->
                throw new ParseFailure(
                        "You must provide a value expression following the '" + token.text() + "' operator.",
                        "ExpectedValueExpression",
                        token.extent(),
                        next.is(Kind.END));
            default -> {}
        }
    }

    private static String lower(Token token) {
        return token.text().toLowerCase(Locale.ROOT);
    }
}
