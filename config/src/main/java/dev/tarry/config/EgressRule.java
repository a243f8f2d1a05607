package dev.tarry.config;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Something that may be dialled outside the lab (design §3.10).
///
/// @param range which addresses
/// @param port  which port; [#ANY_PORT] for all
public record EgressRule(IpRange range, int port) {
    public static final int ANY_PORT = 0;

    private static final Pattern WITH_PORT =
            Pattern.compile("(?<range>[^:\\[\\]]+|\\[[^\\[\\]]+\\](/\\d{1,3})?):(?<port>\\d{1,5})");

    /// @throws IllegalArgumentException if the port is beyond 65,535
    public EgressRule {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("has a port over 65535");
        }
    }

    /// `ip`, `ip:port`, `cidr`, `cidr:port`; IPv6 with a port needs brackets round the address (`[fd00::]/8:25`).
    ///
    /// @throws IllegalArgumentException if the text is none of these
    public static EgressRule parse(String text) {
        Matcher match = WITH_PORT.matcher(text);
        if (!match.matches()) {
            return new EgressRule(IpRange.parse(text), ANY_PORT);
        }
        int port = Integer.parseInt(match.group("port"));
        if (port == 0) {
            throw new IllegalArgumentException("has port 0, which nobody can dial");
        }
        return new EgressRule(IpRange.parse(match.group("range")), port);
    }

    /// Whether this rule lets an address be dialled; unresolved addresses never.
    public boolean allows(InetSocketAddress address) {
        return !address.isUnresolved()
                && (port == ANY_PORT || port == address.getPort())
                && range.contains(address.getAddress());
    }

    @Override
    public String toString() {
        if (port == ANY_PORT) {
            return range.toString();
        }
        if (range.network() instanceof Inet6Address) {
            String ip = range.network().getHostAddress();
            return "[" + ip + "]" + range.toString().substring(ip.length()) + ":" + port;
        }
        return range + ":" + port;
    }
}
