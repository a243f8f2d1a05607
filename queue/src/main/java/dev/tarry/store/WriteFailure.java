package dev.tarry.store;

/// A disk did not take what was written. It may nevertheless be there, whole or in part of its batches.
final class WriteFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean full;

    WriteFailure(String message, boolean full, Throwable cause) {
        super(message, cause);
        this.full = full;
    }

    /// Whether there was no space.
    boolean full() {
        return full;
    }
}
