package dev.tarry.lab.net;

/// What is on its way between the two ends of one TCP connection. Each end reports from its own loop; thread-safe.
///
/// In flight is: a connection that one end has and the other has not taken up yet; octets written by one end and
/// not read by the other; a close that the other end has not seen. When both ends are gone, all of it is written
/// off. A connection whose client does not report (some stranger's) is never in flight.
///
/// The lab's end is the one that accepted, also where the server under test accepts a lab host's report.
final class TcpTally {
    enum End {
        CLIENT,
        LAB
    }

    private final WireLedger ledger;
    private final WireLedger.Pair pair;
    private final boolean[] known = new boolean[2];
    private final boolean[] up = new boolean[2];
    private final boolean[] halfClosing = new boolean[2];
    private final boolean[] closing = new boolean[2];
    private final boolean[] gone = new boolean[2];
    private boolean labPauses;
    private boolean labSawTheEnd;
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

    synchronized boolean reported(End end) {
        return known[end.ordinal()];
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

    /// The lab's end reads nothing for now, since an alarm in lab time has to ring first: what the client
    /// sends meanwhile stays where it is, and nobody waits for it.
    synchronized void labPauses(boolean pauses) {
        labPauses = pauses;
        count();
    }

    /// The lab's end has read all that the client will ever send, and stays open for a while.
    synchronized void labSawTheEnd() {
        labSawTheEnd = true;
        count();
    }

    /// This end will write no more, and reads on. In flight until the other end closes; then it is as if it
    /// had not been.
    synchronized void halfClosing(End end) {
        halfClosing[end.ordinal()] = true;
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
            return !(aware(End.CLIENT) && aware(End.LAB));
        }
        if (halfClosing[0] || halfClosing[1]) {
            return true;
        }
        int client = End.CLIENT.ordinal();
        int lab = End.LAB.ordinal();
        return !(up[client] && up[lab]) || (written[client] != read[lab] && !labPauses) || written[lab] != read[client];
    }

    /// Whether this end need not be waited for when the other has closed.
    private boolean aware(End end) {
        return gone[end.ordinal()] || (end == End.LAB && !closing[end.ordinal()] && (labSawTheEnd || labPauses));
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
