package dev.tarry.lab.mx;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// One AUTH exchange (RFC 4954): PLAIN (RFC 4616) or LOGIN, a step for each line.
final class Login {
    static final String CANCELLED = "501 5.7.0 Authentication cancelled";
    static final String NOT_BASE64 = "501 5.5.2 Cannot decode: base64 is needed";
    static final String WRONG = "535 5.7.8 Authentication credentials invalid";

    private static final String USERNAME = "334 VXNlcm5hbWU6";
    private static final String PASSWORD = "334 UGFzc3dvcmQ6";

    private final boolean plain;
    private final Map<String, String> users;
    private String name;

    /// What a step came to.
    sealed interface Step {
        /// @param reply 334
        record More(String reply) implements Step {}

        record In(String user) implements Step {}

        record Out(String reply) implements Step {}
    }

    Login(String mechanism, Map<String, String> users) {
        this.plain = mechanism.equals("PLAIN");
        this.users = users;
    }

    /// @param initial what stood behind the mechanism; `=` is the empty text
    Step begin(Optional<String> initial) {
        if (initial.isPresent()) {
            return line(initial.get().equals("=") ? "" : initial.get());
        }
        return new Step.More(plain ? "334 " : USERNAME);
    }

    Step line(String line) {
        if (line.equals("*")) {
            return new Step.Out(CANCELLED);
        }
        String text;
        try {
            text = new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return new Step.Out(NOT_BASE64);
        }
        if (plain) {
            // authorization identity, NUL, authentication identity, NUL, password
            var parts = text.split("\0", -1);
            return parts.length == 3 ? decide(parts[1], parts[2]) : new Step.Out(WRONG);
        }
        if (name == null) {
            name = text;
            return new Step.More(PASSWORD);
        }
        return decide(name, text);
    }

    private Step decide(String user, String password) {
        return password.equals(users.get(user)) ? new Step.In(user) : new Step.Out(WRONG);
    }
}
