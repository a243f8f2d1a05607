package dev.tarry.lab.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the authority is kept: `authority.pem` holds key and certificate together, so that there are both or
/// neither however the process ends; `ca.pem` is the certificate alone, for people, and can be made again. Only the
/// owner may look into the folder. Waits for the disk: not used on loops.
final class AuthorityFolder {
    private static final Logger log = LoggerFactory.getLogger(AuthorityFolder.class);
    private static final String AUTHORITY = "authority.pem";
    private static final String CERTIFICATE = "ca.pem";

    private final Path folder;

    AuthorityFolder(Path folder) {
        this.folder = folder;
    }

    boolean holdsOne() {
        return Files.exists(folder.resolve(AUTHORITY));
    }

    /// @return empty if there is none, or if it is damaged; then it is put aside, and the log says so
    Optional<Signer> load() throws IOException {
        if (!holdsOne()) {
            return Optional.empty();
        }
        try {
            var signer = parse(Files.readString(folder.resolve(AUTHORITY), StandardCharsets.ISO_8859_1));
            publish(signer.certificate());
            return Optional.of(signer);
        } catch (GeneralSecurityException | IllegalArgumentException damaged) {
            putAside(damaged.getMessage());
            return Optional.empty();
        }
    }

    void save(Signer signer) throws IOException {
        Files.createDirectories(folder, onlyOwner("rwx------"));
        write(
                AUTHORITY,
                "rw-------",
                Pem.write(Pem.PRIVATE_KEY, signer.key().getEncoded()) + pem(signer.certificate()));
        publish(signer.certificate());
    }

    static String pem(X509Certificate certificate) {
        try {
            return Pem.write(Pem.CERTIFICATE, certificate.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a certificate has no octets", impossible);
        }
    }

    private static Signer parse(String text) throws GeneralSecurityException {
        var key =
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Pem.read(Pem.PRIVATE_KEY, text)));
        var certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Pem.read(Pem.CERTIFICATE, text)));
        certificate.verify(certificate.getPublicKey());
        var probe = Signature.getInstance("SHA256withECDSA");
        probe.initSign(key);
        probe.update(certificate.getEncoded());
        byte[] signature = probe.sign();
        probe.initVerify(certificate.getPublicKey());
        probe.update(certificate.getEncoded());
        if (!probe.verify(signature)) {
            throw new GeneralSecurityException("its key is not its certificate's");
        }
        return new Signer(key, certificate);
    }

    private void publish(X509Certificate certificate) throws IOException {
        var file = folder.resolve(CERTIFICATE);
        var text = pem(certificate);
        if (!Files.exists(file)
                || !Files.readString(file, StandardCharsets.ISO_8859_1).equals(text)) {
            write(CERTIFICATE, "rw-r--r--", text);
        }
    }

    private void putAside(String why) throws IOException {
        var file = folder.resolve(AUTHORITY);
        int number = 1;
        while (Files.exists(folder.resolve(AUTHORITY + ".damaged-" + number))) {
            number++;
        }
        var aside = folder.resolve(AUTHORITY + ".damaged-" + number);
        Files.move(file, aside);
        log.warn(
                "{} cannot be read ({}); it is kept as {}, and a new certificate authority is made: whoever trusts the"
                        + " old one has to trust {} instead",
                file,
                why,
                aside,
                folder.resolve(CERTIFICATE));
    }

    /// Readers find the old file or the new one, whole.
    private void write(String name, String permissions, String text) throws IOException {
        var fresh = folder.resolve(name + ".new");
        Files.deleteIfExists(fresh);
        try (var channel = FileChannel.open(
                fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyOwner(permissions))) {
            var octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            channel.force(false);
        }
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Where the file system knows permissions; from the moment of making, so that there is no moment without.
    private FileAttribute<?>[] onlyOwner(String permissions) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
