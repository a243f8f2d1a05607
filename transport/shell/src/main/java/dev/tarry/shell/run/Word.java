package dev.tarry.shell.run;

import dev.tarry.shell.syntax.Extent;
import java.util.Optional;
import java.util.function.Supplier;

/// One of the words after a command's name. Its value is worked out when it is asked for.
sealed interface Word {
    /// Where it stands.
    Extent extent();

    /// `-Name`, or `-Name:value`.
    record Named(String name, Optional<Supplier<Given>> attached, Extent extent) implements Word {}

    record Unnamed(Supplier<Given> value, Extent extent) implements Word {}

    /// What a word is worth.
    ///
    /// @param literal as it was written, of a number; nothing else has it
    record Given(Object value, Optional<String> literal, Extent extent) {}
}
