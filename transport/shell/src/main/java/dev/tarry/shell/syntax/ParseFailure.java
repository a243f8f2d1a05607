package dev.tarry.shell.syntax;

import java.util.List;

/// A script that does not read as one, or that uses what lies outside the subset. Nothing of it has run.
public final class ParseFailure extends RuntimeException {
    private final Extent extent;
    private final String errorId;
    private final boolean incomplete;
    private final List<ParseFailure> all;
    private final boolean more;

    ParseFailure(String message, String errorId, Extent extent, boolean incomplete) {
        this(message, errorId, extent, incomplete, List.of(), false);
    }

    private ParseFailure(
            String message, String errorId, Extent extent, boolean incomplete, List<ParseFailure> all, boolean more) {
        super(message, null, false, false);
        this.extent = extent;
        this.errorId = errorId;
        this.incomplete = incomplete;
        this.all = all;
        this.more = more;
    }

    /// The same as the first of several.
    ///
    /// @param more whether there are others besides
    ParseFailure among(List<ParseFailure> several, boolean more) {
        return new ParseFailure(getMessage(), errorId, extent, incomplete, List.copyOf(several), more);
    }

    static ParseFailure at(Extent extent, String errorId, String message) {
        return new ParseFailure(message, errorId, extent, false);
    }

    /// The text ended in the middle of something: more lines may complete it.
    static ParseFailure unfinished(Extent extent, String errorId, String message) {
        return new ParseFailure(message, errorId, extent, true);
    }

    /// What PowerShell knows and this shell does not.
    static ParseFailure outside(Extent extent, String what) {
        return at(extent, "NotSupportedByThisShell", what + " is outside the part of PowerShell that tarry speaks.");
    }

    public Extent extent() {
        return extent;
    }

    /// PowerShell's FullyQualifiedErrorId, such as `UnexpectedToken`.
    public String errorId() {
        return errorId;
    }

    /// All that does not read, this first, in the order of the text.
    public List<ParseFailure> all() {
        return all.isEmpty() ? List.of(this) : all;
    }

    /// Whether there is more that does not read than [#all] tells.
    public boolean hasMore() {
        return more;
    }

    /// Whether a prompt should ask for another line instead of complaining.
    public boolean incomplete() {
        return incomplete;
    }
}
