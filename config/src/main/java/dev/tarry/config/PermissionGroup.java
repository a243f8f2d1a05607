package dev.tarry.config;

/// Who may use a receive connector (reference §6.1, §6.3).
public enum PermissionGroup {
    /// whoever connects; no relay
    ANONYMOUS_USERS("AnonymousUsers"),
    /// users that have logged in
    EXCHANGE_USERS("ExchangeUsers"),
    /// our own servers: here those whom ExternalAuthoritative lets in
    EXCHANGE_SERVERS("ExchangeServers"),
    /// servers of Exchange 2003: nobody here
    EXCHANGE_LEGACY_SERVERS("ExchangeLegacyServers"),
    /// partners with certificates of their own: nobody here
    PARTNERS("Partners"),
    /// rights that were given one by one: nobody here
    CUSTOM("Custom");

    private final String word;

    PermissionGroup(String word) {
        this.word = word;
    }

    /// As Exchange writes it.
    public String word() {
        return word;
    }
}
