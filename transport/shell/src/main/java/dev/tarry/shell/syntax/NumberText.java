package dev.tarry.shell.syntax;

import java.util.Locale;
import java.util.Optional;

/// Numbers as they are written: `42`, `-1.5`, `0x1F`, `1e3`, `10MB`. Whole ones become `Long`, others (and those too
/// large) `Double`.
public final class NumberText {
    private static final String[] UNITS = {"kb", "mb", "gb", "tb", "pb"};

    private NumberText() {}

    /// Empty where the text is not exactly one number. Surrounding blanks are not allowed.
    public static Optional<Number> parse(String text) {
        if (text.isEmpty() || text.length() > 64) {
            return Optional.empty();
        }
        int at = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        int end = scan(text, at);
        if (end <= at || end != text.length()) {
            return Optional.empty();
        }
        String body = text.substring(at).toLowerCase(Locale.ROOT);
        boolean negative = text.charAt(0) == '-';
        long unit = 1;
        for (int i = 0; i < UNITS.length; i++) {
            if (body.endsWith(UNITS[i])) {
                unit = 1L << (10 * (i + 1));
                body = body.substring(0, body.length() - 2);
                break;
            }
        }
        return Optional.of(value(negative ? "-" + body : body, negative, unit));
    }

    /// Where the number that starts at `at` ends; `at` where none does. A range's dots are not taken for a decimal
    /// point.
    static int scan(CharSequence text, int at) {
        int i = at;
        if (i + 2 < text.length()
                && text.charAt(i) == '0'
                && (text.charAt(i + 1) == 'x' || text.charAt(i + 1) == 'X')
                && Character.digit(text.charAt(i + 2), 16) >= 0) {
            i += 2;
            while (i < text.length() && Character.digit(text.charAt(i), 16) >= 0) {
                i++;
            }
            return unit(text, i);
        }
        int whole = digits(text, i);
        boolean some = whole > i;
        i = whole;
        if (i < text.length() && text.charAt(i) == '.' && !(i + 1 < text.length() && text.charAt(i + 1) == '.')) {
            int fraction = digits(text, i + 1);
            if (fraction > i + 1) {
                some = true;
                i = fraction;
            } else if (some && (i + 1 == text.length() || !Character.isLetter(text.charAt(i + 1)))) {
                i++;
            }
        }
        if (!some) {
            return at;
        }
        if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            int sign = i + 1 < text.length() && (text.charAt(i + 1) == '-' || text.charAt(i + 1) == '+') ? 2 : 1;
            int exponent = digits(text, i + sign);
            if (exponent > i + sign) {
                i = exponent;
            }
        }
        return unit(text, i);
    }

    private static int unit(CharSequence text, int at) {
        if (at + 1 < text.length()) {
            String two = text.subSequence(at, at + 2).toString().toLowerCase(Locale.ROOT);
            for (String unit : UNITS) {
                if (two.equals(unit)) {
                    return at + 2;
                }
            }
        }
        return at;
    }

    private static int digits(CharSequence text, int at) {
        int i = at;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private static Number value(String body, boolean negative, long unit) {
        try {
            String hex = negative ? body.substring(1) : body;
            long whole = hex.startsWith("0x")
                    ? (negative ? -1 : 1) * Long.parseUnsignedLong(hex.substring(2), 16)
                    : Long.parseLong(body);
            return Math.multiplyExact(whole, unit);
        } catch (NumberFormatException | ArithmeticException _) {
            String decimal = body.contains("0x") ? Double.toString(Double.NaN) : body;
            double product = Double.parseDouble(decimal) * unit;
            return unit > 1 && product == Math.rint(product) && Math.abs(product) < 1e18
                    ? (Number) (long) product
                    : (Number) product;
        }
    }
}
