package dev.tarry.login;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.InvalidKeySpecException;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// The functions of RFC 5802 §2.2 with SHA-256. Pure.
final class Keys {
    private static final String HMAC = "HmacSHA256";
    private static final int KEY_BITS = 256;

    /// Turns a password into the salted one: the part that is dear on purpose.
    @FunctionalInterface
    interface Derivation {
        /// PBKDF2 with HMAC-SHA-256.
        Derivation PBKDF2 = Keys::pbkdf2;

        /// @param password prepared
        byte[] salted(String password, byte[] salt, int iterations);
    }

    private Keys() {}

    private static byte[] pbkdf2(String password, byte[] salt, int iterations) {
        char[] characters = password.toCharArray();
        PBEKeySpec spec = new PBEKeySpec(characters, salt, iterations, KEY_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2With" + HMAC)
                    .generateSecret(spec)
                    .getEncoded();
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException("no key can be made of a password", e);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        } finally {
            spec.clearPassword();
        }
    }

    static byte[] clientKey(byte[] salted) {
        return hmac(salted, "Client Key");
    }

    static byte[] serverKey(byte[] salted) {
        return hmac(salted, "Server Key");
    }

    static byte[] hmac(byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /// Every Java platform has these.
    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("this Java has no SHA-256", e);
    }
}
