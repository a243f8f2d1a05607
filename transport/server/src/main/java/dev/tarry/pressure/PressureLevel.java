package dev.tarry.pressure;

/// How short a resource is.
public enum PressureLevel {
    LOW("Normal"),
    /// more mail is slowed down
    MEDIUM("Medium"),
    /// more mail is refused
    HIGH("High");

    private final String word;

    PressureLevel(String word) {
        this.word = word;
    }

    /// As events name it.
    public String word() {
        return word;
    }
}
