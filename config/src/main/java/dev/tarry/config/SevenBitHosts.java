package dev.tarry.config;

/// What becomes of a message of eight bits where the next host does not offer 8BITMIME (RFC 6152 §3).
public enum SevenBitHosts {
    /// It is written in seven bits; what must not be altered is refused (5.6.3).
    CONVERT("Convert"),
    /// It goes as it is: nearly every host takes it all the same.
    SEND("Send"),
    /// It is refused (5.6.3).
    REFUSE("Refuse");

    private final String word;

    SevenBitHosts(String word) {
        this.word = word;
    }

    /// As settings write it.
    public String word() {
        return word;
    }
}
