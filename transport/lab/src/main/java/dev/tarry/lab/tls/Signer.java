package dev.tarry.lab.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/// A key that signs certificates (RFC 5280), and its own certificate. Keys are EC P-256, signatures ECDSA with
/// SHA-256. Immutable.
///
/// @param certificate self-signed
record Signer(PrivateKey key, X509Certificate certificate) {
    private static final String ALGORITHM = "SHA256withECDSA";
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2")); // RFC 5758 §3.2
    private static final int VERSION_3 = 2;
    /// RFC 5280 §4.1.2.2: positive, at most 20 octets.
    private static final int SERIAL_BITS = 127;
    /// RFC 5280 §4.2.1.2 leaves the method open; so many octets are usual.
    private static final int KEY_ID_OCTETS = 20;
    /// X.520's ub-common-name; a longer host name stands in the SAN only.
    private static final int MAX_COMMON_NAME = 64;

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    /// A new root.
    static Signer make(String name, Instant from, Instant to, SecureRandom random) {
        var pair = newKey(random);
        var subject = new X500Principal("CN=" + name + ", O=tarry lab");
        var certificate = signed(
                subject,
                pair.getPrivate(),
                subject,
                pair,
                from,
                to,
                random,
                critical("2.5.29.19", Der.sequence(Der.truth(), Der.integer(0))), // basic constraints: signs hosts only
                critical("2.5.29.15", Der.bits(1, (byte) 0x06)), // key usage: keyCertSign, cRLSign
                keyId(pair.getPublic()));
        return new Signer(pair.getPrivate(), certificate);
    }

    /// A certificate for a server, signed by this.
    ///
    /// @param name a host name or an address, in the SAN (RFC 6125 §6.4.4)
    HostCertificate issue(String name, Instant from, Instant to, SecureRandom random) {
        var pair = newKey(random);
        var issued = ofServer(
                certificate.getSubjectX500Principal(), key, certificate.getPublicKey(), name, pair, from, to, random);
        return new HostCertificate(pair.getPrivate(), List.of(issued, certificate));
    }

    /// A certificate for a server that nobody but itself signs.
    static HostCertificate selfSigned(String name, Instant from, Instant to, SecureRandom random) {
        var pair = newKey(random);
        var own = ofServer(subject(name), pair.getPrivate(), pair.getPublic(), name, pair, from, to, random);
        return new HostCertificate(pair.getPrivate(), List.of(own));
    }

    private static X509Certificate ofServer(
            X500Principal issuer,
            PrivateKey by,
            PublicKey issuerKey,
            String name,
            KeyPair pair,
            Instant from,
            Instant to,
            SecureRandom random) {
        return signed(
                issuer,
                by,
                subject(name),
                pair,
                from,
                to,
                random,
                critical("2.5.29.19", Der.sequence()), // basic constraints: no authority
                critical("2.5.29.15", Der.bits(7, (byte) 0x80)), // key usage: digitalSignature
                extension("2.5.29.37", Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))), // for servers
                extension("2.5.29.17", Der.sequence(generalName(name))), // subject alternative name
                keyId(pair.getPublic()),
                extension("2.5.29.35", Der.sequence(Der.tagged(0, idOf(issuerKey))))); // authority key identifier
    }

    private static byte[] generalName(String name) {
        try {
            return Der.tagged(IP_ADDRESS, InetAddress.ofLiteral(name).getAddress());
        } catch (IllegalArgumentException _) {
            return Der.tagged(DNS_NAME, Der.ascii(name));
        }
    }

    private static X500Principal subject(String name) {
        return new X500Principal(name.length() <= MAX_COMMON_NAME ? "CN=" + name + ", O=tarry lab" : "O=tarry lab");
    }

    private static byte[] keyId(PublicKey key) {
        return extension("2.5.29.14", Der.octets(idOf(key)));
    }

    private static byte[] critical(String oid, byte[] value) {
        return Der.sequence(Der.oid(oid), Der.truth(), Der.octets(value));
    }

    private static byte[] extension(String oid, byte[] value) {
        return Der.sequence(Der.oid(oid), Der.octets(value));
    }

    /// RFC 5280 §4.1
    private static X509Certificate signed(
            X500Principal issuer,
            PrivateKey by,
            X500Principal subject,
            KeyPair pair,
            Instant from,
            Instant to,
            SecureRandom random,
            byte[]... extensions) {
        var content = Der.sequence(
                Der.wrapped(0, Der.integer(VERSION_3)),
                Der.integer(new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE)),
                ECDSA_WITH_SHA256,
                issuer.getEncoded(),
                Der.sequence(Der.time(from), Der.time(to)),
                subject.getEncoded(),
                pair.getPublic().getEncoded(),
                Der.wrapped(3, Der.sequence(extensions)));
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(by, random);
            signature.update(content);
            var whole = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException wrong) {
            throw new IllegalStateException("a certificate could not be made", wrong);
        }
    }

    private static byte[] idOf(PublicKey key) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), KEY_ID_OCTETS);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no SHA-256", missing);
        }
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
}
