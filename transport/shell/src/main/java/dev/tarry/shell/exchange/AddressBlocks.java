package dev.tarry.shell.exchange;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Ranges of addresses from a first to a last one, as receive connectors have them, as blocks with a prefix
/// (`10.0.0.0/8`): as few as cover exactly the same. Pure; no name is ever looked up.
final class AddressBlocks {
    private AddressBlocks() {}

    /// @param range `10.0.0.1-10.0.0.9`; what is no such range is given back as it is, for the server to judge
    static List<String> of(String range) {
        int dash = range.indexOf('-');
        if (dash < 0) {
            return List.of(range);
        }
        try {
            byte[] first = octets(range.substring(0, dash));
            byte[] last = octets(range.substring(dash + 1));
            return first.length == last.length ? blocks(first, last) : List.of(range);
        } catch (IllegalArgumentException _) {
            return List.of(range);
        }
    }

    /// The longest blocks that begin where the one before ended, and do not go beyond the last address.
    private static List<String> blocks(byte[] first, byte[] last) {
        int bits = 8 * first.length;
        BigInteger from = new BigInteger(1, first);
        BigInteger end = new BigInteger(1, last);
        List<String> blocks = new ArrayList<>();
        while (from.compareTo(end) <= 0) {
            int free = from.signum() == 0 ? bits : Math.min(bits, from.getLowestSetBit());
            while (free > 0
                    && from.add(BigInteger.ONE.shiftLeft(free).subtract(BigInteger.ONE))
                                    .compareTo(end)
                            > 0) {
                free--;
            }
            blocks.add(address(from, first.length) + "/" + (bits - free));
            from = from.add(BigInteger.ONE.shiftLeft(free));
        }
        return blocks;
    }

    private static byte[] octets(String literal) {
        String text = literal.strip();
        // an IPv4 address in IPv6's clothes is made IPv4 by the JDK
        byte[] octets = InetAddress.ofLiteral(text).getAddress();
        if (octets.length == 4 && text.indexOf(':') >= 0) {
            byte[] mapped = new byte[16];
            Arrays.fill(mapped, 10, 12, (byte) 0xff);
            System.arraycopy(octets, 0, mapped, 12, 4);
            return mapped;
        }
        return octets;
    }

    private static String address(BigInteger number, int length) {
        byte[] octets = new byte[length];
        byte[] digits = number.toByteArray();
        int from = digits.length > length ? digits.length - length : 0;
        System.arraycopy(digits, from, octets, length - (digits.length - from), digits.length - from);
        try {
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
