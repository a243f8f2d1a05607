package dev.tarry.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses with ports, written down. Only literals: reading settings never asks a name server.
final class Endpoints {
    static final int PORT_NEEDED = -1;

    private static final int MAX_PORT = 65_535;
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern WITH_PORT = Pattern.compile("(?<host>[^:\\[\\]]+|\\[[^\\[\\]]+\\]):(?<port>\\d{1,5})");

    private Endpoints() {}

    /// `ip:port`, `[ip]:port`; without a port if there is a default.
    ///
    /// @param defaultPort taken where none is written; [#PORT_NEEDED] if one must be
    static InetSocketAddress parse(String text, int defaultPort) {
        Matcher match = WITH_PORT.matcher(text);
        if (match.matches()) {
            int port = Integer.parseInt(match.group("port"));
            if (port > MAX_PORT) {
                throw new IllegalArgumentException("has a port over " + MAX_PORT);
            }
            return new InetSocketAddress(address(match.group("host")), port);
        }
        if (defaultPort == PORT_NEEDED) {
            throw new IllegalArgumentException();
        }
        return new InetSocketAddress(address(text), defaultPort);
    }

    /// As [#parse], for an address that is dialled: port 0 means nothing there.
    static InetSocketAddress parseDialled(String text, int defaultPort) {
        InetSocketAddress address = parse(text, defaultPort);
        if (address.getPort() == 0) {
            throw new IllegalArgumentException("has port 0, which nobody can dial");
        }
        return address;
    }

    /// An IPv4 or IPv6 literal, with or without brackets, or `localhost` (127.0.0.1).
    static InetAddress address(String text) {
        if (text.equals("localhost")) {
            return InetAddress.ofLiteral("127.0.0.1");
        }
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String literal = bracketed ? text.substring(1, text.length() - 1) : text;
        // The JDK also takes forms such as 127.1 and 2130706433, which nobody means.
        if (!IPV6.matcher(literal).matches()
                && (bracketed || !IPV4.matcher(literal).matches())) {
            throw new IllegalArgumentException();
        }
        return InetAddress.ofLiteral(literal);
    }

    static String print(InetSocketAddress address) {
        String host = printHost(address.getAddress());
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    static String printHost(InetAddress address) {
        return address.getHostAddress();
    }
}
