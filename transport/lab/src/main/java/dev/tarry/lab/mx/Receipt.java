package dev.tarry.lab.mx;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Consumer;

/// One message on its way in. Used on one loop; ends with `keep` or `abandon`.
interface Receipt {
    /// Takes `length` octets from the buffer.
    void add(ByteBuf octets, int length);

    /// Whether more would pile up in memory; `room` is called on the loop, once, when that is over.
    boolean full(Runnable room);

    long sizeBytes();

    /// Keeps it, and tells on the loop, perhaps before this returns, under which id; empty: it could not be kept.
    void keep(Envelope envelope, Consumer<Optional<String>> kept);

    /// The first octets of what came, at most so many; on the loop, before `keep` or `abandon`.
    byte[] beginning(int most);

    void abandon();
}
