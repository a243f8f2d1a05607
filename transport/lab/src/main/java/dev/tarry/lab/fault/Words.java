package dev.tarry.lab.fault;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the words of one fault by kind; each that is wrong is told with what would be right.
final class Words {
    private static final Pattern SPAN = Pattern.compile("(\\d+(?:\\.\\d{1,9})?)(ms|s|m|h|d|)");
    private static final Pattern CLOCK_SPAN = Pattern.compile("(?:(\\d{1,4})\\.)?(\\d{1,2}):(\\d{2}):(\\d{2})");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(|b|kb|kib|mb|mib|gb|gib)");
    private static final int SHOWN_MAX = 60;

    private final Map<String, ?> words;
    private final Instant now;

    /// @param now lab time, from which `+10m` is counted
    Words(Map<String, ?> words, Instant now) {
        this.words = words;
        this.now = now;
    }

    boolean has(String word) {
        return words.get(word) != null;
    }

    String oneOf(String word, Iterable<String> allowed) {
        var right = "one of " + String.join(", ", allowed) + " is needed";
        var given = words.get(word);
        if (given == null) {
            throw new BadFault(word, "is missing", right);
        }
        for (var one : allowed) {
            if (one.equalsIgnoreCase(given.toString())) {
                return one;
            }
        }
        throw new BadFault(word, quoted(given), right);
    }

    <E extends Enum<E> & Worded> E oneOf(String word, Class<E> type) {
        var byWord = Arrays.stream(type.getEnumConstants()).collect(Collectors.toMap(Worded::word, e -> e));
        return byWord.get(oneOf(
                word, Arrays.stream(type.getEnumConstants()).map(Worded::word).toList()));
    }

    <E extends Enum<E> & Worded> E oneOf(String word, E otherwise) {
        return has(word) ? oneOf(word, otherwise.getDeclaringClass()) : otherwise;
    }

    String text(String word, String otherwise) {
        return switch (words.get(word)) {
            case null -> otherwise;
            case String text -> text;
            case Number number -> number.toString();
            case Object other -> throw new BadFault(word, quoted(other), "a text is needed");
        };
    }

    String text(String word) {
        if (!has(word)) {
            throw new BadFault(word, "is missing", "a text is needed");
        }
        return text(word, "");
    }

    Glob glob(String word) {
        var pattern = text(word, "*");
        if (pattern.isEmpty() || pattern.length() > Glob.LENGTH_MAX) {
            throw new BadFault(
                    word,
                    "has " + pattern.length() + " characters",
                    "a pattern of 1 to " + Glob.LENGTH_MAX + " is needed");
        }
        return new Glob(pattern);
    }

    /// A domain name, which may have been written with its last dot.
    Glob dottedGlob(String word) {
        var glob = glob(word);
        var pattern = glob.pattern();
        int end = pattern.length();
        while (end > 1 && pattern.charAt(end - 1) == '.') {
            end--;
        }
        return end < pattern.length() ? new Glob(pattern.substring(0, end)) : glob;
    }

    /// The null sender is written as `<>`, since an empty pattern is more likely a mistake.
    Glob senderGlob(String word) {
        var glob = glob(word);
        return glob.pattern().equals("<>") ? Glob.NOTHING : glob;
    }

    OptionalLong optionalWhole(String word) {
        return has(word) ? OptionalLong.of(whole(word)) : OptionalLong.empty();
    }

    long whole(String word, long otherwise) {
        return has(word) ? whole(word) : otherwise;
    }

    long whole(String word) {
        var right = "a whole number is needed";
        var text = given(word, right);
        try {
            return new BigDecimal(text).longValueExact();
        } catch (ArithmeticException | NumberFormatException _) {
            throw new BadFault(word, quoted(text), right);
        }
    }

