package dev.tarry.shell.run;

/// A command has all that it wants: whoever feeds it stops. Not an error, only a way out of the stages before it.
final class Enough extends RuntimeException {
    private final transient RunningCommand by;

    Enough(RunningCommand by) {
        super(null, null, false, false);
        this.by = by;
    }

    RunningCommand by() {
        return by;
    }
}
