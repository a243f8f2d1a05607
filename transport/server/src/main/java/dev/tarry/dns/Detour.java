package dev.tarry.dns;

/// What one query met on its way to an answer.
public enum Detour {
    /// The answer did not fit into a datagram.
    TRUNCATED("truncated over UDP"),
    /// The server cannot read EDNS and was asked once more without.
    WITHOUT_EDNS("asked again without EDNS"),
    /// Something came that did not answer the question, and was ignored.
    STRAY("ignored what was no answer");

    private final String words;

    Detour(String words) {
        this.words = words;
    }

    /// For people.
    public String words() {
        return words;
    }
}
