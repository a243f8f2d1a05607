package dev.tarry.time;

import java.io.IOException;
import java.net.InetSocketAddress;

/// The configuration does not allow this address to be dialled (design §3.10).
public final class EgressRefused extends IOException {
    private static final long serialVersionUID = 1L;

    public EgressRefused(InetSocketAddress address) {
        super("egress is locked: " + address.getAddress().getHostAddress() + ":" + address.getPort()
                + " is not on the egress allow-list");
    }
}
