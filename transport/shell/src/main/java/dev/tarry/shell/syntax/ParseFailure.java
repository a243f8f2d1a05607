package dev.tarry.shell.syntax;

/// A script that does not read as one, or that uses what lies outside the subset. Nothing of it has run.
public final class ParseFailure extends RuntimeException {
    private final Extent extent;
    private final String errorId;
    private final boolean incomplete;

    ParseFailure(String message, String errorId, Extent extent, boolean incomplete) {
        super(message, null, false, false);
        this.extent = extent;
        this.errorId = errorId;
        this.incomplete = incomplete;
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

    /// Whether a prompt should ask for another line instead of complaining.
    public boolean incomplete() {
        return incomplete;
    }
}
