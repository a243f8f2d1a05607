package dev.tarry.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Hides what is secret in one session's lines, as Exchange does: whatever answers a 334, and what follows the
/// mechanism in AUTH (RFC 4954 §4). Neither end's view of whether the other understood AUTH is asked: what looks
/// like an exchange of credentials is hidden; and after AUTH, until there is a command of SMTP's, whatever is none:
/// a client that does not wait may have said its password to a server that had refused to hear it. On one thread.
final class AuthMask {
    private static final Pattern AUTH = Pattern.compile("(?i)\\s*(AUTH|X-EXPS)\\s+(\\S+)(\\s+\\S.*)?", Pattern.DOTALL);
    /// With a tab behind it, of which `?` was made, or whatever a client puts there instead of a blank.
    private static final Pattern NEARLY_AUTH =
            Pattern.compile("(?i)[^A-Z0-9]*(AUTH|X-EXPS)[^A-Z0-9\\s].*", Pattern.DOTALL);
    private static final Pattern MECHANISM = Pattern.compile("[A-Za-z0-9_-]{1,20}");

    private static final String HIDDEN = "<Binary Data>";
    private static final String CHALLENGE = "334 <authentication response>";

    private static final Pattern COMMAND = Pattern.compile(
            "(?i)\\s*(EHLO|HELO|MAIL|RCPT|DATA|BDAT|RSET|NOOP|QUIT|VRFY|EXPN|HELP|STARTTLS)(\\s.*)?", Pattern.DOTALL);

    private boolean challenged;
    private boolean suspicious;

    /// A line from the client to the server.
    String command(String line) {
        if (challenged) {
            challenged = false;
            return line.equals("*") ? line : HIDDEN; // a client gives up by a star
        }
        Matcher auth = AUTH.matcher(line);
        Matcher nearly = NEARLY_AUTH.matcher(line);
        if (nearly.matches()) {
            suspicious = true;
            return nearly.group(1) + " " + HIDDEN;
        }
        if (!auth.matches()) {
            suspicious &= !COMMAND.matcher(line).matches();
            return suspicious ? HIDDEN : line;
        }
        suspicious = true;
        String mechanism = MECHANISM.matcher(auth.group(2)).matches() ? auth.group(2) : HIDDEN;
        return auth.group(1) + " " + mechanism + (auth.group(3) == null ? "" : " " + HIDDEN);
    }

    /// A line from the server to the client.
    String reply(String line) {
        challenged = line.startsWith("334");
        return challenged ? CHALLENGE : line;
    }
}
