package dev.tarry.send;

import dev.tarry.routing.SmartHostLogin;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Our side of one AUTH exchange (RFC 4954): LOGIN, PLAIN (RFC 4616) or XOAUTH2, a line for each 334. Not thread-safe.
final class SignIn {
    /// With its end a command line has 512 octets at most (RFC 5321 §4.5.3.1.4), AUTH's as well (RFC 4954 §4).
    private static final int MAX_LINE_CHARACTERS = 510;

    private static final String CANCEL = "*";

    private final SmartHostLogin login;
    private final String mechanism;
    private int answered;
    private boolean cancelled;

    private SignIn(SmartHostLogin login, String mechanism) {
        this.login = login;
        this.mechanism = mechanism;
    }

    /// LOGIN goes before PLAIN, as Exchange has it: they hide equally little.
    ///
    /// @param offered what stands behind AUTH in the host's answer to EHLO, in upper case
    /// @return absent if none of what the host offers can be used
    static Optional<SignIn> at(Set<String> offered, SmartHostLogin login) {
        return wanted(login).stream()
                .filter(offered::contains)
                .findFirst()
                .map(mechanism -> new SignIn(login, mechanism));
    }

    /// The best first.
    static List<String> wanted(SmartHostLogin login) {
        return switch (login.mechanism()) {
            case BASIC_AUTH, BASIC_AUTH_REQUIRE_TLS -> List.of("LOGIN", "PLAIN");
            case XOAUTH2 -> List.of("XOAUTH2");
        };
    }

    /// The first line. What is to be said at once stands in it if it is short enough.
    SendSession.Step.Command begin() {
        String bare = "AUTH " + mechanism;
        if (mechanism.equals("LOGIN")) {
            return new SendSession.Step.Command(bare);
        }
        String whole = bare + " " + whole();
        if (whole.length() > MAX_LINE_CHARACTERS) {
            return new SendSession.Step.Command(bare);
        }
        answered = 1;
        return new SendSession.Step.Command(whole, true);
    }

    /// The answer to a 334. A host that asks for more than there is hears that it is over, and says what it makes of
    /// that.
    ///
    /// @return absent if it has heard that, and asks on
    Optional<SendSession.Step.Command> answer() {
        if (cancelled) {
            return Optional.empty();
        }
        String line = switch (answered++) {
            case 0 -> mechanism.equals("LOGIN") ? base64(login.user()) : whole();
            case 1 ->
                switch (mechanism) {
                    case "LOGIN" -> base64(login.secret());
                    case "XOAUTH2" -> ""; // the 334 tells what is wrong, and the refusal follows
                    default -> CANCEL;
                };
            default -> CANCEL;
        };
        cancelled = line.equals(CANCEL);
        return Optional.of(new SendSession.Step.Command(line, true));
    }

    private String whole() {
        return base64(
                mechanism.equals("PLAIN")
                        ? "\0" + login.user() + "\0" + login.secret()
                        : "user=" + login.user() + "\1auth=Bearer " + login.secret() + "\1\1");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
