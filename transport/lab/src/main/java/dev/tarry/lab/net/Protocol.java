package dev.tarry.lab.net;

/// What a dial speaks below the application.
public enum Protocol {
    TCP,
    UDP
}
