package dev.tarry.config;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses of one family from a first to a last one, as RemoteIPRanges of a receive connector has them
/// (reference §6.1).
///
/// @param first the lowest
/// @param last  the highest; both belong to it
public record AddressRange(InetAddress first, InetAddress last) {
    private static final Pattern FROM_TO = Pattern.compile("(?<first>[^-/()]+)-(?<last>[^-/()]+)");
    private static final Pattern MASKED = Pattern.compile("(?<ip>[^-/()]+)\\((?<mask>[^-/()]+)\\)");

    /// @throws IllegalArgumentException if the last lies before the first, or they are of two families
    public AddressRange {
        if (first.getAddress().length != last.getAddress().length) {
            throw new IllegalArgumentException("goes from IPv4 to IPv6");
        }
        if (Arrays.compareUnsigned(first.getAddress(), last.getAddress()) > 0) {
            throw new IllegalArgumentException("ends before it begins");
        }
    }

    /// `10.0.0.5`, `10.0.0.0/8`, `10.0.0.0(255.0.0.0)`, `10.0.0.5-10.0.0.9`.
    ///
    /// @throws IllegalArgumentException if the text is none of these
    public static AddressRange parse(String text) {
        Matcher fromTo = FROM_TO.matcher(text);
        if (fromTo.matches()) {
            return new AddressRange(
                    Endpoints.address(fromTo.group("first").strip()),
                    Endpoints.address(fromTo.group("last").strip()));
        }
        Matcher masked = MASKED.matcher(text);
        if (masked.matches()) {
            return of(new IpRange(
                    Endpoints.address(masked.group("ip").strip()),
                    bits(Endpoints.address(masked.group("mask").strip()).getAddress())));
        }
        return of(IpRange.parse(text));
    }

    private static AddressRange of(IpRange block) {
        BigInteger size = BigInteger.ONE.shiftLeft(block.network().getAddress().length * 8 - block.bits());
        byte[] network = block.network().getAddress();
        BigInteger first = number(network).divide(size).multiply(size);
        return new AddressRange(
                address(first, network.length), address(first.add(size).subtract(BigInteger.ONE), network.length));
    }

    /// How many bits a mask has; all that count come first.
    private static int bits(byte[] mask) {
        BigInteger inverted = number(mask).xor(all(mask.length));
        if (inverted.and(inverted.add(BigInteger.ONE)).signum() != 0) {
            throw new IllegalArgumentException("has a mask with gaps");
        }
        return mask.length * 8 - inverted.bitLength();
    }

    private static BigInteger all(int octets) {
        return BigInteger.ONE.shiftLeft(octets * 8).subtract(BigInteger.ONE);
    }

    private static BigInteger number(byte[] octets) {
        return new BigInteger(1, octets);
    }

    private static InetAddress address(BigInteger number, int octets) {
        byte[] digits = number.toByteArray();
        byte[] whole = new byte[octets];
        int copied = Math.min(octets, digits.length);
        System.arraycopy(digits, digits.length - copied, whole, octets - copied, copied);
        return octets == 4 ? InetAddress.ofLiteral(dotted(whole)) : InetAddress.ofLiteral(groups(whole));
    }

    private static String dotted(byte[] octets) {
        return (octets[0] & 0xff) + "." + (octets[1] & 0xff) + "." + (octets[2] & 0xff) + "." + (octets[3] & 0xff);
    }

    private static String groups(byte[] octets) {
        StringBuilder text = new StringBuilder(40);
        for (int i = 0; i < octets.length; i += 2) {
            text.append(i == 0 ? "" : ":").append(Integer.toHexString((octets[i] & 0xff) << 8 | octets[i + 1] & 0xff));
        }
        return text.toString();
    }

    /// Whether an address lies in it. IPv4 and IPv6 never match each other.
    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets.length == first.getAddress().length
                && Arrays.compareUnsigned(first.getAddress(), octets) <= 0
                && Arrays.compareUnsigned(octets, last.getAddress()) <= 0;
    }

    /// Whether all of another lies in it, the same one too.
    public boolean contains(AddressRange other) {
        return contains(other.first) && contains(other.last);
    }

    /// Whether some addresses lie in both.
    public boolean meets(AddressRange other) {
        return contains(other.first) || other.contains(first);
    }

    /// How many addresses it has: the fewer, the more it says.
    public BigInteger size() {
        return number(last.getAddress()).subtract(number(first.getAddress())).add(BigInteger.ONE);
    }

    /// `10.0.0.5`, `10.0.0.0/8`, `10.0.0.5-10.0.0.9`; all addresses of a family as `0.0.0.0-255.255.255.255`, as
    /// Exchange prints them.
    @Override
    public String toString() {
        if (first.equals(last)) {
            return text(first);
        }
        int octets = first.getAddress().length;
        BigInteger size = size();
        boolean block =
                size.bitCount() == 1 && number(first.getAddress()).mod(size).signum() == 0;
        return block && size.bitLength() <= octets * 8
                ? text(first) + "/" + (octets * 8 + 1 - size.bitLength())
                : text(first) + "-" + text(last);
    }

    /// The longest run of empty groups is left out (RFC 5952 §4.2).
    private static String text(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        String[] groups = groups(address.getAddress()).split(":");
        int start = -1;
        int longest = 1;
        for (int i = 0; i < groups.length; i++) {
            int run = 0;
            while (i + run < groups.length && groups[i + run].equals("0")) {
                run++;
            }
            if (run > longest) {
                longest = run;
                start = i;
            }
        }
        return start < 0
                ? String.join(":", groups)
                : String.join(":", Arrays.copyOfRange(groups, 0, start)) + "::"
                        + String.join(":", Arrays.copyOfRange(groups, start + longest, groups.length));
    }
}
