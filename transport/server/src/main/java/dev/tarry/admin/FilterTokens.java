package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import java.util.ArrayList;
import java.util.List;

/// Cuts a filter into words, operators and values.
final class FilterTokens {
    /// @param at where it begins, counted from 1
    sealed interface Token {
        int at();

        /// A property's name, or a value without quotes.
        record Word(String text, int at) implements Token {}

        /// `-eq`, `-and`, anything that begins with a hyphen and a letter.
        record Dash(String text, int at) implements Token {}

        /// A value in quotes, taken out of them.
        record Quoted(String text, int at) implements Token {}
    }

    private final String filter;
    private int next;

    private FilterTokens(String filter) {
        this.filter = filter;
    }

    static List<Token> of(String filter) {
        FilterTokens cutter = new FilterTokens(filter);
        List<Token> tokens = new ArrayList<>();
        while (cutter.skipBlanks()) {
            tokens.add(cutter.token());
        }
        return tokens;
    }

    private boolean skipBlanks() {
        while (next < filter.length() && Character.isWhitespace(filter.charAt(next))) {
            next++;
        }
        return next < filter.length();
    }

    private Token token() {
        int start = next;
        char c = filter.charAt(start);
        if (c == '\'' || c == '"') {
            return new Token.Quoted(quoted(c), start + 1);
        }
        if (c == '(' || c == ')' || c == '{' || c == '}') {
            throw new OperationRefused(
                    Reason.INVALID_FILTER,
                    "a filter has no '" + c + "' (at character " + (start + 1)
                            + "); it is a row of conditions joined by -and, as in Exchange; for anything else filter the"
                            + " objects, as in Get-Queue | Where-Object { ($_.Status -eq 'Retry') -or ($_.MessageCount -gt 10) }");
        }
        boolean dash = c == '-' && start + 1 < filter.length() && Character.isLetter(filter.charAt(start + 1));
        while (next < filter.length() && !endsWord(filter.charAt(next))) {
            next++;
        }
        String text = filter.substring(start, next);
        return dash ? new Token.Dash(text, start + 1) : new Token.Word(text, start + 1);
    }

    private static boolean endsWord(char c) {
        return Character.isWhitespace(c) || c == '\'' || c == '"' || c == '(' || c == ')' || c == '{' || c == '}';
    }

    /// A quote is written twice inside its own kind.
    private String quoted(char quote) {
        int start = next++;
        StringBuilder text = new StringBuilder();
        while (next < filter.length()) {
            char c = filter.charAt(next++);
            if (c != quote) {
                text.append(c);
            } else if (next < filter.length() && filter.charAt(next) == quote) {
                text.append(c);
                next++;
            } else {
                return text.toString();
            }
        }
        throw new OperationRefused(
                Reason.INVALID_FILTER, "the quote at character " + (start + 1) + " of the filter is not closed");
    }
}
