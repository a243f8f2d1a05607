package dev.tarry.shell.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// DateTimes as text and back, in en-US culture and .NET's formats.
public final class DateForm {
    /// What .NET says of a moment before the year 1 or after 9999.
    static final String UNREPRESENTABLE =
            "The added or subtracted value results in an un-representable DateTime. Parameter name: value";

    private static final String[] MONTHS = {
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December"
    };
    private static final String[] DAYS = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

    private DateForm() {}

    /// As tables and lists show it: `9/3/2016 11:50:05 PM`.
    public static String display(ZonedDateTime date) {
        return custom(date, "M/d/yyyy h:mm:ss tt");
    }

    /// As string interpolation makes it (invariant culture): `09/03/2016 23:50:05`.
    public static String invariant(ZonedDateTime date) {
        return custom(date, "MM/dd/yyyy HH:mm:ss");
    }

    /// As it prints alone: `Saturday, September 3, 2016 11:50:05 PM`.
    public static String spoken(ZonedDateTime date) {
        return custom(date, "dddd, MMMM d, yyyy h:mm:ss tt");
    }

    /// ISO 8601 in UTC with milliseconds: `2016-09-03T23:50:05.000Z`.
    public static String iso(ZonedDateTime date) {
        return custom(date.withZoneSameInstant(ZoneOffset.UTC), "yyyy-MM-ddTHH:mm:ss.fff") + "Z";
    }

    /// .NET's `ToString(format)`.
    ///
    /// @throws ShellFailure where the format asks for what is not done here (`F`, `g`)
    public static String formatted(ZonedDateTime date, String format) {
        return switch (format) {
            case "", "G" -> display(date);
            case "d" -> custom(date, "M/d/yyyy");
            case "D" -> custom(date, "dddd, MMMM d, yyyy");
            case "f" -> custom(date, "dddd, MMMM d, yyyy h:mm tt");
            case "F" -> spoken(date);
            case "g" -> custom(date, "M/d/yyyy h:mm tt");
            case "t" -> custom(date, "h:mm tt");
            case "T" -> custom(date, "h:mm:ss tt");
            case "s" -> custom(date, "yyyy-MM-ddTHH:mm:ss");
            case "u" -> custom(date, "yyyy-MM-dd HH:mm:ss") + "Z";
            case "o", "O" -> custom(date, "yyyy-MM-ddTHH:mm:ss.fffffffK");
            case "r", "R" -> custom(date, "ddd, dd MMM yyyy HH:mm:ss") + " GMT";
            default -> custom(date, format);
        };
    }

