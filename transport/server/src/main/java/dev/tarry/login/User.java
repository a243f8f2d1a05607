package dev.tarry.login;

import dev.tarry.config.HashedPassword;
import java.time.Instant;
import java.util.Optional;

/// Somebody who may log in.
///
/// @param name     as the settings have it
/// @param password absent: no password is right
/// @param token    its SHA-256; absent: no token is right
/// @param expires  when the token is good no more, in lab time; absent: never
record User(
        String name,
        Optional<HashedPassword> password,
        Optional<Sealed> token,
        Optional<Instant> expires,
        boolean disabled,
        SendAs sendAs) {
    Login login() {
        return new Login(name, sendAs);
    }

    /// Without secrets.
    @Override
    public String toString() {
        return name + (disabled ? " (disabled)" : "")
                + password.map(_ -> " with a password").orElse("")
                + token.map(_ -> " with a token").orElse("")
                + expires.map(end -> " until " + end).orElse("") + " as " + sendAs;
    }
}
