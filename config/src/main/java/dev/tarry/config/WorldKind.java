package dev.tarry.config;

import java.util.Locale;

/// What lies outside the server.
public enum WorldKind {
    /// The lab's own DNS servers and hosts, on loopback.
    LAB,
    /// The network's own; only what the egress list allows is dialled.
    NETWORK;

    /// As it is written in the settings.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
