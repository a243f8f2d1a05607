package dev.tarry.config;

/// Which out-of-office messages a remote domain gets.
public enum OofType {
    EXTERNAL("External"),
    EXTERNAL_LEGACY("ExternalLegacy"),
    INTERNAL_LEGACY("InternalLegacy"),
    NONE("None");

    private final String word;

    OofType(String word) {
        this.word = word;
    }

    /// As Exchange writes it.
    public String word() {
        return word;
    }
}
