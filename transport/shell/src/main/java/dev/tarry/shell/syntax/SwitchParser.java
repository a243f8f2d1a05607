package dev.tarry.shell.syntax;

import dev.tarry.shell.syntax.Lexer.Mode;
import dev.tarry.shell.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `switch -option (…) { condition {…} … default {…} }`.
final class SwitchParser {
    private final Lexer lexer;
    private final Parser parser;
    private final ExpressionParser expressions;
    private final StatementParser statements;

    SwitchParser(Lexer lexer, Parser parser, ExpressionParser expressions, StatementParser statements) {
        this.lexer = lexer;
        this.parser = parser;
        this.expressions = expressions;
        this.statements = statements;
    }

    Statement statement(String label, Extent start) {
        statements.keyword(start);
        Statement.Matching matching = Statement.Matching.EXACT;
        boolean mindsCase = false;
        while (lexer.peek(Mode.ARGUMENT).is(Kind.PARAMETER)) {
            Token option = lexer.take(Mode.ARGUMENT);
            String name = option.text().toLowerCase(Locale.ROOT);
            if (name.isEmpty()) {
                throw parser.unexpected(option);
            } else if ("wildcard".startsWith(name)) {
                matching = Statement.Matching.WILDCARD;
            } else if ("regex".startsWith(name)) {
                matching = Statement.Matching.REGEX;
            } else if ("exact".startsWith(name)) {
                matching = Statement.Matching.EXACT;
            } else if ("casesensitive".startsWith(name)) {
                mindsCase = true;
            } else {
                throw ParseFailure.outside(option.extent(), "The option '-" + option.text() + "' of switch");
            }
        }
        Statement input = statements.condition(start, "switch");
        parser.skipNewLines();
        Token open = lexer.peek(Mode.EXPRESSION);
        if (!open.is(Kind.OPEN_BRACE)) {
            throw statements.missing(open, "MissingCurlyBraceInSwitchStatement", "Missing '{' in switch statement.");
        }
        lexer.take(Mode.EXPRESSION);
        List<Statement.Case> cases = new ArrayList<>();
        Optional<List<Statement>> otherwise = Optional.empty();
        while (true) {
            parser.skipSeparators();
            Token token = lexer.peek(Mode.ARGUMENT);
            if (token.is(Kind.CLOSE_BRACE)) {
                lexer.take(Mode.ARGUMENT);
                return new Statement.Switch(
                        label, matching, mindsCase, input, cases, otherwise, lexer.from(start.start()));
            }
            if (token.is(Kind.END)) {
                throw ParseFailure.unfinished(
                        open.extent(),
                        "MissingEndCurlyBrace",
                        "Missing closing '}' in statement block or type definition.");
            }
            if (parser.upcomingKeyword().equals("default")) {
                Extent word = parser.upcomingWord();
                if (otherwise.isPresent()) {
                    throw ParseFailure.at(
                            word,
                            "MultipleSwitchDefaultClauses",
                            "A switch statement can have only one default clause.");
                }
                statements.keyword(word);
                otherwise = Optional.of(clause());
            } else {
                Expression condition =
                        expressions.withCommas(false, () -> expressions.values().single());
                cases.add(new Statement.Case(condition, clause()));
            }
        }
    }

    private List<Statement> clause() {
        return statements.body("MissingSwitchStatementClause", "Missing statement block in switch statement clause.");
    }
}
