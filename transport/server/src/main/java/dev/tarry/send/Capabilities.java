package dev.tarry.send;

import dev.tarry.mail.Reply;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/// What a host offers in its answer to EHLO.
///
/// @param startTls   whether TLS can be begun (RFC 3207)
/// @param auth       mechanisms of AUTH, in upper case (RFC 4954)
/// @param maxBytes   the largest message it takes; absent if it does not say, or says that there is no limit (RFC
/// 1870)
/// @param size       whether MAIL may carry SIZE=
/// @param binaryMime only together with CHUNKING (RFC 3030 §3)
record Capabilities(
        boolean startTls,
        Set<String> auth,
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
            new Capabilities(false, Set.of(), false, false, OptionalLong.empty(), false, false, false, false, false);

    /// Reads the lines behind the first, which is a greeting. What is not known is passed over.
    static Capabilities of(Reply ehlo) {
        boolean startTls = false;
        Set<String> auth = new LinkedHashSet<>();
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
            String[] words = line.strip().split("[ =]+", -1); // of which there is always a first
            switch (words[0].toUpperCase(Locale.ROOT)) {
                case "STARTTLS" -> startTls = true;
                // some say AUTH=LOGIN as well, for clients of long ago
                case "AUTH" ->
                    Arrays.stream(words)
                            .skip(1)
                            .map(word -> word.toUpperCase(Locale.ROOT))
                            .forEach(auth::add);
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
                startTls,
                Set.copyOf(auth),
                pipelining,
                size,
                maxBytes,
                eightBitMime,
                dsn,
                smtpUtf8,
                chunking,
                binaryMime && chunking);
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
