package dev.tarry.shell.value;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;

/// TimeSpans as text and back: `2.00:00:00`, `00:05:00.2500000`.
public final class SpanForm {
    private static final long MAX_DAYS = 10_675_199;

    private SpanForm() {}

    public static String of(Duration span) {
        Duration size = span.abs();
        StringBuilder text = new StringBuilder(span.isNegative() ? "-" : "");
        if (size.toDays() > 0) {
            text.append(size.toDays()).append('.');
        }
        two(text, size.toHoursPart()).append(':');
        two(text, size.toMinutesPart()).append(':');
        two(text, size.toSecondsPart());
        int ticks = size.toNanosPart() / 100;
        if (ticks > 0) {
            text.append('.').append(Integer.toString(10_000_000 + ticks), 1, 8);
        }
        return text.toString();
    }

    /// Reads `[-][d.]hh:mm[:ss[.fffffff]]`, whole days (`2`), and ISO 8601 (`PT48H`).
    public static Optional<Duration> parse(String given) {
        String text = given.trim();
        try {
            if (text.startsWith("P") || text.startsWith("-P")) {
                return Optional.of(Duration.parse(text));
            }
            boolean negative = text.startsWith("-");
            return fields(negative ? text.substring(1) : text).map(span -> negative ? span.negated() : span);
        } catch (DateTimeException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> fields(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.of(Duration.ofDays(within(text, MAX_DAYS)));
        }
        int dot = text.indexOf('.');
        long days = dot >= 0 && dot < colon ? within(text.substring(0, dot), MAX_DAYS) : 0;
        String[] parts = text.substring(dot >= 0 && dot < colon ? dot + 1 : 0).split(":", -1);
        if (parts.length > 3) {
            return Optional.empty();
        }
        Duration span = Duration.ofDays(days)
                .plusHours(within(parts[0], days > 0 ? 23 : MAX_DAYS))
                .plusMinutes(within(parts[1], 59));
        if (parts.length == 3) {
            int point = parts[2].indexOf('.');
            String whole = point < 0 ? parts[2] : parts[2].substring(0, point);
            span = span.plusSeconds(within(whole, 59));
            if (point >= 0) {
                String digits = parts[2].substring(point + 1);
                within(digits, 999_999_999);
                span = span.plusNanos(Long.parseLong((digits + "000000000").substring(0, 9)));
            }
        }
        return Optional.of(span);
    }

    private static long within(String digits, long most) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new NumberFormatException(digits);
        }
        long value = Long.parseLong(digits);
        if (value > most) {
            throw new NumberFormatException(digits);
        }
        return value;
    }

    /// .NET's `ToString(format)`: `c`, `g`, and fields such as `dd\:hh\:mm\:ss`.
    static String formatted(Duration span, String format) {
        if (format.isEmpty() || format.equals("c") || format.equals("t") || format.equals("T")) {
            return of(span);
        }
        Duration size = span.abs();
        if (format.equals("g") || format.equals("G")) {
            String days = size.toDays() > 0 ? size.toDays() + ":" : "";
            StringBuilder text = new StringBuilder(span.isNegative() ? "-" : "")
                    .append(days)
                    .append(size.toHoursPart())
                    .append(':');
            two(text, size.toMinutesPart()).append(':');
            return two(text, size.toSecondsPart()).toString();
        }
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i);
            int run = 1;
            while (i + run < format.length() && format.charAt(i + run) == c) {
                run++;
            }
            long value = switch (c) {
                case 'd' -> size.toDays();
                case 'h' -> size.toHoursPart();
                case 'm' -> size.toMinutesPart();
                case 's' -> size.toSecondsPart();
                default -> -1;
            };
            if (value >= 0) {
                text.append("0".repeat(Math.max(0, run - Long.toString(value).length())))
                        .append(value);
                i += run;
            } else if (c == 'f' && run <= 7) {
                text.append(Integer.toString(1_000_000_000 + size.toNanosPart()), 1, 1 + run);
                i += run;
            } else if (c == '\\' && i + 1 < format.length()) {
                text.append(format.charAt(i + 1));
                i += 2;
            } else if (c == '\'' && format.indexOf(c, i + 1) > 0) {
                int close = format.indexOf(c, i + 1);
                text.append(format, i + 1, close);
                i = close + 1;
            } else {
                throw ShellFailure.of(
                        ShellFailure.Category.NotSpecified,
                        "FormatException",
                        "FormatException",
                        "Input string was not in a correct format.");
            }
        }
        return text.toString();
    }

    private static StringBuilder two(StringBuilder text, int value) {
        return text.append(value < 10 ? "0" : "").append(value);
    }
}
