package dev.tarry.shell.syntax;

import dev.tarry.shell.syntax.Lexer.Mode;

/// `[int]`, `[System.Collections.Generic.List[string]]`: a type's name in brackets.
final class TypeParser {
    private static final int MAX_NAME = 500;

    private final Lexer lexer;

    TypeParser(Lexer lexer) {
        this.lexer = lexer;
    }

    /// Takes the brackets that come next and what is in them.
    TypeName name() {
        Token open = lexer.take(Mode.EXPRESSION);
        int start = open.extent().start();
        int depth = 1;
        while (true) {
            char c = lexer.at(0);
            if (c == ']' && --depth == 0) {
                break;
            }
            if (c == '[') {
                depth++;
            }
            boolean fits = Letters.isName(c) || ".,[]+` ".indexOf(c) >= 0;
            if (!fits || lexer.position() - start > MAX_NAME) {
                if (c == Cursor.NONE || c == '\n' || c == '\r') {
                    throw new ParseFailure(
                            "Missing ] at end of attribute or type literal.",
                            "EndSquareBracketExpectedAtEndOfAttribute",
                            open.extent(),
                            c == Cursor.NONE);
                }
                if (c == '(') {
                    throw ParseFailure.outside(lexer.from(start), "An attribute here");
                }
                throw ParseFailure.at(
                        lexer.skip(1), "UnexpectedToken", "Unexpected token '" + c + "' in expression or statement.");
            }
            lexer.skip(1);
        }
        String text = lexer.from(start + 1).text().strip();
        lexer.skip(1);
        Extent whole = lexer.from(start);
        if (text.isEmpty() || !Letters.isNameStart(text.charAt(0))) {
            throw ParseFailure.at(whole, "MissingTypename", "Missing type name after '['.");
        }
        return new TypeName(text, whole);
    }

    /// What stands at a bracket where a value is expected: a type, or a cast of what follows.
    Expression typed(ExpressionParser expressions) {
        TypeName type = name();
        Expression literal = new Expression.TypeLiteral(type, type.extent());
        char next = lexer.at(0);
        if (next == ':' && lexer.at(1) == ':' || next == '.' && Letters.isNameStart(lexer.at(1))) {
            return expressions.values().postfix(literal);
        }
        Token token = lexer.peek(Mode.EXPRESSION);
        boolean operand = switch (token.kind()) {
            case VARIABLE,
                    NUMBER,
                    VERBATIM,
                    QUOTE,
                    HERE_QUOTE,
                    OPEN_PAREN,
                    OPEN_BRACE,
                    OPEN_BRACKET,
                    DOLLAR_PAREN,
                    AT_PAREN,
                    AT_BRACE,
                    BANG,
                    INCREMENT -> true;
            case ARITHMETIC -> token.text().equals("-") || token.text().equals("+");
            case OPERATOR ->
                token.text().equalsIgnoreCase("-not") || token.text().equalsIgnoreCase("-bnot");
            case END,
                    NEW_LINE,
                    SEMICOLON,
                    PIPE,
                    COMMA,
                    CLOSE_PAREN,
                    CLOSE_BRACE,
                    CLOSE_BRACKET,
                    ASSIGN,
                    RANGE,
                    QUESTION,
                    COLON,
                    COALESCE,
                    AMPERSAND,
                    CHAIN,
                    REDIRECT,
                    SPLAT,
                    PARAMETER,
                    WORD,
                    OUTSIDE -> false;
        };
        if (!operand) {
            return literal;
        }
        Expression value = expressions.operand();
        return new Expression.Cast(type, value, type.extent().to(value.extent()));
    }
}
