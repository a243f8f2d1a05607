package dev.tarry.tls;

import java.security.cert.CertificateException;
import java.util.Optional;

/// A host's certificate is not good enough.
public final class CertificateRefused extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final CertificateFlaw flaw;

    /// @param detail what exactly, on one printable line
    CertificateRefused(CertificateFlaw flaw, String detail) {
        super(detail);
        this.flaw = flaw;
    }

    public CertificateFlaw flaw() {
        return flaw;
    }

    /// The one that a handshake failed with, if that is why it failed.
    public static Optional<CertificateRefused> within(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateRefused refused) {
                return Optional.of(refused);
            }
        }
        return Optional.empty();
    }
}
