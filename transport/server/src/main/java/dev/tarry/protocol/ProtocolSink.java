package dev.tarry.protocol;

/// Where rows go. Any thread; must not block.
@FunctionalInterface
public interface ProtocolSink {
    ProtocolSink NONE = _ -> {};

    void write(ProtocolRow row);
}
