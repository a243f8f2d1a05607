package dev.tarry.routing;

import dev.tarry.config.SendConnectorLogin;
import java.util.Optional;

/// A log-in at the smart hosts (reference §5.1).
///
/// @param secret a password, or for [Mechanism#XOAUTH2] a bearer token; never shown
public record SmartHostLogin(Mechanism mechanism, String user, String secret) {
    /// How it is said.
    public enum Mechanism {
        /// AUTH LOGIN or PLAIN, over a line that may be in the clear.
        BASIC_AUTH,
        /// The same, over TLS only.
        BASIC_AUTH_REQUIRE_TLS,
        /// AUTH XOAUTH2, over TLS only.
        XOAUTH2
    }

    /// Absent where the connector's mechanism is none that says anything.
    static Optional<SmartHostLogin> of(SendConnectorLogin settings) {
        return mechanism(settings)
                .map(mechanism -> new SmartHostLogin(
                        mechanism, settings.user().orElse(""), settings.secret().orElse("")));
    }

    private static Optional<Mechanism> mechanism(SendConnectorLogin settings) {
        return switch (settings.mechanism()) {
            case BASIC_AUTH -> Optional.of(Mechanism.BASIC_AUTH);
            case BASIC_AUTH_REQUIRE_TLS -> Optional.of(Mechanism.BASIC_AUTH_REQUIRE_TLS);
            case XOAUTH2 -> Optional.of(Mechanism.XOAUTH2);
            case NONE, EXCHANGE_SERVER, EXTERNAL_AUTHORITATIVE -> Optional.empty();
        };
    }

    /// Without the secret.
    @Override
    public String toString() {
        return mechanism + " as " + user;
    }
}
