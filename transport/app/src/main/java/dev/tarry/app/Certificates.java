package dev.tarry.app;

import dev.tarry.config.ReceiveTlsSettings;
import dev.tarry.lab.Lab;
import dev.tarry.lab.tls.CertificateKind;
import dev.tarry.lab.tls.LabAuthority;
import dev.tarry.receive.TlsSource;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/// Whose certificates the receive connectors show: the operator's, or else the lab's, or else nobody's.
final class Certificates {
    private Certificates() {}

    /// Reads files at once, and makes nothing: a lab's certificate is made when a client first asks for it.
    ///
    /// @throws IOException if a file is set and cannot be used, saying which and why
    static Optional<TlsSource> of(ReceiveTlsSettings settings, Optional<Lab> lab) throws IOException {
        if (settings.certificate().isPresent()) {
            SSLContext context =
                    read(settings.certificate().get(), settings.key().orElseThrow());
            return Optional.of(_ -> CompletableFuture.completedFuture(context));
        }
        return lab.map(Lab::authority).map(Certificates::ofLab);
    }

    private static TlsSource ofLab(LabAuthority authority) {
        return fqdn -> authority
                .contextOn(ImmediateEventExecutor.INSTANCE, fqdn, CertificateKind.GOOD)
                .thenApply(Certificates::plain);
    }

    private static SSLContext read(Path certificate, Path key) throws IOException {
        check("receive.tls.certificate", certificate);
        check("receive.tls.key", key);
        try {
            return plain(SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .sslProvider(SslProvider.JDK)
                    .build());
        } catch (SSLException | IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "receive.tls: " + certificate + " and " + key + " are no certificate in PEM and its key in PKCS #8"
                            + " PEM without a passphrase: " + cause.getMessage(),
                    e);
        }
    }

    private static void check(String setting, Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(setting + ": " + file.toAbsolutePath()
                    + (Files.exists(file) ? " may not be read" : " does not exist") + "; name a PEM file");
        }
    }

    private static SSLContext plain(SslContext context) {
        return ((JdkSslContext) context).context();
    }
}
