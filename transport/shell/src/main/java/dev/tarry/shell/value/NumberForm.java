package dev.tarry.shell.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/// Numbers as text.
final class NumberForm {
    private static final int MAX_PLACES = 99;

    private NumberForm() {}

    /// The plain form: whole values without a point, the rest as short as tells them apart.
    static String plain(Number number) {
        if (number instanceof Long) {
            return number.toString();
        }
        if (number instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        double value = number.doubleValue();
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        String text = Double.toString(value);
        int e = text.indexOf('E');
        if (e < 0) {
            return text;
        }
        int exponent = Integer.parseInt(text.substring(e + 1));
        if (exponent > -5 && exponent < 15) {
            return new BigDecimal(text).toPlainString();
        }
        String mantissa = text.substring(0, e);
        mantissa = mantissa.endsWith(".0") ? mantissa.substring(0, mantissa.length() - 2) : mantissa;
        return mantissa + "E" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    static String fixed(Number number, int places) {
        return decimal(number).setScale(places, RoundingMode.HALF_UP).toPlainString();
    }

    static String grouped(Number number, int places) {
        String text = fixed(number, places);
        int point = text.indexOf('.');
        StringBuilder grouped = new StringBuilder(text);
        int first = text.startsWith("-") ? 1 : 0;
        for (int i = (point < 0 ? text.length() : point) - 3; i > first; i -= 3) {
            grouped.insert(i, ',');
        }
        return grouped.toString();
    }

    /// A .NET format: `N2`, `F1`, `D3`, `P0`, `X`, or one made of `0`, `#`, `.` and `,`. Empty where it is another.
    static Optional<String> formatted(Number number, String format) {
        if (format.isEmpty()) {
            return Optional.of(plain(number));
        }
        String digits = format.substring(1);
        boolean standard = digits.length() <= 2 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int places = standard && !digits.isEmpty() ? Math.min(MAX_PLACES, Integer.parseInt(digits)) : -1;
        char letter = Character.toUpperCase(format.charAt(0));
        if (standard && Character.isLetter(letter)) {
            return Optional.ofNullable(
                    switch (letter) {
                        case 'N' -> grouped(number, places < 0 ? 2 : places);
                        case 'F' -> fixed(number, places < 0 ? 2 : places);
                        case 'P' -> grouped(number.doubleValue() * 100, places < 0 ? 2 : places) + "%";
                        case 'C' -> currency(number, places < 0 ? 2 : places);
                        case 'E' -> scientific(number, places < 0 ? 6 : places, format.charAt(0));
                        case 'R' -> plain(number);
                        case 'G' -> places <= 0 ? plain(number) : null;
                        case 'D' -> number instanceof Long whole ? padded(whole, places) : null;
                        case 'X' -> number instanceof Long whole ? hex(whole, places, format.charAt(0) == 'x') : null;
                        default -> null;
                    });
        }
        return custom(number, format);
    }

    private static Optional<String> custom(Number number, String format) {
        if (!format.chars().allMatch(c -> "0#.,".indexOf(c) >= 0)) {
            return Optional.empty();
        }
        int point = format.indexOf('.');
        String whole = point < 0 ? format : format.substring(0, point);
        String fraction = point < 0 ? "" : format.substring(point + 1);
        if (fraction.indexOf('.') >= 0 || fraction.indexOf(',') >= 0) {
            return Optional.empty();
        }
        String text = whole.indexOf(',') >= 0 ? grouped(number, fraction.length()) : fixed(number, fraction.length());
        long optional = fraction.chars().filter(c -> c == '#').count();
        while (optional-- > 0 && text.endsWith("0")) {
            text = text.substring(0, text.length() - 1);
        }
        text = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        boolean negative = text.startsWith("-");
        String body = negative ? text.substring(1) : text;
        long wanted = whole.chars().filter(c -> c == '0').count();
        int dot = body.indexOf('.');
        int have = dot < 0 ? body.length() : dot;
        body = "0".repeat((int) Math.max(0, wanted - have)) + body;
        if (wanted == 0 && body.startsWith("0")) {
            body = body.substring(1);
        }
        return Optional.of(negative ? "-" + body : body);
    }

    private static String currency(Number number, int places) {
        String text = grouped(number, places);
        return text.startsWith("-") ? "($" + text.substring(1) + ")" : "$" + text;
    }

    private static String scientific(Number number, int places, char letter) {
        BigDecimal value = decimal(number);
        if (value.signum() == 0) {
            return "0" + (places > 0 ? "." + "0".repeat(places) : "") + letter + "+000";
        }
        BigDecimal rounded = value.round(new MathContext(places + 1, RoundingMode.HALF_UP));
        int exponent = rounded.precision() - rounded.scale() - 1;
        String digits = rounded.movePointLeft(exponent)
                .setScale(places, RoundingMode.HALF_UP)
                .toPlainString();
        String size = Integer.toString(Math.abs(exponent));
        return digits + letter + (exponent < 0 ? "-" : "+") + "0".repeat(Math.max(0, 3 - size.length())) + size;
    }

    private static String padded(long value, int width) {
        String digits = Long.toString(Math.abs(value));
        return (value < 0 ? "-" : "") + "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    private static String hex(long value, int width, boolean small) {
        String digits = Long.toHexString(value);
        digits = "0".repeat(Math.max(0, width - digits.length())) + digits;
        return small ? digits : digits.toUpperCase(Locale.ROOT);
    }

    private static BigDecimal decimal(Number number) {
        return switch (number) {
            case Long whole -> BigDecimal.valueOf(whole);
            case BigDecimal already -> already;
            default -> new BigDecimal(plainOrZero(number));
        };
    }

    private static String plainOrZero(Number number) {
        double value = number.doubleValue();
        return Double.isFinite(value) ? Double.toString(value) : "0";
    }
}
