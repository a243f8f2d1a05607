package dev.tarry.delivery;

import dev.tarry.mail.Envelope;
import dev.tarry.queue.Leased;
import dev.tarry.queue.Queues;
import dev.tarry.queue.StoreDoor;
import dev.tarry.send.OutgoingMessage;
import dev.tarry.store.MessageRecord;
import dev.tarry.store.StoreException;
import dev.tarry.time.Loop;
import dev.tarry.time.World;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/// A leased copy as the sender sees it; its octets are read from the store when they are asked
/// for, off every loop; those of a small message have come with the lease.
///
/// @param leased     what it is
/// @param header     what becomes of its header
/// @param unreadable told, on a reader, that its octets cannot be had
record OutgoingCopy(
        World world,
        Queues queues,
        StoreDoor store,
        Leased leased,
        OutgoingHeader header,
        BiConsumer<Leased, Throwable> unreadable)
        implements OutgoingMessage {
    @Override
    public Envelope envelope() {
        MessageRecord message = leased.message();
        return new Envelope(
                message.sender(),
                message.body(),
                message.smtpUtf8(),
                message.ret(),
                message.envelopeId(),
                leased.copy().recipients().stream().map(r -> r.recipient()).toList());
    }

    @Override
    public String identity() {
        MessageRecord message = leased.message();
        return "with RecordId " + message.id() + " and InternetMessageId " + message.internetMessageId();
    }

    /// Before its header has been read, with the fields that will be taken out of it: as good as SIZE needs it
    /// (RFC 1870 §4).
    @Override
    public long bytes() {
        return leased.message().content().bytes() - header.dropped();
    }

    @Override
    public int chunks() {
        return leased.message().content().chunks();
    }

    @Override
    public void readChunk(int chunk, Loop loop, BiConsumer<ByteBuf, Throwable> done) {
        if (chunk == 0 && leased.body().isPresent() && loop.inLoop()) {
            queues.processing(
                    leased,
                    () -> done.accept(header.pass(chunk, outgoing(leased.body().get())), null));
            return;
        }
        world.loops().readers().execute(() -> {
            ByteBuffer octets;
            try {
                octets = store.store().chunk(leased.message().content(), chunk);
            } catch (StoreException | RuntimeException e) {
                unreadable.accept(leased, e); // heard before the connection that it ends is
                loop.execute(() -> done.accept(null, e));
                return;
            }
            loop.execute(() ->
                    queues.processing(leased, () -> done.accept(header.pass(chunk, outgoing(octets)), null)));
        });
    }

    /// In memory that a socket can send from: it would have to be copied there anyway, and what looks through it on
    /// the way reads it far quicker than a read-only view.
    private static ByteBuf outgoing(ByteBuffer octets) {
        return ByteBufAllocator.DEFAULT.directBuffer(octets.remaining()).writeBytes(octets);
    }
}
