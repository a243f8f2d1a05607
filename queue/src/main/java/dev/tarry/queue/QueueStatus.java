package dev.tarry.queue;

/// A queue's Status (reference §1.5).
public enum QueueStatus {
    ACTIVE("Active"),
    CONNECTING("Connecting"),
    READY("Ready"),
    RETRY("Retry"),
    SUSPENDED("Suspended");

    private final String shellName;

    QueueStatus(String shellName) {
        this.shellName = shellName;
    }

    public String shellName() {
        return shellName;
    }
}
