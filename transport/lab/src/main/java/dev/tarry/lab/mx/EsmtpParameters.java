package dev.tarry.lab.mx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The path and the parameters of a MAIL or RCPT line, checked against what the host offers.
///
/// @param path without the brackets
/// @param parameters word for word
record EsmtpParameters(String path, List<String> parameters) {
    /// What reading a line gave.
    sealed interface Read {
        record Good(EsmtpParameters line) implements Read {}

        /// @param reply to be sent as it is
        record Bad(String reply) implements Read {}
    }

    /// RFC 5321 §4.5.3.1.3, brackets included.
    private static final int PATH_MAX = 256;

    private static final Read NO_PATH = new Read.Bad("501 5.5.4 Syntax: a path in angle brackets is needed");

    /// @param rest of the line behind `MAIL FROM:` or `RCPT TO:`
    static Read read(String rest, boolean ofMail, boolean esmtp, MailHost host) {
        int end = pathEnd(rest);
        if (end < 0) {
            return NO_PATH;
        }
        if (end + 1 > PATH_MAX) {
            return new Read.Bad("501 5.1.3 Path too long");
        }
        var path = rest.substring(1, end);
        var words = rest.substring(end + 1);
        if (!words.isEmpty() && !words.startsWith(" ")) {
            return NO_PATH;
        }
        var parameters = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (var word : words.split(" ")) {
            if (word.isEmpty()) {
                continue;
            }
            if (!esmtp) {
                return new Read.Bad("555 5.5.4 Parameters need EHLO");
            }
            var equals = word.indexOf('=');
            var key = (equals < 0 ? word : word.substring(0, equals)).toUpperCase(Locale.ROOT);
            var value = equals < 0 ? "" : word.substring(equals + 1);
            var wrong = ofMail ? wrongInMail(key, value, host) : wrongInRcpt(key, value, host);
            if (wrong.isPresent()) {
                return new Read.Bad(wrong.get());
            }
            if (!seen.add(key)) {
                return new Read.Bad("501 5.5.4 Parameter given twice");
            }
            parameters.add(word);
        }
        return new Read.Good(new EsmtpParameters(path, List.copyOf(parameters)));
    }

    /// The value of SIZE, if there is one.
    Optional<Long> declaredSize() {
        return parameters.stream()
                .filter(word -> word.toUpperCase(Locale.ROOT).startsWith("SIZE="))
                .map(word -> Long.parseLong(word.substring("SIZE=".length())))
                .findFirst();
    }

    /// Whether a parameter stands there, such as `BODY=BINARYMIME` or `SMTPUTF8`.
    boolean says(String parameter) {
        return parameters.stream().anyMatch(parameter::equalsIgnoreCase);
    }

    /// The closing bracket, which inside a quoted string is none.
    private static int pathEnd(String rest) {
        if (!rest.startsWith("<")) {
            return -1;
        }
        boolean quoted = false;
        for (int i = 1; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '>') {
                return i;
            } else if (!quoted && (c == ' ' || c == '<')) {
                return -1;
            }
        }
        return -1;
    }

    private static Optional<String> wrongInMail(String key, String value, MailHost host) {
        return switch (key) {
            // RFC 1870 §6: up to 20 digits; the lab counts in 18.
            case "SIZE" -> offered(Extension.SIZE, host, value.length() <= 18 && digits(value), key);
            case "BODY" -> body(value, host);
            case "RET" ->
                offered(Extension.DSN, host, value.equalsIgnoreCase("FULL") || value.equalsIgnoreCase("HDRS"), key);
            // RFC 3461 §4.4
            case "ENVID" -> offered(Extension.DSN, host, value.length() <= 100 && xtext(value), key);
            // RFC 6531 §3.4
            case "SMTPUTF8" -> offered(Extension.SMTPUTF8, host, value.isEmpty(), key);
            // RFC 4954 §5
            case "AUTH" -> host.mechanisms().isEmpty() ? unknown() : need(value.equals("<>") || xtext(value), key);
            default -> unknown();
        };
    }

    private static Optional<String> body(String value, MailHost host) {
        if (value.equalsIgnoreCase("BINARYMIME") && host.offers(Extension.BINARYMIME)) {
            return Optional.empty();
        }
        return offered(
                Extension.EIGHT_BIT_MIME,
                host,
                value.equalsIgnoreCase("7BIT") || value.equalsIgnoreCase("8BITMIME"),
                "BODY");
    }

    private static Optional<String> wrongInRcpt(String key, String value, MailHost host) {
        return switch (key) {
            case "NOTIFY" -> offered(Extension.DSN, host, notify(value.toUpperCase(Locale.ROOT)), key);
            // RFC 3461 §4.2
            case "ORCPT" ->
                offered(Extension.DSN, host, value.length() <= 500 && value.indexOf(';') > 0 && xtext(value), key);
            default -> unknown();
        };
    }

    private static Optional<String> offered(Extension extension, MailHost host, boolean right, String key) {
        return host.offers(extension) ? need(right, key) : unknown();
    }

    /// RFC 3461 §4.1: NEVER stands alone.
    private static boolean notify(String value) {
        if (value.equals("NEVER")) {
            return true;
        }
        var words = List.of(value.split(",", -1));
        return Set.of("SUCCESS", "FAILURE", "DELAY").containsAll(words)
                && words.size() == Set.copyOf(words).size();
    }

    private static boolean digits(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// Printable ASCII, where `+` begins two upper-case hexadecimal digits and `=` does not occur (RFC 3461 §4).
    private static boolean xtext(String value) {
        if (value.isEmpty()) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c > '~' || c == '=') {
                return false;
            }
            if (c == '+') {
                if (i + 2 >= value.length() || !hex(value.charAt(i + 1)) || !hex(value.charAt(i + 2))) {
                    return false;
                }
                i += 2;
            }
        }
        return true;
    }

    private static boolean hex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    }

    private static Optional<String> need(boolean right, String key) {
        return right ? Optional.empty() : Optional.of("501 5.5.4 Bad value of " + key);
    }

    private static Optional<String> unknown() {
        return Optional.of("555 5.5.4 Unsupported parameter");
    }
}
