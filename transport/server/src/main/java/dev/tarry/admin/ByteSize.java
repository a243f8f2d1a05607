package dev.tarry.admin;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Sizes as Exchange prints them (ByteQuantifiedSize): `3.456 KB (3,539 bytes)`.
final class ByteSize {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};
    private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_UP);

    private ByteSize() {}

    static String shown(long bytes) {
        int unit = 0;
        while (unit < UNITS.length - 1 && bytes >> (10 * (unit + 1)) > 0) {
            unit++;
        }
        String number = new BigDecimal(bytes)
                .divide(new BigDecimal(1L << (10 * unit)), FOUR_DIGITS)
                .stripTrailingZeros()
                .toPlainString();
        return number + " " + UNITS[unit] + " (" + String.format(Locale.US, "%,d", bytes) + " bytes)";
    }
}
