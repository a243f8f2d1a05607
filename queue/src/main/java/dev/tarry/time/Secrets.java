package dev.tarry.time;

import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Values that nobody outside may guess: message ids, MIME boundaries, DNS query ids, tokens. Live they come from a
/// [java.security.SecureRandom]; in a simulation from its seed. As thread-safe as its source.
public final class Secrets {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final RandomGenerator source;

    public Secrets(RandomGenerator source) {
        this.source = source;
    }

    /// A version-4 UUID.
    public UUID uuid() {
        long high = (source.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        long low = (source.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /// 256 bits in 43 letters, digits, `-` and `_`.
    public String token() {
        byte[] octets = new byte[32];
        source.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /// 0 to 65,535.
    public int dnsQueryId() {
        return source.nextInt(0x10000);
    }

    /// Sixteen upper-case hexadecimal digits, as session ids in Exchange's logs have.
    public String sessionId() {
        return HEX.toHexDigits(source.nextLong());
    }
}
