package dev.tarry.store;

/// The store could not read or open what it should have.
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean damaged;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
        this.damaged = cause instanceof StoreException of && of.damaged;
    }

    public StoreException(String message) {
        super(message);
        this.damaged = false;
    }

    private StoreException(String message, Throwable cause, boolean damaged) {
        super(message, cause);
        this.damaged = damaged;
    }

    /// What is on the disk is not what was written there, or makes no sense: trying again will not help, setting it
    /// aside may.
    ///
    /// @param cause null if there is none
    static StoreException ofDamage(String message, Throwable cause) {
        return new StoreException(message, cause, true);
    }

    /// As the other, without a cause.
    public static StoreException ofDamage(String message) {
        return ofDamage(message, null);
    }

    /// Whether it is the octets that are wrong, and not the disk that cannot give them now.
    public boolean damaged() {
        return damaged;
    }
}
