package dev.tarry.shell.value;

import dev.tarry.shell.syntax.NumberText;
import java.util.Optional;

/// A size as Exchange prints one: `3.456 KB (3,539 bytes)` (ByteQuantifiedSize, reference §1.8).
public record ByteSize(long bytes) {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

    /// Reads `3.456 KB (3,539 bytes)`, `10MB`, `10 MB`, `3539`; empty where the text is none of these.
    public static Optional<ByteSize> parse(String text) {
        int open = text.indexOf('(');
        int end = text.indexOf(" bytes)");
        String number =
                open >= 0 && end > open ? text.substring(open + 1, end).replace(",", "") : text.replace(" ", "");
        return NumberText.parse(number).filter(n -> n.doubleValue() >= 0).map(n -> new ByteSize(n.longValue()));
    }

    @Override
    public String toString() {
        int unit = 0;
        double scaled = bytes;
        while (scaled >= 1024 && unit < UNITS.length - 1) {
            scaled /= 1024;
            unit++;
        }
        // Four significant digits, as Exchange has them: 3.456 KB, 34.56 KB, 345.6 KB.
        int places = scaled >= 1000 ? 0 : scaled >= 100 ? 1 : scaled >= 10 ? 2 : 3;
        String number = unit == 0 ? Long.toString(bytes) : trimmed(NumberForm.fixed(scaled, places));
        return number + " " + UNITS[unit] + " (" + NumberForm.grouped(bytes, 0) + " bytes)";
    }

    private static String trimmed(String number) {
        int end = number.length();
        while (number.indexOf('.') >= 0 && number.charAt(end - 1) == '0') {
            end--;
        }
        return number.substring(0, number.charAt(end - 1) == '.' ? end - 1 : end);
    }
}
