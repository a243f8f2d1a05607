package dev.tarry.shell.terminal;

/// Ctrl-C was pressed where a question stood: the pipeline that asked ends, and the shell does not.
public final class Interrupted extends RuntimeException {
    Interrupted() {
        super(null, null, false, false);
    }
}
