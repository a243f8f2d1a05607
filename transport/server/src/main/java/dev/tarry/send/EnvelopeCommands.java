package dev.tarry.send;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.Recipient;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Writes MAIL and RCPT. Whatever an address or a parameter holds, it stays within its brackets and its word: they
/// were checked when they came in, and are checked here again.
final class EnvelopeCommands {
    private EnvelopeCommands() {}

    /// Parameters are given only where the host offers the extension. What must not be sent to a host that lacks one
    /// has been dealt with before.
    static String mail(Envelope envelope, long bytes, Capabilities host) {
        StringBuilder line = new StringBuilder("MAIL FROM:<");
        line.append(envelope.sender().address().map(a -> path(a, host)).orElse(""))
                .append('>');
        if (host.size()) {
            line.append(" SIZE=").append(bytes);
        }
        if (envelope.body() == Envelope.BodyType.BINARY_MIME && host.binaryMime()) {
            line.append(" BODY=BINARYMIME");
        } else if (envelope.body() != Envelope.BodyType.SEVEN_BIT && host.eightBitMime()) {
            line.append(" BODY=8BITMIME");
        }
        if (host.smtpUtf8() && (envelope.smtpUtf8() || holdsUtf8(envelope))) {
            line.append(" SMTPUTF8");
        }
        if (host.dsn()) {
            envelope.ret().ifPresent(ret -> line.append(" RET=").append(ret));
            envelope.envelopeId()
                    .filter(word())
                    .ifPresent(id -> line.append(" ENVID=").append(id));
        }
        return line.toString();
    }

    static String rcpt(Recipient recipient, Capabilities host) {
        StringBuilder line = new StringBuilder("RCPT TO:<");
        line.append(path(recipient.address(), host)).append('>');
        if (host.dsn()) {
            recipient.notifyOn().ifPresent(notify -> line.append(" NOTIFY=").append(notify));
            recipient
                    .originalRecipient()
                    .filter(word())
                    .ifPresent(o -> line.append(" ORCPT=").append(o));
        }
        return line.toString();
    }

    /// Whether it cannot be said in ASCII (RFC 6531): a local part cannot be written otherwise, a domain has an
    /// A-label.
    static boolean needsUtf8(Envelope envelope) {
        return addresses(envelope)
                .anyMatch(a -> !ascii(a.localPart()) || aLabels(a.domain()).isEmpty());
    }

    private static boolean holdsUtf8(Envelope envelope) {
        return addresses(envelope).anyMatch(a -> !ascii(a.toString()));
    }

    private static Stream<EmailAddress> addresses(Envelope envelope) {
        return Stream.concat(
                envelope.sender().address().stream(),
                envelope.recipients().stream().map(Recipient::address));
    }

    private static String path(EmailAddress address, Capabilities host) {
        String local = address.localPart();
        String domain =
                host.smtpUtf8() ? address.domain() : aLabels(address.domain()).orElse(address.domain());
        return (dotString(local) || quotedString(local) ? local : quote(local)) + "@" + domain;
    }

    /// The domain in ASCII; empty if it has no such form.
    private static Optional<String> aLabels(String domain) {
        if (ascii(domain)) {
            return Optional.of(domain);
        }
        try {
            return Optional.of(IDN.toASCII(domain).toLowerCase(Locale.ROOT)).filter(EnvelopeCommands::ascii);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// RFC 5321 §4.1.2.
    private static boolean dotString(String local) {
        boolean atomBegun = false;
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c == '.') {
                if (!atomBegun) {
                    return false;
                }
                atomBegun = false;
            } else if (c >= 0x80
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0) {
                atomBegun = true;
            } else {
                return false;
            }
        }
        return atomBegun;
    }

    private static boolean quotedString(String local) {
        if (local.length() < 2 || local.charAt(0) != '"' || local.charAt(local.length() - 1) != '"') {
            return false;
        }
        for (int i = 1; i < local.length() - 1; i++) {
            char c = local.charAt(i);
            if (c == '\\') {
                i++;
                if (i == local.length() - 1) {
                    return false;
                }
            } else if (c == '"') {
                return false;
            }
        }
        return true;
    }

    private static String quote(String local) {
        return "\"" + local.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /// One word of printable ASCII, so that a parameter cannot become two.
    private static Predicate<String> word() {
        return text -> !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static boolean ascii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
