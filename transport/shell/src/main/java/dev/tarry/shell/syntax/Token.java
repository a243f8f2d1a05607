package dev.tarry.shell.syntax;

/// A lexical unit.
///
/// @param text as it matters: a variable's or parameter's name, a string's content, otherwise what was written
/// @param afterSpace whether blanks, a comment or the start of the text come before it
record Token(Kind kind, String text, Extent extent, boolean afterSpace) {
    enum Kind {
        END,
        NEW_LINE,
        SEMICOLON,
        PIPE,
        COMMA,
        OPEN_PAREN,
        CLOSE_PAREN,
        OPEN_BRACE,
        CLOSE_BRACE,
        OPEN_BRACKET,
        CLOSE_BRACKET,
        DOLLAR_PAREN,
        AT_PAREN,
        AT_BRACE,
        /// `+ - * / %` in expression mode.
        ARITHMETIC,
        /// `= += -= *= /= %= ??=` in expression mode.
        ASSIGN,
        BANG,
        RANGE,
        /// `++` and `--` in expression mode.
        INCREMENT,
        /// `?` and `:` of a choice, in expression mode.
        QUESTION,
        COLON,
        /// `??` in expression mode.
        COALESCE,
        AMPERSAND,
        /// `&&` and `||`.
        CHAIN,
        /// `>`, `2>>`, `*>`, `2>&1`.
        REDIRECT,
        /// `@name` in argument mode.
        SPLAT,
        /// `-eq` and the like, in expression mode.
        OPERATOR,
        /// `-Name` or `-Name:` in argument mode.
        PARAMETER,
        VARIABLE,
        NUMBER,
        /// `'…'`, content cooked.
        VERBATIM,
        /// The opening `"`; the parts follow by [Lexer#stringPart].
        QUOTE,
        /// The opening `@"` and its line end; the parts follow by [Lexer#herePart].
        HERE_QUOTE,
        /// A bareword begins here; its parts follow by [Lexer#wordPart]. Nothing is consumed yet.
        WORD,
        /// PowerShell would understand it; this shell says that it does not.
        OUTSIDE
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    /// Whether a statement that begins so has a value, and is no command.
    boolean startsExpression() {
        return switch (kind) {
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
                    HERE_QUOTE,
                    BANG,
                    INCREMENT,
                    COMMA,
                    OPERATOR -> true;
            case ARITHMETIC -> text.equals("+") || text.equals("-");
            case END,
                    NEW_LINE,
                    SEMICOLON,
                    PIPE,
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
    }
}
