package dev.tarry.config;

import java.util.Optional;

/// Rows of every connector that nothing here asks for: what is written is kept and shown (reference §5.1, §6.2).
final class ConnectorNotes {
    static final Setting<Optional<String>> COMMENT = Setting.of(
                    "comment", Kinds.optional(Kinds.TEXT), "", "What administrators want to remember.")
            .exchange("Comment")
            .holds(Effect.KEPT);
    static final Setting<Optional<String>> DISPLAY_NAME = Setting.of(
                    "adminDisplayName", Kinds.optional(Kinds.TEXT), "", "What administration tools call it.")
            .exchange("AdminDisplayName")
            .holds(Effect.KEPT);

    private ConnectorNotes() {}
}
