package dev.tarry.app;

import dev.tarry.eventlog.EventSink;
import dev.tarry.eventlog.Events;
import dev.tarry.receive.TlsSource;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/// The operator's certificate and its key in PEM files. Each session that begins TLS looks whether they have changed,
/// and has them read anew then: whoever renews them need tell nobody. Files that cannot be used are told to the event
/// log, once, and the certificate before them stays. Thread-safe.
final class PemCertificate implements TlsSource {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /// By which a file that changed is known: replaced, written over, or both.
    private record Stamp(Object file, FileTime written, long bytes) {
        static Stamp of(Path path) throws IOException {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(found.fileKey() == null ? path : found.fileKey(), found.lastModifiedTime(), found.size());
        }
    }

    /// Both files, as they were when they were looked at.
    private record Stamps(Stamp certificate, Stamp key) {}

    private final Path certificate;
    private final Path key;
    private final Executor readers;
    private final EventSink events;
    private Stamps tried;
    private SSLContext shown;
    private String lastFault = "";

    private PemCertificate(Path certificate, Path key, Executor readers, EventSink events) {
        this.certificate = certificate;
        this.key = key;
        this.readers = readers;
        this.events = events;
    }

    /// Reads the files at once.
    ///
    /// @param readers where they are looked at later
    /// @throws IOException if they cannot be used, saying which and why
    static PemCertificate open(Path certificate, Path key, Executor readers, EventSink events) throws IOException {
        PemCertificate opened = new PemCertificate(certificate, key, readers, events);
        opened.tried = opened.stamps(); // before they are read: what changes meanwhile is read again
        opened.shown = opened.read();
        return opened;
    }

    @Override
    public CompletableFuture<SSLContext> context(String fqdn) {
        return CompletableFuture.supplyAsync(this::current, readers);
    }

    private synchronized SSLContext current() {
        try {
            Stamps now = stamps();
            if (!now.equals(tried)) {
                tried = now;
                SSLContext next = read();
                shown = next;
                lastFault = "";
                X509Certificate leaf = leaf();
                events.report(Events.certificateChanged(
                        certificate.toString(),
                        leaf.getSubjectX500Principal().getName(),
                        leaf.getNotAfter().toInstant()));
            }
        } catch (IOException | CertificateException e) {
            String fault = e.getMessage() == null ? e.toString() : e.getMessage();
            if (!fault.equals(lastFault)) {
                lastFault = fault;
                events.report(Events.certificateUnusable(certificate.toString(), fault));
            }
        }
        return shown;
    }

    private Stamps stamps() throws IOException {
        check("receive.tls.certificate", certificate);
        check("receive.tls.key", key);
        return new Stamps(Stamp.of(certificate), Stamp.of(key));
    }

    private X509Certificate leaf() throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(certificate)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private SSLContext read() throws IOException {
        try {
            SSLContext read = ((JdkSslContext) SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                            .sslProvider(SslProvider.JDK)
                            .build())
                    .context();
            if (!belongTogether()) {
                throw new IOException("receive.tls: " + key + " is not the key of the certificate in " + certificate);
            }
            return read;
        } catch (SSLException | IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "receive.tls: " + certificate + " and " + key + " are no certificate in PEM and its key in PKCS #8"
                            + " PEM without a passphrase: " + cause.getMessage(),
                    e);
        }
    }

    /// Of two files that are replaced one after the other, the one may be here and the other not yet.
    private boolean belongTogether() throws IOException {
        try {
            PublicKey shownKey = leaf().getPublicKey();
            Matcher pem = KEY.matcher(Files.readString(key, StandardCharsets.ISO_8859_1));
            if (!pem.find()) {
                return false;
            }
            PrivateKey own = KeyFactory.getInstance(shownKey.getAlgorithm())
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
            byte[] something = "tarry".getBytes(StandardCharsets.US_ASCII);
            Signature signature = Signature.getInstance(
                    switch (shownKey.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> shownKey.getAlgorithm();
                    });
            signature.initSign(own);
            signature.update(something);
            byte[] signed = signature.sign();
            signature.initVerify(shownKey);
            signature.update(something);
            return signature.verify(signed);
        } catch (InvalidKeySpecException | InvalidKeyException | SignatureException _) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IOException("receive.tls: the key in " + key + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void check(String setting, Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(setting + ": " + file.toAbsolutePath()
                    + (Files.exists(file) ? " may not be read" : " does not exist") + "; name a PEM file");
        }
    }
}
