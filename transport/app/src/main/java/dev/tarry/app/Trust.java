package dev.tarry.app;

import dev.tarry.config.SendTlsSettings;
import dev.tarry.lab.Lab;
import dev.tarry.simulation.LabTrust;
import dev.tarry.time.World;
import dev.tarry.tls.OwnCertificate;
import dev.tarry.tls.TlsMeans;
import dev.tarry.tls.TrustSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Whom outgoing connections trust, and the certificate that they show: the operator's, or else the lab's and none, or
/// else the system's.
final class Trust {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private Trust() {}

    /// Reads the operator's files at once; the system's authorities when they are first asked for.
    ///
    /// @throws IOException if a file is set and cannot be used, saying which and why
    static TlsMeans of(SendTlsSettings settings, Optional<Lab> lab, World world) throws IOException {
        Set<TrustAnchor> written = new LinkedHashSet<>();
        if (settings.authorities().isPresent()) {
            for (X509Certificate one : certificates(
                    "smtpSend.tls.authorities", settings.authorities().get())) {
                written.add(new TrustAnchor(one, null));
            }
        }
        Optional<OwnCertificate> own = settings.certificate().isEmpty()
                ? Optional.empty()
                : Optional.of(own(settings.certificate().get(), settings.key().orElseThrow()));
        return new TlsMeans(source(written, lab, world), own);
    }

    private static TrustSource source(Set<TrustAnchor> written, Optional<Lab> lab, World world) {
        if (lab.isPresent()) {
            TrustSource ofLab = new LabTrust(lab.get(), world.loops().io().next());
            return () -> ofLab.anchors().thenApply(anchors -> {
                Set<TrustAnchor> all = new LinkedHashSet<>(written);
                all.addAll(anchors);
                return all;
            });
        }
        return written.isEmpty()
                ? new OfSystem(world.loops().readers())
                : () -> CompletableFuture.completedFuture(written);
    }

    /// Read once, which takes some tens of milliseconds.
    private static final class OfSystem implements TrustSource {
        private final Executor readers;
        private CompletableFuture<Set<TrustAnchor>> read;

        OfSystem(Executor readers) {
            this.readers = readers;
        }

        @Override
        public synchronized CompletableFuture<Set<TrustAnchor>> anchors() {
            if (read == null) {
                read = CompletableFuture.supplyAsync(Trust::system, readers);
            }
            return read;
        }
    }

    private static Set<TrustAnchor> system() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            Set<TrustAnchor> anchors = new LinkedHashSet<>();
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    Arrays.stream(x509.getAcceptedIssuers())
                            .map(one -> new TrustAnchor(one, null))
                            .forEach(anchors::add);
                }
            }
            return anchors;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the system's authorities cannot be read", e);
        }
    }

    private static List<X509Certificate> certificates(String setting, Path file) throws IOException {
        check(setting, file);
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> read = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (read.isEmpty()) {
                throw new IOException(setting + ": " + file + " holds no certificate in PEM");
            }
            return read;
        } catch (CertificateException e) {
            throw new IOException(setting + ": " + file + " holds no certificates in PEM: " + e.getMessage(), e);
        }
    }

    private static OwnCertificate own(Path certificate, Path key) throws IOException {
        List<X509Certificate> chain = certificates("smtpSend.tls.certificate", certificate);
        check("smtpSend.tls.key", key);
        Matcher pem = KEY.matcher(Files.readString(key, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IOException("smtpSend.tls.key: " + key + " holds no key in PKCS #8 PEM without a passphrase"
                    + " (BEGIN PRIVATE KEY)");
        }
        try {
            PrivateKey read = KeyFactory.getInstance(
                            chain.getFirst().getPublicKey().getAlgorithm())
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
            return new OwnCertificate(read, chain);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    "smtpSend.tls.key: " + key + " is no key for the certificate in " + certificate + ", which is "
                            + chain.getFirst().getPublicKey().getAlgorithm(),
                    e);
        }
    }

    private static void check(String setting, Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(setting + ": " + file.toAbsolutePath()
                    + (Files.exists(file) ? " may not be read" : " does not exist") + "; name a PEM file");
        }
    }
}
