package dev.tarry.routing;

import dev.tarry.mail.EmailAddress;
import java.util.List;
import java.util.Locale;

/// Who is known in an accepted domain: addresses and local parts, in which `*` stands for any characters and `?` for
/// one; case does not count, as in Exchange. Postmaster is always known (RFC 5321 §4.5.1). Immutable.
///
/// @param patterns `bob`, `sales-*`, `*@eu.contoso.com`; none: whoever is written to is known
public record LocalRecipients(List<String> patterns) {
    /// Everybody.
    public static final LocalRecipients ANY = new LocalRecipients(List.of());

    private static final String POSTMASTER = "postmaster";

    /// In lower case.
    public LocalRecipients {
        patterns = patterns.stream()
                .map(pattern -> pattern.toLowerCase(Locale.ROOT))
                .toList();
    }

    /// Whether somebody is there.
    public boolean know(EmailAddress recipient) {
        if (patterns.isEmpty()) {
            return true;
        }
        String local = bare(recipient.localPart()).toLowerCase(Locale.ROOT);
        String whole = local + "@" + Domains.canonical(recipient.domain());
        return local.equals(POSTMASTER)
                || patterns.stream().anyMatch(pattern -> matches(pattern, pattern.indexOf('@') < 0 ? local : whole));
    }

    /// `"bob"` is bob (RFC 5321 §4.1.2).
    private static String bare(String localPart) {
        return localPart.length() > 2 && localPart.startsWith("\"") && localPart.endsWith("\"")
                ? localPart.substring(1, localPart.length() - 1).replaceAll("\\\\(.)", "$1")
                : localPart;
    }

    /// In as many steps as the two are long, times each other, at most: no pattern makes it slow.
    private static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int from = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                from = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
