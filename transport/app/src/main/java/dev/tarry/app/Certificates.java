package dev.tarry.app;

import dev.tarry.config.ReceiveTlsSettings;
import dev.tarry.eventlog.EventSink;
import dev.tarry.lab.Lab;
import dev.tarry.lab.tls.CertificateKind;
import dev.tarry.lab.tls.LabAuthority;
import dev.tarry.receive.TlsSource;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Whose certificates the receive connectors show: the operator's, or else the lab's, or else nobody's.
final class Certificates {
    private Certificates() {}

    /// Reads files at once, and makes nothing: a lab's certificate is made when a client first asks for it.
    ///
    /// @param readers where files are looked at again
    /// @param events  told when they have changed
    /// @throws IOException if a file is set and cannot be used, saying which and why
    static Optional<TlsSource> of(ReceiveTlsSettings settings, Optional<Lab> lab, Executor readers, EventSink events)
            throws IOException {
        if (settings.certificate().isPresent()) {
            return Optional.of(PemCertificate.open(
                    settings.certificate().get(), settings.key().orElseThrow(), readers, events));
        }
        return lab.map(Lab::authority).map(Certificates::ofLab);
    }

    /// As [Trust#check]: what is set for the next start can be used.
    ///
    /// @throws IllegalArgumentException if not, saying which file and why
    static void check(ReceiveTlsSettings before, ReceiveTlsSettings next) {
        if (next.equals(before) || next.certificate().isEmpty()) {
            return;
        }
        try {
            PemCertificate.open(next.certificate().get(), next.key().orElseThrow(), Runnable::run, EventSink.NONE);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static TlsSource ofLab(LabAuthority authority) {
        return fqdn -> authority
                .contextOn(ImmediateEventExecutor.INSTANCE, fqdn, CertificateKind.GOOD)
                .thenApply(context -> ((JdkSslContext) context).context());
    }
}
