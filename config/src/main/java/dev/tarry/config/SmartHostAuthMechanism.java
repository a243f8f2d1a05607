package dev.tarry.config;

/// How a send connector logs in at its smart hosts (reference §5.1).
public enum SmartHostAuthMechanism {
    NONE("None", false),
    /// A name and a password, over a line that may be in the clear.
    BASIC_AUTH("BasicAuth", true),
    /// The same, over TLS only.
    BASIC_AUTH_REQUIRE_TLS("BasicAuthRequireTLS", true),
    /// The log-in of one Exchange server at another, for which there is no directory here: it always fails.
    EXCHANGE_SERVER("ExchangeServer", false),
    /// The line is safe by other means; nothing is said.
    EXTERNAL_AUTHORITATIVE("ExternalAuthoritative", false),
    /// A name and a bearer token, over TLS only; Exchange's connectors do not have it.
    XOAUTH2("XOAuth2", true);

    private final String word;
    private final boolean credential;

    SmartHostAuthMechanism(String word, boolean credential) {
        this.word = word;
        this.credential = credential;
    }

    /// As Exchange writes it.
    public String word() {
        return word;
    }

    /// Whether it takes a user and a secret.
    public boolean needsCredential() {
        return credential;
    }
}
