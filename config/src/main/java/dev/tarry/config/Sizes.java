package dev.tarry.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes in bytes, as Exchange writes them: KB is 1,024 bytes.
public final class Sizes {
    private static final Pattern SIZE =
            Pattern.compile("(?<n>\\d{1,18}) ?(?<u>B|KB|MB|GB|TB)?( \\([\\d,]+ bytes\\))?", Pattern.CASE_INSENSITIVE);
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

    private Sizes() {}

    /// Bytes, or a number with B, KB, MB, GB or TB; also Exchange's printed form, `36 MB (37,748,736 bytes)`.
    ///
    /// @throws IllegalArgumentException if it is none of these or beyond a long
    public static long parse(String text) {
        Matcher match = SIZE.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException();
        }
        String unit = match.group("u") == null ? "B" : match.group("u").toUpperCase(Locale.ROOT);
        long size = Long.parseLong(match.group("n"));
        try {
            for (int i = 0; !UNITS[i].equals(unit); i++) {
                size = Math.multiplyExact(size, 1024L);
            }
        } catch (ArithmeticException _) {
            throw new IllegalArgumentException("is too large");
        }
        return size;
    }

    /// The largest unit that needs no fraction: `36MB`, `256KB`, `1000B`.
    public static String print(long bytes) {
        int unit = 0;
        long size = bytes;
        while (size != 0 && size % 1024 == 0 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return size + UNITS[unit];
    }
}
