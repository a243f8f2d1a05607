package dev.tarry.lab.mx;

import dev.tarry.lab.tls.CertificateKind;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletableFuture;

/// Gives hosts what they begin TLS with; never waits.
@FunctionalInterface
public interface Certificates {
    /// @return completed at once or on the loop; if it takes time, that is counted as work in flight
    CompletableFuture<SslContext> contextOn(EventExecutor loop, String host, CertificateKind kind);
}
