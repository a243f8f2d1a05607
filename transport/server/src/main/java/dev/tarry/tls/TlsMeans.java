package dev.tarry.tls;

import dev.tarry.routing.SendTls;
import java.util.Optional;

/// What the server has to begin TLS with as a client.
///
/// @param trust whom it believes
/// @param own   its certificate for hosts that ask for one; absent: it has none
public record TlsMeans(TrustSource trust, Optional<OwnCertificate> own) {
    /// Trusts nobody and is nobody. Enough to encrypt.
    public static final TlsMeans NONE = new TlsMeans(TrustSource.NOBODY, Optional.empty());

    /// What a connector shows: the certificate that it names, and with Domain Security the one there is.
    public Optional<OwnCertificate> shown(SendTls tls) {
        return own.filter(
                certificate -> tls.certificateName().map(certificate::isCalled).orElse(tls.domainSecure()));
    }

    /// What a connector is to show and the server does not have, for people; empty: nothing is missing.
    public Optional<String> missing(SendTls tls) {
        if (shown(tls).isPresent() || (tls.certificateName().isEmpty() && !tls.domainSecure())) {
            return Optional.empty();
        }
        String has = own.map(certificate ->
                        "the one there is, smtpSend.tls.certificate, is called " + PlainText.of(certificate.name()))
                .orElse("smtpSend.tls.certificate names none");
        return Optional.of(tls.certificateName()
                        .map(name -> "no certificate is called " + PlainText.of(name))
                        .orElse("there is no certificate for Domain Security")
                + ": " + has);
    }
}
