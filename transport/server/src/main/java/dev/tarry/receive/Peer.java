package dev.tarry.receive;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/// The two ends of a client's connection.
///
/// @param clientIp   without brackets or port
/// @param clientPort 0 where there are no ports
/// @param serverIp   our end
/// @param serverPort likewise
/// @param loopback   whether the client is on this machine
public record Peer(String clientIp, int clientPort, String serverIp, int serverPort, boolean loopback) {
    private static final String HERE = "127.0.0.1";

    /// Addresses that are no internet addresses are a simulation's: its clients are on this machine.
    public static Peer of(SocketAddress client, SocketAddress server) {
        boolean loopback = !(client instanceof InetSocketAddress inet)
                || inet.isUnresolved()
                || inet.getAddress().isLoopbackAddress();
        return new Peer(ip(client), port(client), ip(server), port(server), loopback);
    }

    /// Our end, `127.0.0.1:2525`.
    String serverEndpoint() {
        return NetUtil.isValidIpV6Address(serverIp) ? "[" + serverIp + "]:" + serverPort : serverIp + ":" + serverPort;
    }

    private static String ip(SocketAddress address) {
        return address instanceof InetSocketAddress inet && !inet.isUnresolved()
                ? NetUtil.toAddressString(inet.getAddress(), true)
                : HERE;
    }

    private static int port(SocketAddress address) {
        return address instanceof InetSocketAddress inet ? inet.getPort() : 0;
    }
}
