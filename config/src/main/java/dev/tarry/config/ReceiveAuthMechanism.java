package dev.tarry.config;

/// How a client of a receive connector may prove who it is (reference §6.1).
public enum ReceiveAuthMechanism {
    /// STARTTLS is offered
    TLS("Tls"),
    /// NTLM and Kerberos, for which there is no directory here: kept and shown, never offered
    INTEGRATED("Integrated"),
    /// AUTH LOGIN
    BASIC_AUTH("BasicAuth"),
    /// AUTH LOGIN behind TLS only
    BASIC_AUTH_REQUIRE_TLS("BasicAuthRequireTLS"),
    /// the log-in of one Exchange server at another: kept and shown, never offered
    EXCHANGE_SERVER("ExchangeServer"),
    /// whoever gets through to the connector is one of our own servers
    EXTERNAL_AUTHORITATIVE("ExternalAuthoritative");

    private final String word;

    ReceiveAuthMechanism(String word) {
        this.word = word;
    }

    /// As Exchange writes it.
    public String word() {
        return word;
    }
}
