package dev.tarry.smtp;

import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.ReversePath;
import dev.tarry.smtp.Command.Malformed;
import dev.tarry.smtp.Command.Problem;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// Understands one command line (RFC 5321 §4.1.1). Verbs and keywords are read whatever their case;
/// spaces at the end and behind `FROM:` and `TO:` are let pass, since people type them; everything else
/// is as the grammar has it.
///
/// Never throws, whatever the octets are.
public final class CommandParser {
    private static final int EHLO = 'E' << 24 | 'H' << 16 | 'L' << 8 | 'O';
    private static final int HELO = 'H' << 24 | 'E' << 16 | 'L' << 8 | 'O';
    private static final int MAIL = 'M' << 24 | 'A' << 16 | 'I' << 8 | 'L';
    private static final int RCPT = 'R' << 24 | 'C' << 16 | 'P' << 8 | 'T';
    private static final int DATA = 'D' << 24 | 'A' << 16 | 'T' << 8 | 'A';
    private static final int RSET = 'R' << 24 | 'S' << 16 | 'E' << 8 | 'T';
    private static final int NOOP = 'N' << 24 | 'O' << 16 | 'O' << 8 | 'P';
    private static final int QUIT = 'Q' << 24 | 'U' << 16 | 'I' << 8 | 'T';
    private static final int VRFY = 'V' << 24 | 'R' << 16 | 'F' << 8 | 'Y';
    private static final int EXPN = 'E' << 24 | 'X' << 16 | 'P' << 8 | 'N';
    private static final int BDAT = 'B' << 24 | 'D' << 16 | 'A' << 8 | 'T';
    private static final int AUTH = 'A' << 24 | 'U' << 16 | 'T' << 8 | 'H';
    private static final int HELP = 'H' << 24 | 'E' << 16 | 'L' << 8 | 'P';
    /// Takes the case bit out of four letters at once.
    private static final int UPPER_CASE = 0xdfdfdfdf;

    /// RFC 4422 §3.1, in either case
    private static final Pattern MECHANISM = Pattern.compile("[A-Za-z0-9_-]{1,20}");

    private static final int VERB_OCTETS = 4;
    /// RFC 3030 §2 sets no bound; the sizes of RFC 1870 §4 have so many.
    private static final int MAX_CHUNK_SIZE_DIGITS = 20;

    private static final String STARTTLS = "STARTTLS";
    private static final int MAX_FOREIGN_VERB_OCTETS = 8;
    private static final Set<String> FOREIGN_VERBS =
            Set.of("GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE", "PRI", "HOST:");

    private static final Command.Data THE_DATA = new Command.Data();
    private static final Command.Rset THE_RSET = new Command.Rset();
    private static final Command.Noop THE_NOOP = new Command.Noop();
    private static final Command.Quit THE_QUIT = new Command.Quit();
    private static final Command.Vrfy THE_VRFY = new Command.Vrfy();
    private static final Command.Expn THE_EXPN = new Command.Expn();
    private static final Command.Help THE_HELP = new Command.Help();
    private static final Command.StartTls THE_STARTTLS = new Command.StartTls();

    private CommandParser() {}

    /// @param octets where the line stands; its reader index is left alone
    /// @param from   its first octet
    /// @param lineEnd behind its last octet; CRLF not included
    public static Command parse(ByteBuf octets, int from, int lineEnd) {
        return parse(octets, from, lineEnd, Optional.empty());
    }

