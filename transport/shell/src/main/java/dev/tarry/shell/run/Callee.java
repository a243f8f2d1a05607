package dev.tarry.shell.run;

import dev.tarry.shell.cmdlet.Cmdlet;

/// What a command turned out to be.
///
/// @param lenient whether it takes words that it does not declare
/// @param takesAnything whether objects may be piped to it though no parameter takes them: `$input` has them
record Callee(Cmdlet cmdlet, boolean lenient, boolean takesAnything) {
    static Callee of(Cmdlet cmdlet) {
        return new Callee(cmdlet, false, false);
    }
}
