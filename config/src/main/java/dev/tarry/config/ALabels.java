package dev.tarry.config;

import java.net.IDN;
import java.util.Locale;

/// Domains of any script in the one form that is compared (RFC 5890 §2.3.2.1): `bücher.example` and
/// `xn--bcher-kva.example` are one domain. After IDNA2003, as Java knows it.
public final class ALabels {
    private ALabels() {}

    /// In lower case, other scripts as A-labels; what no A-label can hold stays as it is.
    public static String of(String domain) {
        if (domain.chars().allMatch(c -> c < 0x80)) {
            return domain.toLowerCase(Locale.ROOT);
        }
        try {
            return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            return domain.toLowerCase(Locale.ROOT);
        }
    }
}
