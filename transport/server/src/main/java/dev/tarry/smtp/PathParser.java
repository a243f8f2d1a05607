package dev.tarry.smtp;

import dev.tarry.config.ALabels;
import dev.tarry.mail.EmailAddress;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.NetUtil;
import java.util.Optional;

/// Reads the path of MAIL and RCPT (RFC 5321 §4.1.2): `<local@domain>`, `<>`, `<Postmaster>`, with a
/// source route in front that is ignored (RFC 5321 §C), or an address without its angle brackets, as
/// people type it. One per path.
///
/// The local part is opaque: `%`, `!` and a quoted `@` in it decide nothing. It comes out with quotes
/// only where it needs them, so that `"user"` and `user` are one mailbox (RFC 5321 §4.1.2).
///
/// What is not ASCII is read as RFC 6531 §3.3 has it; whether it is allowed is not decided here. A domain
/// comes out as [ALabels#uLabels] writes it: there is one way, and only the ASCII dot divides labels.
final class PathParser {
    /// Octets between the brackets, a source route included: what Exchange takes (reference §6.2).
    static final int MAX_PATH_OCTETS = 571;

    private static final int MAX_LABEL_OCTETS = 63;
    private static final String ATEXT_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

    /// What a path may be.
    sealed interface Path {
        record Mailbox(EmailAddress address) implements Path {}

        record Nobody() implements Path {}

        record Postmaster() implements Path {}

        record Invalid() implements Path {}
    }

    private final String text;
    private final Optional<String> defaultDomain;
    private int at;

    /// @param text printable
    PathParser(String text, int from) {
        this(text, from, Optional.empty());
    }

    /// @param defaultDomain of an address that has none
    PathParser(String text, int from, Optional<String> defaultDomain) {
        this.text = text;
        this.at = from;
        this.defaultDomain = defaultDomain;
    }

    /// Where the path ended, after [#parse] found one.
    int end() {
        return at;
    }

    /// Reads one path; it must end at a space or at the end of the text.
    Path parse() {
        boolean brackets = skip('<');
        int start = at;
        if (brackets && skip('>')) {
            return ended() ? new Path.Nobody() : new Path.Invalid();
        }
        if (brackets && peek('@') && !sourceRoute()) {
            return new Path.Invalid();
        }
        int localStart = at;
        boolean quoted = peek('"');
        if (!(quoted ? quotedString() : dotString())) {
            return new Path.Invalid();
        }
        String local = quoted ? unquoted(text.substring(localStart + 1, at - 1)) : text.substring(localStart, at);
        Path path;
        if (skip('@')) {
            int domainStart = at;
            if (!(peek('[') ? literal() : domain())) {
                return new Path.Invalid();
            }
            String domain = ALabels.uLabels(text.substring(domainStart, at)).orElse("");
            if (ByteBufUtil.utf8Bytes(local) > EmailAddress.MAX_LOCAL_PART_OCTETS
                    || domain.isEmpty()
                    || ByteBufUtil.utf8Bytes(domain) > EmailAddress.MAX_DOMAIN_OCTETS
                    || ByteBufUtil.utf8Bytes(text, start, at) > MAX_PATH_OCTETS) {
                return new Path.Invalid();
            }
            path = new Path.Mailbox(new EmailAddress(local, domain));
        } else if (local.equalsIgnoreCase("postmaster")) {
            path = new Path.Postmaster();
        } else if (defaultDomain.isPresent() && ByteBufUtil.utf8Bytes(local) <= EmailAddress.MAX_LOCAL_PART_OCTETS) {
            path = new Path.Mailbox(new EmailAddress(local, defaultDomain.get()));
        } else {
            return new Path.Invalid();
        }
        return (!brackets || skip('>')) && ended() ? path : new Path.Invalid();
    }

    /// Whether this is a domain name or an address literal as EHLO may give it. Host names in the wild
    /// have underscores; they are let through here, and only here.
    static boolean isGreetingDomain(String text) {
        if (text.length() > EmailAddress.MAX_DOMAIN_OCTETS) {
            return false;
        }
        PathParser parser = new PathParser(text.endsWith(".") ? text.substring(0, text.length() - 1) : text, 0);
        return (parser.peek('[') ? parser.literal() : parser.labels(true)) && parser.at == parser.text.length();
    }

    private boolean sourceRoute() {
        do {
            if (!skip('@') || !domain()) {
                return false;
            }
        } while (skip(','));
        return skip(':');
    }

    private boolean dotString() {
        do {
            int start = at;
            while (at < text.length() && atext(text.charAt(at))) {
                at++;
            }
            if (at == start) {
                return false;
            }
        } while (skip('.'));
        return true;
    }

    private boolean quotedString() {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return true;
            }
            if (c == '\\') {
                at++; // any printable octet may follow, a space too
            }
        }
        return false;
    }

    /// @param inside what stood between the quotes
    private static String unquoted(String inside) {
        StringBuilder content = new StringBuilder(inside.length());
        StringBuilder written = new StringBuilder(inside.length() + 2).append('"');
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (c == '\\') {
                c = inside.charAt(++i);
            }
            content.append(c);
            if (c == '"' || c == '\\') {
                written.append('\\');
            }
            written.append(c);
        }
        PathParser parser = new PathParser(content.toString(), 0);
        return parser.dotString() && parser.at == content.length()
                ? content.toString()
                : written.append('"').toString();
    }

    private boolean domain() {
        return labels(false);
    }

    private boolean labels(boolean underscores) {
        do {
            int start = at;
            while (at < text.length() && (letterOrDigit(text.charAt(at)) || peek('-') || (underscores && peek('_')))) {
                at++;
            }
            if (at == start
                    || at - start > MAX_LABEL_OCTETS
                    || text.charAt(start) == '-'
                    || text.charAt(at - 1) == '-') {
                return false;
            }
        } while (skip('.'));
        return true;
    }

    private boolean literal() {
        int close = text.indexOf(']', at);
        if (close < 0) {
            return false;
        }
        String inside = text.substring(at + 1, close);
        at = close + 1;
        return inside.regionMatches(true, 0, "IPv6:", 0, 5)
                ? inside.indexOf('%') < 0 && inside.indexOf('[') < 0 && NetUtil.isValidIpV6Address(inside.substring(5))
                : NetUtil.isValidIpV4Address(inside);
    }

    private boolean ended() {
        return at == text.length() || text.charAt(at) == ' ';
    }

    private boolean peek(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean skip(char c) {
        if (peek(c)) {
            at++;
            return true;
        }
        return false;
    }

    private static boolean atext(char c) {
        return letterOrDigit(c) || ATEXT_SPECIALS.indexOf(c) >= 0;
    }

    /// What is not ASCII counts as a letter (RFC 6531 §3.3); [ALabels] has the last word on it in domains.
    private static boolean letterOrDigit(char c) {
        return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
