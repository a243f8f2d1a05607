package dev.tarry.receive;

import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/// Where the certificates come from that receive connectors show. Thread-safe.
@FunctionalInterface
public interface TlsSource {
    /// Asked at each STARTTLS, so that a certificate can be replaced while the server runs. Never waits: what takes
    /// its time completes later, on any thread.
    ///
    /// @param fqdn what the connector calls itself
    /// @return fails if there is no certificate to be had now; the client is told to try later
    CompletableFuture<SSLContext> context(String fqdn);
}
