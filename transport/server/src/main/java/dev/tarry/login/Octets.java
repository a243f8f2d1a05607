package dev.tarry.login;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What clients say, as text.
final class Octets {
    /// Of an answer that must be remembered until the next: a client may be long in giving that, and thousands may be
    /// at it.
    static final int MAX_REMEMBERED = 1_024;

    private Octets() {}

    /// Empty if it is no UTF-8.
    static Optional<String> text(byte[] octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
