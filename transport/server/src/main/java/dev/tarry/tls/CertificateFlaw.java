package dev.tarry.tls;

/// What is wrong with a host's certificate. Where several things are, the first of these.
public enum CertificateFlaw {
    /// The host showed none.
    NO_CERTIFICATE("NoCertificate"),
    /// More certificates than [CertificateJudge#MAX_CHAIN].
    CHAIN_TOO_LONG("ChainTooLong"),
    /// Signed by itself, and not one of those that are trusted.
    SELF_SIGNED("SelfSigned"),
    /// No authority that is trusted vouches for it.
    UNKNOWN_AUTHORITY("UntrustedRoot"),
    /// Its time is over, or an authority's that it depends on.
    EXPIRED("CertificateExpired"),
    /// Its time has not come.
    NOT_YET_VALID("CertificateNotYetValid"),
    /// A key or a signature that can be forged.
    WEAK("WeakAlgorithm"),
    /// Not for servers.
    WRONG_PURPOSE("WrongPurpose"),
    /// It breaks another rule of RFC 5280: a signature that is wrong, an issuer that is no authority.
    INVALID("InvalidChain"),
    /// Good, but for somebody else.
    WRONG_NAME("SubjectMismatch");

    private final String word;

    CertificateFlaw(String word) {
        this.word = word;
    }

    /// One word, as LastError has it.
    public String word() {
        return word;
    }
}