    /// A whole number that is bounded closely by whoever takes it.
    int small(String word, int otherwise) {
        return Math.clamp(whole(word, otherwise), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    int small(String word) {
        return Math.clamp(whole(word), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    double number(String word) {
        var right = "a number is needed";
        var text = given(word, right);
        try {
            return new BigDecimal(text).doubleValue();
        } catch (NumberFormatException _) {
            throw new BadFault(word, quoted(text), right);
        }
    }

    /// Octets: `10kB` is 10,240, as Exchange counts.
    long size(String word) {
        var right = "a size such as 10kB or 1MB, or a number of octets, is needed";
        var text = given(word, right).strip().toLowerCase(Locale.ROOT);
        var match = SIZE.matcher(text);
        if (!match.matches()) {
            throw new BadFault(word, quoted(text), right);
        }
        int shift = switch (match.group(2)) {
            case "kb", "kib" -> 10;
            case "mb", "mib" -> 20;
            case "gb", "gib" -> 30;
            default -> 0;
        };
        long number = Long.parseLong(match.group(1));
        return number > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : number << shift;
    }

    Duration span(String word) {
        var right = "a span such as 3s, 200ms, 5m, 2h, 1d, 00:05:00 or PT3S, or a number of seconds, is needed";
        var text = given(word, right).strip();
        return parsedSpan(text).orElseThrow(() -> new BadFault(word, quoted(text), right));
    }

    private static Optional<Duration> parsedSpan(String text) {
        var small = text.toLowerCase(Locale.ROOT);
        try {
            if (small.startsWith("p")) {
                return Optional.of(Duration.parse(text));
            }
            var clock = CLOCK_SPAN.matcher(small);
            if (clock.matches()) {
                long days = clock.group(1) == null ? 0 : Long.parseLong(clock.group(1));
                return Optional.of(Duration.ofDays(days)
                        .plusHours(Long.parseLong(clock.group(2)))
                        .plusMinutes(Long.parseLong(clock.group(3)))
                        .plusSeconds(Long.parseLong(clock.group(4))));
            }
            var match = SPAN.matcher(small);
            if (!match.matches()) {
                return Optional.empty();
            }
            var unit = new BigDecimal(
                    switch (match.group(2)) {
                        case "ms" -> 1L;
                        case "m" -> 60_000L;
                        case "h" -> 3_600_000L;
                        case "d" -> 86_400_000L;
                        default -> 1_000L;
                    });
            return Optional.of(Duration.ofMillis(
                    new BigDecimal(match.group(1)).multiply(unit).longValueExact()));
        } catch (ArithmeticException | DateTimeException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// A moment of lab time, or a span from now with `+` before it.
    Optional<Instant> moment(String word) {
        if (!has(word)) {
            return Optional.empty();
        }
        var right = "a moment such as 2026-01-02T03:04:05Z, or a span from now such as +10m, is needed";
        var text = given(word, right).strip();
        try {
            return Optional.of(
                    text.startsWith("+")
                            ? now.plus(parsedSpan(text.substring(1)).orElseThrow(() -> new DateTimeException("span")))
                            : Instant.parse(text));
        } catch (DateTimeException | ArithmeticException _) {
            throw new BadFault(word, quoted(text), right);
        }
    }

    When when() {
        Optional<When.Cycle> cycle = Optional.empty();
        if (has("on") || has("off")) {
            cycle = Optional.of(new When.Cycle(span("on"), span("off")));
        }
        Optional<When.Odds> odds = Optional.empty();
        if (has("probability")) {
            odds = Optional.of(new When.Odds(number("probability"), whole("seed", 1)));
        } else if (has("seed")) {
            throw new BadFault("seed", "makes no sense here", "it goes with probability");
        }
        var from = moment("from");
        return new When(
                optionalWhole("first"),
                optionalWhole("every"),
                from.isEmpty() && cycle.isPresent() ? Optional.of(now) : from,
                moment("until"),
                cycle,
                odds);
    }

    private String given(String word, String right) {
        var given = words.get(word);
        if (given == null) {
            throw new BadFault(word, "is missing", right);
        }
        return given.toString();
    }

    static String quoted(Object given) {
        return "is '" + shown(given) + "'";
    }

    /// What was given, short, with nothing in it that could forge a line.
    static String shown(Object given) {
        var text = given.toString();
        var shown = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
