package dev.tarry.admin.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which names this server answers to. A web page can make a browser send requests to 127.0.0.1 under a name of its own
/// (DNS rebinding), or from its own origin (CSRF); neither gets past these rules.
///
/// @param names besides the loopback's: lower case, IPv6 in brackets
record HostRules(Set<String> names) {
    private static final Pattern HOST =
            Pattern.compile("(?<name>\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,255})(?<port>:\\d{1,5})?");
    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");

    HostRules {
        names = Set.copyOf(names);
    }

    /// @param host a Host header's value
    boolean allows(String host) {
        return name(host).filter(this::isOurs).isPresent();
    }

    private boolean isOurs(String name) {
        return name.equals("localhost")
                || LOOPBACK_V4.matcher(name).matches()
                || names.contains(name)
                || name.startsWith("[") && isLoopback(name.substring(1, name.length() - 1));
    }

    private static boolean isLoopback(String literal) {
        try {
            return InetAddress.ofLiteral(literal).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static Optional<String> name(String host) {
        var match = HOST.matcher(host);
        return match.matches() ? Optional.of(match.group("name").toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /// Whether an Origin header names the very server that the request was sent to.
    boolean sameOrigin(String origin, String host) {
        return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
    }
}
