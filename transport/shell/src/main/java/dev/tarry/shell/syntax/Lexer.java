package dev.tarry.shell.syntax;

import static dev.tarry.shell.syntax.Letters.endsWord;
import static dev.tarry.shell.syntax.Letters.isBlank;
import static dev.tarry.shell.syntax.Letters.isDash;
import static dev.tarry.shell.syntax.Letters.isDigit;
import static dev.tarry.shell.syntax.Letters.isDoubleQuote;
import static dev.tarry.shell.syntax.Letters.isName;
import static dev.tarry.shell.syntax.Letters.isNameStart;
import static dev.tarry.shell.syntax.Letters.isSingleQuote;

import dev.tarry.shell.syntax.Token.Kind;

/// Reads the same characters in two ways: after a command name `-like` is a parameter and `*DNS*` a word, in an
/// expression the one is an operator and the other a syntax error. Only the parser knows which it is, so it asks
/// for each token in a mode; strings and barewords it asks for part by part, because statements may stand inside
/// them.
final class Lexer {
    enum Mode {
        EXPRESSION,
        ARGUMENT
    }

    private final Cursor cursor;
    private final PartLexer parts;
    private Token peeked;
    private Mode peekedIn;
    private int peekedAt;
    private int afterPeeked;

    Lexer(Script script) {
        this.cursor = new Cursor(script);
        this.parts = new PartLexer(cursor);
    }

    Token peek(Mode mode) {
        if (peeked == null || peekedIn != mode || peekedAt != cursor.position()) {
            peekedAt = cursor.position();
            peeked = read(mode);
            peekedIn = mode;
            afterPeeked = cursor.position();
            cursor.moveTo(peekedAt);
        }
        return peeked;
    }

    Token take(Mode mode) {
        Token token = peek(mode);
        cursor.moveTo(token.is(Kind.WORD) ? token.extent().start() : afterPeeked);
        return token;
    }

    PartLexer parts() {
        return parts;
    }

    int position() {
        return cursor.position();
    }

    /// Goes back to where the cursor was.
    void rewind(int position) {
        cursor.moveTo(position);
    }

    /// The character `ahead` of the cursor, blanks included.
    char at(int ahead) {
        return cursor.at(ahead);
    }

    /// Takes characters that the parser has looked at itself (`.`, `[`, `(` right after a value).
    Extent skip(int count) {
        Extent extent = cursor.next(count);
        cursor.move(count);
        return extent;
    }

    /// The place right behind what was taken last, line ends not counted.
    Extent here() {
        int place = cursor.position();
        while (place > 0 && Character.isWhitespace(cursor.text().charAt(place - 1))) {
            place--;
        }
        return new Extent(cursor.script(), place, place);
    }

    Extent from(int start) {
        return cursor.from(start);
    }

    /// Reads a member's name at the cursor; empty where none stands there.
    String name() {
        return cursor.name();
    }

    private Token read(Mode mode) {
        boolean space = cursor.blanks();
        int start = cursor.position();
        char c = at(0);
        if (cursor.atEnd()) {
            return token(Kind.END, 0, space);
        }
        Kind simple = switch (c) {
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
            return token(simple, 1, space);
        }
        if (c == '\r') {
            return token(Kind.NEW_LINE, at(1) == '\n' ? 2 : 1, space);
        }
        if (c == '|') {
            return at(1) == '|' ? token(Kind.CHAIN, 2, space) : token(Kind.PIPE, 1, space);
        }
        if (c == '&') {
            return at(1) == '&' ? token(Kind.CHAIN, 2, space) : token(Kind.AMPERSAND, 1, space);
        }
        boolean stream = c >= '1' && c <= '6' || c == '*';
        if (c == '>' || stream && at(1) == '>') {
            return redirection(start, stream ? 2 : 1, space);
        }
        if (c == '<') {
            return token(Kind.OUTSIDE, 1, space);
        }
        if (isSingleQuote(c)) {
            String content = parts.verbatim();
            return new Token(Kind.VERBATIM, content, cursor.from(start), space);
        }
        if (isDoubleQuote(c)) {
            return token(Kind.QUOTE, 1, space);
        }
        if (c == '@') {
            return at(start, mode, space);
        }
        return mode == Mode.ARGUMENT ? argument(start, c, space) : expression(start, c, space);
    }

    /// @param length up to and with the first `>`
    private Token redirection(int start, int length, boolean space) {
        cursor.move(length);
        if (at(0) == '>') {
            cursor.move(1);
        } else if (at(0) == '&' && (at(1) == '1' || at(1) == '2')) {
            cursor.move(2);
        }
        return ending(Kind.REDIRECT, start, space);
    }

    private Token at(int start, Mode mode, boolean space) {
        char next = at(1);
        if (next == '(') {
            return token(Kind.AT_PAREN, 2, space);
        }
        if (next == '{') {
            return token(Kind.AT_BRACE, 2, space);
        }
        if (isSingleQuote(next) || isDoubleQuote(next)) {
            return hereString(start, space);
        }
        cursor.move(1);
        String name = cursor.name();
        if (at(0) == ':' && isName(at(1))) {
            cursor.move(1);
            name += ":" + cursor.name();
        }
        boolean splat = mode == Mode.ARGUMENT && !name.isEmpty();
        return new Token(splat ? Kind.SPLAT : Kind.OUTSIDE, splat ? name : "@" + name, cursor.from(start), space);
    }

