package dev.tarry.config;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// All addresses that share their first bits with one (CIDR, RFC 4632 §3.1).
///
/// @param network the address
/// @param bits    how many of its bits count: 0 to 32 or to 128
public record IpRange(InetAddress network, int bits) {
    private static final Pattern CIDR = Pattern.compile("(?<ip>[^/]+)(/(?<bits>\\d{1,3}))?");

    /// @throws IllegalArgumentException if the address has fewer bits
    public IpRange {
        if (bits < 0 || bits > network.getAddress().length * 8) {
            throw new IllegalArgumentException("has more bits than its address");
        }
    }

    /// `10.0.0.0/8`, `::1`; an address alone is a range of one.
    ///
    /// @throws IllegalArgumentException if the text is neither
    public static IpRange parse(String text) {
        Matcher match = CIDR.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException();
        }
        InetAddress network = Endpoints.address(match.group("ip"));
        int all = network.getAddress().length * 8;
        return new IpRange(network, match.group("bits") == null ? all : Integer.parseInt(match.group("bits")));
    }

    /// Whether an address lies in it. IPv4 and IPv6 never match each other.
    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit & 7);
            if ((ours[bit >> 3] & mask) != (theirs[bit >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }

    /// `10.0.0.0/8`; without the bits if all count.
    @Override
    public String toString() {
        String ip = network.getHostAddress();
        return bits == network.getAddress().length * 8 ? ip : ip + "/" + bits;
    }
}
