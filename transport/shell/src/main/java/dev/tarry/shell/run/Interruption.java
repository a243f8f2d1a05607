package dev.tarry.shell.run;

/// Whether somebody wants the running pipeline to stop (Ctrl-C). Any thread may ask; the shell's thread looks at every
/// turn of a loop and every object that goes down a pipeline, and then leaves the script, running its `finally`
/// blocks on the way.
public final class Interruption {
    private volatile boolean wanted;

    /// Asks for the running script to stop.
    public void request() {
        wanted = true;
    }

    /// Before the next script.
    public void clear() {
        wanted = false;
    }

    public boolean isRequested() {
        return wanted;
    }

    /// @throws Interrupted where somebody asked
    public void check() {
        if (wanted) {
            throw new Interrupted();
        }
    }

    /// The way out of a script that was interrupted. No `catch` of a script takes it.
    public static final class Interrupted extends RuntimeException {
        public Interrupted() {
            super(null, null, false, false);
        }
    }
}
