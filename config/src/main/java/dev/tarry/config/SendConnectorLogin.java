package dev.tarry.config;

import java.util.List;
import java.util.Optional;

/// How a send connector logs in at its smart hosts (reference §5.1).
///
/// @param user   absent where the mechanism takes none
/// @param secret a password, or for XOAuth2 a token; shown to nobody
public record SendConnectorLogin(SmartHostAuthMechanism mechanism, Optional<String> user, Optional<String> secret) {
    private static final Setting<SmartHostAuthMechanism> MECHANISM = Setting.of(
                    "smartHostAuthMechanism",
                    Kinds.choice("a way to log in", SmartHostAuthMechanism.class, SmartHostAuthMechanism::word),
                    "None",
                    "How the connector logs in at its smart hosts; ExchangeServer needs a directory, and always fails"
                            + " here.")
            .exchange("SmartHostAuthMechanism");
    private static final Setting<Optional<String>> USER = Setting.of(
            "authenticationUser",
            Kinds.optional(Kinds.LOGIN_TEXT),
            "",
            "The user that the connector logs in as; part of Exchange's AuthenticationCredential.");
    private static final Setting<Optional<String>> SECRET = Setting.of(
                    "authenticationSecret",
                    Kinds.optional(Kinds.LOGIN_TEXT),
                    "",
                    "The password (for XOAuth2: the token) that the connector logs in with; a file or a variable hides"
                            + " it better than a command line.")
            .hidden();

    static final List<Setting<?>> ROWS = List.of(MECHANISM, USER, SECRET);

    static SendConnectorLogin from(Values values) {
        return new SendConnectorLogin(values.of(MECHANISM), values.of(USER), values.of(SECRET));
    }

    /// Without the secret.
    @Override
    public String toString() {
        return mechanism.word() + user.map(name -> " as " + name).orElse("");
    }
}
