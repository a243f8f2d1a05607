package dev.tarry.lab.net;

/// What is on its way between one client socket and the lab's DNS servers. Reported from several loops;
/// thread-safe.
///
/// In flight is: a datagram that was sent and is not handled yet, a reply that was sent and has not been received
/// yet. When the client closes its socket, all of it is written off, so that what got lost is not waited for.
final class UdpTally {
    private final WireLedger ledger;
    private long sent;
    private long handled;
    private long replied;
    private long received;
    private boolean over;
    private boolean counted;

    UdpTally(WireLedger ledger) {
        this.ledger = ledger;
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
