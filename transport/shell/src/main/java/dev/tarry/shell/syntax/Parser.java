package dev.tarry.shell.syntax;

import dev.tarry.shell.syntax.Lexer.Mode;
import dev.tarry.shell.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Statements, pipelines and commands; what has a value is [ExpressionParser]'s.
///
/// A statement that begins like a value is an expression, any other word begins a command, and from there on
/// the lexer reads in argument mode until the command ends.
public final class Parser {
    /// How deep brackets, blocks and operators may stand in one another.
    static final int MAX_DEPTH = 150;

    private static final Set<String> KEYWORDS = Set.of(
            "if",
            "else",
            "elseif",
            "foreach",
            "for",
            "while",
            "do",
            "until",
            "switch",
            "try",
            "catch",
            "finally",
            "trap",
            "function",
            "filter",
            "workflow",
            "configuration",
            "class",
            "enum",
            "using",
            "data",
            "param",
            "begin",
            "process",
            "end",
            "dynamicparam",
            "return",
            "break",
            "continue",
            "throw");

    private final Script script;
    private final Lexer lexer;
    private final ExpressionParser expressions;
    private int depth;

    private Parser(Script script) {
        this.script = script;
        this.lexer = new Lexer(script);
        this.expressions = new ExpressionParser(script, lexer, this);
    }

    /// The statements of a whole script.
    ///
    /// @throws ParseFailure where it does not read, or reads as something outside the subset
    public static List<Statement> parse(Script script) {
        return new Parser(script).statements(Kind.END, null);
    }

    /// Statements up to a closer, which is taken.
    ///
    /// @param opening what the closer belongs to; null for a whole script
    List<Statement> statements(Kind closer, Extent opening) {
        List<Statement> statements = new ArrayList<>();
        while (true) {
            skipSeparators();
            Token token = lexer.peek(Mode.EXPRESSION);
            if (token.is(closer)) {
                lexer.take(Mode.EXPRESSION);
                return statements;
            }
            if (token.is(Kind.END)) {
                throw closer == Kind.CLOSE_BRACE
                        ? ParseFailure.unfinished(
                                opening,
                                "MissingEndCurlyBrace",
                                "Missing closing '}' in statement block or type definition.")
                        : ParseFailure.unfinished(
                                opening, "MissingEndParenthesisInExpression", "Missing closing ')' in expression.");
            }
            statements.add(statement());
            Token after = lexer.peek(Mode.EXPRESSION);
            if (!after.is(closer) && !after.is(Kind.NEW_LINE) && !after.is(Kind.SEMICOLON) && !after.is(Kind.END)) {
                throw unexpected(after);
            }
        }
    }

    Statement statement() {
        deeper();
        Token first = lexer.peek(Mode.EXPRESSION);
        Statement statement = startsExpression(first) ? fromExpression() : fromCommand(first);
        depth--;
        return statement;
    }

    void deeper() {
        if (++depth > MAX_DEPTH) {
            throw ParseFailure.at(
                    lexer.peek(Mode.EXPRESSION).extent(),
                    "TooDeep",
                    "The script is nested more than " + MAX_DEPTH + " levels deep.");
        }
    }

    void shallower() {
        depth--;
    }

    void skipNewLines() {
        while (lexer.peek(Mode.EXPRESSION).is(Kind.NEW_LINE)) {
            lexer.take(Mode.EXPRESSION);
        }
    }

    private void skipSeparators() {
        Token token = lexer.peek(Mode.EXPRESSION);
        while (token.is(Kind.NEW_LINE) || token.is(Kind.SEMICOLON)) {
            lexer.take(Mode.EXPRESSION);
            token = lexer.peek(Mode.EXPRESSION);
        }
    }

    private static boolean startsExpression(Token token) {
        return switch (token.kind()) {
            case OPEN_PAREN,
                    OPEN_BRACE,
                    OPEN_BRACKET,
                    DOLLAR_PAREN,
                    AT_PAREN,
                    AT_BRACE,
                    VARIABLE,
                    NUMBER,
                    VERBATIM,
                    QUOTE,
                    BANG,
                    COMMA,
                    OPERATOR -> true;
            case ARITHMETIC -> token.text().equals("+") || token.text().equals("-");
            case END,
                    NEW_LINE,
                    SEMICOLON,
                    PIPE,
                    CLOSE_PAREN,
                    CLOSE_BRACE,
                    CLOSE_BRACKET,
                    ASSIGN,
                    RANGE,
                    PARAMETER,
                    WORD,
                    OUTSIDE -> false;
        };
    }

    private Statement fromExpression() {
        Expression head = expressions.expression();
        Token next = lexer.peek(Mode.EXPRESSION);
        if (next.is(Kind.ASSIGN)) {
            return assignment(head);
        }
        List<Statement.Command> commands = piped();
        Extent end = commands.isEmpty() ? head.extent() : commands.getLast().extent();
        return new Statement.Pipeline(Optional.of(head), commands, head.extent().to(end));
    }

    private Statement assignment(Expression target) {
        Token operator = lexer.take(Mode.EXPRESSION);
        if (!(target instanceof Expression.Variable variable)) {
            throw ParseFailure.outside(target.extent(), "Assigning to anything but a plain variable");
        }
        skipNewLines();
        Token first = lexer.peek(Mode.EXPRESSION);
        if (first.is(Kind.END)
                || first.is(Kind.SEMICOLON)
                || first.is(Kind.CLOSE_PAREN)
                || first.is(Kind.CLOSE_BRACE)) {
            throw new ParseFailure(
                    "You must provide a value expression following the '" + operator.text() + "' operator.",
                    "ExpectedValueExpression",
                    operator.extent(),
                    first.is(Kind.END));
        }
        Statement value = statement();
        Optional<Expression.Operation> operation = Optional.empty();
        for (Expression.Operation known : Expression.Operation.values()) {
            if (operator.text().equals(known.symbol() + "=")) {
                operation = Optional.of(known);
            }
        }
        return new Statement.Assignment(
                variable, operation, value, target.extent().to(value.extent()));
    }

