package dev.tarry.lab.load;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// How sessions behave.
///
/// @param heloName behind EHLO
/// @param pipelining whether commands go out in groups where the server offers it (RFC 2920)
/// @param perConnection messages on one connection, then QUIT; [Integer#MAX_VALUE]: as many as there are
/// @param login said after EHLO, if any
public record Manners(String heloName, boolean pipelining, int perConnection, Optional<Login> login) {
    private static final Pattern NAME = Pattern.compile("[!-~]{1,255}");

    /// @param user to be sent by AUTH PLAIN, or AUTH LOGIN where that alone is offered
    public record Login(String user, String password) {
        public Login {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(password, "password");
        }

        @Override
        public String toString() {
            return user;
        }
    }

    public Manners {
        Objects.requireNonNull(login, "login");
        if (!NAME.matcher(heloName).matches()) {
            throw new BadLoad("the EHLO name", BadLoad.quoted(heloName), "a host name is needed");
        }
        if (perConnection < 1) {
            throw new BadLoad("messages per connection", "are " + perConnection, "1 or more are needed");
        }
    }
}
