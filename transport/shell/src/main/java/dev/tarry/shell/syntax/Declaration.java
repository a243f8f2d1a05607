package dev.tarry.shell.syntax;

import java.util.List;
import java.util.Optional;

/// `[CmdletBinding()] param(…)`.
///
/// @param advanced whether it says CmdletBinding, and so has the common parameters and takes nothing undeclared
/// @param acts whether it has -WhatIf and -Confirm (SupportsShouldProcess)
/// @param positional whether parameters without a position take unnamed values in the order of their writing
public record Declaration(boolean advanced, boolean acts, boolean positional, List<Parameter> parameters) {
    /// One parameter.
    ///
    /// @param types the types in brackets before it, outermost first
    /// @param initial its value where none is given
    /// @param position its place among unnamed values; -1 where nothing says so
    /// @param piped whether it takes the object that comes down the pipeline
    /// @param pipedByName whether it takes a property of its name
    /// @param rest whether it takes all that is left
    /// @param checks what its value must satisfy
    public record Parameter(
            String name,
            List<TypeName> types,
            Optional<Expression> initial,
            boolean mandatory,
            int position,
            boolean piped,
            boolean pipedByName,
            boolean rest,
            List<String> aliases,
            List<Check> checks,
            Extent extent) {}

    /// A Validate attribute with what it was given.
    public record Check(Kind kind, List<Expression> arguments, Extent extent) {
        public enum Kind {
            SET,
            RANGE,
            PATTERN,
            LENGTH,
            COUNT,
            SCRIPT,
            NOT_NULL,
            NOT_EMPTY
        }
    }
}
