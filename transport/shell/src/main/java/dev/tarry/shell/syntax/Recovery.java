package dev.tarry.shell.syntax;

import dev.tarry.shell.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// What was met that does not read, and how reading goes on behind it, so that one look at a script tells all that is
/// wrong with it. It goes on at the end of the statement, or of the block, that holds the error; what might only
/// follow from an error before it (a brace too many, a missing end) is not told.
final class Recovery {
    /// More errors than that are not told; that there are more is.
    static final int MAX_TOLD = 10;

    private static final String TOO_DEEP = "TooDeep";

    private final Script script;
    private final Lexer lexer;
    private final List<ParseFailure> met = new ArrayList<>();
    private boolean uneven;

    Recovery(Script script, Lexer lexer) {
        this.script = script;
        this.lexer = lexer;
    }

    /// Takes an error down where the parser can go on as if what is missing stood there.
    ///
    /// @throws ParseFailure the same, where nothing comes after it or enough were met
    void tell(ParseFailure failure) {
        keep(failure);
        if (failure.incomplete() || met.size() > MAX_TOLD) {
            throw failure;
        }
    }

    /// Takes an error down and moves to the end of the statement that holds it.
    ///
    /// @param start where that statement begins
    /// @param closer what the statements around it end with
    /// @throws ParseFailure the same, where it takes whatever is around these statements to go on
    void resume(ParseFailure failure, int start, Kind closer) {
        tell(failure);
        if (failure.errorId().equals(TOO_DEEP)) {
            throw failure;
        }
        if (failure.errorId().equals("MissingEndParenthesisInExpression")) {
            uneven = true;
            return; // the next line is no part of what the parenthesis holds
        }
        Skipping skipping = new Skipping(script.text());
        int end = skipping.end(start, lexer.position(), closer);
        uneven |= skipping.uneven();
        if (end == Skipping.NOWHERE) {
            throw failure;
        }
        lexer.rewind(end);
    }

    /// @throws ParseFailure where anything was met
    void finish() {
        if (!met.isEmpty()) {
            throw all();
        }
    }

    /// What ended the reading, with all that was met before.
    ParseFailure with(ParseFailure last) {
        keep(last);
        return all();
    }

    private ParseFailure all() {
        boolean more = met.size() > MAX_TOLD;
        return met.getFirst().among(met.subList(0, Math.min(met.size(), MAX_TOLD)), more);
    }

    private void keep(ParseFailure failure) {
        boolean known = met.stream()
                .anyMatch(other -> other == failure
                        || other.extent().equals(failure.extent())
                                && other.errorId().equals(failure.errorId()));
        if (!known && (met.isEmpty() || !mayFollow(failure))) {
            met.add(failure);
        }
    }

    /// Whether an error may come of those before it alone.
    private boolean mayFollow(ParseFailure failure) {
        String text = failure.extent().text();
        return failure.incomplete() ? uneven : text.equals("}") || text.equals(")");
    }
}
