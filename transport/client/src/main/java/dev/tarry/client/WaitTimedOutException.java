package dev.tarry.client;

/// What was waited for did not come about in time. The message says how it stands.
public final class WaitTimedOutException extends ClientException {
    /// The problem's type.
    static final String TYPE = "urn:tarry:problem:wait-timed-out";

    private final transient Waited waited;

    WaitTimedOutException(String message, Waited waited) {
        super(message, null);
        this.waited = waited;
    }

    /// How things stood when it was given up.
    public Waited waited() {
        return waited;
    }
}
