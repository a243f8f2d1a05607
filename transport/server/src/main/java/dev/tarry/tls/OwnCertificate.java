package dev.tarry.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// The certificate that we show to hosts that ask for one.
///
/// @param chain ours first, then those between it and its root; at least one
public record OwnCertificate(PrivateKey key, List<X509Certificate> chain) {
    public OwnCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a key without a certificate says nothing");
        }
    }

    /// As Exchange's TlsCertificateName has it: `<I>issuer<S>subject`.
    public String name() {
        X509Certificate own = chain.getFirst();
        return "<I>" + own.getIssuerX500Principal() + "<S>" + own.getSubjectX500Principal();
    }

    /// Whether a TlsCertificateName means this one; spaces between its parts do not matter.
    boolean isCalled(String name) {
        return folded(name).equalsIgnoreCase(folded(name()));
    }

    private static String folded(String name) {
        return name.replaceAll("\\s*([,=<>])\\s*", "$1").strip();
    }

    /// Without the key.
    @Override
    public String toString() {
        return name();
    }
}