    private Statement fromCommand(Token first) {
        if (first.is(Kind.PIPE)) {
            throw ParseFailure.at(first.extent(), "EmptyPipeElement", "An empty pipe element is not allowed.");
        }
        if (lexer.peek(Mode.ARGUMENT).is(Kind.WORD)) {
            Optional<Statement> exit = keyword();
            if (exit.isPresent()) {
                return exit.get();
            }
        }
        List<Statement.Command> commands = new ArrayList<>();
        commands.add(command());
        commands.addAll(piped());
        return new Statement.Pipeline(
                Optional.empty(),
                commands,
                commands.getFirst().extent().to(commands.getLast().extent()));
    }

    /// Refuses the statements that are not here yet by their names. They are keywords at the front only: `… | foreach
    /// {…}` is a cmdlet.
    private Optional<Statement> keyword() {
        Extent word = upcomingWord();
        String text = word.text().toLowerCase(Locale.ROOT);
        if (KEYWORDS.contains(text)) {
            throw ParseFailure.outside(word, "The '" + text + "' statement");
        }
        if (!text.equals("exit")) {
            return Optional.empty();
        }
        lexer.take(Mode.ARGUMENT);
        lexer.skip(text.length());
        Token next = lexer.peek(Mode.EXPRESSION);
        if (!startsExpression(next)) {
            return Optional.of(new Statement.Exit(Optional.empty(), word));
        }
        Expression code = expressions.expression();
        return Optional.of(new Statement.Exit(Optional.of(code), word.to(code.extent())));
    }

    private List<Statement.Command> piped() {
        List<Statement.Command> commands = new ArrayList<>();
        while (lexer.peek(Mode.EXPRESSION).is(Kind.PIPE)) {
            Token pipe = lexer.take(Mode.EXPRESSION);
            skipNewLines();
            Token next = lexer.peek(Mode.EXPRESSION);
            switch (next.kind()) {
                case END ->
                    throw ParseFailure.unfinished(
                            pipe.extent(), "EmptyPipeElement", "An empty pipe element is not allowed.");
                case PIPE, SEMICOLON, CLOSE_PAREN, CLOSE_BRACE ->
                    throw ParseFailure.at(pipe.extent(), "EmptyPipeElement", "An empty pipe element is not allowed.");
                default -> {
                    if (startsExpression(next)) {
                        throw ParseFailure.at(
                                next.extent(),
                                "ExpressionsMustBeFirstInPipeline",
                                "Expressions are only allowed as the first element of a pipeline.");
                    }
                    commands.add(command());
                }
            }
        }
        return commands;
    }

    private Statement.Command command() {
        Token first = lexer.peek(Mode.ARGUMENT);
        if (!first.is(Kind.WORD)) {
            throw unexpected(lexer.peek(Mode.EXPRESSION));
        }
        Extent whole = upcomingWord();
        if (whole.text().startsWith(".")) {
            throw ParseFailure.outside(whole, "Running a script by its path");
        }
        if (!(expressions.values().word() instanceof Expression.Literal name)) {
            throw ParseFailure.outside(whole, "A command name with variables in it");
        }
        List<Statement.Element> elements = new ArrayList<>();
        Extent end = name.extent();
        while (true) {
            Token token = lexer.peek(Mode.ARGUMENT);
            switch (token.kind()) {
                case END, NEW_LINE, SEMICOLON, PIPE, CLOSE_PAREN, CLOSE_BRACE -> {
                    return new Statement.Command(
                            name.text(), name.extent(), elements, name.extent().to(end));
                }
                case PARAMETER -> elements.add(parameter());
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
            case END, NEW_LINE, SEMICOLON, PIPE, CLOSE_PAREN, CLOSE_BRACE, COMMA, PARAMETER ->
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

    ParseFailure unexpected(Token token) {
        return switch (token.kind()) {
            case OUTSIDE -> ParseFailure.outside(token.extent(), outside(token.text()));
            case END ->
                ParseFailure.unfinished(
                        token.extent(), "ExpectedExpression", "The script ends where a value is expected.");
            default -> {
                Extent extent = token.is(Kind.WORD) ? upcomingWord() : token.extent();
                yield ParseFailure.at(
                        extent,
                        "UnexpectedToken",
                        "Unexpected token '" + extent.text() + "' in expression or statement.");
            }
        };
    }

    private static String outside(String text) {
        if (text.endsWith(">") || text.equals("<")) {
            return "Redirection ('" + text + "')";
        }
        return switch (text) {
            case "&" -> "The operator '&'";
            case "&&", "||" -> "The pipeline chain operator '" + text + "'";
            case "++", "--" -> "The operator '" + text + "'";
            case "@" -> "A bare '@'";
            default ->
                text.length() > 1 && Character.isLetter(text.charAt(1))
                        ? "Splatting ('" + text + "')"
                        : "A here-string (" + text + ")";
        };
    }

    /// The bareword that begins at the next token, without taking it.
    Extent upcomingWord() {
        int start = lexer.peek(Mode.ARGUMENT).extent().start();
        int end = start;
        String text = script.text();
        while (end < text.length() && !Letters.endsWord(text.charAt(end))) {
            end++;
        }
        return new Extent(script, start, Math.max(end, Math.min(start + 1, text.length())));
    }
}
