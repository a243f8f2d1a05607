package dev.tarry.shell.syntax;

import dev.tarry.shell.syntax.Lexer.Mode;
import dev.tarry.shell.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A command: what is called, its parameters and arguments, and where its output goes.
final class CommandParser {
    private final Lexer lexer;
    private final Parser parser;
    private final ExpressionParser expressions;

    CommandParser(Lexer lexer, Parser parser, ExpressionParser expressions) {
        this.lexer = lexer;
        this.parser = parser;
        this.expressions = expressions;
    }

    Statement.Command command() {
        Token first = lexer.peek(Mode.ARGUMENT);
        if (first.is(Kind.AMPERSAND)) {
            lexer.take(Mode.ARGUMENT);
            return called(Statement.Calling.CALLED, first);
        }
        if (!first.is(Kind.WORD)) {
            throw parser.unexpected(lexer.peek(Mode.EXPRESSION));
        }
        if (parser.upcomingWord().text().equals(".")) {
            lexer.take(Mode.ARGUMENT);
            lexer.skip(1);
            return called(Statement.Calling.DOTTED, first);
        }
        Extent whole = parser.upcomingWord();
        Expression name = expressions.values().word();
        if (name instanceof Expression.Literal literal) {
            return rest(Statement.Calling.NAMED, literal, first.extent());
        }
        throw ParseFailure.outside(whole, "A command name with variables in it and no '&' before it");
    }

    private Statement.Command called(Statement.Calling calling, Token sign) {
        Token next = lexer.peek(Mode.ARGUMENT);
        switch (next.kind()) {
            case END, NEW_LINE, SEMICOLON, PIPE, CLOSE_PAREN, CLOSE_BRACE, COMMA, PARAMETER, REDIRECT, CHAIN ->
                throw new ParseFailure(
                        "The expression after '" + sign.extent().text()
                                + "' in a pipeline element produced an object that was not valid. It must result in a "
                                + "command name, a script block, or a CommandInfo object.",
                        "MissingExpression",
                        sign.extent(),
                        next.is(Kind.END));
            default -> {
                return rest(calling, expressions.values().single(), sign.extent());
            }
        }
    }

    private Statement.Command rest(Statement.Calling calling, Expression callee, Extent start) {
        List<Statement.Element> elements = new ArrayList<>();
        List<Redirection> redirections = new ArrayList<>();
        Extent end = callee.extent();
        while (true) {
            Token token = lexer.peek(Mode.ARGUMENT);
            switch (token.kind()) {
                case END, NEW_LINE, SEMICOLON, PIPE, CHAIN, AMPERSAND, CLOSE_PAREN, CLOSE_BRACE -> {
                    return new Statement.Command(calling, callee, elements, redirections, start.to(end));
                }
                case REDIRECT -> {
                    redirections.add(redirection(Mode.ARGUMENT));
                    end = redirections.getLast().extent();
                    continue;
                }
                case PARAMETER -> elements.add(parameter());
                case SPLAT -> {
                    lexer.take(Mode.ARGUMENT);
                    elements.add(new Statement.Splat(expressions.values().variableNamed(token), token.extent()));
                }
                case COMMA ->
                    throw ParseFailure.at(token.extent(), "MissingArgument", "Missing argument in parameter list.");
                default -> {
                    Expression value = expressions.values().argument();
                    elements.add(new Statement.Argument(value, value.extent()));
                }
            }
            end = elements.getLast().extent();
        }
    }

    private Statement.Parameter parameter() {
        Token token = lexer.take(Mode.ARGUMENT);
        String name = token.text();
        if (!name.endsWith(":")) {
            return new Statement.Parameter(name, Optional.empty(), token.extent());
        }
        name = name.substring(0, name.length() - 1);
        Token next = lexer.peek(Mode.ARGUMENT);
        switch (next.kind()) {
            case END, NEW_LINE, SEMICOLON, PIPE, CLOSE_PAREN, CLOSE_BRACE, COMMA, PARAMETER, REDIRECT ->
                throw ParseFailure.at(
                        token.extent(),
                        "ParameterRequiresArgument",
                        "Parameter '-" + name + ":' requires an argument.");
            default -> {
                Expression value = expressions.values().argument();
                return new Statement.Parameter(
                        name, Optional.of(value), token.extent().to(value.extent()));
            }
        }
    }

    /// The redirection that comes next.
    Redirection redirection(Mode mode) {
        Token token = lexer.take(mode);
        String text = token.text();
        int sign = text.indexOf('>');
        Redirection.Stream stream = Redirection.Stream.of(text.substring(0, sign));
        if (text.endsWith("&1") && stream != Redirection.Stream.OUTPUT) {
            return new Redirection(stream, false, Optional.empty(), token.extent());
        }
        if (text.contains("&")) {
            throw ParseFailure.at(
                    token.extent(),
                    "RedirectionNotSupported",
                    "The '" + text + "' operator is reserved for future use.");
        }
        Token next = lexer.peek(Mode.ARGUMENT);
        switch (next.kind()) {
            case END, NEW_LINE, SEMICOLON, PIPE, CLOSE_PAREN, CLOSE_BRACE, COMMA, PARAMETER, REDIRECT, CHAIN ->
                throw new ParseFailure(
                        "Missing file specification after redirection operator.",
                        "MissingFileSpecification",
                        token.extent(),
                        next.is(Kind.END));
            default -> {
                Expression target = expressions.values().single();
                return new Redirection(
                        stream,
                        text.endsWith(">>"),
                        Optional.of(target),
                        token.extent().to(target.extent()));
            }
        }
    }
}
