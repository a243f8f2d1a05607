package dev.tarry.client;

import java.util.Map;

/// What can be done to queues (reference §2.4).
public enum QueueVerb {
    SUSPEND("suspend", Map.of()),
    RESUME("resume", Map.of()),
    /// Tries a queue in Retry now.
    RETRY("retry", Map.of()),
    /// Has all its messages categorized again, but for those that are suspended.
    RESUBMIT("retry", Map.of("resubmit", true));

    private final String word;
    private final Map<String, Object> members;

    QueueVerb(String word, Map<String, Object> members) {
        this.word = word;
        this.members = members;
    }

    /// As paths have it.
    String word() {
        return word;
    }

    Map<String, Object> members() {
        return members;
    }
}
