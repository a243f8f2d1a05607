package dev.tarry.admin;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a filter's value as its property's values are compared.
final class FilterValue {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}) ?(B|KB|MB|GB|TB)?", Pattern.CASE_INSENSITIVE);
    /// As Size is shown: `3.456 KB (3,539 bytes)`.
    private static final Pattern PRINTED_SIZE =
            Pattern.compile("[0-9.]{1,15} [KMGT]?B \\(([0-9,]{1,15}) bytes\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SPAN =
            Pattern.compile("(?:(\\d{1,5})\\.)?(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,7}))?");
    /// As en-US writes it, with or without a time, and as PowerShell puts a moment into a text.
    private static final Pattern CULTURE =
            Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4})(?: (\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?: ?([AaPp])[Mm])?)?");

    private FilterValue() {}

    /// @param zone of moments that name none
    static Object read(String text, Property<?> property, Operator operator, ZoneId zone) {
        if (operator == Operator.LIKE) {
            return text;
        }
        return switch (property.type()) {
            case TEXT -> choice(text, property);
            case COUNTS, LIST, FLAG -> text;
            case WHOLE -> whole(text, property);
            case DECIMAL -> decimal(text, property);
            case MOMENT -> moment(text, property, zone);
            case SIZE -> size(text, property);
            case SPAN -> span(text, property);
        };
    }

    private static String choice(String text, Property<?> property) {
        if (property.choices().isEmpty() || property.choices().stream().anyMatch(text::equalsIgnoreCase)) {
            return text;
        }
        throw wrong(text, property, "one of " + String.join(", ", property.choices()));
    }

    private static Long whole(String text, Property<?> property) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException _) {
            throw wrong(text, property, "a whole number");
        }
    }

    private static Double decimal(String text, Property<?> property) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException _) {
            // refused below
        }
        throw wrong(text, property, "a number");
    }

    private static Long size(String text, Property<?> property) {
        Matcher printed = PRINTED_SIZE.matcher(text);
        if (printed.matches()) {
            return Long.valueOf(printed.group(1).replace(",", ""));
        }
        Matcher match = SIZE.matcher(text);
        if (!match.matches()) {
            throw wrong(text, property, "a size such as 10KB, 1MB or a number of bytes");
        }
        String unit = match.group(2) == null ? "B" : match.group(2).toUpperCase(Locale.ROOT);
        int shift = switch (unit) {
            case "KB" -> 10;
            case "MB" -> 20;
            case "GB" -> 30;
            case "TB" -> 40;
            default -> 0;
        };
        long number = Long.parseLong(match.group(1));
        return number > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : number << shift;
    }

    private static Duration span(String text, Property<?> property) {
        Matcher match = SPAN.matcher(text);
        if (!match.matches()) {
            throw wrong(text, property, "a time span such as 00:05:00 or 1.00:00:00");
        }
        long days = match.group(1) == null ? 0 : Long.parseLong(match.group(1));
        Duration span = Duration.ofDays(days)
                .plusHours(Long.parseLong(match.group(2)))
                .plusMinutes(Long.parseLong(match.group(3)))
                .plusSeconds(Long.parseLong(match.group(4)));
        if (match.group(5) == null) {
            return span;
        }
        String nanos = (match.group(5) + "00000000").substring(0, 9);
        return span.plusNanos(Long.parseLong(nanos));
    }

    private static Instant moment(String text, Property<?> property, ZoneId zone) {
        try {
            Matcher match = CULTURE.matcher(text);
            if (match.matches()) {
                return culture(match).atZone(zone).toInstant();
            }
            String iso = text.replace(' ', 'T');
            if (iso.length() == 10) {
                return LocalDate.parse(iso).atStartOfDay(zone).toInstant();
            }
            boolean offset = iso.endsWith("Z") || iso.indexOf('+') > 0 || iso.lastIndexOf('-') > 10;
            return offset
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeException _) {
            throw wrong(text, property, "a moment such as '11/22/2026 9:15:00 AM' or 2026-11-22T09:15:00Z");
        }
    }

    private static LocalDateTime culture(Matcher match) {
        int hour = match.group(4) == null ? 0 : Integer.parseInt(match.group(4));
        if (match.group(7) != null) {
            if (hour < 1 || hour > 12) {
                throw new DateTimeException("no hour of a half day");
            }
            hour = hour % 12 + (match.group(7).equalsIgnoreCase("p") ? 12 : 0);
        }
        return LocalDateTime.of(
                Integer.parseInt(match.group(3)),
                Integer.parseInt(match.group(1)),
                Integer.parseInt(match.group(2)),
                hour,
                match.group(5) == null ? 0 : Integer.parseInt(match.group(5)),
                match.group(6) == null ? 0 : Integer.parseInt(match.group(6)));
    }

    private static OperationRefused wrong(String text, Property<?> property, String right) {
        return Filter.invalid(
                property.name() + " cannot be compared with " + OperationRefused.quoted(text) + "; it takes " + right);
    }
}
