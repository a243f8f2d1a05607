package dev.tarry.lab.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// Addresses as firewall rules write them: `Any`, `8.8.8.8`, `8.8.8.8,1.1.1.1`, `203.0.113.0/24`.
///
/// @param text as it is shown
public record AddressSet(String text) {
    public static final AddressSet ANY = new AddressSet("Any");
    static final int TEXT_MAX = 16_000;

    public AddressSet {
        if (text.length() > TEXT_MAX) {
            throw new BadRule("RemoteAddress", "has " + text.length() + " characters", "at most " + TEXT_MAX);
        }
        prefixes(text);
    }

    public boolean contains(InetAddress address) {
        var prefixes = prefixes(text);
        return prefixes.isEmpty() || prefixes.stream().anyMatch(prefix -> prefix.covers(address.getAddress()));
    }

    /// No prefixes at all: any address.
    private static List<Prefix> prefixes(String text) {
        if (text.strip().equalsIgnoreCase("any")) {
            return List.of();
        }
        var prefixes = new ArrayList<Prefix>();
        for (String part : text.split(",", -1)) {
            var halves = part.strip().split("/", 2);
            byte[] octets = literal(halves[0], text).getAddress();
            prefixes.add(new Prefix(octets, halves.length == 1 ? octets.length * 8 : bits(halves[1], octets, text)));
        }
        return prefixes;
    }

    private static InetAddress literal(String address, String whole) {
        try {
            // A literal only: never a look-up, which would leave the lab.
            return InetAddress.ofLiteral(address.strip());
        } catch (IllegalArgumentException _) {
            throw wrong(whole);
        }
    }

    private static int bits(String digits, byte[] octets, String whole) {
        try {
            int bits = Integer.parseInt(digits.strip());
            if (bits >= 0 && bits <= octets.length * 8) {
                return bits;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw wrong(whole);
    }

    private static BadRule wrong(String text) {
        return new BadRule(
                "RemoteAddress",
                "'" + text + "' names no addresses",
                "Any, an IP address, a list of them, or a prefix such as 203.0.113.0/24");
    }

    private record Prefix(byte[] octets, int bits) {
        boolean covers(byte[] other) {
            if (other.length != octets.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((octets[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
