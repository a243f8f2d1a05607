package dev.tarry.shell.syntax;

import dev.tarry.shell.syntax.Lexer.Mode;
import dev.tarry.shell.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Scripts and pipelines. Statements with keywords are [StatementParser]'s, commands [CommandParser]'s, what has a
/// value is [ExpressionParser]'s.
///
/// A statement that begins like a value is an expression, any other word begins a command, and from there on
/// the lexer reads in argument mode until the command ends.
public final class Parser {
    /// How deep brackets, blocks and operators may stand in one another.
    static final int MAX_DEPTH = 150;

    private final Script script;
    private final Lexer lexer;
    private final ExpressionParser expressions;
    private final StatementParser keywords;
    private final CommandParser commands;
    private final BlockParser blocks;
    private final Recovery recovery;
    private int depth;

    private Parser(Script script) {
        this.script = script;
        this.lexer = new Lexer(script);
        this.expressions = new ExpressionParser(script, lexer, this);
        this.keywords = new StatementParser(lexer, this, expressions);
        this.commands = new CommandParser(lexer, this, expressions);
        this.blocks = new BlockParser(script, lexer, this, expressions);
        this.recovery = new Recovery(script, lexer);
    }

    /// The statements of a whole script.
    ///
    /// @throws ParseFailure where it does not read, or reads as something outside the subset: the first
    ///     such place, and with it all others
    public static List<Statement> parse(Script script) {
        return script(script).statements();
    }

    /// A whole script, with what it declares.
    ///
    /// @throws ParseFailure where it does not read, or reads as something outside the subset: the first
    ///     such place, and with it all others
    public static ScriptBlock script(Script script) {
        Parser parser = new Parser(script);
        ScriptBlock whole;
        try {
            whole = parser.blocks.body(Kind.END, null);
        } catch (ParseFailure last) {
            throw parser.recovery.with(last);
        }
        parser.recovery.finish();
        return whole;
    }

    Recovery recovery() {
        return recovery;
    }

