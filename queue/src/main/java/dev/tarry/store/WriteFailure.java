package dev.tarry.store;

/// A disk did not take what was written. It may nevertheless be there, whole or in part of its batches.
final class WriteFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean full;
    private final boolean damaged;

    WriteFailure(String message, boolean full, Throwable cause) {
        this(message, full, false, cause);
    }

    /// @param damaged whether what is on the disk already kept it from being written
    WriteFailure(String message, boolean full, boolean damaged, Throwable cause) {
        super(message, cause);
        this.full = full;
        this.damaged = damaged;
    }

    /// Whether the store must be repaired before anything is written.
    boolean damaged() {
        return damaged;
    }

    /// Whether there was no space.
    boolean full() {
        return full;
    }
}
