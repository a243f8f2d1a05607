package dev.tarry.pickup;

/// Counts files. Called on the loop of the directories; implementations are quick.
public interface PickupMeter {
    PickupMeter NONE = new PickupMeter() {};

    /// A file's message is durable.
    ///
    /// @param bytes as stored
    default void picked(Drop from, long bytes) {}

    /// A file was set aside as `.bad`.
    default void bad(Drop from) {}
}
