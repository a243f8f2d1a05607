package dev.tarry.queue;

/// What an administrator has ordered to become of a copy that is in somebody's hands, should it come back (reference
/// §1.6). Until then it goes on as if nothing had been said.
enum Fate {
    /// PendingSuspend
    SUSPEND,
    /// PendingRemove, and nobody is told
    REMOVE,
    /// PendingRemove, and its sender is told
    REMOVE_WITH_NDR;

    boolean removes() {
        return this != SUSPEND;
    }
}