    /// @param defaultDomain put behind an address that has none (Exchange's DefaultDomain); absent: such an address is
    /// not understood
    static Command parse(ByteBuf octets, int from, int lineEnd, Optional<String> defaultDomain) {
        int to = lineEnd;
        while (to > from && octets.getByte(to - 1) == ' ') {
            to--;
        }
        int space = octets.indexOf(from, to, (byte) ' ');
        int verbEnd = space < 0 ? to : space;
        if (verbEnd - from == STARTTLS.length()
                && STARTTLS.equalsIgnoreCase(octets.toString(from, STARTTLS.length(), StandardCharsets.ISO_8859_1))) {
            return verbEnd == to ? THE_STARTTLS : new Malformed(Problem.ARGUMENTS); // RFC 3207 §4
        }
        if (verbEnd - from != VERB_OCTETS) {
            if (isBdat(octets, from, to)) {
                return new Malformed(Problem.CHUNK_SIZE);
            }
            return unknown(octets, from, verbEnd);
        }
        return switch (octets.getInt(from) & UPPER_CASE) {
            case EHLO -> greeting(octets, verbEnd, to, true);
            case HELO -> greeting(octets, verbEnd, to, false);
            case MAIL -> mail(octets, verbEnd, to, defaultDomain);
            case RCPT -> rcpt(octets, verbEnd, to, defaultDomain);
            case DATA -> verbEnd == to ? THE_DATA : new Malformed(Problem.ARGUMENTS);
            case RSET -> verbEnd == to ? THE_RSET : new Malformed(Problem.ARGUMENTS);
            case QUIT -> verbEnd == to ? THE_QUIT : new Malformed(Problem.ARGUMENTS);
            case AUTH -> auth(octets, verbEnd, to);
            case NOOP -> THE_NOOP; // RFC 5321 §4.1.1.9: what stands behind it is ignored
            case VRFY -> THE_VRFY;
            case EXPN -> THE_EXPN;
            case BDAT -> bdat(octets, verbEnd, to);
            case HELP -> THE_HELP;
            default -> unknown(octets, from, verbEnd);
        };
    }

    private static Malformed unknown(ByteBuf octets, int from, int verbEnd) {
        if (foreign(octets, from, verbEnd)) {
            return new Malformed(Problem.FOREIGN_PROTOCOL);
        }
        boolean field = octets.indexOf(from, verbEnd, (byte) ':') > from;
        return new Malformed(field ? Problem.HEADER_FIELD : Problem.UNKNOWN_VERB);
    }

    private static boolean foreign(ByteBuf octets, int from, int verbEnd) {
        return verbEnd - from <= MAX_FOREIGN_VERB_OCTETS
                && FOREIGN_VERBS.contains(octets.toString(from, verbEnd - from, StandardCharsets.ISO_8859_1)
                        .toUpperCase(Locale.ROOT));
    }

    /// Whether what begins here is BDAT, however it goes on.
    static boolean isBdat(ByteBuf octets, int from, int to) {
        return to - from >= VERB_OCTETS
                && (octets.getInt(from) & UPPER_CASE) == BDAT
                && (to - from == VERB_OCTETS || octets.getByte(from + VERB_OCTETS) <= ' ');
    }

    /// `BDAT 1000` or `BDAT 1000 LAST` (RFC 3030 §2).
    private static Command bdat(ByteBuf octets, int from, int to) {
        String[] words = octets.toString(from, to - from, StandardCharsets.ISO_8859_1)
                .strip()
                .split(" +");
        boolean last = words.length == 2 && words[1].equalsIgnoreCase("LAST");
        OptionalLong bytes = words.length == 1 || last ? chunkSize(words[0]) : OptionalLong.empty();
        return bytes.isPresent() ? new Command.Bdat(bytes.getAsLong(), last) : new Malformed(Problem.CHUNK_SIZE);
    }

