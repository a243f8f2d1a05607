package dev.tarry.config;

/// What an accepted domain means (reference §5.5).
public enum DomainType {
    /// Its mail ends here; an unknown recipient is refused.
    AUTHORITATIVE("Authoritative"),
    /// Here if known, else by a send connector.
    INTERNAL_RELAY("InternalRelay"),
    /// Always by a send connector.
    EXTERNAL_RELAY("ExternalRelay");

    private final String word;

    DomainType(String word) {
        this.word = word;
    }

    /// As Exchange writes it.
    public String word() {
        return word;
    }
}
