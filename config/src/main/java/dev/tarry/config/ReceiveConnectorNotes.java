package dev.tarry.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a receive connector has and hardly anything here asks for: it is kept and shown as it was written
/// (reference §6.2).
///
/// @param transportRole           whose connector it would be in Exchange; here one process has them
///                                all, and a connector rests with that component
/// @param maxAcknowledgementDelay not used by Exchange after 2010
public record ReceiveConnectorNotes(
        Optional<String> comment,
        Optional<String> adminDisplayName,
        TransportRole transportRole,
        Duration maxAcknowledgementDelay) {
    /// A service of Exchange that has receive connectors.
    public enum TransportRole {
        FRONTEND_TRANSPORT("FrontendTransport"),
        HUB_TRANSPORT("HubTransport");

        private final String word;

        TransportRole(String word) {
            this.word = word;
        }

        /// As Exchange prints it.
        public String word() {
            return word;
        }
    }

    private static final Setting<TransportRole> ROLE = Setting.of(
                    "transportRole",
                    Kinds.choice("a transport role", TransportRole.class, TransportRole::word),
                    "FrontendTransport",
                    "The service of Exchange that would have the connector; it rests with that (Set-ServerComponentState).")
            .exchange("TransportRole");
    private static final Setting<Duration> ACKNOWLEDGEMENT = Setting.of(
                    "maxAcknowledgementDelay",
                    Kinds.SPAN,
                    "00:00:30",
                    "How long an acknowledgement waits for a second copy; Exchange has not used it since 2010.")
            .between("00:00:00", "1.00:00:00")
            .exchange("MaxAcknowledgementDelay")
            .holds(Effect.KEPT);

    static final List<Setting<?>> ROWS =
            List.of(ConnectorNotes.COMMENT, ConnectorNotes.DISPLAY_NAME, ROLE, ACKNOWLEDGEMENT);

    static ReceiveConnectorNotes from(Values values) {
        return new ReceiveConnectorNotes(
                values.of(ConnectorNotes.COMMENT),
                values.of(ConnectorNotes.DISPLAY_NAME),
                values.of(ROLE),
                values.of(ACKNOWLEDGEMENT));
    }
}
