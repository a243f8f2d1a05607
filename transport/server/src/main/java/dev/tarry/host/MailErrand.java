package dev.tarry.host;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A message that somebody at the machine wants to hand in.
///
/// @param server     a name or an address
/// @param port       25 if nothing else is said
/// @param sender     the reverse-path; empty: the null sender
/// @param recipients one at least
/// @param content    header and body as they are to be sent, dots not stuffed
/// @param tls        whether STARTTLS is a must, as is a certificate that is for the server and that is believed
/// @param login      whom to log in as where the server offers it; absent: nobody
/// @param dsn        `SUCCESS`, `FAILURE`, `DELAY`, or `NEVER` alone (RFC 3461 §4.1); empty: nothing is said of it
public record MailErrand(
        String server,
        int port,
        String sender,
        List<String> recipients,
        byte[] content,
        boolean tls,
        Optional<Login> login,
        List<String> dsn) {
    /// Of one message.
    public static final int MAX_RECIPIENTS = 1_000;

    private static final int MAX_ADDRESS_CHARACTERS = 320;
    private static final int MAX_PORT = 65_535;
    private static final Set<String> NOTIFY = Set.of("SUCCESS", "FAILURE", "DELAY", "NEVER");

    /// Whom to log in as.
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /// Why a message cannot be handed in.
    public static final class Mistake extends IllegalArgumentException {
        private final String part;

        private Mistake(String part, String why) {
            super(why);
            this.part = part;
        }

        /// Which part of the errand it is in, by its name in the record.
        public String part() {
            return part;
        }
    }

    /// @throws Mistake if it cannot be said over SMTP
    public MailErrand {
        Objects.requireNonNull(content, "content");
        recipients = List.copyOf(recipients);
        dsn = dsn.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
        if (server.isBlank()) {
            throw new Mistake("server", "the server has no name");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new Mistake("port", "a port is 1 to " + MAX_PORT);
        }
        if (recipients.isEmpty() || recipients.size() > MAX_RECIPIENTS) {
            throw new Mistake("recipients", "there are 1 to " + MAX_RECIPIENTS + " recipients");
        }
        if (!sender.isEmpty()) {
            check("sender", sender);
        }
        recipients.forEach(recipient -> check("recipients", recipient));
        if (!NOTIFY.containsAll(dsn) || dsn.contains("NEVER") && dsn.size() > 1) {
            throw new Mistake("dsn", "dsn is NEVER alone, or some of SUCCESS, FAILURE, DELAY");
        }
    }

    /// Nothing in an address may end the command that it stands in.
    private static void check(String part, String address) {
        int at = address.lastIndexOf('@');
        boolean said = at > 0
                && at < address.length() - 1
                && address.length() <= MAX_ADDRESS_CHARACTERS
                && address.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '<' && c != '>');
        if (!said) {
            throw new Mistake(
                    part,
                    "an address is printable ASCII such as test@gmail.com, without blanks and angle brackets, not "
                            + shown(address));
        }
    }

    private static String shown(String address) {
        StringBuilder text = new StringBuilder("'");
        address.codePoints()
                .limit(MAX_ADDRESS_CHARACTERS)
                .map(c -> c >= ' ' && c != 0x7f ? c : '?')
                .forEach(text::appendCodePoint);
        return text.append('\'').toString();
    }
}
