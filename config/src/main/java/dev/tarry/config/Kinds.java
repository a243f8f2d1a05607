package dev.tarry.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The kinds of value that settings have.
final class Kinds {
    private static final String UNLIMITED = "unlimited";
    private static final String NONE = "None";
    private static final String SIZE_PATTERN = "^\\d+ ?([bB]|[kKmMgGtT][bB])?( \\(.*\\))?$";
    private static final int MAX_LIST_ITEMS = 1_000;
    private static final int MAX_NAME_CHARS = 64;
    private static final int MAX_LOGIN_CHARS = 4_096;
    private static final Pattern GREETING = Pattern.compile("220 [\\x20-\\x7e]{1,500}");
    private static final Pattern TOKENS = Pattern.compile("[A-Za-z0-9._~+/=-]{16,512}");
    private static final Pattern LOOKS_LIKE_IP = Pattern.compile("\\[.*\\]|[\\d.]+|.*:.*");
    private static final Pattern HOST_NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
                    + "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*");
    private static final Pattern FAILURE_CODE = Pattern.compile("[45]\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})");
    private static final Pattern COMPUTER_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,13}[A-Za-z0-9])?");
    private static final Pattern GUID_FORM = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
    private static final Pattern CERTIFICATE =
            Pattern.compile("<[iI]>[^<>\\p{Cntrl}]{1,1000}<[sS]>[^<>\\p{Cntrl}]{1,1000}");
    private static final Pattern MAILBOX = Pattern.compile("[^@\\s\\p{Cntrl}<>]{1,64}@(?<domain>[^@\\s<>]{1,255})");

    static final Kind<Integer> COUNT = new Kind<>(
            "a whole number",
            "write digits only",
            "",
            false,
            Integer::valueOf,
            String::valueOf,
            Comparator.naturalOrder(),
            Shape.whole("^[+-]?\\d+$"));

    /// [Integer#MAX_VALUE] stands for no limit.
    static final Kind<Integer> COUNT_OR_UNLIMITED = new Kind<>(
            "a whole number",
            "write digits only, or unlimited",
            "",
            false,
            text -> isUnlimited(text) ? Integer.MAX_VALUE : Integer.valueOf(text),
            number -> number == Integer.MAX_VALUE ? UNLIMITED : String.valueOf(number),
            Comparator.naturalOrder(),
            Shape.whole("^[+-]?\\d+$", UNLIMITED));

    static final Kind<Boolean> SWITCH = Kind.plain("true or false", "write true or false", Kinds::isOn, String::valueOf)
            .shaped(new Shape(false, true, List.of("true", "false", "$true", "$false"), List.of()));

    static final Kind<Duration> SPAN = new Kind<>(
            "a span of time",
            "write hh:mm:ss or d.hh:mm:ss (00:05:00, 2.00:00:00), 5m, 48h, 2d, or PT5M",
            "",
            false,
            Spans::parse,
            Spans::print,
            Comparator.naturalOrder(),
            Shape.text("^((\\d+\\.)?\\d{1,2}:\\d{1,2}(:\\d{1,2}(\\.\\d{1,7})?)?|\\d{1,9} ?([mM]?[sS]|[mMhHdD])"
                    + "|[+]?[pP].*)$"));

    static final Kind<Long> SIZE = new Kind<>(
            "a size",
            "write bytes, or a number with KB, MB or GB (36MB)",
            "bytes",
            false,
            Sizes::parse,
            Sizes::print,
            Comparator.naturalOrder(),
            Shape.whole(SIZE_PATTERN));

    /// [Long#MAX_VALUE] stands for no limit.
    static final Kind<Long> SIZE_OR_UNLIMITED = new Kind<>(
            "a size",
            "write bytes, or a number with KB, MB or GB (36MB), or unlimited",
            "bytes",
            false,
            text -> isUnlimited(text) ? Long.MAX_VALUE : Sizes.parse(text),
            bytes -> bytes == Long.MAX_VALUE ? UNLIMITED : Sizes.print(bytes),
            Comparator.naturalOrder(),
            Shape.whole(SIZE_PATTERN, UNLIMITED));

    /// One line of printable text.
    static final Kind<String> TEXT = Kind.plain(
                    "a line of text", "write one line without control characters", Kinds::text, Function.identity())
            .shaped(Shape.ANY);

    /// What things are called: one line that is not empty.
    static final Kind<String> NAME = Kind.plain(
                    "a name",
                    "write 1 to 64 printable characters",
                    text -> {
                        if (text.isBlank() || text.length() > MAX_NAME_CHARS) {
                            throw new IllegalArgumentException();
                        }
                        return text(text);
                    },
                    Function.identity())
            .shaped(Shape.ANY);

    /// A greeting of RFC 5321 §4.2, within one reply line (512 octets, §4.5.3.1.5).
    static final Kind<String> BANNER = Kind.plain(
                    "a greeting",
                    "write 220, a blank, and up to 500 characters of ASCII",
                    text -> matching(GREETING, text),
                    Function.identity())
            .shaped(Shape.text("^\\s*220 .+"));

    /// A host name, or an address, which is kept in brackets as Exchange shows it.
    static final Kind<String> SMART_HOST = Kind.plain(
            "a smart host",
            "write a host name or an IP address (relay.contoso.com, 10.10.10.100)",
            Kinds::smartHost,
            Function.identity());

    /// Too long to be guessed, and nothing that a header could not carry (RFC 6750 §2.1).
    static final Kind<String> TOKEN = Kind.plain(
                    "a token",
                    "write 16 to 512 letters, digits and -._~+/=",
                    text -> matching(TOKENS, text),
                    Function.identity())
            .shaped(Shape.whole("^\\s*[A-Za-z0-9._~+/=-]{16,512}\\s*$"));

    /// A hashed password. Nothing of what is wrong with one is repeated.
    static final Kind<HashedPassword> PASSWORD_HASH = Kind.plain(
                    "a hashed password",
                    "write what 'tarry config hash-password' prints (SCRAM-SHA-256$...)",
                    HashedPassword::parse,
                    HashedPassword::text)
            .shaped(Shape.text("^\\s*SCRAM-SHA-256\\$\\d+:[^$:]+\\$[^$:]+:[^$:]+\\s*$"));

    /// Whom a user may send as.
    static final Kind<String> SEND_AS = Kind.plain(
            "an address to send as",
            "write local-part@domain, *@domain or *",
            text -> text.equals("*") ? text : Kinds.MAIL_ADDRESS.parse().apply(text),
            Function.identity());

    static final Kind<Instant> MOMENT = Kind.plain(
                    "a moment",
                    "write a date and a time in UTC (2026-12-01T00:00:00Z)",
                    Kinds::moment,
                    Instant::toString)
            .shaped(Shape.text("^\\s*\\d{4}-\\d{2}-\\d{2}[tT]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?[zZ]\\s*$"));

    static final Kind<String> HOST = Kind.plain(
                    "a host name",
                    "write letters, digits, hyphens and dots (mail.company.com)",
                    text -> matching(HOST_NAME, text).toLowerCase(Locale.ROOT),
                    Function.identity())
            .shaped(Shape.whole("^\\s*[A-Za-z0-9_.-]{1,255}\\s*$"));

    /// How Exchange names a certificate, whoever issued it and whoever it is about.
    static final Kind<String> CERTIFICATE_NAME = Kind.plain(
                    "a certificate's name",
                    "write <I>issuer<S>subject (<I>CN=Contoso CA<S>CN=mail.contoso.com)",
                    text -> matching(CERTIFICATE, text),
                    Function.identity())
            .shaped(Shape.text("^\\s*<[iI]>.+<[sS]>.+$"));

    /// A user or a password: one line, as long as SMTP can carry.
    static final Kind<String> LOGIN_TEXT = Kind.plain(
                    "a user or a password",
                    "write 1 to " + MAX_LOGIN_CHARS + " printable characters",
                    text -> {
                        // what stands for a secret is none
                        if (text.isEmpty() || text.length() > MAX_LOGIN_CHARS || text.equals(Setting.HIDDEN)) {
                            throw new IllegalArgumentException();
                        }
                        return text(text);
                    },
                    Function.identity())
            .shaped(Shape.ANY);

    static final Kind<String> COMPUTER = Kind.plain(
                    "a computer name",
                    "write 1 to 15 letters, digits and hyphens (MAIL)",
                    text -> matching(COMPUTER_NAME, text).toUpperCase(Locale.ROOT),
                    Function.identity())
            .shaped(Shape.whole("^\\s*[A-Za-z0-9-]{1,15}\\s*$"));

    /// A computer name in upper case, or a full name in lower case.
    static final Kind<String> SERVER = Kind.plain(
            "a server",
            "write a computer name or a full name (MAIL, mail.company.com)",
            text -> {
                String name = matching(HOST_NAME, text);
                return name.indexOf('.') < 0 ? name.toUpperCase(Locale.ROOT) : name.toLowerCase(Locale.ROOT);
            },
            Function.identity());

    static final Kind<String> MAIL_ADDRESS = Kind.plain(
            "a mail address",
            "write local-part@domain",
            text -> {
                var match = MAILBOX.matcher(text);
                if (!match.matches()) {
                    throw new IllegalArgumentException();
                }
                matching(HOST_NAME, match.group("domain"));
                return text;
            },
            Function.identity());

    static final Kind<Path> PATH = Kind.plain("a path", "write a path of this system", Kinds::path, Path::toString)
            .shaped(Shape.ANY);

    /// An address to listen on; port 0 takes a free one.
    static final Kind<InetSocketAddress> BINDING = Kind.plain(
            "an address to listen on",
            "write ip:port (127.0.0.1:2525, [::1]:2525)",
            text -> Endpoints.parse(text, Endpoints.PORT_NEEDED),
            Endpoints::print);

    /// A DNS server; port 53 unless written.
    static final Kind<InetSocketAddress> DNS_SERVER = Kind.plain(
            "the address of a DNS server",
            "write an IP address, or ip:port (8.8.8.8, 127.0.0.1:5353)",
            text -> Endpoints.parseDialled(text, DnsSettings.PORT),
            server -> server.getPort() == DnsSettings.PORT
                    ? Endpoints.printHost(server.getAddress())
                    : Endpoints.print(server));

    static final Kind<InetAddress> ADDRESS = Kind.plain(
            "an IP address", "write an IP address (127.0.0.1, 0.0.0.0, ::1)", Endpoints::address, Endpoints::printHost);

    static final Kind<IpRange> IP_RANGE = Kind.plain(
            "a range of addresses",
            "write an IP address or a CIDR range (127.0.0.0/8, ::1)",
            IpRange::parse,
            IpRange::toString);

    static final Kind<AddressRange> ADDRESS_RANGE = Kind.plain(
            "a range of addresses",
            "write an IP address, a CIDR range, or a first and a last address (10.0.0.5, 10.0.0.0/8,"
                    + " 10.0.0.5-10.0.0.9)",
            AddressRange::parse,
            AddressRange::toString);

    static final Kind<EgressRule> EGRESS_RULE = Kind.plain(
            "an egress rule",
            "write ip, ip:port, a CIDR range, or a CIDR range with a port (127.0.0.1:2526, 10.0.0.0/8, 10.0.0.0/8:25)",
            EgressRule::parse,
            EgressRule::toString);

    static final Kind<UUID> GUID = Kind.plain(
                    "a GUID",
                    "write 32 hexadecimal digits in five groups (4520e633-d83d-411a-bbe4-6a84648674ee)",
                    text -> UUID.fromString(matching(GUID_FORM, text)),
                    UUID::toString)
            .shaped(Shape.whole("^\\s*[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\\s*$"));

    /// An enhanced status code of a failure (RFC 3463).
    static final Kind<String> DSN_CODE = Kind.plain(
                    "an enhanced status code of a failure",
                    "write 4 or 5, a dot, and two numbers with a dot between them (5.4.4)",
                    text -> matching(FAILURE_CODE, text),
                    Function.identity())
            .shaped(Shape.text("^\\s*[45]\\.\\d{1,3}\\.\\d{1,3}\\s*$"));

    static final Kind<String> DSN_LANGUAGE = Kind.plain(
                    "a language that reports are written in",
                    "write En",
                    text -> {
                        if (!text.equalsIgnoreCase("en")) {
                            throw new IllegalArgumentException();
                        }
                        return "En";
                    },
                    Function.identity())
            .shaped(Shape.words(List.of("En")));

    static final Kind<NoticeText> NOTICE_TEXT = Kind.plain(
            "a text for reports",
            "write up to " + NoticeText.MAX_CHARACTERS
                    + " characters in one line, with B, EM, P, BR, A HREF=\"...\" and &lt; &gt; &quot; &amp;",
            NoticeText::of,
            NoticeText::written);

    static final Kind<Long> SEED = Kind.plain("a seed", "write a whole number", Long::valueOf, String::valueOf)
            .shaped(Shape.whole("^[+-]?\\d+$"));

    private Kinds() {}

    /// One of some words, whatever their case.
    static <E extends Enum<E>> Kind<E> choice(String name, Class<E> type, Function<E, String> word) {
        List<E> all = List.of(type.getEnumConstants());
        String words = all.stream().map(word).collect(Collectors.joining(", "));
        return Kind.plain(
                        name,
                        "write one of " + words,
                        text -> all.stream()
                                .filter(one -> word.apply(one).equalsIgnoreCase(text))
                                .findFirst()
                                .orElseThrow(IllegalArgumentException::new),
                        word)
                .shaped(Shape.words(all.stream().map(word).toList()));
    }

    /// Any of some words, whatever their case, each once and in the words' own order; `None` for none of them.
    static <E extends Enum<E>> Kind<Set<E>> words(String name, Class<E> type, Function<E, String> word) {
        Kind<E> one = choice(name, type, word);
        List<String> offered = new ArrayList<>(one.shape().words());
        offered.add(NONE);
        return new Kind<>(
                "a list: each item is " + name,
                one.form() + ", several of them separated by commas or as a YAML list, or None",
                "",
                true,
                text -> {
                    Set<E> some = EnumSet.noneOf(type);
                    if (!text.strip().equalsIgnoreCase(NONE)) {
                        some.addAll(items(text, one));
                    }
                    return Collections.unmodifiableSet(some);
                },
                some -> some.isEmpty() ? NONE : some.stream().map(word).collect(Collectors.joining(",")),
                (_, _) -> 0,
                Shape.words(offered));
    }

    /// Nothing (an empty text) or a value.
    static <T> Kind<Optional<T>> optional(Kind<T> kind) {
        return new Kind<>(
                kind.name(),
                kind.form() + ", or nothing at all (\"\")",
                kind.unit(),
                false,
                text -> text.isEmpty()
                        ? Optional.empty()
                        : Optional.of(kind.parse().apply(text)),
                value -> value.map(kind.print()).orElse(""),
                (_, _) -> 0,
                orNothing(kind.shape()));
    }

    /// Any number of values, separated by commas; `{}` or nothing is the empty list, as Exchange prints it.
    static <T> Kind<List<T>> list(Kind<T> kind) {
        return new Kind<>(
                "a list: each item is " + kind.name(),
                kind.form() + ", several of them separated by commas or as a YAML list",
                kind.unit(),
                true,
                text -> items(text, kind),
                values -> values.stream().map(kind.print()).collect(Collectors.joining(",")),
                (_, _) -> 0,
                kind.shape());
    }

    private static Shape orNothing(Shape shape) {
        if (shape.open()) {
            return shape;
        }
        List<String> patterns = new ArrayList<>(shape.patterns());
        patterns.add("^\\s*$");
        return new Shape(shape.whole(), shape.truth(), shape.words(), patterns);
    }

    private static <T> List<T> items(String text, Kind<T> kind) {
        String inner = text.startsWith("{") && text.endsWith("}") ? text.substring(1, text.length() - 1) : text;
        if (inner.isBlank()) {
            return List.of();
        }
        String[] parts = inner.split(",", -1);
        if (parts.length > MAX_LIST_ITEMS) {
            throw new IllegalArgumentException("has more than " + MAX_LIST_ITEMS + " items");
        }
        List<T> items = new ArrayList<>(parts.length);
        List<String> wrong = new ArrayList<>();
        for (String part : parts) {
            try {
                items.add(kind.parse().apply(part.strip()));
            } catch (IllegalArgumentException _) {
                wrong.add("'" + part.strip() + "'");
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("holds " + String.join(", ", wrong)
                    + (wrong.size() == 1 ? ", which is not " : ", none of which is ") + kind.name());
        }
        return List.copyOf(items);
    }

    private static boolean isUnlimited(String text) {
        return text.equalsIgnoreCase(UNLIMITED);
    }

    private static Boolean isOn(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "$true" -> true;
            case "false", "$false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static String text(String text) {
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static String matching(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static String smartHost(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException();
        }
        if (LOOKS_LIKE_IP.matcher(text).matches()) {
            boolean bracketed = text.startsWith("[") && text.endsWith("]");
            String address = bracketed ? text.substring(1, text.length() - 1) : text;
            return "[" + Endpoints.printHost(Endpoints.address(address)) + "]";
        }
        String name = matching(HOST_NAME, text).toLowerCase(Locale.ROOT);
        if (Character.isDigit(name.charAt(name.length() - 1))) {
            throw new IllegalArgumentException("ends in a digit, as no name of a host does");
        }
        return name;
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeParseException _) {
            throw new IllegalArgumentException();
        }
    }

    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException();
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            throw new IllegalArgumentException();
        }
    }
}
