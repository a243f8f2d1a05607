package dev.tarry.config;

/// What an MX host that cannot be resolved does to the others (reference §4.3).
public enum DnsFaultTolerance {
    /// It is left out, and the rest are used.
    LENIENT("Lenient"),
    /// It takes with it all of its preference and higher.
    NORMAL("Normal");

    private final String word;

    DnsFaultTolerance(String word) {
        this.word = word;
    }

    /// As Exchange writes it.
    public String word() {
        return word;
    }
}
