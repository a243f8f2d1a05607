package dev.tarry.time;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// The configuration does not allow this address to be dialled (design §3.10).
public final class EgressRefused extends IOException {
    private static final long serialVersionUID = 1L;

    public EgressRefused(InetSocketAddress address) {
        super("egress is locked: " + text(address.getAddress()) + ":" + address.getPort()
                + " is not on the egress allow-list");
    }

    private static String text(InetAddress address) {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }
}
