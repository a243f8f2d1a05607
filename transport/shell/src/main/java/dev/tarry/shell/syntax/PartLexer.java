package dev.tarry.shell.syntax;

import static dev.tarry.shell.syntax.Letters.endsWord;
import static dev.tarry.shell.syntax.Letters.escaped;
import static dev.tarry.shell.syntax.Letters.isBlank;
import static dev.tarry.shell.syntax.Letters.isDoubleQuote;
import static dev.tarry.shell.syntax.Letters.isName;
import static dev.tarry.shell.syntax.Letters.isSingleQuote;

/// Reads what is made of pieces: strings, here-strings, barewords, and the variables in them.
final class PartLexer {
    private static final int MAX_CODE_POINT_DIGITS = 6;

    private final Cursor cursor;

    PartLexer(Cursor cursor) {
        this.cursor = cursor;
    }

    /// The next piece of the expandable string whose opening quote was taken.
    Part stringPart(Extent opening) {
        StringBuilder literal = new StringBuilder();
        while (true) {
            char c = cursor.at(0);
            if (cursor.atEnd()) {
                throw ParseFailure.unfinished(
                        cursor.from(opening.start()),
                        "TerminatorExpectedAtEndOfString",
                        "The string is missing the terminator: \".");
            }
            if (isDoubleQuote(c) && !isDoubleQuote(cursor.at(1))) {
                if (!literal.isEmpty()) {
                    return new Part.Text(literal.toString());
                }
                cursor.move(1);
                return new Part.End();
            }
            if (c == '$' && startsPart()) {
                return literal.isEmpty() ? dollarPart() : new Part.Text(literal.toString());
            }
            if (isDoubleQuote(c)) {
                literal.append(c);
                cursor.move(2);
            } else {
                plain(literal);
            }
        }
    }

    /// The next piece of the expandable here-string whose first line end was taken: quotes stand for themselves, and
    /// a `"@` that begins a line ends it.
    Part herePart(Extent opening) {
        StringBuilder literal = new StringBuilder();
        while (true) {
            if (cursor.atEnd()) {
                throw unfinishedHere(opening, "\"@");
            }
            int end = hereEnd('"');
            if (end > 0) {
                if (!literal.isEmpty()) {
                    return new Part.Text(literal.toString());
                }
                cursor.move(end);
                return new Part.End();
            }
            if (cursor.at(0) == '$' && startsPart()) {
                return literal.isEmpty() ? dollarPart() : new Part.Text(literal.toString());
            }
            plain(literal);
        }
    }

    /// The content of the here-string `@'` whose first line end was taken.
    String hereText(Extent opening) {
        StringBuilder literal = new StringBuilder();
        while (true) {
            if (cursor.atEnd()) {
                throw unfinishedHere(opening, "'@");
            }
            int end = hereEnd('\'');
            if (end > 0) {
                cursor.move(end);
                return literal.toString();
            }
            literal.append(cursor.at(0));
            cursor.move(1);
        }
    }

    /// How many characters the end of a here-string takes, its line end and `'@`; 0 where it does not end here.
    private int hereEnd(char quote) {
        boolean first = cursor.position() > 0 && isLineEnd(cursor.text().charAt(cursor.position() - 1));
        int lineEnd = cursor.at(0) == '\r' && cursor.at(1) == '\n' ? 2 : isLineEnd(cursor.at(0)) ? 1 : 0;
        // An empty one ends on the line after its header, where the cursor is.
        int at = lineEnd == 0 && first ? 0 : lineEnd;
        if (lineEnd == 0 && !first) {
            return 0;
        }
        if (isQuote(cursor.at(at), quote) && cursor.at(at + 1) == '@') {
            return at + 2;
        }
        int indented = at;
        while (isBlank(cursor.at(indented))) {
            indented++;
        }
        if (indented > at && isQuote(cursor.at(indented), quote) && cursor.at(indented + 1) == '@') {
            cursor.move(at);
            throw ParseFailure.at(
                    cursor.next(indented - at + 2),
                    "WhitespaceBeforeHereStringFooter",
                    "White space is not allowed before the string terminator.");
        }
        return 0;
    }

