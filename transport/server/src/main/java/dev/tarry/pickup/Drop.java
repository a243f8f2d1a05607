package dev.tarry.pickup;

/// The two directories.
public enum Drop {
    PICKUP("Pickup"),
    REPLAY("Replay");

    private final String word;

    Drop(String word) {
        this.word = word;
    }

    /// As it stands in Received lines and MessageSourceName.
    public String word() {
        return word;
    }
}
