package dev.tarry.shell.syntax;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/// Numbers as they are written: `42`, `-1.5`, `0x1F`, `1e3`, `10MB`, `5l`, `1.5d`. Whole ones become `Long`, those
/// too large for that and those marked `d` `BigDecimal` (.NET's Decimal), others `Double`.
public final class NumberText {
    private static final String[] UNITS = {"kb", "mb", "gb", "tb", "pb"};

    /// The largest Decimal.
    public static final BigDecimal MAX_DECIMAL = new BigDecimal("79228162514264337593543950335");

    /// Digits that a Decimal has behind its point at most.
    private static final int MAX_PLACES = 28;

    private NumberText() {}

    /// A number with as many digits behind its point as a Decimal holds, rounded to even.
    public static BigDecimal placed(BigDecimal value) {
        if (value.scale() <= MAX_PLACES) {
            return value;
        }
        // what is far below its last place is not worth the digits that rounding it would take
        boolean nothing = (long) value.precision() - value.scale() < -MAX_PLACES;
        return (nothing ? BigDecimal.ZERO : value).setScale(MAX_PLACES, RoundingMode.HALF_EVEN);
    }

    private static Optional<Number> decimal(String text, long unit) {
        try {
            BigDecimal value = placed(new BigDecimal(text)).multiply(BigDecimal.valueOf(unit));
            return value.abs().compareTo(MAX_DECIMAL) > 0 ? Optional.empty() : Optional.of(value);
        } catch (NumberFormatException | ArithmeticException _) {
            return Optional.empty(); // its exponent has too many digits
        }
    }

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
        boolean hex = body.startsWith("0x");
        boolean decimal = !hex && body.endsWith("d");
        if (decimal || !hex && body.endsWith("l")) {
            body = body.substring(0, body.length() - 1);
        }
        String signed = negative ? "-" + body : body;
        if (decimal) {
            return decimal(signed.endsWith(".") ? signed + "0" : signed, unit);
        }
        return Optional.of(hex ? hexadecimal(body.substring(2), negative, unit) : value(signed, unit));
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
            return unit(text, marked(text, i, "lL"));
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
        return unit(text, marked(text, i, "lLdD"));
    }

    private static int marked(CharSequence text, int at, String marks) {
        return at < text.length() && marks.indexOf(text.charAt(at)) >= 0 ? at + 1 : at;
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

    private static Number value(String body, long unit) {
        try {
            return Math.multiplyExact(Long.parseLong(body), unit);
        } catch (NumberFormatException | ArithmeticException _) {
            boolean whole = body.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
            if (whole) {
                BigDecimal large = new BigDecimal(body).multiply(BigDecimal.valueOf(unit));
                return large.abs().compareTo(MAX_DECIMAL) > 0 ? (Number) large.doubleValue() : large;
            }
            double product = Double.parseDouble(body) * unit;
            return unit > 1 && product == Math.rint(product) && Math.abs(product) < 1e18
                    ? (Number) (long) product
                    : (Number) product;
        }
    }

    /// Eight digits are the bits of an Int32, sixteen those of an Int64: `0xFFFFFFFF` is -1.
    private static Number hexadecimal(String given, boolean negative, long unit) {
        String digits = given.endsWith("l") ? given.substring(0, given.length() - 1) : given;
        String significant = digits.replaceFirst("^0+(?=.)", "");
        if (significant.length() > 16) {
            return Double.NaN;
        }
        long bits = Long.parseUnsignedLong(significant, 16);
        boolean narrow = significant.length() <= 8 && !given.endsWith("l");
        long value = (narrow ? (int) bits : bits) * (negative ? -1 : 1);
        return Math.multiplyHigh(value, unit) == (value * unit) >> 63 ? (Number) (value * unit) : (double) value * unit;
    }
}
