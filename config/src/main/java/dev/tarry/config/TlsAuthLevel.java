package dev.tarry.config;

/// What a send connector wants of a host's certificate (reference §5.1).
public enum TlsAuthLevel {
    /// Nothing: the line is encrypted, whoever is at its other end.
    ENCRYPTION_ONLY("EncryptionOnly"),
    /// That an authority that is trusted vouches for it, and that it holds today.
    CERTIFICATE_VALIDATION("CertificateValidation"),
    /// That, and that it is the one of `tlsDomain`, or of the recipient's domain where there is none.
    DOMAIN_VALIDATION("DomainValidation");

    private final String word;

    TlsAuthLevel(String word) {
        this.word = word;
    }

    /// As Exchange writes it.
    public String word() {
        return word;
    }
}
