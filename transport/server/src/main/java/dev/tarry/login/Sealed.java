package dev.tarry.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The digest of a secret that is long and random, so that the secret itself need not be kept.
final class Sealed {
    private final byte[] digest;

    private Sealed(byte[] digest) {
        this.digest = digest;
    }

    static Sealed of(String secret) {
        return new Sealed(Keys.sha256(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /// Takes as long whether it is or not.
    boolean is(String secret) {
        return MessageDigest.isEqual(digest, Keys.sha256(secret.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
