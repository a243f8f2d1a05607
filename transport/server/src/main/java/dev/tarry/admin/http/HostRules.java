package dev.tarry.admin.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which names this server answers to. A web page can make a browser send requests to 127.0.0.1 under a name of its own
/// (DNS rebinding), or from its own origin (CSRF); neither gets past these rules.
///
/// @param names    besides the loopback's: lower case
/// @param literals whether any IP address will do: nobody can lead an address elsewhere, so where a token is wanted,
///                 calling the server by one gives nothing away
record HostRules(Set<String> names, boolean literals) {
    private static final Pattern HOST =
            Pattern.compile("(?<name>\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,255})(?<port>:\\d{1,5})?");
    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    HostRules {
        names = Set.copyOf(names);
    }

    /// @param host a Host header's value
    boolean allows(String host) {
        return name(host).filter(this::isOurs).isPresent();
    }

    private boolean isOurs(String name) {
        return name.equals("localhost")
                || names.contains(name)
                || address(name)
                        .filter(address -> literals || address.isLoopbackAddress())
                        .isPresent();
    }

    private static Optional<InetAddress> address(String name) {
        boolean bracketed = name.startsWith("[");
        if (!bracketed && !V4.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(bracketed ? name.substring(1, name.length() - 1) : name));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
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
