package dev.tarry.app;

/// The server cannot start. The message is one sentence for people: what, where, what to do.
final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
