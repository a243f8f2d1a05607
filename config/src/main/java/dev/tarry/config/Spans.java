package dev.tarry.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Spans of time in the forms that people write: Exchange's `d.hh:mm:ss`, `5m`, ISO 8601.
public final class Spans {
    private static final Pattern TIME_SPAN =
            Pattern.compile("((?<d>\\d{1,8})\\.)?(?<h>\\d{1,2}):(?<m>\\d{1,2})(:(?<s>\\d{1,2})(\\.(?<f>\\d{1,7}))?)?");
    private static final Pattern SHORT = Pattern.compile("(?<n>\\d{1,9})(?<u>ms|s|m|h|d)");

    private Spans() {}

    /// `hh:mm:ss`, `d.hh:mm:ss`, both with up to seven decimals; `hh:mm`; a number with ms, s, m, h or d; ISO 8601
    /// (`PT5M`). A bare number is refused: .NET reads it as days, people mean seconds.
    ///
    /// @throws IllegalArgumentException if it is none of these, or negative
    public static Duration parse(String text) {
        Matcher span = TIME_SPAN.matcher(text);
        if (span.matches()) {
            return timeSpan(span);
        }
        Matcher brief = SHORT.matcher(text.toLowerCase(Locale.ROOT));
        if (brief.matches()) {
            long number = Long.parseLong(brief.group("n"));
            return switch (brief.group("u")) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        }
        try {
            Duration iso = Duration.parse(text);
            if (iso.isNegative()) {
                throw new IllegalArgumentException("is negative");
            }
            return iso;
        } catch (DateTimeParseException _) {
            throw new IllegalArgumentException();
        }
    }

    /// As Exchange prints it: `00:05:00`, `2.00:00:00`, `00:00:00.5000000`.
    public static String print(Duration span) {
        String days = span.toDays() == 0 ? "" : span.toDays() + ".";
        String clock = String.format(
                Locale.ROOT, "%02d:%02d:%02d", span.toHoursPart(), span.toMinutesPart(), span.toSecondsPart());
        String fraction = span.toNanosPart() == 0 ? "" : String.format(Locale.ROOT, ".%07d", span.toNanosPart() / 100);
        return days + clock + fraction;
    }

    private static Duration timeSpan(Matcher span) {
        long days = number(span, "d");
        long hours = number(span, "h");
        long minutes = number(span, "m");
        long seconds = number(span, "s");
        if (hours > 23 || minutes > 59 || seconds > 59) {
            throw new IllegalArgumentException("has an hour over 23, or a minute or second over 59");
        }
        long nanos = span.group("f") == null
                ? 0
                : new BigDecimal("0." + span.group("f")).movePointRight(9).longValueExact();
        return Duration.ofDays(days)
                .plusHours(hours)
                .plusMinutes(minutes)
                .plusSeconds(seconds)
                .plusNanos(nanos);
    }

    private static long number(Matcher span, String group) {
        return span.group(group) == null ? 0 : Long.parseLong(span.group(group));
    }
}
