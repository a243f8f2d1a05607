package dev.tarry.config;

/// Whose messages a receive connector counts for its message rate (reference §6.1).
public enum MessageRateSource {
    NONE("None"),
    /// who the message says it is from (MAIL)
    USER("User"),
    IP_ADDRESS("IPAddress"),
    /// both: neither may send more
    ALL("All");

    private final String word;

    MessageRateSource(String word) {
        this.word = word;
    }

    /// As Exchange prints it: `IPAddress`.
    public String word() {
        return word;
    }
}
