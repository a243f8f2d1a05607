package dev.tarry.admin.http;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/// A body as it comes in, in blocks that are paid for from the budget before they are there: what is announced takes
/// nothing, and what has come little more than it is long. Used by one thread at a time.
final class GatheredBody {
    private static final int FIRST_BLOCK = 512;
    private static final int LARGEST_BLOCK = 256 * 1024;

    private final BodyBudget budget;
    private final List<byte[]> blocks = new ArrayList<>();
    private int size;
    /// bytes free in the last block
    private int room;
    private long paid;

    GatheredBody(BodyBudget budget) {
        this.budget = budget;
    }

    /// Takes all that can be read.
    ///
    /// @return whether there was room for it
    boolean add(ByteBuf octets) {
        while (octets.isReadable()) {
            if (room == 0 && !grow()) {
                return false;
            }
            byte[] block = blocks.getLast();
            int now = Math.min(room, octets.readableBytes());
            octets.readBytes(block, block.length - room, now);
            room -= now;
            size += now;
        }
        return true;
    }

    /// Blocks grow with the body, so that a small one is cheap and a large one has few.
    private boolean grow() {
        int more = Math.clamp(size, FIRST_BLOCK, LARGEST_BLOCK);
        if (!budget.take(more)) {
            return false;
        }
        paid += more;
        blocks.add(new byte[more]);
        room = more;
        return true;
    }

    /// Bytes so far.
    int size() {
        return size;
    }

    /// The body; its blocks are gone then, and paid for until it is released.
    byte[] whole() {
        byte[] whole = new byte[size];
        int at = 0;
        for (byte[] block : blocks) {
            int length = Math.min(block.length, size - at);
            System.arraycopy(block, 0, whole, at, length);
            at += length;
        }
        blocks.clear();
        room = 0;
        return whole;
    }

    /// Nobody needs it any more. Doing so twice does no harm.
    void release() {
        budget.give(paid);
        paid = 0;
        blocks.clear();
        room = 0;
    }
}
