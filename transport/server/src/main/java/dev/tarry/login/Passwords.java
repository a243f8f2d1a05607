package dev.tarry.login;

import dev.tarry.config.HashedPassword;
import dev.tarry.time.Secrets;
import java.nio.ByteBuffer;
import java.util.UUID;

/// Makes hashed passwords.
public final class Passwords {
    /// A tenth of a second or so of one processor for each guess.
    public static final int DEFAULT_ITERATIONS = 100_000;

    private Passwords() {}

    /// What is kept of a password, with a salt of its own.
    ///
    /// @param iterations [HashedPassword#MIN_ITERATIONS] to [HashedPassword#MAX_ITERATIONS]
    /// @throws IllegalArgumentException if the password is empty or holds what SASLprep prohibits
    /// (controls), which it does not repeat, or the iterations are out of bounds
    public static HashedPassword hash(String password, int iterations, Secrets secrets) {
        String prepared = Prepared.of(password)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException(
                        "a password has at least one character, and no control characters (RFC 4013)"));
        UUID chance = secrets.uuid();
        UUID more = secrets.uuid();
        byte[] salt = ByteBuffer.allocate(16)
                .putLong(chance.getLeastSignificantBits() ^ more.getMostSignificantBits())
                .putLong(chance.getMostSignificantBits() ^ more.getLeastSignificantBits())
                .array();
        return hash(prepared, salt, iterations);
    }

    static HashedPassword hash(String prepared, byte[] salt, int iterations) {
        if (iterations < HashedPassword.MIN_ITERATIONS || iterations > HashedPassword.MAX_ITERATIONS) {
            throw new IllegalArgumentException("the iterations of a hashed password are "
                    + HashedPassword.MIN_ITERATIONS + " to " + HashedPassword.MAX_ITERATIONS);
        }
        byte[] salted = Keys.Derivation.PBKDF2.salted(prepared, salt, iterations);
        return new HashedPassword(iterations, salt, Keys.sha256(Keys.clientKey(salted)), Keys.serverKey(salted));
    }
}
