package dev.tarry.shell.syntax;

import dev.tarry.shell.syntax.Lexer.Mode;
import dev.tarry.shell.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What stands between operators, and after a command: literals, variables, brackets of all kinds, members and
/// calls. Strings and barewords are [TextParser]'s.
final class ValueParser {
    /// What PowerShell sets by itself and this shell does not. Reading one as an unset variable would be a wrong
    /// answer.
    private static final Set<String> UNKNOWN = Set.of(
            "^",
            "$",
            "executioncontext",
            "foreach",
            "formatenumerationlimit",
            "switch",
            "outputencoding",
            "pshome",
            "iscoreclr",
            "nestedpromptlevel",
            "profile",
            "sender",
            "event",
            "eventargs",
            "eventsubscriber",
            "sourceeventargs",
            "stacktrace",
            "this",
            "psdefaultparametervalues",
            "psmoduleautoloadingpreference",
            "pssessionoption");

    /// Drives whose names could stand before a variable's; only `env:` is here.
    private static final Set<String> SCOPES = Set.of("global", "script", "local", "private", "variable");

    private final Script script;
    private final Lexer lexer;
    private final Parser parser;
    private final ExpressionParser expressions;
    private final TypeParser types;
    private final TextParser texts;

    ValueParser(Script script, Lexer lexer, Parser parser, ExpressionParser expressions) {
        this.script = script;
        this.lexer = lexer;
        this.parser = parser;
        this.expressions = expressions;
        this.types = new TypeParser(lexer);
        this.texts = new TextParser(script, lexer, parser, expressions, this);
    }

    /// A command's argument: values joined by commas.
    Expression argument() {
        return expressions.withCommas(false, this::joinedByCommas);
    }

    private Expression joinedByCommas() {
        Expression first = argumentValue();
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (lexer.peek(Mode.ARGUMENT).is(Kind.COMMA)) {
            Token comma = lexer.take(Mode.ARGUMENT);
            parser.skipNewLines();
            switch (lexer.peek(Mode.ARGUMENT).kind()) {
                case END, SEMICOLON, PIPE, CLOSE_PAREN, CLOSE_BRACE, COMMA, PARAMETER, REDIRECT, CHAIN ->
                    throw new ParseFailure(
                            "Missing argument in parameter list.",
                            "MissingArgument",
                            comma.extent().after(),
                            lexer.peek(Mode.ARGUMENT).is(Kind.END));
                default -> elements.add(argumentValue());
            }
        }
        return elements.size() == 1
                ? first
                : new Expression.ArrayOf(
                        elements, first.extent().to(elements.getLast().extent()));
    }

    TypeParser types() {
        return types;
    }

    /// One value in argument mode, without commas.
    Expression single() {
        return expressions.withCommas(false, this::argumentValue);
    }

    private Expression argumentValue() {
        return lexer.peek(Mode.ARGUMENT).is(Kind.WORD) ? word() : postfix(primary(Mode.ARGUMENT));
    }

    Expression primary(Mode mode) {
        Token token = lexer.peek(mode);
        switch (token.kind()) {
            case VARIABLE,
                    NUMBER,
                    VERBATIM,
                    QUOTE,
                    HERE_QUOTE,
                    OPEN_PAREN,
                    OPEN_BRACE,
                    DOLLAR_PAREN,
                    AT_PAREN,
                    AT_BRACE -> lexer.take(mode);
            default -> throw parser.unexpected(token);
        }
        return expressions.withCommas(false, () -> taken(token));
    }

    /// What a token that was taken begins.
    private Expression taken(Token token) {
        return switch (token.kind()) {
            case VARIABLE -> variable(token);
            case NUMBER -> number(token);
            case VERBATIM -> new Expression.Literal(token.text(), token.text(), token.extent());
            case QUOTE -> texts.quoted(token.extent());
            case HERE_QUOTE -> texts.here(token.extent());
            case OPEN_PAREN -> group(token.extent());
            case OPEN_BRACE -> block(token.extent());
            case AT_BRACE -> hash(token.extent());
            case AT_PAREN -> {
                List<Statement> inner = parser.statements(Kind.CLOSE_PAREN, token.extent());
                yield new Expression.ArrayBlock(inner, lexer.from(token.extent().start()));
            }
            default -> {
                List<Statement> inner = parser.statements(Kind.CLOSE_PAREN, token.extent());
                yield new Expression.SubExpression(
                        inner, lexer.from(token.extent().start()));
            }
        };
    }

    /// The bareword at the next token. One that reads as a number is one.
    Expression word() {
        return texts.word();
    }

