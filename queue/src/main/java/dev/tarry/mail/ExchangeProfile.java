package dev.tarry.mail;

import java.util.Locale;

/// Which generation's words are spoken where generations differ (reference §3).
public enum ExchangeProfile {
    E2010("2010"),
    E2013("2013"),
    E2016("2016"),
    E2019("2019"),
    /// As the fix guide quotes them.
    SEED("seed");

    private final String text;

    ExchangeProfile(String text) {
        this.text = text;
    }

    /// As settings write it: `2019`, `seed`.
    public String text() {
        return text;
    }

    /// @throws IllegalArgumentException naming the valid ones
    public static ExchangeProfile of(String text) {
        for (ExchangeProfile profile : values()) {
            if (profile.text.equals(text.toLowerCase(Locale.ROOT))) {
                return profile;
            }
        }
        throw new IllegalArgumentException("a profile is one of 2010, 2013, 2016, 2019, seed; not " + text);
    }
}
