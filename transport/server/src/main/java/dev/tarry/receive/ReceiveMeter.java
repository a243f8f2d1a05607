package dev.tarry.receive;

/// Counts what sessions do. Called on io loops, from several threads.
public interface ReceiveMeter {
    ReceiveMeter NONE = new ReceiveMeter() {};

    default void connected() {}

    default void disconnected() {}

    /// A connection was turned away because a limit of connections was reached.
    default void turnedAway() {}

    /// A message was taken, durable.
    ///
    /// @param bytes as stored
    /// @param recipients at least 1
    default void accepted(long bytes, int recipients) {}

    /// A command or message was refused.
    ///
    /// @param code 400 to 599
    default void refused(int code) {}
}
