package dev.tarry.config;

/// What a connector writes into its protocol log (reference §8.7).
public enum ProtocolLoggingLevel {
    NONE("None"),
    VERBOSE("Verbose");

    private final String word;

    ProtocolLoggingLevel(String word) {
        this.word = word;
    }

    /// Exchange's word.
    public String word() {
        return word;
    }
}
