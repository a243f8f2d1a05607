package dev.tarry.shell.cmdlet;

/// What a cmdlet does, for one use in one pipeline; it may remember things between objects. Lives on the shell's
/// thread.
@FunctionalInterface
public interface Stage {
    /// Before the first object. Parameters bound from the pipeline are not there yet.
    default void begin(Call call) {}

    /// Once for each object that comes down the pipeline; once in all where the cmdlet stands first.
    void process(Call call);

    /// After the last object.
    default void end(Call call) {}

    /// When the pipeline is over, however it went: gives back what is open still.
    default void close() {}
}
