package dev.tarry.client;

import java.util.Map;

/// What can be done to queued messages (reference §2.4).
public enum MessageVerb {
    SUSPEND("suspend", Map.of()),
    /// Also out of Poison.
    RESUME("resume", Map.of()),
    /// Its sender gets a non-delivery report.
    REMOVE("remove", Map.of("withNdr", true)),
    /// Nobody is told.
    REMOVE_SILENTLY("remove", Map.of("withNdr", false));

    private final String word;
    private final Map<String, Object> members;

    MessageVerb(String word, Map<String, Object> members) {
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
