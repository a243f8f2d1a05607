package dev.tarry.config;

/// Whether a connector's conversations are written down (reference §8.7).
public enum ProtocolLoggingLevel {
    NONE("None"),
    VERBOSE("Verbose");

    private final String word;

    ProtocolLoggingLevel(String word) {
        this.word = word;
    }

    /// As Exchange writes it.
    public String word() {
        return word;
    }
}
