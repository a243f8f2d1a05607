package dev.tarry.config;

import java.nio.file.Path;

/// Where a value came from, weakest first; a later kind wins over an earlier one.
public sealed interface Origin {
    /// Nobody wrote it.
    record BuiltIn() implements Origin {}

    /// The settings file.
    ///
    /// @param line   from 1
    /// @param column from 1
    record File(Path file, int line, int column) implements Origin {}

    /// Changed while the server ran.
    record RunTime() implements Origin {}

    /// A variable of the environment.
    record Environment(String variable) implements Origin {}

    /// `--set` on the command line.
    record CommandLine() implements Origin {}

    /// Whether it outranks what is set at run time.
    default boolean isStronger() {
        return switch (this) {
            case BuiltIn _, File _, RunTime _ -> false;
            case Environment _, CommandLine _ -> true;
        };
    }

    /// How a person would say it: `default`, `tarry.yaml:3:5`, `TARRY_WORLD`, `--set`.
    default String text() {
        return switch (this) {
            case BuiltIn _ -> "default";
            case File file -> Printable.line(file.file().toString()) + ":" + file.line() + ":" + file.column();
            case RunTime _ -> "set at run time";
            case Environment environment -> environment.variable();
            case CommandLine _ -> "--set";
        };
    }
}
