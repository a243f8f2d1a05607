package dev.tarry.shell.syntax;

import static dev.tarry.shell.syntax.Letters.endsWord;
import static dev.tarry.shell.syntax.Letters.escaped;
import static dev.tarry.shell.syntax.Letters.isBlank;
import static dev.tarry.shell.syntax.Letters.isDash;
import static dev.tarry.shell.syntax.Letters.isDigit;
import static dev.tarry.shell.syntax.Letters.isDoubleQuote;
import static dev.tarry.shell.syntax.Letters.isName;
import static dev.tarry.shell.syntax.Letters.isNameStart;
import static dev.tarry.shell.syntax.Letters.isSingleQuote;

import dev.tarry.shell.syntax.Token.Kind;

/// A cursor over a script that reads the same characters in two ways: after a command name `-like` is a
/// parameter and `*DNS*` a word, in an expression the one is an operator and the other a syntax error. Only the
/// parser knows which it is, so it asks for each token in a mode; strings and barewords it asks for part by
/// part, because statements may stand inside them.
final class Lexer {
    enum Mode {
        EXPRESSION,
        ARGUMENT
    }

    /// Past the end of the text.
    static final char NONE = '\uffff';

    private final Script script;
    private final String text;
    private int position;
    private Token peeked;
    private Mode peekedIn;
    private int afterPeeked;

    Lexer(Script script) {
        this.script = script;
        this.text = script.text();
    }

    Token peek(Mode mode) {
        if (peeked == null || peekedIn != mode) {
            int start = position;
            peeked = read(mode);
            peekedIn = mode;
            afterPeeked = position;
            position = start;
        }
        return peeked;
    }

    Token take(Mode mode) {
        Token token = peek(mode);
        position = token.is(Kind.WORD) ? token.extent().start() : afterPeeked;
        peeked = null;
        return token;
    }

    int position() {
        return position;
    }

    /// The character `ahead` of the cursor, blanks included.
    char at(int ahead) {
        int i = position + ahead;
        return i < text.length() ? text.charAt(i) : NONE;
    }

    /// Takes characters that the parser has looked at itself (`.`, `[`, `(` right after a value).
    Extent skip(int count) {
        Extent extent = new Extent(script, position, position + count);
        position += count;
        peeked = null;
        return extent;
    }

    Extent from(int start) {
        return new Extent(script, start, position);
    }

    /// Reads a member's name at the cursor; empty where none stands there.
    String name() {
        int start = position;
        while (isName(at(0))) {
            position++;
        }
        peeked = null;
        return text.substring(start, position);
    }

    // -- tokens

    private Token read(Mode mode) {
        boolean space = blanks();
        int start = position;
        char c = at(0);
        Kind simple = switch (c) {
            case NONE -> Kind.END;
            case '\n' -> Kind.NEW_LINE;
            case ';' -> Kind.SEMICOLON;
            case ',' -> Kind.COMMA;
            case '(' -> Kind.OPEN_PAREN;
            case ')' -> Kind.CLOSE_PAREN;
            case '{' -> Kind.OPEN_BRACE;
            case '}' -> Kind.CLOSE_BRACE;
            default -> null;
        };
        if (simple != null) {
            return token(simple, c == NONE ? 0 : 1, space);
        }
        if (c == '\r') {
            return token(Kind.NEW_LINE, at(1) == '\n' ? 2 : 1, space);
        }
        if (c == '|') {
            return at(1) == '|' ? token(Kind.OUTSIDE, 2, space) : token(Kind.PIPE, 1, space);
        }
        if (c == '&') {
            return token(Kind.OUTSIDE, at(1) == '&' ? 2 : 1, space);
        }
        if (c == '<' || c == '>') {
            return token(Kind.OUTSIDE, at(1) == '>' ? 2 : 1, space);
        }
        if (isSingleQuote(c)) {
            return verbatim(space);
        }
        if (isDoubleQuote(c)) {
            return token(Kind.QUOTE, 1, space);
        }
        if (c == '@') {
            return at(start, space);
        }
        return mode == Mode.ARGUMENT ? argument(start, c, space) : expression(start, c, space);
    }