    BlockParser blocks() {
        return blocks;
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
                                lexer.here(),
                                "MissingEndParenthesisInExpression",
                                "Missing closing ')' in expression.");
            }
            int start = lexer.position();
            int around = depth;
            try {
                statements.add(ended(closer));
            } catch (ParseFailure failure) {
                depth = around;
                recovery.resume(failure, start, closer);
            }
        }
    }

    /// A statement and nothing behind it.
    private Statement ended(Kind closer) {
        Statement statement = statement();
        Token after = lexer.peek(Mode.EXPRESSION);
        if (!after.is(closer)
                && !after.is(Kind.NEW_LINE)
                && !after.is(Kind.SEMICOLON)
                && !after.is(Kind.END)
                && !endsItself(statement)) {
            throw unexpected(after);
        }
        return statement;
    }

    /// What ends with a brace needs no separator after it.
    private static boolean endsItself(Statement statement) {
        return switch (statement) {
            case Statement.If _,
                    Statement.ForEach _,
                    Statement.For _,
                    Statement.While _,
                    Statement.Switch _,
                    Statement.Try _,
                    Statement.Function _ -> true;
            case Statement.Pipeline _,
                    Statement.Chain _,
                    Statement.Assignment _,
                    Statement.Do _,
                    Statement.Throw _,
                    Statement.Return _,
                    Statement.Break _,
                    Statement.Continue _,
                    Statement.Exit _ -> false;
        };
    }

    Statement statement() {
        deeper();
        Token first = lexer.peek(Mode.EXPRESSION);
        Optional<Statement> keyword = first.startsExpression() ? Optional.empty() : keywords.statement(first);
        Statement statement = keyword.isPresent() ? keyword.get() : chain();
        depth--;
        return statement;
    }

    /// A statement that is no keyword's: what parentheses may hold.
    Statement pipeline() {
        deeper();
        Statement statement = chain();
        depth--;
        return statement;
    }

    private Statement chain() {
        Statement left = single();
        while (lexer.peek(Mode.EXPRESSION).is(Kind.CHAIN)) {
            Token operator = lexer.take(Mode.EXPRESSION);
            skipNewLines();
            Token next = lexer.peek(Mode.EXPRESSION);
            if (next.is(Kind.END) || next.is(Kind.SEMICOLON) || next.is(Kind.CLOSE_PAREN)) {
                throw new ParseFailure(
                        "An empty pipe element is not allowed.",
                        "EmptyPipeElement",
                        operator.extent().after(),
                        next.is(Kind.END));
            }
            Statement right = single();
            left = new Statement.Chain(
                    left, operator.text().equals("&&"), right, left.extent().to(right.extent()));
        }
        return left;
    }

    private Statement single() {
        Token first = lexer.peek(Mode.EXPRESSION);
        return first.startsExpression() && !isNamedLikeNumber(first) ? fromExpression() : fromCommand(first);
    }

    /// `8.8.8.8` and `5x` in front are names of commands, if of none that there is.
    private boolean isNamedLikeNumber(Token token) {
        int end = token.extent().end();
        char next = end < script.text().length() ? script.text().charAt(end) : Cursor.NONE;
        char second = end + 1 < script.text().length() ? script.text().charAt(end + 1) : Cursor.NONE;
        return token.is(Kind.NUMBER) && (Letters.isName(next) || next == ':' || next == '.' && Letters.isDigit(second));
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

    void skipSeparators() {
        Token token = lexer.peek(Mode.EXPRESSION);
        while (token.is(Kind.NEW_LINE) || token.is(Kind.SEMICOLON)) {
            lexer.take(Mode.EXPRESSION);
            token = lexer.peek(Mode.EXPRESSION);
        }
    }

    private Statement fromExpression() {
        Expression head = expressions.expression();
        if (lexer.peek(Mode.EXPRESSION).is(Kind.ASSIGN)) {
            return assignment(head);
        }
        List<Redirection> redirections = new ArrayList<>();
        while (lexer.peek(Mode.EXPRESSION).is(Kind.REDIRECT)) {
            redirections.add(commands.redirection(Mode.EXPRESSION));
        }
        List<Statement.Command> following = piped();
        Extent end = following.isEmpty() ? head.extent() : following.getLast().extent();
        return new Statement.Pipeline(
                Optional.of(head), redirections, following, head.extent().to(end));
    }

    private Statement assignment(Expression target) {
        Token sign = lexer.take(Mode.EXPRESSION);
        Assignable.check(target, sign.extent());
        skipNewLines();
        Token first = lexer.peek(Mode.EXPRESSION);
        if (first.is(Kind.END)
                || first.is(Kind.SEMICOLON)
                || first.is(Kind.CLOSE_PAREN)
                || first.is(Kind.CLOSE_BRACE)) {
            throw new ParseFailure(
                    "You must provide a value expression following the '" + sign.text() + "' operator.",
                    "ExpectedValueExpression",
                    sign.extent().after(),
                    first.is(Kind.END));
        }
        Statement value = statement();
        return new Statement.Assignment(
                target, operator(sign.text()), value, target.extent().to(value.extent()));
    }

    private static Statement.Operator operator(String sign) {
        if (sign.equals("??=")) {
            return new Statement.Operator.IfNull();
        }
        for (Expression.Operation known : Expression.Operation.values()) {
            if (sign.equals(known.symbol() + "=")) {
                return new Statement.Operator.With(known);
            }
        }
        return new Statement.Operator.Plain();
    }

    private Statement fromCommand(Token first) {
        if (first.is(Kind.PIPE)) {
            throw ParseFailure.at(first.extent(), "EmptyPipeElement", "An empty pipe element is not allowed.");
        }
        List<Statement.Command> all = new ArrayList<>();
        all.add(commands.command());
        all.addAll(piped());
        return new Statement.Pipeline(
                Optional.empty(),
                List.of(),
                all,
                all.getFirst().extent().to(all.getLast().extent()));
    }

    private List<Statement.Command> piped() {
        List<Statement.Command> following = new ArrayList<>();
        while (pipeFollows()) {
            Token pipe = lexer.take(Mode.EXPRESSION);
            skipNewLines();
            Token next = lexer.peek(Mode.EXPRESSION);
            switch (next.kind()) {
                case END ->
                    throw ParseFailure.unfinished(
                            pipe.extent().after(), "EmptyPipeElement", "An empty pipe element is not allowed.");
                case PIPE, SEMICOLON, CLOSE_PAREN, CLOSE_BRACE ->
                    throw ParseFailure.at(
                            pipe.extent().after(), "EmptyPipeElement", "An empty pipe element is not allowed.");
                default -> {
                    if (next.startsExpression()) {
                        throw ParseFailure.at(
                                next.extent(),
                                "ExpressionsMustBeFirstInPipeline",
                                "Expressions are only allowed as the first element of a pipeline.");
                    }
                    following.add(commands.command());
                }
            }
        }
        if (lexer.peek(Mode.EXPRESSION).is(Kind.AMPERSAND)) {
            throw ParseFailure.outside(
                    lexer.peek(Mode.EXPRESSION).extent(), "Running a pipeline in the background ('&')");
        }
        return following;
    }

    /// Whether a pipe comes next, here or at the start of a line further on.
    private boolean pipeFollows() {
        Token next = lexer.peek(Mode.EXPRESSION);
        if (!next.is(Kind.NEW_LINE)) {
            return next.is(Kind.PIPE);
        }
        int here = lexer.position();
        skipNewLines();
        if (lexer.peek(Mode.EXPRESSION).is(Kind.PIPE)) {
            return true;
        }
        lexer.rewind(here);
        return false;
    }

    ParseFailure unexpected(Token token) {
        return switch (token.kind()) {
            case OUTSIDE -> outside(token);
            case AMPERSAND -> ParseFailure.outside(token.extent(), "Running a pipeline in the background ('&')");
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

    private static ParseFailure outside(Token token) {
        String text = token.text();
        if (text.equals("<")) {
            return ParseFailure.at(
                    token.extent(), "RedirectionNotSupported", "The '<' operator is reserved for future use.");
        }
        if (text.startsWith("--")) {
            return ParseFailure.outside(token.extent(), "The token '" + text + "'");
        }
        return text.equals("@")
                ? ParseFailure.at(token.extent(), "UnrecognizedToken", "Unrecognized token in source text.")
                : ParseFailure.at(
                        token.extent(),
                        "SplattingNotPermitted",
                        "The splatting operator '@' cannot be used to reference variables in an expression. '" + text
                                + "' can be used only as an argument to a command. To reference variables in an "
                                + "expression use '$" + text.substring(1) + "'.");
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

    /// The same in small letters, where a word comes next; else empty.
    String upcomingKeyword() {
        return lexer.peek(Mode.ARGUMENT).is(Kind.WORD) ? upcomingWord().text().toLowerCase(Locale.ROOT) : "";
    }
}
