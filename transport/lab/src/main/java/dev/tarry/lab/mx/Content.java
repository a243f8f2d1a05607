package dev.tarry.lab.mx;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;

/// The content of one message on its way in, by DATA or by BDAT; it watches for the faults that strike in
/// the middle. Used on one loop.
final class Content {
    private final HostSession session;
    private final Receipt receipt;
    private final List<Long> strikes;
    private final DataReader data = new DataReader();

    private int nextStrike;
    private long octets;
    private boolean over;
    private Optional<Turn> struck = Optional.empty();

    Content(HostSession session, Receipt receipt) {
        this.session = session;
        this.receipt = receipt;
        this.strikes = session.contentStrikes();
    }

    /// Reads as far as it can, up to the final dot.
    ///
    /// @return whether that has been read
    boolean readData(ByteBuf from) {
        return data.read(from, this::add);
    }

    /// Reads so many octets.
    void readChunk(ByteBuf from, int length) {
        add(from, length);
    }

    private void add(ByteBuf from, int length) {
        octets += length;
        while (nextStrike < strikes.size() && strikes.get(nextStrike) <= octets) {
            long at = strikes.get(nextStrike++);
            if (struck.isEmpty()) {
                struck = session.content(at);
            }
        }
        if (octets > session.messageOctets() || session.contentRefused()) {
            abandon();
        }
        if (over) {
            from.skipBytes(length);
        } else {
            receipt.add(from, length);
        }
    }

    /// What a fault made of it, once.
    Optional<Turn> struck() {
        var once = struck;
        struck = Optional.empty();
        return once;
    }

    /// So far, dot-stuffing undone.
    long octets() {
        return octets;
    }

    /// Whether more would pile up in memory; `room` is called on the loop, once, when that is over.
    boolean full(Runnable room) {
        return !over && receipt.full(room);
    }

    /// Gives it to whoever keeps it, or looks at its beginning; then it must not be abandoned.
    Receipt handOver() {
        over = true;
        return receipt;
    }

    /// Lets go of it; twice does nothing.
    void abandon() {
        if (!over) {
            over = true;
            receipt.abandon();
        }
    }
}
