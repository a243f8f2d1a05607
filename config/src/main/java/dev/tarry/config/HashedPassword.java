package dev.tarry.config;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is kept of a password: enough to check one, and to serve SCRAM-SHA-256 (RFC 5802 §3, RFC 7677), and
/// never the password itself. As text it is `SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey`, the last
/// three in base64.
///
/// The arrays are the record's own: they are copied on the way in and must not be changed on the way out.
///
/// @param iterations of PBKDF2 with HMAC-SHA-256, [#MIN_ITERATIONS] to [#MAX_ITERATIONS]
/// @param salt       [#MIN_SALT_BYTES] to [#MAX_SALT_BYTES]
/// @param storedKey  32 octets
/// @param serverKey  32 octets
public record HashedPassword(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
    /// RFC 7677 §4 asks for at least so many.
    public static final int MIN_ITERATIONS = 4_096;

    /// Some seconds of work: more would be an attack on ourselves.
    public static final int MAX_ITERATIONS = 10_000_000;

    public static final int MIN_SALT_BYTES = 8;
    public static final int MAX_SALT_BYTES = 64;
    public static final int KEY_BYTES = 32;

    private static final Pattern FORM = Pattern.compile("SCRAM-SHA-256\\$(?<iterations>[1-9]\\d{0,8})"
            + ":(?<salt>[A-Za-z0-9+/=]{1,100})\\$(?<stored>[A-Za-z0-9+/=]{44}):(?<server>[A-Za-z0-9+/=]{44})");

    /// @throws IllegalArgumentException if a part is out of its bounds
    public HashedPassword {
        if (iterations < MIN_ITERATIONS
                || iterations > MAX_ITERATIONS
                || salt.length < MIN_SALT_BYTES
                || salt.length > MAX_SALT_BYTES
                || storedKey.length != KEY_BYTES
                || serverKey.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a hashed password has " + MIN_ITERATIONS + " to " + MAX_ITERATIONS + " iterations, a salt of "
                            + MIN_SALT_BYTES + " to " + MAX_SALT_BYTES + " octets and two keys of " + KEY_BYTES);
        }
        salt = salt.clone();
        storedKey = storedKey.clone();
        serverKey = serverKey.clone();
    }

    /// @throws IllegalArgumentException if it is none; says nothing of what it is
    public static HashedPassword parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException();
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return new HashedPassword(
                Integer.parseInt(parts.group("iterations")),
                base64.decode(parts.group("salt")),
                base64.decode(parts.group("stored")),
                base64.decode(parts.group("server")));
    }

    /// As it is written in the settings.
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return "SCRAM-SHA-256$" + iterations + ":" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(storedKey) + ":" + base64.encodeToString(serverKey);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashedPassword that
                && iterations == that.iterations
                && MessageDigest.isEqual(salt, that.salt)
                && MessageDigest.isEqual(storedKey, that.storedKey)
                && MessageDigest.isEqual(serverKey, that.serverKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }

    /// Without what could be guessed against.
    @Override
    public String toString() {
        return Setting.HIDDEN;
    }
}