    private static OptionalLong chunkSize(String digits) {
        if (digits.isEmpty() || digits.length() > MAX_CHUNK_SIZE_DIGITS) {
            return OptionalLong.empty();
        }
        long bytes = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9 || bytes > (Long.MAX_VALUE - digit) / 10) {
                return OptionalLong.empty();
            }
            bytes = bytes * 10 + digit;
        }
        return OptionalLong.of(bytes);
    }

    private static Command greeting(ByteBuf octets, int from, int to, boolean extended) {
        Optional<String> argument = printable(octets, from, to).map(String::strip);
        if (argument.isEmpty() || (!argument.get().isEmpty() && !PathParser.isGreetingDomain(argument.get()))) {
            return new Malformed(Problem.DOMAIN);
        }
        return extended ? new Command.Ehlo(argument.get()) : new Command.Helo(argument.get());
    }

    private static Command mail(ByteBuf octets, int from, int to, Optional<String> defaultDomain) {
        String text = text(octets, from, to).orElse("");
        int path = afterKeyword(text, "FROM:");
        if (path < 0) {
            return new Malformed(Problem.ARGUMENTS);
        }
        PathParser parser = new PathParser(text, path, defaultDomain);
        ReversePath sender;
        switch (parser.parse()) {
            case PathParser.Path.Mailbox(var address) -> sender = ReversePath.of(address);
            case PathParser.Path.Nobody _ -> sender = ReversePath.NULL;
            case PathParser.Path.Postmaster _, PathParser.Path.Invalid _ -> {
                return new Malformed(Problem.SENDER);
            }
        }
        ParameterReader given = new ParameterReader();
        return given.readMail(text, parser.end())
                ? new Command.Mail(
                        sender,
                        given.sizeBytes,
                        given.body.orElse(Envelope.BodyType.SEVEN_BIT),
                        given.smtpUtf8,
                        given.ret,
                        given.envelopeId)
                : new Malformed(Problem.ARGUMENTS);
    }

    private static Command rcpt(ByteBuf octets, int from, int to, Optional<String> defaultDomain) {
        String text = text(octets, from, to).orElse("");
        int path = afterKeyword(text, "TO:");
        if (path < 0) {
            return new Malformed(Problem.ARGUMENTS);
        }
        PathParser parser = new PathParser(text, path, defaultDomain);
        Optional<EmailAddress> recipient;
        switch (parser.parse()) {
            case PathParser.Path.Mailbox(var address) -> recipient = Optional.of(address);
            case PathParser.Path.Postmaster _ -> recipient = Optional.empty();
            case PathParser.Path.Nobody _, PathParser.Path.Invalid _ -> {
                return new Malformed(Problem.RECIPIENT);
            }
        }
        ParameterReader given = new ParameterReader();
        return given.readRcpt(text, parser.end())
                ? new Command.Rcpt(recipient, given.notifyOn, given.originalRecipient)
                : new Malformed(Problem.ARGUMENTS);
    }

    /// `AUTH mechanism [initial-response]` (RFC 4954 §4). Whether the response is base64 is not asked here.
    private static Command auth(ByteBuf octets, int from, int to) {
        String text = printable(octets, from, to).orElse("").strip();
        int space = text.indexOf(' ');
        String mechanism = space < 0 ? text : text.substring(0, space);
        String initial = space < 0 ? "" : text.substring(space).strip();
        if (!MECHANISM.matcher(mechanism).matches() || initial.indexOf(' ') >= 0) {
            return new Malformed(Problem.ARGUMENTS);
        }
        return new Command.Auth(mechanism, Optional.of(initial).filter(given -> !given.isEmpty()));
    }

    /// @return where the path begins, or -1
    private static int afterKeyword(String text, String keyword) {
        int at = skipSpaces(text, 0);
        return text.regionMatches(true, at, keyword, 0, keyword.length())
                ? skipSpaces(text, at + keyword.length())
                : -1;
    }

    private static int skipSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /// Empty if there is a control in it, or octets that are no UTF-8 (RFC 6531 §3.3).
    private static Optional<String> text(ByteBuf octets, int from, int to) {
        Optional<String> ascii = printable(octets, from, to);
        return ascii.isPresent() ? ascii : Utf8Text.of(octets.nioBuffer(from, to - from));
    }

    /// Empty if an octet is a control or outside ASCII.
    private static Optional<String> printable(ByteBuf octets, int from, int to) {
        for (int i = from; i < to; i++) {
            byte octet = octets.getByte(i);
            if (octet < ' ' || octet == 0x7f) {
                return Optional.empty();
            }
        }
        return Optional.of(octets.toString(from, to - from, StandardCharsets.US_ASCII));
    }
}
