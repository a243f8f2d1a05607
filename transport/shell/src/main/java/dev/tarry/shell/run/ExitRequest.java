package dev.tarry.shell.run;

/// `exit` was met.
public final class ExitRequest extends RuntimeException {
    private final int code;

    ExitRequest(int code) {
        super(null, null, false, false);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
