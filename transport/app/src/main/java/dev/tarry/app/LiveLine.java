package dev.tarry.app;

import java.io.PrintWriter;

/// A line that tells how far something is: on a terminal rewritten in place, elsewhere a line each time. Any thread.
final class LiveLine {
    private final PrintWriter err;
    private final boolean terminal;
    private int shown;

    LiveLine(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /// On standard error, which is a terminal where the whole console is.
    static LiveLine on(PrintWriter err) {
        var console = System.console();
        return new LiveLine(err, console != null && console.isTerminal());
    }

    synchronized void show(String line) {
        if (terminal) {
            err.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
            err.flush();
            shown = line.length();
        } else {
            err.println(line);
        }
    }

    /// What follows begins on a line of its own.
    synchronized void end() {
        if (shown > 0) {
            err.println();
            shown = 0;
        }
    }
}
