package dev.tarry.lab.mx;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a mail host may offer in its answer to EHLO, in the order in which it does; AUTH has words of its
/// own.
public enum Extension {
    /// RFC 2920
    PIPELINING("PIPELINING"),
    /// RFC 1870
    SIZE("SIZE"),
    /// RFC 6152
    EIGHT_BIT_MIME("8BITMIME"),
    /// RFC 3461
    DSN("DSN"),
    /// RFC 2034
    ENHANCED_STATUS_CODES("ENHANCEDSTATUSCODES"),
    /// RFC 6531
    SMTPUTF8("SMTPUTF8"),
    /// RFC 3030
    CHUNKING("CHUNKING"),
    /// RFC 3030; only with CHUNKING
    BINARYMIME("BINARYMIME"),
    /// RFC 3207
    STARTTLS("STARTTLS");

    private final String keyword;

    Extension(String keyword) {
        this.keyword = keyword;
    }

    /// As EHLO's answer has it.
    public String keyword() {
        return keyword;
    }

    static Optional<Extension> of(String keyword) {
        var upper = keyword.toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(one -> one.keyword.equals(upper)).findFirst();
    }
}
