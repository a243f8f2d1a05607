package dev.tarry.config;

import com.ibm.icu.text.IDNA;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/// Domains in any script as DNS has them: each label that is not ASCII in its `xn--` form (IDNA 2008 by
/// way of UTS 46, nontransitional, so that `faß.de` is not `fass.de`). Pure; any thread.
///
/// This is the name under which mail for such a domain is routed, queued, looked up and logged: one
/// domain has one queue, whichever way its recipients were written, and its name can be typed anywhere.
public final class ALabels {
    private static final int OPTIONS =
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.USE_STD3_RULES | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ;

    /// Longer than any domain of an address; what is longer is not even looked at.
    private static final int MAX_CHARACTERS = 255;

    private static final String BELOW = "*.";

    private ALabels() {}

    /// @param domain in any script and case, without a trailing dot
    /// @return in lower case; itself if it is ASCII already; empty if no domain may be called so
    public static Optional<String> of(String domain) {
        if (domain.chars().allMatch(c -> c < 0x80)) {
            return Optional.of(domain.toLowerCase(Locale.ROOT));
        }
        if (domain.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        IDNA.Info info = new IDNA.Info();
        StringBuilder name = IDNA.getUTS46Instance(OPTIONS).nameToASCII(domain, new StringBuilder(), info);
        return info.hasErrors() || name.isEmpty() ? Optional.empty() : Optional.of(name.toString());
    }

    /// The domain of an address as it is written: labels in ASCII as they are, others in lower case and
    /// composed.
    ///
    /// Stricter than [#of]: a label that is not ASCII must be its own U-label (RFC 5890 §2.3.2.1) but for
    /// its case. What IDNA would only map into something else, such as a full-width letter or dot, is
    /// refused: a program that maps otherwise would take it for another domain.
    ///
    /// @param domain in any script and case, labels divided by ASCII dots only
    /// @return empty if no domain may be called so
    public static Optional<String> uLabels(String domain) {
        if (domain.chars().allMatch(c -> c < 0x80)) {
            return Optional.of(domain);
        }
        if (of(domain).isEmpty()) {
            return Optional.empty();
        }
        StringBuilder labels = new StringBuilder(domain.length());
        for (String label : domain.split("\\.", -1)) {
            Optional<String> written = uLabel(label);
            if (written.isEmpty()) {
                return Optional.empty();
            }
            labels.append(labels.isEmpty() ? "" : ".").append(written.get());
        }
        return Optional.of(labels.toString());
    }

    private static Optional<String> uLabel(String label) {
        if (label.chars().allMatch(c -> c < 0x80)) {
            return Optional.of(label);
        }
        StringBuilder lower = new StringBuilder(label.length());
        label.codePoints().forEach(c -> lower.appendCodePoint(Character.toLowerCase(c)));
        String written = Normalizer.normalize(lower, Normalizer.Form.NFC);
        IDNA.Info info = new IDNA.Info();
        StringBuilder back = new StringBuilder();
        of(label).ifPresent(name -> IDNA.getUTS46Instance(OPTIONS).nameToUnicode(name, back, info));
        return !info.hasErrors() && back.toString().equals(written) ? Optional.of(written) : Optional.empty();
    }

    /// The form in which two domains are compared: as [#of], and what no A-label can hold in lower case.
    /// A `*.` before it stays there.
    public static String canonical(String domain) {
        if (domain.startsWith(BELOW)) {
            return BELOW + canonical(domain.substring(BELOW.length()));
        }
        return of(domain).orElseGet(() -> domain.toLowerCase(Locale.ROOT));
    }
}
