package dev.tarry.shell.syntax;

import dev.tarry.shell.syntax.Lexer.Mode;
import dev.tarry.shell.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Strings, here-strings and barewords, with the variables and statements that stand in them.
final class TextParser {
    private final Script script;
    private final Lexer lexer;
    private final Parser parser;
    private final ExpressionParser expressions;
    private final ValueParser values;

    TextParser(Script script, Lexer lexer, Parser parser, ExpressionParser expressions, ValueParser values) {
        this.script = script;
        this.lexer = lexer;
        this.parser = parser;
        this.expressions = expressions;
        this.values = values;
    }

    Expression quoted(Extent opening) {
        List<Expression> parts = new ArrayList<>();
        stringParts(opening, parts);
        return joined(parts, lexer.from(opening.start()), false);
    }

    Expression here(Extent opening) {
        List<Expression> parts = new ArrayList<>();
        Part part = lexer.parts().herePart(opening);
        while (!(part instanceof Part.End)) {
            parts.add(part(part));
            part = lexer.parts().herePart(opening);
        }
        return joined(parts, lexer.from(opening.start()), false);
    }

    private void stringParts(Extent opening, List<Expression> parts) {
        while (true) {
            Part part = lexer.parts().stringPart(opening);
            if (part instanceof Part.End) {
                return;
            }
            parts.add(part(part));
        }
    }

    /// The bareword at the next token. One that reads as a number is one.
    Expression word() {
        int start = lexer.take(Mode.ARGUMENT).extent().start();
        List<Expression> parts = new ArrayList<>();
        while (true) {
            switch (lexer.parts().wordPart()) {
                case Part.End _ -> {
                    if (parts.isEmpty()) {
                        throw parser.unexpected(lexer.peek(Mode.EXPRESSION));
                    }
                    return joined(parts, lexer.from(start), true);
                }
                case Part.Quoted(Extent opening) -> {
                    parts.add(new Expression.Literal("", "", opening));
                    stringParts(opening, parts);
                }
                case Part.Text text -> parts.add(part(text));
                case Part.Variable variable -> parts.add(part(variable));
                case Part.Statements statements -> parts.add(part(statements));
            }
        }
    }

    private Expression part(Part part) {
        return switch (part) {
            case Part.Text(String text) ->
                new Expression.Literal(text, text, new Extent(script, lexer.position(), lexer.position()));
            case Part.Variable(Token token) -> values.variable(token);
            case Part.Statements(Extent opening) -> {
                List<Statement> statements =
                        expressions.withCommas(false, () -> parser.statements(Kind.CLOSE_PAREN, opening));
                yield new Expression.SubExpression(statements, lexer.from(opening.start()));
            }
            case Part.Quoted _, Part.End _ -> throw new IllegalStateException("no value: " + part);
        };
    }

    private Expression joined(List<Expression> parts, Extent extent, boolean word) {
        if (parts.stream().allMatch(Expression.Literal.class::isInstance)) {
            StringBuilder text = new StringBuilder();
            parts.forEach(part -> text.append(((Expression.Literal) part).text()));
            String whole = text.toString();
            Object value = word && whole.equals(extent.text())
                    ? NumberText.parse(whole).map(Object.class::cast).orElse(whole)
                    : whole;
            return new Expression.Literal(value, whole, extent);
        }
        if (word && parts.size() == 1) {
            return parts.getFirst() instanceof Expression.SubExpression alone
                    ? alone
                    : new Expression.Interpolated(parts, extent);
        }
        return new Expression.Interpolated(parts, extent);
    }
}
