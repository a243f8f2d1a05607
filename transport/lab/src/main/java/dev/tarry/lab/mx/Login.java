package dev.tarry.lab.mx;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// One AUTH exchange (RFC 4954): PLAIN (RFC 4616), LOGIN or XOAUTH2, a step for each line.
final class Login {
    static final String CANCELLED = "501 5.7.0 Authentication cancelled";
    static final String NOT_BASE64 = "501 5.5.2 Cannot decode: base64 is needed";
    static final String WRONG = "535 5.7.8 Authentication credentials invalid";

    private static final String USERNAME = "334 VXNlcm5hbWU6";
    private static final String PASSWORD = "334 UGFzc3dvcmQ6";

    /// What a refused token is told before its 535, base64 of a status in JSON.
    private static final String BAD_TOKEN = "334 eyJzdGF0dXMiOiI0MDEifQ==";

    private static final String BEARER = "auth=Bearer ";

    private final String mechanism;
    private final Map<String, String> users;
    private String name;
    private boolean badToken;

    /// What a step came to.
    sealed interface Step {
        /// @param reply 334
        record More(String reply) implements Step {}

        record In(String user) implements Step {}

        record Out(String reply) implements Step {}
    }

    Login(String mechanism, Map<String, String> users) {
        this.mechanism = mechanism;
        this.users = users;
    }

    /// @param initial what stood behind the mechanism; `=` is the empty text
    Step begin(Optional<String> initial) {
        if (initial.isPresent()) {
            return line(initial.get().equals("=") ? "" : initial.get());
        }
        return new Step.More(mechanism.equals("LOGIN") ? USERNAME : "334 ");
    }

    Step line(String line) {
        if (line.equals("*")) {
            return new Step.Out(CANCELLED);
        }
        if (badToken) {
            return new Step.Out(WRONG);
        }
        String text;
        try {
            text = new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return new Step.Out(NOT_BASE64);
        }
        return switch (mechanism) {
            case "PLAIN" -> {
                // authorization identity, NUL, authentication identity, NUL, password
                var parts = text.split("\0", -1);
                yield parts.length == 3 ? decide(parts[1], parts[2]) : new Step.Out(WRONG);
            }
            case "XOAUTH2" -> token(text);
            default -> namePassword(text);
        };
    }

    /// `user=`, the name, 0x01, `auth=Bearer `, the token, 0x01, 0x01.
    private Step token(String text) {
        var parts = text.split("\1", -1);
        boolean formed = parts.length == 4 && parts[0].startsWith("user=") && parts[1].startsWith(BEARER);
        if (formed && decide(parts[0].substring(5), parts[1].substring(BEARER.length())) instanceof Step.In in) {
            return in;
        }
        badToken = true;
        return new Step.More(BAD_TOKEN);
    }

    private Step namePassword(String text) {
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
