package dev.tarry.lab.net;

/// What is on its way between the two ends of one TCP connection. Each end reports from its own loop; thread-safe.
///
/// In flight is: a connection that one end has and the other has not taken up yet; octets written by one end and
/// not read by the other; a close that the other end has not seen. When both ends are gone, all of it is written
/// off. A connection whose client does not report (some stranger's) is never in flight.
final class TcpTally {
    enum End {
        CLIENT,
        LAB
    }

    private final WireLedger ledger;
    private final WireLedger.Pair pair;
    private final boolean[] known = new boolean[2];
    private final boolean[] up = new boolean[2];
    private final boolean[] closing = new boolean[2];
    private final boolean[] gone = new boolean[2];
    private final long[] written = new long[2];
    private final long[] read = new long[2];
    private boolean counted;

    TcpTally(WireLedger ledger, WireLedger.Pair pair) {
        this.ledger = ledger;
        this.pair = pair;
    }

    WireLedger.Pair pair() {
        return pair;
    }

    /// @return false if that end is known already, so that this must be another, later connection between the same
    ///     addresses
    synchronized boolean present(End end) {
        if (known[end.ordinal()]) {
            return false;
        }
        known[end.ordinal()] = true;
        count();
        return true;
    }

    /// Only after everybody behind has heard that the connection is there: who speaks first has spoken by then.
    synchronized void up(End end) {
        up[end.ordinal()] = true;
        count();
    }

    /// At the write itself, not at the flush: what waits to be flushed is on its way too.
    synchronized void wrote(End end, long octets) {
        written[end.ordinal()] += octets;
        count();
    }

    /// Only after everybody behind has heard of it, so that what follows from it is counted already.
    synchronized void read(End end, long octets) {
        read[end.ordinal()] += octets;
        count();
    }

    synchronized void closing(End end) {
        closing[end.ordinal()] = true;
        count();
    }

    synchronized void gone(End end) {
        closing[end.ordinal()] = true;
        gone[end.ordinal()] = true;
        count();
    }

    /// Whether nobody will report any more: both ends are gone, or the only one that ever reported.
    synchronized boolean over() {
        return (gone[0] || !known[0]) && (gone[1] || !known[1]);
    }

    /// Forgets what is on its way.
    synchronized void writeOff() {
        gone[0] = true;
        gone[1] = true;
        count();
    }

    private boolean inFlight() {
        if (!known[End.CLIENT.ordinal()]) {
            return false;
        }
        if (!known[End.LAB.ordinal()]) {
            return !gone[End.CLIENT.ordinal()];
        }
        if (closing[0] || closing[1]) {
            return !(gone[0] && gone[1]);
        }
        return !(up[0] && up[1]) || written[0] != read[1] || written[1] != read[0];
    }

    private void count() {
        boolean now = inFlight();
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
