package dev.tarry.tracking;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Looks at a line's octets for what must stand there if the event is wanted, so that most lines need not be taken
/// apart. It never turns away what a query wants. Pure.
///
/// It looks for that part of a text that stands in a file as it is said: letters, digits and some marks, which neither
/// [dev.tarry.log.FieldText] nor quotes change. As cases are folded beyond ASCII, a line with other octets passes.
final class RawFilter {
    /// Each holds several, of which one must stand in the line.
    private final List<List<Needle>> wanted = new ArrayList<>();

    RawFilter(TrackingQuery query) {
        String event = query.eventId().map(Enum::name).orElse("");
        String source = query.source().map(Enum::name).orElse("");
        if (!event.isEmpty() || !source.isEmpty()) {
            wanted.add(List.of(
                    Needle.exactly("," + source + (source.isEmpty() || event.isEmpty() ? "" : ",") + event + ",")));
        }
        query.internalMessageId().ifPresent(id -> wanted.add(List.of(Needle.exactly("," + id + ","))));
        query.networkMessageId().ifPresent(id -> wanted.add(List.of(Needle.exactly(id.toString()))));
        Stream.of(query.messageId(), query.reference(), query.sender(), query.messageSubject())
                .forEach(text -> text.ifPresent(t -> want(List.of(t))));
        want(query.recipients());
    }

    /// One of these, which may be none.
    private void want(List<String> texts) {
        List<Needle> needles = new ArrayList<>();
        for (String text : texts) {
            String plain = plain(text);
            if (plain.isEmpty()) {
                return; // anything may hold it
            }
            needles.add(Needle.folded(plain));
        }
        if (!needles.isEmpty()) {
            wanted.add(needles);
        }
    }

    /// The longest part that stands there unchanged: marks that are escaped at the beginning of a field don't begin it.
    private static String plain(String text) {
        String longest = "";
        for (int from = 0; from < text.length(); from++) {
            if (!isLetterOrDigit(text.charAt(from))) {
                continue;
            }
            int to = from;
            while (to < text.length() && (isLetterOrDigit(text.charAt(to)) || ".-_@+=".indexOf(text.charAt(to)) >= 0)) {
                to++;
            }
            if (to - from > longest.length()) {
                longest = text.substring(from, to);
            }
            from = to - 1;
        }
        return longest;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    boolean mayMatch(byte[] octets, int from, int to) {
        for (List<Needle> several : wanted) {
            boolean found = false;
            for (Needle needle : several) {
                found = found || needle.in(octets, from, to);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /// A text that is searched for with Horspool's leaps.
    private static final class Needle {
        private final byte[] lower;
        private final byte[] upper;
        private final int[] leaps = new int[256];
        private final boolean folds;

        private Needle(byte[] lower, byte[] upper, boolean folds) {
            this.lower = lower;
            this.upper = upper;
            this.folds = folds;
            Arrays.fill(leaps, lower.length);
            for (int i = 0; i < lower.length - 1; i++) {
                leaps[lower[i]] = lower.length - 1 - i;
                leaps[upper[i]] = lower.length - 1 - i;
            }
        }

        static Needle exactly(String ascii) {
            byte[] octets = ascii.getBytes(StandardCharsets.US_ASCII);
            return new Needle(octets, octets, false);
        }

        static Needle folded(String ascii) {
            return new Needle(
                    ascii.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII),
                    ascii.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII),
                    true);
        }

        boolean in(byte[] octets, int from, int to) {
            int last = lower.length - 1;
            for (int at = from; at + last < to; ) {
                byte end = octets[at + last];
                if (end == lower[last] || end == upper[last]) {
                    int i = 0;
                    while (i < last && (octets[at + i] == lower[i] || octets[at + i] == upper[i])) {
                        i++;
                    }
                    if (i == last) {
                        return true;
                    }
                }
                at += leaps[end & 0xff];
            }
            return folds && hasMoreThanAscii(octets, from, to);
        }

        private static boolean hasMoreThanAscii(byte[] octets, int from, int to) {
            int any = 0;
            for (int i = from; i < to; i++) {
                any |= octets[i];
            }
            return any < 0;
        }
    }
}
