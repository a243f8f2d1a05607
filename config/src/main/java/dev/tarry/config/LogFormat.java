package dev.tarry.config;

import java.util.Locale;

/// What a line of the server's own log looks like.
public enum LogFormat {
    /// for people
    TEXT,
    /// for programs: one object a line
    JSON;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
