package dev.tarry.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds what was probably meant.
final class Nearest {
    private Nearest() {}

    /// The candidate with the fewest edits, without case, if few enough for a slip of the hand.
    static Optional<String> to(String written, Collection<String> candidates) {
        String wanted = written.toLowerCase(Locale.ROOT);
        int best = Math.max(2, wanted.length() / 4) + 1;
        String found = null;
        for (String candidate : candidates) {
            int edits = edits(wanted, candidate.toLowerCase(Locale.ROOT), best);
            if (edits < best) {
                best = edits;
                found = candidate;
            }
        }
        return Optional.ofNullable(found);
    }

    /// Levenshtein's distance, or `limit` as soon as it is that or more.
    private static int edits(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
