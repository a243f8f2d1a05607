package dev.tarry.shell.syntax;

import dev.tarry.shell.syntax.Lexer.Mode;
import dev.tarry.shell.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Operators. In order of tightness, loosest first: `??` and `? :`; `-and -or -xor`; `-band -bor -bxor`; comparisons,
/// `-join -split -replace -is -as -shl`; `+ -`; `* / %`; `-f`; `..`; `,`; `! -not`, signs and casts; `.` and `[]`
/// (about_Operator_Precedence). The comma binds tighter than arithmetic, which surprises every newcomer.
final class ExpressionParser {
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
        try {
            return reading.get();
        } finally {
            commaSeparates = outer;
        }
    }

    Expression expression() {
        parser.deeper();
        Expression value = coalescing();
        if (lexer.peek(Mode.EXPRESSION).is(Kind.QUESTION)) {
            operator();
            Expression yes = expression();
            parser.skipNewLines();
            Token colon = lexer.peek(Mode.EXPRESSION);
            if (!colon.is(Kind.COLON)) {
                throw colon.is(Kind.END)
                        ? ParseFailure.unfinished(
                                colon.extent(), "MissingColonInTernaryExpression", "Missing ':' in a choice.")
                        : parser.unexpected(colon);
            }
            operator();
            Expression no = expression();
            value = new Expression.Choice(value, yes, no, value.extent().to(no.extent()));
        }
        parser.shallower();
        return value;
    }

    private Expression coalescing() {
        Expression left = logical();
        while (lexer.peek(Mode.EXPRESSION).is(Kind.COALESCE)) {
            operator();
            Expression right = logical();
            left = new Expression.Coalesce(left, right, left.extent().to(right.extent()));
        }
        return left;
    }

    private Expression logical() {
        Expression left = bitwise();
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
                return left;
            }
            operator();
            Expression right = bitwise();
            left = new Expression.Logical(connective, left, right, left.extent().to(right.extent()));
        }
    }

    private Expression bitwise() {
        Expression left = comparison();
        while (true) {
            Token token = lexer.peek(Mode.EXPRESSION);
            Expression.BitOperation operation = token.is(Kind.OPERATOR)
                    ? switch (lower(token)) {
                        case "-band" -> Expression.BitOperation.BAND;
                        case "-bor" -> Expression.BitOperation.BOR;
                        case "-bxor" -> Expression.BitOperation.BXOR;
                        default -> null;
                    }
                    : null;
            if (operation == null) {
                return left;
            }
            operator();
            Expression right = comparison();
            left = new Expression.Bitwise(operation, left, right, left.extent().to(right.extent()));
        }
    }

    private Expression comparison() {
        Expression left = additive();
        while (true) {
            Token token = lexer.peek(Mode.EXPRESSION);
            if (!token.is(Kind.OPERATOR) || OTHERS.contains(lower(token))) {
                return left;
            }
            Optional<Comparison.Written> written = Comparison.of(token.text());
            Optional<Expression.TextOperation> onText = textOperation(token);
            boolean known = written.isPresent() || onText.isPresent() || TYPED.contains(lower(token));
            if (!known) {
                throw parser.unexpected(token);
            }
            operator();
            Expression right = additive();
            Extent extent = left.extent().to(right.extent());
            if (written.isPresent()) {
                left = new Expression.Compare(written.get(), left, right, extent);
            } else if (onText.isPresent()) {
                left = new Expression.TextOperator(onText.get(), lower(token).startsWith("-c"), left, right, extent);
            } else {
                left = switch (lower(token)) {
                    case "-as" -> new Expression.TryCast(left, right, extent);
                    case "-shl" -> new Expression.Bitwise(Expression.BitOperation.SHL, left, right, extent);
                    case "-shr" -> new Expression.Bitwise(Expression.BitOperation.SHR, left, right, extent);
                    default -> new Expression.TypeTest(left, lower(token).equals("-isnot"), right, extent);
                };
            }
        }
    }

    /// Of other precedence than the comparisons.
    private static final Set<String> OTHERS = Set.of("-and", "-or", "-xor", "-band", "-bor", "-bxor", "-f");

    private static final Set<String> TYPED = Set.of("-is", "-isnot", "-as", "-shl", "-shr");

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

    /// What a cast applies to.
    Expression operand() {
        parser.deeper();
        Expression operand = unary();
        parser.shallower();
        return operand;
    }

    private Expression unary() {
        Token token = lexer.peek(Mode.EXPRESSION);
        switch (token.kind()) {
            case OPEN_BRACKET -> {
                return values.types().typed(this);
            }
            case COMMA -> {
                operator();
                Expression only = operand();
                return new Expression.ArrayOf(List.of(only), token.extent().to(only.extent()));
            }
            case INCREMENT -> {
                operator();
                Expression target = operand();
                return increment(target, token, true);
            }
            case OPERATOR -> {
                Optional<Expression.TextOperation> onText = textOperation(token);
                if (onText.isPresent()
                        && (onText.get() == Expression.TextOperation.JOIN
                                || onText.get() == Expression.TextOperation.SPLIT)) {
                    operator();
                    Expression operand = operand();
                    return new Expression.UnaryText(
                            onText.get(),
                            lower(token).startsWith("-c"),
                            operand,
                            token.extent().to(operand.extent()));
                }
            }
            default -> {}
        }
        Expression.Sign sign = switch (token.kind()) {
            case BANG -> Expression.Sign.NOT;
            case ARITHMETIC ->
                switch (token.text()) {
                    case "-" -> Expression.Sign.MINUS;
                    case "+" -> Expression.Sign.PLUS;
                    default -> null;
                };
            case OPERATOR ->
                switch (lower(token)) {
                    case "-not" -> Expression.Sign.NOT;
                    case "-bnot" -> Expression.Sign.BIT_NOT;
                    default -> throw parser.unexpected(token);
                };
            default -> null;
        };
        if (sign != null) {
            operator();
            Expression operand = operand();
            return new Expression.Unary(sign, operand, token.extent().to(operand.extent()));
        }
        Expression value = values.postfix(values.primary(Mode.EXPRESSION));
        Token next = lexer.peek(Mode.EXPRESSION);
        if (next.is(Kind.INCREMENT) && !next.afterSpace()) {
            lexer.take(Mode.EXPRESSION);
            return increment(value, next, false);
        }
        return value;
    }

    private static Expression increment(Expression target, Token sign, boolean before) {
        boolean fits = target instanceof Expression.Variable
                || target instanceof Expression.EnvironmentVariable
                || target instanceof Expression.Member
                || target instanceof Expression.Index;
        if (!fits) {
            throw ParseFailure.at(
                    target.extent(),
                    "OperatorRequiresVariableOrProperty",
                    "The '" + sign.text() + "' operator works only on variables or on properties.");
        }
        Extent extent =
                before ? sign.extent().to(target.extent()) : target.extent().to(sign.extent());
        return new Expression.Increment(target, sign.text().equals("++") ? 1 : -1, before, extent);
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
                        token.extent().after(),
                        next.is(Kind.END));
            default -> {}
        }
    }

    private static String lower(Token token) {
        return token.text().toLowerCase(Locale.ROOT);
    }
}
