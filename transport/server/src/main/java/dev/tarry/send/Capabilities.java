package dev.tarry.send;

import dev.tarry.mail.Reply;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// What a host offers in its answer to EHLO.
///
/// @param maxBytes the largest message it takes; absent if it does not say, or says that there is no limit (RFC
/// 1870)
/// @param size       whether MAIL may carry SIZE=
/// @param binaryMime only together with CHUNKING (RFC 3030 §3)
record Capabilities(
        boolean pipelining,
        boolean size,
        OptionalLong maxBytes,
        boolean eightBitMime,
        boolean dsn,
        boolean smtpUtf8,
        boolean chunking,
        boolean binaryMime) {
    /// After HELO.
    static final Capabilities NONE =
            new Capabilities(false, false, OptionalLong.empty(), false, false, false, false, false);

    /// Reads the lines behind the first, which is a greeting. What is not known is passed over.
    static Capabilities of(Reply ehlo) {
        boolean pipelining = false;
        boolean size = false;
        OptionalLong maxBytes = OptionalLong.empty();
        boolean eightBitMime = false;
        boolean dsn = false;
        boolean smtpUtf8 = false;
        boolean chunking = false;
        boolean binaryMime = false;
        List<String> lines = ehlo.lines();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.strip().split("[ =]+");
            switch (words[0].toUpperCase(Locale.ROOT)) {
                case "PIPELINING" -> pipelining = true;
                case "SIZE" -> {
                    size = true;
                    maxBytes = words.length > 1 ? limit(words[1]) : OptionalLong.empty();
                }
                case "8BITMIME" -> eightBitMime = true;
                case "DSN" -> dsn = true;
                case "SMTPUTF8" -> smtpUtf8 = true;
                case "CHUNKING" -> chunking = true;
                case "BINARYMIME" -> binaryMime = true;
                default -> {}
            }
        }
        return new Capabilities(
                pipelining, size, maxBytes, eightBitMime, dsn, smtpUtf8, chunking, binaryMime && chunking);
    }

    /// The same of a host that does not know BDAT after all.
    Capabilities withoutChunking() {
        return new Capabilities(pipelining, size, maxBytes, eightBitMime, dsn, smtpUtf8, false, false);
    }

    private static OptionalLong limit(String word) {
        try {
            long bytes = Long.parseLong(word);
            return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}
