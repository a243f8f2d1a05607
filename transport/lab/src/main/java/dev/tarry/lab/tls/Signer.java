package dev.tarry.lab.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A key that signs certificates, and its own certificate. Keys are EC P-256, signatures ECDSA with SHA-256; keys
/// and signatures are the JDK's, only the certificates' form is Bouncy Castle's. Immutable.
///
/// @param certificate self-signed
record Signer(PrivateKey key, X509Certificate certificate) {
    private static final String ALGORITHM = "SHA256withECDSA";
    private static final int SERIAL_BITS = 127; // RFC 5280 §4.1.2.2: positive, at most 20 octets
    /// X.520's ub-common-name; a longer host name stands in the SAN only.
    private static final int MAX_COMMON_NAME = 64;

    /// A new root.
    static Signer make(String name, Instant from, Instant to, SecureRandom random) {
        var pair = newKey(random);
        var subject = new X500Principal("CN=" + name + ", O=tarry lab");
        return built(() -> {
            var tools = new JcaX509ExtensionUtils();
            var builder = builder(subject, subject, pair, from, to, random);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, tools.createSubjectKeyIdentifier(pair.getPublic()));
            return new Signer(pair.getPrivate(), signed(builder, pair.getPrivate(), random));
        });
    }

    /// A certificate for a server, signed by this.
    ///
    /// @param name a host name or an address, in the SAN (RFC 6125 §6.4.4)
    HostCertificate issue(String name, Instant from, Instant to, SecureRandom random) {
        var pair = newKey(random);
        return built(() -> {
            var builder = builder(certificate.getSubjectX500Principal(), subject(name), pair, from, to, random);
            serverExtensions(builder, name, pair);
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
            return new HostCertificate(pair.getPrivate(), List.of(signed(builder, key, random), certificate));
        });
    }

    /// A certificate for a server that nobody but itself signs.
    static HostCertificate selfSigned(String name, Instant from, Instant to, SecureRandom random) {
        var pair = newKey(random);
        return built(() -> {
            var builder = builder(subject(name), subject(name), pair, from, to, random);
            serverExtensions(builder, name, pair);
            return new HostCertificate(pair.getPrivate(), List.of(signed(builder, pair.getPrivate(), random)));
        });
    }

    private static void serverExtensions(X509v3CertificateBuilder builder, String name, KeyPair pair)
            throws GeneralSecurityException, IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(generalName(name)));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    }

    private static GeneralName generalName(String name) {
        return new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static boolean isAddress(String name) {
        try {
            InetAddress.ofLiteral(name);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static X500Principal subject(String name) {
        return new X500Principal(name.length() <= MAX_COMMON_NAME ? "CN=" + name + ", O=tarry lab" : "O=tarry lab");
    }

    private static X509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, KeyPair pair, Instant from, Instant to, SecureRandom random) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                Date.from(from),
                Date.from(to),
                subject,
                pair.getPublic());
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey by, SecureRandom random)
            throws GeneralSecurityException, OperatorCreationException {
        var signer =
                new JcaContentSignerBuilder(ALGORITHM).setSecureRandom(random).build(by);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static KeyPair newKey(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK makes no EC P-256 keys", missing);
        }
    }

    private interface Building<T> {
        T build() throws GeneralSecurityException, OperatorCreationException, IOException;
    }

    /// Every part comes from here: what goes wrong is a broken JDK or a bug.
    private static <T> T built(Building<T> building) {
        try {
            return building.build();
        } catch (GeneralSecurityException | OperatorCreationException wrong) {
            throw new IllegalStateException("a certificate could not be made", wrong);
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }
}
