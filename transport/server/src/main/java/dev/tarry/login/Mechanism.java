package dev.tarry.login;

import java.util.Locale;
import java.util.Optional;

/// A SASL mechanism (RFC 4422), in the order in which they are offered.
public enum Mechanism {
    /// Two prompts, as Exchange has it
    LOGIN("LOGIN", true),
    /// RFC 4616
    PLAIN("PLAIN", true),
    /// a bearer token, as Exchange Online takes it
    XOAUTH2("XOAUTH2", true),
    /// RFC 5802, RFC 7677
    SCRAM_SHA_256("SCRAM-SHA-256", false);

    private final String keyword;
    private final boolean showsSecret;

    Mechanism(String keyword, boolean showsSecret) {
        this.keyword = keyword;
        this.showsSecret = showsSecret;
    }

    /// As it stands behind AUTH.
    public String keyword() {
        return keyword;
    }

    /// Whether whoever listens on the wire has the secret afterwards.
    public boolean showsSecret() {
        return showsSecret;
    }

    /// The mechanism of a keyword, whatever its case; empty if we have none such.
    public static Optional<Mechanism> of(String keyword) {
        String upper = keyword.toUpperCase(Locale.ROOT);
        for (Mechanism one : values()) {
            if (one.keyword.equals(upper)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
