package dev.tarry.shell.utility;

import dev.tarry.shell.value.DateForm;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.Locale;

/// Get-Date's -UFormat: the format characters of Unix' `date`.
final class UnixDate {
    private UnixDate() {}

    /// @throws dev.tarry.shell.value.ShellFailure for a character that means nothing
    static String formatted(ZonedDateTime date, String format) {
        String body = format.startsWith("+") ? format.substring(1) : format;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c != '%' || i + 1 == body.length()) {
                text.append(c);
            } else {
                text.append(field(date, body.charAt(++i)));
            }
        }
        return text.toString();
    }

    private static String field(ZonedDateTime date, char c) {
        return switch (c) {
            case 'a' -> DateForm.formatted(date, "ddd");
            case 'A' -> DateForm.formatted(date, "dddd");
            case 'b', 'h' -> DateForm.formatted(date, "MMM");
            case 'B' -> DateForm.formatted(date, "MMMM");
            case 'c' -> DateForm.formatted(date, "ddd dd MMM yyyy HH:mm:ss");
            case 'C' -> two(date.getYear() / 100);
            case 'd' -> two(date.getDayOfMonth());
            case 'D', 'x' -> DateForm.formatted(date, "MM'/'dd'/'yy");
            case 'e' -> spaced(date.getDayOfMonth());
            case 'F' -> DateForm.formatted(date, "yyyy-MM-dd");
            case 'H' -> two(date.getHour());
            case 'I' -> two(date.getHour() % 12 == 0 ? 12 : date.getHour() % 12);
            case 'j' -> String.format(Locale.ROOT, "%03d", date.getDayOfYear());
            case 'k' -> spaced(date.getHour());
            case 'l' -> spaced(date.getHour() % 12 == 0 ? 12 : date.getHour() % 12);
            case 'm' -> two(date.getMonthValue());
            case 'M' -> two(date.getMinute());
            case 'n' -> "\n";
            case 'p' -> date.getHour() < 12 ? "AM" : "PM";
            case 'r' -> DateForm.formatted(date, "hh:mm:ss tt");
            case 'R' -> DateForm.formatted(date, "HH:mm");
            case 's' -> Long.toString(date.toEpochSecond());
            case 'S' -> two(date.getSecond());
            case 't' -> "\t";
            case 'T', 'X' -> DateForm.formatted(date, "HH:mm:ss");
            case 'u' -> Integer.toString(date.getDayOfWeek().getValue());
            case 'w' -> Integer.toString(date.getDayOfWeek().getValue() % 7);
            case 'V' -> two(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'G' -> Integer.toString(date.get(IsoFields.WEEK_BASED_YEAR));
            case 'y' -> two(date.getYear() % 100);
            case 'Y' -> Integer.toString(date.getYear());
            case 'Z' -> DateForm.formatted(date, "zz");
            case '%' -> "%";
            default ->
                throw Inputs.invalid(
                        "UFormat", "The -UFormat character '%" + c + "' is not one that this shell knows.");
        };
    }

    private static String spaced(int number) {
        return String.format(Locale.ROOT, "%2d", number);
    }

    private static String two(int number) {
        return String.format(Locale.ROOT, "%02d", number);
    }
}
