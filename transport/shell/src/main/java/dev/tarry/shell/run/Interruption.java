package dev.tarry.shell.run;

/// Whether somebody wants the running pipeline to stop (Ctrl-C). Any thread may ask; the shell's thread looks at every
/// turn of a loop and every object that goes down a pipeline, and then leaves the script, running its `finally`
/// blocks on the way.
public final class Interruption {
    private volatile boolean wanted;
    private int turnsLeft = Integer.MAX_VALUE;

    /// Asks for the running script to stop.
    public void request() {
        wanted = true;
    }

    /// Makes the running script stop by itself after so many turns: for what must not run for ever. Asked for before it
    /// runs.
    public void after(int turns) {
        turnsLeft = turns;
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
        if (turnsLeft < Integer.MAX_VALUE && --turnsLeft < 0) {
            wanted = true;
        }
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