    private Expression number(Token token) {
        if (Letters.isName(lexer.at(0)) || lexer.at(0) == '.' && lexer.at(1) != '.') {
            int end = token.extent().end();
            while (end < script.text().length()
                    && !Letters.endsWord(script.text().charAt(end))) {
                end++;
            }
            Extent extent = new Extent(script, token.extent().start(), end);
            throw ParseFailure.at(
                    extent, "UnexpectedToken", "Unexpected token '" + extent.text() + "' in expression or statement.");
        }
        Number value = NumberText.parse(token.text()).orElseThrow(() -> parser.unexpected(token));
        return new Expression.Literal(value, token.text(), token.extent());
    }

    Expression variable(Token token) {
        String name = token.text();
        int colon = name.indexOf(':');
        if (colon > 0 && name.substring(0, colon).equalsIgnoreCase("env")) {
            return new Expression.EnvironmentVariable(name.substring(colon + 1), token.extent());
        }
        return variableNamed(token);
    }

    /// @param token with a variable's name
    Expression.Variable variableNamed(Token token) {
        String name = token.text();
        int colon = name.indexOf(':');
        String scope = colon < 0 ? "" : name.substring(0, colon).toLowerCase(Locale.ROOT);
        String plain = name.substring(colon + 1);
        if (colon >= 0 && !SCOPES.contains(scope)) {
            throw ParseFailure.outside(token.extent(), "The scope or drive '" + name.substring(0, colon) + ":'");
        }
        if (UNKNOWN.contains(plain.toLowerCase(Locale.ROOT))) {
            throw ParseFailure.outside(token.extent(), "The automatic variable '$" + plain + "'");
        }
        return new Expression.Variable(scope.equals("variable") ? "" : scope, plain, token.extent());
    }

    private Expression group(Extent opening) {
        parser.skipNewLines();
        if (lexer.peek(Mode.EXPRESSION).is(Kind.CLOSE_PAREN)) {
            throw ParseFailure.at(opening.after(), "ExpectedExpression", "An expression was expected after '('.");
        }
        if (lexer.peek(Mode.EXPRESSION).is(Kind.END)) {
            throw missing();
        }
        Statement statement = parser.pipeline();
        boolean sameLine = !lexer.peek(Mode.EXPRESSION).is(Kind.NEW_LINE);
        parser.skipNewLines();
        Token close = lexer.peek(Mode.EXPRESSION);
        if (close.is(Kind.END)) {
            throw missing();
        }
        if (!close.is(Kind.CLOSE_PAREN) && !sameLine) {
            throw ParseFailure.at(
                    lexer.here(), "MissingEndParenthesisInExpression", "Missing closing ')' in expression.");
        }
        if (!close.is(Kind.CLOSE_PAREN)) {
            throw parser.unexpected(close);
        }
        lexer.take(Mode.EXPRESSION);
        return new Expression.Group(statement, lexer.from(opening.start()));
    }

    private ParseFailure missing() {
        return ParseFailure.unfinished(
                lexer.here(), "MissingEndParenthesisInExpression", "Missing closing ')' in expression.");
    }

    private Expression block(Extent opening) {
        ScriptBlock block = parser.blocks().body(Kind.CLOSE_BRACE, opening);
        return new Expression.BlockLiteral(block, lexer.from(opening.start()));
    }

    private Expression hash(Extent opening) {
        List<Expression.Entry> entries = new ArrayList<>();
        while (true) {
            Token token = lexer.peek(Mode.EXPRESSION);
            switch (token.kind()) {
                case NEW_LINE, SEMICOLON -> lexer.take(Mode.EXPRESSION);
                case CLOSE_BRACE -> {
                    lexer.take(Mode.EXPRESSION);
                    return new Expression.HashLiteral(entries, lexer.from(opening.start()));
                }
                case END ->
                    throw ParseFailure.unfinished(opening, "IncompleteHashLiteral", "The hash literal was incomplete.");
                default -> entries.add(entry(token));
            }
        }
    }

    private Expression.Entry entry(Token first) {
        Expression key;
        if (first.is(Kind.WORD)) {
            lexer.take(Mode.EXPRESSION);
            String name = lexer.name();
            if (name.isEmpty()) {
                throw parser.unexpected(first);
            }
            key = new Expression.Literal(name, name, lexer.from(first.extent().start()));
        } else {
            key = postfix(primary(Mode.EXPRESSION));
        }
        Token equals = lexer.peek(Mode.EXPRESSION);
        if (!equals.is(Kind.ASSIGN) || !equals.text().equals("=")) {
            throw new ParseFailure(
                    "Missing '=' operator after key in hash literal.",
                    "MissingEqualsInHashLiteral",
                    key.extent().after(),
                    equals.is(Kind.END));
        }
        expressions.operator();
        Statement value = parser.statement();
        Token after = lexer.peek(Mode.EXPRESSION);
        if (!Set.of(Kind.NEW_LINE, Kind.SEMICOLON, Kind.CLOSE_BRACE, Kind.END).contains(after.kind())) {
            throw parser.unexpected(after);
        }
        return new Expression.Entry(key, value);
    }

