package dev.tarry.smtp;

import dev.tarry.mail.Envelope;
import dev.tarry.mail.Notify;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads the parameters behind the path of MAIL or RCPT (RFC 5321 §4.1.2): `KEYWORD` or `KEYWORD=value`,
/// each at most once. One per command.
final class ParameterReader {
    /// RFC 1870 §4 allows 20 digits, which no long holds; nobody sends exabytes.
    private static final int MAX_SIZE_DIGITS = 18;

    OptionalLong sizeBytes = OptionalLong.empty();
    Optional<Envelope.BodyType> body = Optional.empty();
    boolean smtpUtf8;
    Optional<Envelope.Ret> ret = Optional.empty();
    Optional<String> envelopeId = Optional.empty();
    Optional<Notify> notifyOn = Optional.empty();
    Optional<String> originalRecipient = Optional.empty();
    private boolean auth;

    /// Reads MAIL's.
    ///
    /// @return false if one is unknown, repeated, or has a value that is not allowed
    boolean readMail(String text, int from) {
        return read(text, from, this::mail);
    }

    /// Reads RCPT's.
    boolean readRcpt(String text, int from) {
        return read(text, from, this::rcpt);
    }

    private interface Taker {
        boolean take(String keyword, String value, boolean hasValue);
    }

    private static boolean read(String text, int from, Taker taker) {
        int at = from;
        while (at < text.length()) {
            if (text.charAt(at) == ' ') {
                at++;
                continue;
            }
            int space = text.indexOf(' ', at);
            int end = space < 0 ? text.length() : space;
            int equals = text.indexOf('=', at);
            boolean hasValue = equals >= 0 && equals < end;
            String keyword = text.substring(at, hasValue ? equals : end).toUpperCase(Locale.ROOT);
            String value = hasValue ? text.substring(equals + 1, end) : "";
            if (hasValue == value.isEmpty() || value.indexOf('=') >= 0 || !taker.take(keyword, value, hasValue)) {
                return false;
            }
            at = end;
        }
        return true;
    }

    private boolean mail(String keyword, String value, boolean hasValue) {
        return switch (keyword) {
            case "SIZE" -> sizeBytes.isEmpty() && size(value);
            case "BODY" -> body.isEmpty() && body(value);
            case "SMTPUTF8" -> !smtpUtf8 && !hasValue && (smtpUtf8 = true);
            case "RET" -> ret.isEmpty() && ret(value);
            case "ENVID" ->
                envelopeId.isEmpty()
                        && hasValue
                        && value.length() <= Envelope.MAX_ENVELOPE_ID_OCTETS
                        && Xtext.valid(value)
                        && (envelopeId = Optional.of(value)).isPresent();
            // who the client says has authenticated (RFC 4954 §5): understood, and believed of nobody
            case "AUTH" -> !auth && hasValue && (value.equals("<>") || Xtext.valid(value)) && (auth = true);
            default -> false;
        };
    }

    private boolean rcpt(String keyword, String value, boolean hasValue) {
        return switch (keyword) {
            case "NOTIFY" -> notifyOn.isEmpty() && hasValue && (notifyOn = Notify.parse(value)).isPresent();
            case "ORCPT" ->
                originalRecipient.isEmpty() && (originalRecipient = OriginalRecipient.parse(value)).isPresent();
            default -> false;
        };
    }

    private boolean size(String digits) {
        if (digits.isEmpty()) {
            return false;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        sizeBytes = OptionalLong.of(digits.length() > MAX_SIZE_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits));
        return true;
    }

    private boolean body(String value) {
        for (Envelope.BodyType type : Envelope.BodyType.values()) {
            if (type.keyword().equalsIgnoreCase(value)) {
                body = Optional.of(type);
                return true;
            }
        }
        return false;
    }

    private boolean ret(String value) {
        for (Envelope.Ret choice : Envelope.Ret.values()) {
            if (choice.name().equalsIgnoreCase(value)) {
                ret = Optional.of(choice);
                return true;
            }
        }
        return false;
    }
}
