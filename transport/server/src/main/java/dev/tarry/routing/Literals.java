package dev.tarry.routing;

import java.net.InetAddress;
import java.util.Optional;

/// IP addresses as text, read and written without ever looking anything up.
public final class Literals {
    private static final String IPV6 = "ipv6:";

    private Literals() {}

    /// An address literal of RFC 5321 §4.1.3: `[192.0.2.1]` or `[IPv6:2001:db8::1]`; also `[2001:db8::1]`, as some
    /// write it.
    public static Optional<InetAddress> bracketed(String text) {
        if (!text.startsWith("[") || !text.endsWith("]") || text.length() < 3) {
            return Optional.empty();
        }
        String inner = text.substring(1, text.length() - 1);
        return address(inner.regionMatches(true, 0, IPV6, 0, IPV6.length()) ? inner.substring(IPV6.length()) : inner);
    }

    /// A bare address: four decimal numbers, or IPv6 with a colon in it. Scopes (`%eth0`) are none.
    public static Optional<InetAddress> address(String text) {
        if (text.indexOf('%') >= 0 || text.length() > 45) {
            return Optional.empty();
        }
        try {
            if (text.indexOf(':') >= 0) {
                return Optional.of(InetAddress.ofLiteral(text));
            }
            return fourNumbers(text) ? Optional.of(InetAddress.ofLiteral(text)) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// An address with a port: `192.0.2.1:25`, `[2001:db8::1]:25`.
    ///
    /// @param ip as text; what has a colon is IPv6
    public static String withPort(String ip, int port) {
        return (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + port;
    }

    /// The JDK also reads `1`, `1.2` and `010.1.1.1` as addresses; people do not.
    private static boolean fourNumbers(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
                return false;
            }
            for (int i = 0; i < part.length(); i++) {
                if (part.charAt(i) < '0' || part.charAt(i) > '9') {
                    return false;
                }
            }
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }
}