    private Token at(int start, boolean space) {
        char next = at(1);
        if (next == '(') {
            return token(Kind.AT_PAREN, 2, space);
        }
        if (next == '{') {
            return token(Kind.AT_BRACE, 2, space);
        }
        position = start + 1;
        if (isSingleQuote(next) || isDoubleQuote(next)) {
            position++;
        } else {
            while (isName(at(0))) {
                position++;
            }
        }
        return ending(Kind.OUTSIDE, start, space);
    }

    private Token argument(int start, char c, boolean space) {
        if (c == '$' && (isName(at(1)) || at(1) == '{' || at(1) == '?' || at(1) == '^' || at(1) == '$')) {
            Token variable = variable(space);
            char next = at(0);
            boolean member = next == '.' && (isNameStart(at(1)) || at(1) == '$' || at(1) == '(');
            if (endsWord(next) || next == '[' || member) {
                return variable;
            }
            return new Token(Kind.WORD, "", new Extent(script, start, start + 1), space);
        }
        if (isDash(c) && (isNameStart(at(1)) || at(1) == '?')) {
            position++;
            int from = position;
            while (!endsWord(at(0)) && at(0) != ':' && at(0) != '.' && at(0) != '[') {
                position++;
            }
            String name = text.substring(from, position);
            if (at(0) == ':') {
                position++;
                name += ":";
            }
            return new Token(Kind.PARAMETER, name, from(start), space);
        }
        if (isDash(c) && isDash(at(1))) {
            return token(Kind.OUTSIDE, 2, space);
        }
        if (isDigit(c) && (at(1) == '>')) {
            return token(Kind.OUTSIDE, at(2) == '>' ? 3 : 2, space);
        }
        return new Token(Kind.WORD, "", new Extent(script, start, start + 1), space);
    }

    private Token expression(int start, char c, boolean space) {
        if (c == '$') {
            if (at(1) == '(') {
                return token(Kind.DOLLAR_PAREN, 2, space);
            }
            if (isName(at(1)) || at(1) == '{' || at(1) == '?' || at(1) == '^' || at(1) == '$') {
                return variable(space);
            }
        }
        if (isDigit(c) || c == '.' && isDigit(at(1))) {
            position = NumberText.scan(text, start);
            return ending(Kind.NUMBER, start, space);
        }
        if (isDash(c) && isNameStart(at(1))) {
            position++;
            while (Character.isLetter(at(0))) {
                position++;
            }
            return new Token(Kind.OPERATOR, "-" + text.substring(start + 1, position), from(start), space);
        }
        char plain = isDash(c) ? '-' : c;
        if (plain == '.' && at(1) == '.') {
            return token(Kind.RANGE, 2, space);
        }
        if (plain == '[') {
            return token(Kind.OPEN_BRACKET, 1, space);
        }
        if (plain == ']') {
            return token(Kind.CLOSE_BRACKET, 1, space);
        }
        if (plain == '!') {
            return token(Kind.BANG, 1, space);
        }
        if (plain == '=') {
            return token(Kind.ASSIGN, 1, space);
        }
        if ("+-*/%".indexOf(plain) >= 0) {
            if (at(1) == '=') {
                return token(Kind.ASSIGN, 2, space);
            }
            if ((plain == '+' || plain == '-') && (at(1) == plain || plain == '-' && isDash(at(1)))) {
                return token(Kind.OUTSIDE, 2, space);
            }
            position++;
            return new Token(Kind.ARITHMETIC, String.valueOf(plain), from(start), space);
        }
        return new Token(Kind.WORD, "", new Extent(script, start, start + 1), space);
    }

    private Token token(Kind kind, int length, boolean space) {
        int start = position;
        position += length;
        return ending(kind, start, space);
    }

    private Token ending(Kind kind, int start, boolean space) {
        return new Token(kind, text.substring(start, position), from(start), space);
    }

    private Token verbatim(boolean space) {
        int start = position++;
        StringBuilder content = new StringBuilder();
        while (true) {
            char c = at(0);
            if (c == NONE) {
                throw ParseFailure.unfinished(
                        new Extent(script, start, start + 1),
                        "TerminatorExpectedAtEndOfString",
                        "The string is missing the terminator: '.");
            }
            position++;
            if (isSingleQuote(c)) {
                if (!isSingleQuote(at(0))) {
                    return new Token(Kind.VERBATIM, content.toString(), from(start), space);
                }
                position++;
            }
            content.append(c);
        }
    }

