package dev.tarry.lab.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/// A certificate with its key.
///
/// @param chain what a host sends: its own certificate first, then the authority's; one alone if it signed itself
public record HostCertificate(PrivateKey key, List<X509Certificate> chain) {
    public HostCertificate {
        Objects.requireNonNull(key, "key");
        chain = List.copyOf(chain);
    }

    /// The host's own.
    public X509Certificate certificate() {
        return chain.getFirst();
    }
}
