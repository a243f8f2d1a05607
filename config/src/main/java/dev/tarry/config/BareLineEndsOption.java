package dev.tarry.config;

/// What becomes of a CR or LF that is not part of a CRLF, and of a NUL, where a receive connector does
/// not refuse the message for it.
public enum BareLineEndsOption {
    /// a bare CR or LF becomes CRLF, a NUL is dropped
    NORMALISE("Normalise"),
    /// all are kept as they came
    PASS("Pass");

    private final String word;

    BareLineEndsOption(String word) {
        this.word = word;
    }

    /// As it is written.
    public String word() {
        return word;
    }
}