    private static String custom(ZonedDateTime date, String format) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i);
            int run = 1;
            while (i + run < format.length() && format.charAt(i + run) == c) {
                run++;
            }
            if (c == '\'' || c == '"') {
                int close = format.indexOf(c, i + 1);
                text.append(format, i + 1, close < 0 ? format.length() : close);
                i = close < 0 ? format.length() : close + 1;
                continue;
            }
            if (c == '\\' && i + 1 < format.length()) {
                text.append(format.charAt(i + 1));
                i += 2;
                continue;
            }
            text.append(field(date, c, run, format));
            i += run;
        }
        return text.toString();
    }

    private static String field(ZonedDateTime date, char c, int run, String format) {
        int hour = date.getHour() % 12 == 0 ? 12 : date.getHour() % 12;
        return switch (c) {
            case 'd' ->
                switch (run) {
                    case 1, 2 -> number(date.getDayOfMonth(), run);
                    case 3 -> day(date).substring(0, 3);
                    default -> day(date);
                };
            case 'M' ->
                switch (run) {
                    case 1, 2 -> number(date.getMonthValue(), run);
                    case 3 -> MONTHS[date.getMonthValue() - 1].substring(0, 3);
                    default -> MONTHS[date.getMonthValue() - 1];
                };
            case 'y' -> run <= 2 ? number(date.getYear() % 100, run) : number(date.getYear(), run);
            case 'H' -> number(date.getHour(), run);
            case 'h' -> number(hour, run);
            case 'm' -> number(date.getMinute(), run);
            case 's' -> number(date.getSecond(), run);
            case 'f' -> number(date.getNano(), 9).substring(0, Math.min(run, 9));
            case 't' -> (date.getHour() < 12 ? "AM" : "PM").substring(0, run == 1 ? 1 : 2);
            case 'K' -> date.getZone().equals(ZoneOffset.UTC) ? "Z" : offset(date, 3);
            case 'z' -> offset(date, run);
            case 'F', 'g', '%' ->
                throw ShellFailure.of(
                        ShellFailure.Category.InvalidArgument,
                        "FormatException",
                        "FormatException",
                        "The date format '" + format + "' uses '" + c + "', which this shell does not know.");
            default -> String.valueOf(c).repeat(run);
        };
    }

    static String day(ZonedDateTime date) {
        return DAYS[date.getDayOfWeek().getValue() - 1];
    }

    private static String offset(ZonedDateTime date, int run) {
        int minutes = date.getOffset().getTotalSeconds() / 60;
        String sign = minutes < 0 ? "-" : "+";
        int size = Math.abs(minutes);
        return sign
                + switch (run) {
                    case 1 -> Integer.toString(size / 60);
                    case 2 -> number(size / 60, 2);
                    default -> number(size / 60, 2) + ":" + number(size % 60, 2);
                };
    }

    private static String number(int value, int width) {
        String digits = Integer.toString(value);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    // -- reading

    /// Reads `1/2/2026`, `1/2/2026 3:04[:05] [PM]`, `2026-01-02`, `2026-01-02T03:04[:05[.678]][Z|+01:00]`.
    /// Without an offset the moment is one of `zone`.
    public static Optional<ZonedDateTime> parse(String text, ZoneId zone) {
        try {
            return Optional.of(new Reader(text.trim(), zone).read());
        } catch (DateTimeException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// Reads a text that keeps to a .NET format, such as `yyyy-MM-dd HH:mm`.
    static Optional<ZonedDateTime> parseExact(String text, String format, ZoneId zone) {
        try {
            String pattern = format.replace("tt", "a").replace("dddd", "EEEE").replace("ddd", "EEE");
            DateTimeFormatter reading = new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern)
                    .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
                    .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
                    .toFormatter(Locale.ENGLISH);
            TemporalAccessor read = reading.parse(text);
            LocalDate day = LocalDate.from(read);
            boolean timed = read.isSupported(ChronoField.HOUR_OF_DAY);
            return Optional.of(day.atTime(timed ? LocalTime.from(read) : LocalTime.MIDNIGHT)
                    .atZone(zone));
        } catch (DateTimeException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static final class Reader {
        private final String text;
        private final ZoneId zone;
        private int at;

        Reader(String text, ZoneId zone) {
            this.text = text;
            this.zone = zone;
        }

        ZonedDateTime read() {
            List<Integer> first = new ArrayList<>(List.of(number()));
            char separator = peek();
            if (separator != '/' && separator != '-') {
                throw wrong();
            }
            while (peek() == separator && first.size() < 3) {
                at++;
                first.add(number());
            }
            if (first.size() < 3) {
                throw wrong();
            }
            LocalDateTime date = separator == '-'
                    ? LocalDateTime.of(first.get(0), first.get(1), first.get(2), 0, 0)
                    : LocalDateTime.of(first.get(2), first.get(0), first.get(1), 0, 0);
            if (at == text.length()) {
                return date.atZone(zone);
            }
            if (peek() != ' ' && peek() != 'T') {
                throw wrong();
            }
            at++;
            date = time(date);
            return zoned(date);
        }

        private LocalDateTime time(LocalDateTime date) {
            int hour = number();
            expect(':');
            int minute = number();
            int second = 0;
            int nano = 0;
            if (peek() == ':') {
                at++;
                second = number();
                if (peek() == '.') {
                    int start = ++at;
                    number();
                    String digits = (text.substring(start, at) + "000000000").substring(0, 9);
                    nano = Integer.parseInt(digits);
                }
            }
            String rest = text.substring(at).trim();
            boolean pm = rest.equalsIgnoreCase("PM");
            if (pm || rest.equalsIgnoreCase("AM")) {
                if (hour < 1 || hour > 12) {
                    throw wrong();
                }
                hour = hour % 12 + (pm ? 12 : 0);
                at = text.length();
            }
            return date.withHour(hour).withMinute(minute).withSecond(second).withNano(nano);
        }

        private ZonedDateTime zoned(LocalDateTime date) {
            String rest = text.substring(at).trim();
            if (rest.isEmpty()) {
                return date.atZone(zone);
            }
            if (rest.equals("Z") || rest.startsWith("+") || rest.startsWith("-")) {
                return date.atZone(ZoneOffset.of(rest)).withZoneSameInstant(zone);
            }
            throw wrong();
        }

        private int number() {
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            return Integer.parseInt(text.substring(start, at));
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : '\0';
        }

        private void expect(char wanted) {
            if (peek() != wanted) {
                throw wrong();
            }
            at++;
        }

        private static DateTimeException wrong() {
            return new DateTimeException("no date");
        }
    }
}