    private Token variable(boolean space) {
        int start = position++;
        String name;
        if (at(0) == '{') {
            int close = text.indexOf('}', position);
            if (close < 0) {
                throw ParseFailure.unfinished(
                        from(start), "MissingCloseBrace", "The variable name is missing the terminator: }.");
            }
            name = text.substring(position + 1, close);
            position = close + 1;
            return new Token(Kind.VARIABLE, name, from(start), space);
        }
        if (!isName(at(0))) {
            position++;
            return new Token(Kind.VARIABLE, text.substring(start + 1, position), from(start), space);
        }
        name = name();
        if (at(0) == ':' && at(1) != ':') {
            if (!isName(at(1))) {
                throw ParseFailure.at(
                        new Extent(script, start, position + 1),
                        "InvalidVariableReferenceWithDrive",
                        "Variable reference is not valid. ':' was not followed by a valid variable name character. "
                                + "Consider using ${} to delimit the name.");
            }
            position++;
            name += ":" + name();
        }
        return new Token(Kind.VARIABLE, name, from(start), space);
    }

    /// Blanks, comments and continued lines; whether there were any, the start of the text counting as one.
    private boolean blanks() {
        int start = position;
        while (true) {
            char c = at(0);
            if (isBlank(c)) {
                position++;
            } else if (c == '`' && (at(1) == '\n' || at(1) == '\r')) {
                position += at(1) == '\r' && at(2) == '\n' ? 3 : 2;
            } else if (c == '#') {
                while (at(0) != NONE && at(0) != '\n' && at(0) != '\r') {
                    position++;
                }
            } else if (c == '<' && at(1) == '#') {
                int close = text.indexOf("#>", position);
                if (close < 0) {
                    throw ParseFailure.unfinished(
                            new Extent(script, position, position + 2),
                            "MissingTerminatorMultiLineComment",
                            "The terminator '#>' is missing from the multiline comment.");
                }
                position = close + 2;
            } else {
                return position > start || position == 0;
            }
        }
    }

    // -- parts

    /// The next piece of the expandable string whose opening quote was taken.
    Part stringPart(Extent opening) {
        peeked = null;
        StringBuilder literal = new StringBuilder();
        while (true) {
            char c = at(0);
            if (c == NONE) {
                throw ParseFailure.unfinished(
                        opening, "TerminatorExpectedAtEndOfString", "The string is missing the terminator: \".");
            }
            if (isDoubleQuote(c) && !isDoubleQuote(at(1))) {
                if (!literal.isEmpty()) {
                    return new Part.Text(literal.toString());
                }
                position++;
                return new Part.End();
            }
            if (c == '$' && startsPart()) {
                return literal.isEmpty() ? dollarPart() : new Part.Text(literal.toString());
            }
            if (isDoubleQuote(c)) {
                position++;
            } else if (c == '`' && at(1) != NONE) {
                position++;
                c = escaped(at(0));
            }
            literal.append(c);
            position++;
        }
    }

    /// The next piece of the bareword at the cursor.
    Part wordPart() {
        peeked = null;
        StringBuilder literal = new StringBuilder();
        while (true) {
            char c = at(0);
            boolean special = isDoubleQuote(c) || c == '$' && startsPart();
            if (endsWord(c) || special) {
                if (!literal.isEmpty()) {
                    return new Part.Text(literal.toString());
                }
                if (!special) {
                    return new Part.End();
                }
                if (c != '$') {
                    return new Part.Quoted(skip(1));
                }
                return dollarPart();
            }
            if (isSingleQuote(c)) {
                literal.append(verbatim(false).text());
                continue;
            }
            if (c == '`' && at(1) != NONE) {
                position++;
                c = escaped(at(0));
            }
            literal.append(c);
            position++;
        }
    }

    private boolean startsPart() {
        return isName(at(1)) || at(1) == '{' || at(1) == '(' || at(1) == '?' || at(1) == '$' || at(1) == '^';
    }

    private Part dollarPart() {
        if (at(1) == '(') {
            return new Part.Statements(skip(2));
        }
        return new Part.Variable(variable(false));
    }
}
