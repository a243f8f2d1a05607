package dev.tarry.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/// `HOST:PORT` from a command line; an IPv6 address stands in square brackets.
///
/// @param option whose value it is, for errors
/// @param host a name or an address, without brackets
/// @param port 0 to 65535
record HostPort(String option, String host, int port) {
    /// @throws IllegalArgumentException if it is none, in a sentence for people
    static HostPort parse(String option, String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.contains(":")) {
            host = "";
        }
        int port = colon >= 0 && text.substring(colon + 1).matches("\\d{1,5}")
                ? Integer.parseInt(text.substring(colon + 1))
                : -1;
        if (!host.matches("[A-Za-z0-9._:%-]{1,255}") || port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    option + " is '" + shown(text) + "'; HOST:PORT such as 127.0.0.1:2525 is needed");
        }
        return new HostPort(option, host, port);
    }

    /// Where it is, wherever that may be.
    ///
    /// @throws IllegalArgumentException if nobody has that name
    InetSocketAddress anywhere() {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(option + ": nobody has the name " + host, e);
        }
    }

    /// Where it is, if it may be loaded.
    ///
    /// @param allowed hosts, as they are written, that may be elsewhere than on this machine
    /// @throws IllegalArgumentException if nobody has that name, or it is elsewhere and not allowed
    InetSocketAddress resolved(List<String> allowed) {
        InetSocketAddress where = anywhere();
        if (!where.getAddress().isLoopbackAddress() && !allowed.contains(host)) {
            throw new IllegalArgumentException(option + " is not this machine; to load " + host
                    + " all the same, which only its owner may do, add --allow " + host);
        }
        return where;
    }

    /// A text that was given, short, with nothing in it that could forge a line.
    static String shown(String text) {
        String one = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return one.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }
}
