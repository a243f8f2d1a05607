package dev.tarry.shell.run;

import dev.tarry.shell.cmdlet.Cmdlet;

/// What a command turned out to be.
///
/// @param lenient whether it takes words that it does not declare
/// @param transformation what is made of values before they are bound; a function's types and checks
/// @param takesAnything whether objects may be piped to it though no parameter takes them: `$input` has them
record Callee(Cmdlet cmdlet, Transformation transformation, boolean lenient, boolean takesAnything) {
    static Callee of(Cmdlet cmdlet) {
        return new Callee(cmdlet, (_, value) -> value, false, false);
    }

    /// Makes a value what a parameter wants.
    @FunctionalInterface
    interface Transformation {
        /// @throws dev.tarry.shell.value.ShellFailure where it cannot be that
        Object apply(String parameter, Object value);
    }
}
