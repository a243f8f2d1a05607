package dev.tarry.shell.syntax;

import dev.tarry.shell.syntax.Lexer.Mode;
import dev.tarry.shell.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The statements that begin with a keyword. Words are keywords at the front of a statement only: `… | foreach {…}`
/// is a cmdlet. Those that only follow others (`else`, `catch`, `param`) are names of commands where they stand
/// alone, as in PowerShell, which then does not find them.
final class StatementParser {
    /// What PowerShell has besides, refused by name.
    private static final Set<String> OUTSIDE = Set.of(
            "trap",
            "workflow",
            "parallel",
            "sequence",
            "inlinescript",
            "configuration",
            "class",
            "enum",
            "interface",
            "using",
            "data",
            "dynamicparam",
            "clean");

    private final Lexer lexer;
    private final Parser parser;
    private final ExpressionParser expressions;

    StatementParser(Lexer lexer, Parser parser, ExpressionParser expressions) {
        this.lexer = lexer;
        this.parser = parser;
        this.expressions = expressions;
    }

    /// The statement whose keyword comes next; empty where none does.
    Optional<Statement> statement(Token first) {
        if (first.is(Kind.COLON) && Letters.isNameStart(lexer.at(first.extent().end() - lexer.position()))) {
            return Optional.of(labelled(first));
        }
        String word = parser.upcomingKeyword();
        Extent extent = word.isEmpty() ? first.extent() : parser.upcomingWord();
        if (OUTSIDE.contains(word)) {
            throw ParseFailure.outside(extent, "The '" + word + "' statement");
        }
        return Optional.ofNullable(
                switch (word) {
                    case "if" -> conditional(extent);
                    case "try" -> attempt(extent);
                    case "function", "filter" -> function(extent, word.equals("filter"));
                    case "throw" -> new Statement.Throw(value(extent), lexer.from(extent.start()));
                    case "return" -> new Statement.Return(value(extent), lexer.from(extent.start()));
                    case "exit" -> new Statement.Exit(value(extent), lexer.from(extent.start()));
                    case "break" -> new Statement.Break(label(extent), lexer.from(extent.start()));
                    case "continue" -> new Statement.Continue(label(extent), lexer.from(extent.start()));
                    default -> loop("", word, extent);
                });
    }

    private Statement labelled(Token colon) {
        lexer.take(Mode.EXPRESSION);
        String label = lexer.name();
        parser.skipNewLines();
        String word = parser.upcomingKeyword();
        Extent extent = word.isEmpty() ? colon.extent() : parser.upcomingWord();
        Statement loop = loop(label, word, extent);
        if (loop == null) {
            throw ParseFailure.at(
                    lexer.from(colon.extent().start()),
                    "UnexpectedToken",
                    "Unexpected token ':" + label + "' in expression or statement.");
        }
        return loop;
    }

    private Statement loop(String label, String word, Extent extent) {
        return switch (word) {
            case "foreach" -> each(label, extent);
            case "for" -> counted(label, extent);
            case "while" -> {
                keyword(extent);
                Statement condition = condition(extent, "while");
                yield new Statement.While(
                        label,
                        condition,
                        body("MissingLoopStatement", "Missing statement body in while loop."),
                        lexer.from(extent.start()));
            }
            case "do" -> repeated(label, extent);
            case "switch" -> new SwitchParser(lexer, parser, expressions, this).statement(label, extent);
            default -> null;
        };
    }

    void keyword(Extent extent) {
        lexer.take(Mode.ARGUMENT);
        lexer.skip(extent.end() - extent.start());
    }

    private boolean follows(String word) {
        int here = lexer.position();
        parser.skipNewLines();
        if (parser.upcomingKeyword().equals(word)) {
            keyword(parser.upcomingWord());
            return true;
        }
        lexer.rewind(here);
        return false;
    }

    /// `( pipeline )` after a keyword.
    Statement condition(Extent keyword, String word) {
        parser.skipNewLines();
        Token open = lexer.peek(Mode.EXPRESSION);
        if (!open.is(Kind.OPEN_PAREN)) {
            throw word.equals("if") || word.equals("elseif")
                    ? missing(
                            open,
                            "MissingOpenParenthesisInIfStatement",
                            "Missing '(' after '" + word + "' in if statement.")
                    : missing(
                            open,
                            "MissingOpenParenthesisAfterKeyword",
                            "Missing opening '(' after keyword '" + word + "'.");
        }
        lexer.take(Mode.EXPRESSION);
        parser.skipNewLines();
        Token first = lexer.peek(Mode.EXPRESSION);
        if (first.is(Kind.CLOSE_PAREN) || first.is(Kind.END)) {
            throw missing(
                    first,
                    "IfStatementMissingCondition",
                    "Missing condition in " + word + " statement after '" + word + " ('.");
        }
        Statement condition = expressions.withCommas(false, parser::pipeline);
        closing(word);
        return condition;
    }

