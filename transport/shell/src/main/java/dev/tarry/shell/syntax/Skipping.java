package dev.tarry.shell.syntax;

import static dev.tarry.shell.syntax.Letters.isBlank;
import static dev.tarry.shell.syntax.Letters.isDoubleQuote;
import static dev.tarry.shell.syntax.Letters.isSingleQuote;

import dev.tarry.shell.syntax.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/// Finds the end of a statement that does not read, by its brackets, strings and line ends alone. It rather gives up,
/// or goes too far, than stop where what follows is still a part of that statement: an error that is none is worse
/// than one that is told the next time.
final class Skipping {
    /// Where no end was found that can be trusted.
    static final int NOWHERE = -1;

    private static final Set<String> GOES_ON = Set.of("else", "elseif", "catch", "finally", "until");

    private final String text;
    private boolean uneven;

    Skipping(String text) {
        this.text = text;
    }

    /// Whether brackets did not fit on the way, so that a bracket too many or too few means nothing from here on.
    boolean uneven() {
        return uneven;
    }

    /// @param start where the statement begins
    /// @param past how far it was read
    /// @param closer what the statements around it end with
    /// @return the place of the separator or closer behind it, or [#NOWHERE]
    int end(int start, int past, Kind closer) {
        Deque<Character> open = new ArrayDeque<>();
        int braces = 0; // of what is open
        int i = start;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (i >= past && open.isEmpty() && c == ';') {
                return i;
            }
            if (i >= past && open.isEmpty() && c == '\n') {
                if (!goesOn(start, i)) {
                    return i;
                }
                i = nextText(i); // of the line ends between the same is true
                continue;
            }
            switch (c) {
                case '(' -> open.push(c);
                case '{' -> {
                    open.push(c);
                    braces++;
                }
                case ')' -> {
                    if (!open.isEmpty() && open.peek() == '(') {
                        open.pop();
                    } else if (open.isEmpty() && closer == Kind.CLOSE_PAREN) {
                        return i >= past ? i : NOWHERE;
                    } else {
                        uneven = true;
                    }
                }
                case '}' -> {
                    if (braces > 0) {
                        braces--;
                        while (open.pop() != '{') {
                            uneven = true;
                        }
                    } else if (closer != Kind.END) {
                        // A brace ends all parentheses in it; those of the statements around it too.
                        uneven |= !open.isEmpty();
                        return closer == Kind.CLOSE_BRACE && i >= past ? i : NOWHERE;
                    } else {
                        uneven = true;
                    }
                }
                default -> {
                    int after = piece(i, 0);
                    if (after == NOWHERE) {
                        return NOWHERE;
                    }
                    i = after;
                    continue;
                }
            }
            i++;
        }
        return closer == Kind.END ? text.length() : NOWHERE;
    }

    /// The place behind what begins here and is no bracket: a string, a comment, an escaped or plain character.
    private int piece(int i, int depth) {
        char c = text.charAt(i);
        char next = at(i + 1);
        if (c == '`') {
            return Math.min(i + (next == '\r' && at(i + 2) == '\n' ? 3 : 2), text.length());
        }
        if (c == '@' && (isSingleQuote(next) || isDoubleQuote(next))) {
            return hereString(i + 2, isDoubleQuote(next));
        }
        if (isSingleQuote(c)) {
            return quoted(i + 1);
        }
        if (isDoubleQuote(c)) {
            return expandable(i + 1, depth);
        }
        if (c == '<' && next == '#') {
            int close = text.indexOf("#>", i + 2);
            return close < 0 ? NOWHERE : close + 2;
        }
        if (c == '#' && (i == 0 || Letters.endsWord(text.charAt(i - 1)))) {
            int end = text.indexOf('\n', i);
            return end < 0 ? text.length() : end;
        }
        if (c == '$' && next == '{') {
            int close = text.indexOf('}', i);
            return close < 0 ? NOWHERE : close + 1;
        }
        return i + 1;
    }

    /// A string over several lines may be a quote too many: then all that follows is turned inside out.
    private int quoted(int from) {
        for (int i = from; i < text.length() && text.charAt(i) != '\n'; i++) {
            if (isSingleQuote(text.charAt(i))) {
                return i + 1;
            }
        }
        return NOWHERE;
    }

    private int expandable(int from, int depth) {
        if (depth > Parser.MAX_DEPTH) {
            return NOWHERE;
        }
        int i = from;
        while (i < text.length() && text.charAt(i) != '\n') {
            char c = text.charAt(i);
            if (isDoubleQuote(c)) {
                return i + 1;
            }
            if (c == '`') {
                i += 2;
            } else if (c == '$' && at(i + 1) == '(') {
                i = inParentheses(i + 2, depth + 1);
                if (i == NOWHERE) {
                    return NOWHERE;
                }
            } else {
                i++;
            }
        }
        return NOWHERE;
    }

    private int inParentheses(int from, int depth) {
        int open = 1;
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '(') {
                open++;
            } else if (c == ')' && --open == 0) {
                return i + 1;
            }
            i = piece(i, depth);
            if (i == NOWHERE) {
                return NOWHERE;
            }
        }
        return NOWHERE;
    }

    private int hereString(int from, boolean expandable) {
        int line = text.indexOf('\n', from);
        while (line >= 0) {
            char quote = at(line + 1);
            if ((expandable ? isDoubleQuote(quote) : isSingleQuote(quote)) && at(line + 2) == '@') {
                return line + 3;
            }
            line = text.indexOf('\n', line + 1);
        }
        return NOWHERE;
    }

    /// Whether a statement goes on behind a line end: because of what stands before it or what comes after.
    private boolean goesOn(int start, int lineEnd) {
        int last = lineEnd;
        while (last > start && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        if (last > start && "|,=+-*/%&".indexOf(text.charAt(last - 1)) >= 0 || isOperator(wordBefore(start, last))) {
            return true;
        }
        int next = nextText(lineEnd);
        String word = wordAt(next);
        return at(next) == '|'
                || at(next) == '{'
                || GOES_ON.contains(word)
                || word.equals("while") && wordAt(start).equals("do");
    }

    /// The place of the first character from here on that is neither blank nor a line end.
    private int nextText(int from) {
        int next = from;
        while (next < text.length() && (Character.isWhitespace(text.charAt(next)) || isBlank(text.charAt(next)))) {
            next++;
        }
        return next;
    }

    private static boolean isOperator(String word) {
        return word.length() > 1
                && Letters.isDash(word.charAt(0))
                && (Set.of("and", "or", "xor").contains(word.substring(1))
                        || Comparison.of(word).isPresent());
    }

    private String wordBefore(int start, int end) {
        int from = end;
        while (from > start && !Character.isWhitespace(text.charAt(from - 1))) {
            from--;
        }
        return text.substring(from, end).toLowerCase(Locale.ROOT);
    }

    private String wordAt(int start) {
        int end = start;
        while (Letters.isName(at(end))) {
            end++;
        }
        return text.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private char at(int i) {
        return i < text.length() ? text.charAt(i) : Cursor.NONE;
    }
}
