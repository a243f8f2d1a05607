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
import java.security.PublicKey;
import java.security.Signature;
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
        Set<TrustAnchor> written = written(settings);
        return new TlsMeans(source(written, lab, world), own(settings));
    }

    /// What is set for the next start can be used, or that start would fail. Files that are set already are not looked
    /// at again: they stand in the way of no other change.
    ///
    /// @throws IllegalArgumentException if not, saying which file and why
    static void check(SendTlsSettings before, SendTlsSettings next) {
        try {
            if (!next.authorities().equals(before.authorities())) {
                written(next);
            }
            if (!next.certificate().equals(before.certificate()) || !next.key().equals(before.key())) {
                own(next);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Set<TrustAnchor> written(SendTlsSettings settings) throws IOException {
        Set<TrustAnchor> written = new LinkedHashSet<>();
        if (settings.authorities().isPresent()) {
            for (X509Certificate one : certificates(
                    "smtpSend.tls.authorities", settings.authorities().get())) {
                written.add(new TrustAnchor(one, null));
            }
        }
        return written;
    }

    private static Optional<OwnCertificate> own(SendTlsSettings settings) throws IOException {
        return settings.certificate().isEmpty()
                ? Optional.empty()
                : Optional.of(own(settings.certificate().get(), settings.key().orElseThrow()));
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
        PublicKey open = chain.getFirst().getPublicKey();
        try {
            PrivateKey read = KeyFactory.getInstance(open.getAlgorithm())
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
            if (belong(read, open)) {
                return new OwnCertificate(read, chain);
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw notItsKey(key, certificate, open, e);
        }
        throw notItsKey(key, certificate, open, null);
    }

    private static IOException notItsKey(Path key, Path certificate, PublicKey open, Exception cause) {
        return new IOException(
                "smtpSend.tls.key: " + key + " is no key for the first certificate in " + certificate + ", which is "
                        + open.getAlgorithm(),
                cause);
    }

    /// What one of them signs, the other knows.
    private static boolean belong(PrivateKey key, PublicKey open) throws GeneralSecurityException {
        String how = switch (open.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "DSA" -> "SHA256withDSA";
            case String other -> other; // Ed25519 and Ed448 sign under their own names
        };
        byte[] anything = {1, 2, 3};
        Signature sign = Signature.getInstance(how);
        sign.initSign(key);
        sign.update(anything);
        byte[] signed = sign.sign();
        sign.initVerify(open);
        sign.update(anything);
        return sign.verify(signed);
    }

    private static void check(String setting, Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(setting + ": " + file.toAbsolutePath()
                    + (Files.exists(file) ? " may not be read" : " does not exist") + "; name a PEM file");
        }
    }
}