    private void closing(String word) {
        parser.skipNewLines();
        Token close = lexer.peek(Mode.EXPRESSION);
        closed(
                close,
                "MissingEndParenthesisAfterStatement",
                "Missing closing ')' after expression in '" + word + "' statement.");
    }

    /// Takes a closing parenthesis. One that is forgotten before a block is told of, and the block read.
    private void closed(Token close, String errorId, String message) {
        if (close.is(Kind.OPEN_BRACE)) {
            parser.recovery().tell(missing(close, errorId, message));
        } else if (close.is(Kind.CLOSE_PAREN)) {
            lexer.take(Mode.EXPRESSION);
        } else {
            throw missing(close, errorId, message);
        }
    }

    /// @param met what stands where something else should
    ParseFailure missing(Token met, String errorId, String message) {
        return new ParseFailure(message, errorId, lexer.here(), met.is(Kind.END));
    }

    /// `{ statements }`.
    List<Statement> body(String errorId, String message) {
        parser.skipNewLines();
        Token open = lexer.peek(Mode.EXPRESSION);
        if (!open.is(Kind.OPEN_BRACE)) {
            throw missing(open, errorId, message);
        }
        lexer.take(Mode.EXPRESSION);
        return expressions.withCommas(false, () -> parser.statements(Kind.CLOSE_BRACE, open.extent()));
    }

    private Statement conditional(Extent start) {
        List<Statement.Clause> clauses = new ArrayList<>();
        keyword(start);
        String word = "if";
        do {
            Statement condition = condition(start, word);
            clauses.add(new Statement.Clause(
                    condition,
                    body("MissingStatementBlock", "Missing statement block after " + word + " ( condition ).")));
            word = "elseif";
        } while (follows("elseif"));
        Optional<List<Statement>> otherwise = follows("else")
                ? Optional.of(body("MissingStatementBlockAfterElse", "Missing statement block after 'else' keyword."))
                : Optional.empty();
        return new Statement.If(clauses, otherwise, lexer.from(start.start()));
    }

    private Statement each(String label, Extent start) {
        keyword(start);
        parser.skipNewLines();
        Token open = lexer.peek(Mode.EXPRESSION);
        if (lexer.peek(Mode.ARGUMENT).is(Kind.PARAMETER)) {
            throw ParseFailure.outside(lexer.peek(Mode.ARGUMENT).extent(), "The option of foreach");
        }
        if (!open.is(Kind.OPEN_PAREN)) {
            throw missing(open, "MissingOpenParenthesisAfterKeyword", "Missing opening '(' after keyword 'foreach'.");
        }
        lexer.take(Mode.EXPRESSION);
        parser.skipNewLines();
        Token name = lexer.peek(Mode.EXPRESSION);
        if (!name.is(Kind.VARIABLE)) {
            throw missing(name, "MissingVariableNameAfterForeach", "Missing variable name after foreach.");
        }
        lexer.take(Mode.EXPRESSION);
        Expression.Variable variable = expressions.values().variableNamed(name);
        parser.skipNewLines();
        if (!parser.upcomingKeyword().equals("in")) {
            Token met = lexer.peek(Mode.EXPRESSION);
            throw missing(met, "MissingInInForeach", "Missing 'in' after variable in foreach loop.");
        }
        keyword(parser.upcomingWord());
        parser.skipNewLines();
        Token first = lexer.peek(Mode.EXPRESSION);
        if (first.is(Kind.CLOSE_PAREN) || first.is(Kind.END)) {
            throw missing(first, "MissingForeachExpression", "Missing expression after 'in' in foreach loop.");
        }
        Statement collection = expressions.withCommas(false, parser::pipeline);
        parser.skipNewLines();
        Token close = lexer.peek(Mode.EXPRESSION);
        closed(
                close,
                "MissingEndParenthesisAfterForeach",
                "Missing closing ')' after expression part of foreach loop.");
        List<Statement> body = body("MissingForeachStatement", "Missing statement body in foreach loop.");
        return new Statement.ForEach(label, variable, collection, body, lexer.from(start.start()));
    }