    /// Members, calls and indexes that follow a value without a blank.
    Expression postfix(Expression value) {
        Expression target = value;
        int start = value.extent().start();
        while (true) {
            char c = lexer.at(0);
            if (c == '.'
                    && lexer.at(1) != '.'
                    && !(value instanceof Expression.Literal l && l.value() instanceof Number)) {
                lexer.skip(1);
                target = member(target, start);
            } else if (c == '[') {
                lexer.skip(1);
                Extent inside = lexer.here();
                parser.skipNewLines();
                if (lexer.peek(Mode.EXPRESSION).is(Kind.CLOSE_BRACKET)) {
                    throw ParseFailure.at(
                            inside, "MissingArrayIndexExpression", "Array index expression is missing or not valid.");
                }
                Expression index = expressions.withCommas(false, expressions::expression);
                parser.skipNewLines();
                Token close = lexer.peek(Mode.EXPRESSION);
                if (!close.is(Kind.CLOSE_BRACKET)) {
                    throw new ParseFailure(
                            "Missing ']' after array index expression.",
                            "MissingEndSquareBracket",
                            lexer.here(),
                            close.is(Kind.END));
                }
                lexer.take(Mode.EXPRESSION);
                target = new Expression.Index(target, index, lexer.from(start));
            } else if (c == ':' && lexer.at(1) == ':') {
                lexer.skip(2);
                target = staticMember(target, start);
            } else {
                return target;
            }
        }
    }

    private Expression member(Expression target, int start) {
        int nameStart = lexer.position();
        Expression name;
        char c = lexer.at(0);
        if (Letters.isName(c)) {
            String text = lexer.name();
            if (lexer.at(0) == '(') {
                lexer.skip(1);
                return new Expression.MethodCall(target, text, arguments(lexer.from(start)), lexer.from(start));
            }
            if (lexer.at(0) == '{') {
                // `.Where{…}`: a block may stand without parentheses.
                Expression block = primary(Mode.EXPRESSION);
                return new Expression.MethodCall(target, text, List.of(block), lexer.from(start));
            }
            name = new Expression.Literal(text, text, lexer.from(nameStart));
        } else if (c == '$' || c == '(' || Letters.isSingleQuote(c) || Letters.isDoubleQuote(c)) {
            name = primary(Mode.EXPRESSION);
            if (lexer.at(0) == '(') {
                throw ParseFailure.outside(name.extent(), "A method whose name is computed");
            }
        } else {
            throw ParseFailure.at(
                    lexer.from(nameStart - 1),
                    "MissingPropertyName",
                    "Missing property name after reference operator.");
        }
        return new Expression.Member(target, name, lexer.from(nameStart), lexer.from(start));
    }

    private Expression staticMember(Expression target, int start) {
        String name = lexer.name();
        if (name.isEmpty()) {
            if (lexer.at(0) == '$' || lexer.at(0) == '(') {
                throw ParseFailure.outside(lexer.from(start), "A static member whose name is computed");
            }
            throw new ParseFailure(
                    "Missing property name after reference operator.", "MissingPropertyName", lexer.from(start), false);
        }
        if (lexer.at(0) == '(') {
            lexer.skip(1);
            return new Expression.StaticCall(target, name, arguments(lexer.from(start)), lexer.from(start));
        }
        return new Expression.StaticMember(target, name, lexer.from(start));
    }

    private List<Expression> arguments(Extent call) {
        return expressions.withCommas(true, () -> separated(call));
    }

    private List<Expression> separated(Extent call) {
        List<Expression> arguments = new ArrayList<>();
        parser.skipNewLines();
        Token token = lexer.peek(Mode.EXPRESSION);
        while (!token.is(Kind.CLOSE_PAREN)) {
            if (!arguments.isEmpty()) {
                if (!token.is(Kind.COMMA)) {
                    throw token.is(Kind.END)
                            ? ParseFailure.unfinished(
                                    lexer.here(), "MissingEndParenthesisInMethodCall", "Missing ')' in method call.")
                            : ParseFailure.at(
                                    lexer.here(), "MissingEndParenthesisInMethodCall", "Missing ')' in method call.");
                }
                expressions.operator();
            }
            if (lexer.peek(Mode.EXPRESSION).is(Kind.END)) {
                throw ParseFailure.unfinished(
                        lexer.here(), "MissingEndParenthesisInMethodCall", "Missing ')' in method call.");
            }
            arguments.add(expressions.expression());
            parser.skipNewLines();
            token = lexer.peek(Mode.EXPRESSION);
        }
        lexer.take(Mode.EXPRESSION);
        return arguments;
    }
}
