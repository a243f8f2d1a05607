package dev.tarry.lab.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;

/// What is on its way between one client socket and the lab's DNS servers. Reported from several loops;
/// thread-safe.
///
/// In flight is: a datagram that was sent and is not handled yet, a reply that was sent and has not been received
/// yet. When the client closes its socket, all of it is written off, so that what got lost is not waited for.
final class UdpTally {
    private final WireLedger ledger;
    private final SocketAddress peer;
    private long sent;
    private long handled;
    private long replied;
    private long received;
    private boolean over;
    private boolean counted;

    /// @param peer the server that the socket is connected to
    UdpTally(WireLedger ledger, SocketAddress peer) {
        this.ledger = ledger;
        this.peer = peer;
    }

    /// Servers of the lab differ in their ports; one that listens at every address is reached at one of them.
    boolean talksTo(SocketAddress server) {
        return peer instanceof InetSocketAddress one && server instanceof InetSocketAddress other
                ? one.getPort() == other.getPort()
                : Objects.equals(peer, server);
    }

    synchronized void sent() {
        sent++;
        count();
    }

    synchronized void handled() {
        handled++;
        count();
    }

    synchronized void replied() {
        replied++;
        count();
    }

    /// The reply never left.
    synchronized void replyFailed() {
        replied--;
        count();
    }

    synchronized void received() {
        received++;
        count();
    }

    synchronized void writeOff() {
        over = true;
        count();
    }

    private void count() {
        boolean now = !over && (sent > handled || replied > received);
        if (now != counted) {
            counted = now;
            if (now) {
                ledger.begin();
            } else {
                ledger.end();
            }
        }
    }
}