    private Token hereString(int start, boolean space) {
        boolean verbatim = isSingleQuote(at(1));
        cursor.move(2);
        Extent opening = cursor.from(start);
        while (isBlank(at(0))) {
            cursor.move(1);
        }
        if (cursor.atEnd()) {
            throw ParseFailure.unfinished(
                    opening,
                    "TerminatorExpectedAtEndOfString",
                    "The string is missing the terminator: " + (verbatim ? "'@." : "\"@."));
        }
        if (at(0) != '\n' && at(0) != '\r') {
            throw ParseFailure.at(
                    cursor.next(1),
                    "UnexpectedCharactersAfterHereStringHeader",
                    "No characters are allowed after a here-string header but before the end of the line.");
        }
        cursor.move(at(0) == '\r' && at(1) == '\n' ? 2 : 1);
        if (verbatim) {
            String content = parts.hereText(opening);
            return new Token(Kind.VERBATIM, content, cursor.from(start), space);
        }
        return new Token(Kind.HERE_QUOTE, "@\"", opening, space);
    }

    private Token argument(int start, char c, boolean space) {
        if (c == '$' && parts.startsVariable()) {
            Token variable = parts.variable(space);
            char next = at(0);
            boolean member = next == '.' && (isNameStart(at(1)) || at(1) == '$' || at(1) == '(');
            if (endsWord(next) || next == '[' || member || next == ':' && at(1) == ':') {
                return variable;
            }
            return word(start, space);
        }
        if (isDash(c) && (isNameStart(at(1)) || at(1) == '?')) {
            cursor.move(1);
            int from = cursor.position();
            while (!endsWord(at(0)) && at(0) != ':' && at(0) != '.' && at(0) != '[') {
                cursor.move(1);
            }
            String name = cursor.text().substring(from, cursor.position());
            if (at(0) == ':') {
                cursor.move(1);
                name += ":";
            }
            return new Token(Kind.PARAMETER, name, cursor.from(start), space);
        }
        if (isDash(c) && isDash(at(1)) && (endsWord(at(2)) || at(2) == '%')) {
            return token(Kind.OUTSIDE, at(2) == '%' ? 3 : 2, space);
        }
        return word(start, space);
    }

    private Token word(int start, boolean space) {
        return new Token(Kind.WORD, "", new Extent(cursor.script(), start, start + 1), space);
    }

    private Token expression(int start, char c, boolean space) {
        if (c == '$') {
            if (at(1) == '(') {
                return token(Kind.DOLLAR_PAREN, 2, space);
            }
            if (parts.startsVariable()) {
                return parts.variable(space);
            }
        }
        if (isDigit(c) || c == '.' && isDigit(at(1))) {
            cursor.moveTo(NumberText.scan(cursor.text(), start));
            return ending(Kind.NUMBER, start, space);
        }
        if (isDash(c) && isNameStart(at(1))) {
            cursor.move(1);
            while (Character.isLetter(at(0))) {
                cursor.move(1);
            }
            String word = cursor.text().substring(start + 1, cursor.position());
            return new Token(Kind.OPERATOR, "-" + word, cursor.from(start), space);
        }
        char plain = isDash(c) ? '-' : c;
        return switch (plain) {
            case '.' -> at(1) == '.' ? token(Kind.RANGE, 2, space) : word(start, space);
            case '[' -> token(Kind.OPEN_BRACKET, 1, space);
            case ']' -> token(Kind.CLOSE_BRACKET, 1, space);
            case '!' -> token(Kind.BANG, 1, space);
            case '=' -> token(Kind.ASSIGN, 1, space);
            case ':' -> token(Kind.COLON, 1, space);
            case '?' ->
                at(1) != '?'
                        ? token(Kind.QUESTION, 1, space)
                        : at(2) == '=' ? token(Kind.ASSIGN, 3, space) : token(Kind.COALESCE, 2, space);
            case '+', '-', '*', '/', '%' -> arithmetic(start, plain, space);
            default -> word(start, space);
        };
    }

    private Token arithmetic(int start, char plain, boolean space) {
        if (at(1) == '=') {
            cursor.move(2);
            return new Token(Kind.ASSIGN, plain + "=", cursor.from(start), space);
        }
        boolean twice = plain == '+' && at(1) == '+' || plain == '-' && isDash(at(1));
        cursor.move(twice ? 2 : 1);
        return new Token(
                twice ? Kind.INCREMENT : Kind.ARITHMETIC,
                twice ? "" + plain + plain : String.valueOf(plain),
                cursor.from(start),
                space);
    }

    private Token token(Kind kind, int length, boolean space) {
        int start = cursor.position();
        cursor.move(length);
        return ending(kind, start, space);
    }

    private Token ending(Kind kind, int start, boolean space) {
        Extent extent = cursor.from(start);
        return new Token(kind, extent.text(), extent, space);
    }
}
