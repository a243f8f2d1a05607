package dev.tarry.config;

/// How a receive connector offers SIZE (reference §6.1).
public enum SizeAdvertisement {
    ENABLED("Enabled"),
    DISABLED("Disabled"),
    /// The keyword without the number.
    ENABLED_WITHOUT_VALUE("EnabledWithoutValue");

    private final String word;

    SizeAdvertisement(String word) {
        this.word = word;
    }

    /// As Exchange writes it.
    public String word() {
        return word;
    }
}