    private static boolean isQuote(char c, char quote) {
        return quote == '"' ? isDoubleQuote(c) : isSingleQuote(c);
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    private static ParseFailure unfinishedHere(Extent opening, String terminator) {
        return ParseFailure.unfinished(
                opening,
                "TerminatorExpectedAtEndOfString",
                "The string is missing the terminator: " + terminator + ".");
    }

    /// The next piece of the bareword at the cursor.
    Part wordPart() {
        StringBuilder literal = new StringBuilder();
        while (true) {
            char c = cursor.at(0);
            boolean special = isDoubleQuote(c) || c == '$' && startsPart();
            if (endsWord(c) || special) {
                if (!literal.isEmpty()) {
                    return new Part.Text(literal.toString());
                }
                if (!special) {
                    return new Part.End();
                }
                if (c != '$') {
                    Extent quote = cursor.next(1);
                    cursor.move(1);
                    return new Part.Quoted(quote);
                }
                return dollarPart();
            }
            if (isSingleQuote(c)) {
                literal.append(verbatim());
            } else {
                plain(literal);
            }
        }
    }

    /// A string in single quotes, cooked.
    String verbatim() {
        int start = cursor.position();
        cursor.move(1);
        StringBuilder content = new StringBuilder();
        while (true) {
            char c = cursor.at(0);
            if (cursor.atEnd()) {
                throw ParseFailure.unfinished(
                        cursor.from(start),
                        "TerminatorExpectedAtEndOfString",
                        "The string is missing the terminator: '.");
            }
            cursor.move(1);
            if (isSingleQuote(c)) {
                if (!isSingleQuote(cursor.at(0))) {
                    return content.toString();
                }
                cursor.move(1);
            }
            content.append(c);
        }
    }

    /// The character at the cursor, or what it escapes.
    private void plain(StringBuilder literal) {
        char c = cursor.at(0);
        if (c != '`' || cursor.position() + 1 >= cursor.text().length()) {
            literal.append(c);
            cursor.move(1);
        } else if (cursor.at(1) == 'u' && cursor.at(2) == '{') {
            literal.appendCodePoint(codePoint());
        } else {
            literal.append(escaped(cursor.at(1)));
            cursor.move(2);
        }
    }

    /// `` `u{1F600} ``.
    private int codePoint() {
        int start = cursor.position();
        int close = cursor.text().indexOf('}', start);
        String digits = close < 0 ? "" : cursor.text().substring(start + 3, close);
        boolean hex = !digits.isEmpty()
                && digits.length() <= MAX_CODE_POINT_DIGITS
                && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        if (!hex || !Character.isValidCodePoint(Integer.parseInt(digits, 16))) {
            throw ParseFailure.at(
                    cursor.next(close < 0 ? 3 : close - start + 1),
                    "InvalidUnicodeEscapeSequence",
                    "The Unicode escape sequence is not valid. A valid sequence is `u{ followed by one to six hex "
                            + "digits and a closing '}'.");
        }
        cursor.moveTo(close + 1);
        return Integer.parseInt(digits, 16);
    }

    boolean startsPart() {
        return startsVariable() || cursor.at(1) == '(';
    }

    /// Whether a variable begins at the `$` under the cursor.
    boolean startsVariable() {
        char next = cursor.at(1);
        return isName(next) || next == '{' || next == '?' || next == '$' || next == '^';
    }

    private Part dollarPart() {
        if (cursor.at(1) == '(') {
            Extent opening = cursor.next(2);
            cursor.move(2);
            return new Part.Statements(opening);
        }
        return new Part.Variable(variable(false));
    }

    /// The variable at the cursor.
    Token variable(boolean space) {
        int start = cursor.position();
        cursor.move(1);
        if (cursor.at(0) == '{') {
            int close = cursor.text().indexOf('}', cursor.position());
            if (close < 0) {
                throw ParseFailure.unfinished(
                        cursor.from(start), "MissingCloseBrace", "The variable name is missing the terminator: }.");
            }
            String name = cursor.text().substring(cursor.position() + 1, close);
            cursor.moveTo(close + 1);
            if (name.isEmpty()) {
                throw ParseFailure.at(
                        cursor.from(start), "EmptyVariableReference", "Braced variable name cannot be empty.");
            }
            return new Token(Token.Kind.VARIABLE, name, cursor.from(start), space);
        }
        if (!isName(cursor.at(0))) {
            cursor.move(1);
            return new Token(
                    Token.Kind.VARIABLE,
                    cursor.text().substring(start + 1, cursor.position()),
                    cursor.from(start),
                    space);
        }
        String name = cursor.name();
        if (cursor.at(0) == ':' && cursor.at(1) != ':') {
            if (!isName(cursor.at(1)) && cursor.at(1) != '{') {
                throw ParseFailure.at(
                        new Extent(cursor.script(), start, cursor.position() + 1),
                        "InvalidVariableReferenceWithDrive",
                        "Variable reference is not valid. ':' was not followed by a valid variable name character. "
                                + "Consider using ${} to delimit the name.");
            }
            cursor.move(1);
            name += ":" + cursor.name();
        }
        return new Token(Token.Kind.VARIABLE, name, cursor.from(start), space);
    }
}
