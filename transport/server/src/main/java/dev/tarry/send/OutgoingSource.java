package dev.tarry.send;

import dev.tarry.time.Loop;
import java.util.Optional;
import java.util.function.Consumer;

/// Where an attempt's messages come from, one at a time, when the connection is ready for one.
@FunctionalInterface
public interface OutgoingSource {
    /// @param loop where `done` runs, once
    /// @param done gets the next message; empty: there is none, and the connection ends
    void next(Loop loop, Consumer<Optional<OutgoingMessage>> done);
}
