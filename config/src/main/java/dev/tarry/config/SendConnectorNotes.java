package dev.tarry.config;

import static dev.tarry.config.Kinds.SWITCH;

import java.util.List;
import java.util.Optional;

/// What a send connector has and nothing here asks for: it is kept and shown as it was written (reference §5.1).
///
/// @param frontendProxyEnabled     whether a Front End Transport service stands between
/// @param cloudServicesMailEnabled whether headers cross over to Exchange Online
/// @param requireOorg              whether the originator's organisation is named
public record SendConnectorNotes(
        Optional<String> comment,
        Optional<String> adminDisplayName,
        boolean frontendProxyEnabled,
        boolean cloudServicesMailEnabled,
        boolean requireOorg) {
    private static final Setting<Boolean> PROXY = Setting.of(
                    "frontendProxyEnabled",
                    SWITCH,
                    "false",
                    "Whether mail leaves through a Front End Transport service.")
            .exchange("FrontendProxyEnabled")
            .holds(Effect.KEPT);
    private static final Setting<Boolean> CLOUD = Setting.of(
                    "cloudServicesMailEnabled",
                    SWITCH,
                    "false",
                    "Whether headers of the organisation cross over to Exchange Online.")
            .exchange("CloudServicesMailEnabled")
            .holds(Effect.KEPT);
    private static final Setting<Boolean> OORG = Setting.of(
                    "requireOorg", SWITCH, "false", "Whether the sender's organisation is named in MAIL.")
            .exchange("RequireOorg")
            .holds(Effect.KEPT);

    static final List<Setting<?>> ROWS =
            List.of(ConnectorNotes.COMMENT, ConnectorNotes.DISPLAY_NAME, PROXY, CLOUD, OORG);

    static SendConnectorNotes from(Values values) {
        return new SendConnectorNotes(
                values.of(ConnectorNotes.COMMENT),
                values.of(ConnectorNotes.DISPLAY_NAME),
                values.of(PROXY),
                values.of(CLOUD),
                values.of(OORG));
    }
}
