package dev.tarry.config;

import java.util.Locale;

/// How much the server's own log tells; each tells all that those before it do.
public enum LogLevel {
    /// what needs somebody
    ERROR,
    /// what may
    WARN,
    /// what an operator wants to know
    INFO,
    /// why the server did what it did
    DEBUG,
    TRACE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