    private Statement counted(String label, Extent start) {
        keyword(start);
        parser.skipNewLines();
        Token open = lexer.peek(Mode.EXPRESSION);
        if (!open.is(Kind.OPEN_PAREN)) {
            throw missing(open, "MissingOpenParenthesisAfterKeyword", "Missing opening '(' after keyword 'for'.");
        }
        lexer.take(Mode.EXPRESSION);
        Optional<Statement> first = part();
        Optional<Statement> condition = nextPart();
        Optional<Statement> step = nextPart();
        closing("for");
        List<Statement> body = body("MissingLoopStatement", "Missing statement body in for loop.");
        return new Statement.For(label, first, condition, step, body, lexer.from(start.start()));
    }

    private Optional<Statement> nextPart() {
        Token separator = lexer.peek(Mode.EXPRESSION);
        if (!separator.is(Kind.SEMICOLON) && !separator.is(Kind.NEW_LINE)) {
            return Optional.empty();
        }
        lexer.take(Mode.EXPRESSION);
        return part();
    }

    private Optional<Statement> part() {
        while (lexer.peek(Mode.EXPRESSION).is(Kind.NEW_LINE)) {
            lexer.take(Mode.EXPRESSION);
        }
        Token first = lexer.peek(Mode.EXPRESSION);
        return first.is(Kind.SEMICOLON) || first.is(Kind.CLOSE_PAREN)
                ? Optional.empty()
                : Optional.of(expressions.withCommas(false, parser::pipeline));
    }

    private Statement repeated(String label, Extent start) {
        keyword(start);
        List<Statement> body = body("MissingLoopStatement", "Missing statement body in do loop.");
        boolean until = follows("until");
        if (!until && !follows("while")) {
            Token met = lexer.peek(Mode.EXPRESSION);
            throw missing(met, "MissingWhileOrUntilInDoWhile", "Missing while or until keyword in do loop.");
        }
        Statement condition = condition(start, until ? "until" : "while");
        return new Statement.Do(label, body, until, condition, lexer.from(start.start()));
    }

    private Statement attempt(Extent start) {
        keyword(start);
        List<Statement> body = body("MissingTryStatementBlock", "The Try statement is missing its statement block.");
        List<Statement.Catch> catches = new ArrayList<>();
        while (follows("catch")) {
            List<TypeName> types = new ArrayList<>();
            parser.skipNewLines();
            while (lexer.peek(Mode.EXPRESSION).is(Kind.OPEN_BRACKET)) {
                types.add(expressions.values().types().name());
                parser.skipNewLines();
                if (lexer.peek(Mode.EXPRESSION).is(Kind.COMMA)) {
                    lexer.take(Mode.EXPRESSION);
                    parser.skipNewLines();
                }
            }
            catches.add(new Statement.Catch(
                    types, body("MissingCatchHandlerBlock", "The Catch block is missing its statement block.")));
        }
        Optional<List<Statement>> last = follows("finally")
                ? Optional.of(body("MissingFinallyBlock", "The Finally block is missing its statement block."))
                : Optional.empty();
        if (catches.isEmpty() && last.isEmpty()) {
            throw missing(
                    lexer.peek(Mode.EXPRESSION),
                    "MissingCatchOrFinally",
                    "The Try statement is missing its Catch or Finally block.");
        }
        return new Statement.Try(body, catches, last, lexer.from(start.start()));
    }

    private Statement function(Extent start, boolean filter) {
        keyword(start);
        Token next = lexer.peek(Mode.ARGUMENT);
        if (!next.is(Kind.WORD)) {
            throw missing(
                    next,
                    "MissingNameAfterKeyword",
                    "Missing name after " + (filter ? "filter" : "function") + " keyword.");
        }
        Extent name = parser.upcomingWord();
        keyword(name);
        ScriptBlock block = parser.blocks().function(name, filter);
        return new Statement.Function(name.text(), block, lexer.from(start.start()));
    }

    /// What follows `return`, `throw` or `exit` on its line.
    private Optional<Statement> value(Extent extent) {
        keyword(extent);
        return switch (lexer.peek(Mode.EXPRESSION).kind()) {
            case END, NEW_LINE, SEMICOLON, CLOSE_BRACE, CLOSE_PAREN -> Optional.empty();
            default -> Optional.of(parser.pipeline());
        };
    }

    private Optional<Expression> label(Extent extent) {
        keyword(extent);
        Token next = lexer.peek(Mode.ARGUMENT);
        return switch (next.kind()) {
            case END, NEW_LINE, SEMICOLON, CLOSE_BRACE, CLOSE_PAREN -> Optional.empty();
            default -> Optional.of(expressions.values().single());
        };
    }
}
