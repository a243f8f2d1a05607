package dev.tarry.config;

/// Which Exchange generation's words the server uses for failures and reports (reference §3, §7).
public enum Profile {
    EXCHANGE_2019("2019"),
    EXCHANGE_2016("2016"),
    EXCHANGE_2013("2013"),
    EXCHANGE_2010("2010"),
    /// The words of the fix guide for `451 4.4.0 DNS query failed`.
    SEED("seed");

    private final String word;

    Profile(String word) {
        this.word = word;
    }

    /// As it is written in the settings.
    public String word() {
        return word;
    }
}
