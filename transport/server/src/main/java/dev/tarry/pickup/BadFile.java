package dev.tarry.pickup;

/// A file that can never be sent as it is.
final class BadFile extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param reason what is wrong and what would be right; quotes nothing of the file
    BadFile(String reason) {
        super(reason, null, false, false);
    }
}
