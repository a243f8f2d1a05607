package dev.tarry.queue;

import dev.tarry.store.MessageRecord;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// What is being processed right now, and how often the processing of which message has gone wrong (reference §9.3).
///
/// It stands in a small file that is mapped into memory: whoever begins with a message writes its mark into a slot, and
/// clears it when done. That costs some nanoseconds and no sync; it survives the death of the process, which is what it
/// is for, and not always that of the machine. What is found in a slot at the next start was in hand when the process
/// died, and is under suspicion.
///
/// A message is known by its Message-ID and sender, not by its number: one that takes the process down before it is
/// accepted comes again from its client, under another number. Thread-safe.
public final class InHand {
    private static final long MAGIC = 0x7461_7272_7948_0001L;
    private static final int SLOTS = 64;

    /// Messages that can be under suspicion at once; of more, the first are forgotten.
    static final int MAX_SUSPECTS = 128;

    private static final int SUSPECTS_AT = Long.BYTES * (1 + SLOTS);
    private static final int FILE_BYTES = SUSPECTS_AT + 2 * Long.BYTES * MAX_SUSPECTS;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;
    private final AtomicIntegerArray taken = new AtomicIntegerArray(SLOTS);
    private final Map<Long, Integer> counts = new LinkedHashMap<>();
    private volatile boolean suspicious;

    private InHand(ByteBuffer memory) {
        this.memory = memory.order(ByteOrder.nativeOrder());
        if ((long) LONGS.getVolatile(this.memory, 0) == MAGIC) {
            takeUp();
        } else {
            for (int at = Long.BYTES; at < FILE_BYTES; at += Long.BYTES) {
                LONGS.setOpaque(this.memory, at, 0L);
            }
            LONGS.setVolatile(this.memory, 0, MAGIC);
        }
    }

    /// Where nothing outlives the process: counts what throws, and no more.
    public static InHand inMemory() {
        return new InHand(ByteBuffer.allocateDirect(FILE_BYTES));
    }

    /// @param file is made if there is none; one that makes no sense is begun anew
    public static InHand open(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new InHand(channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES));
        }
    }

    /// What tells messages apart here; never 0.
    static long mark(MessageRecord message) {
        long hash = 0xcbf2_9ce4_8422_2325L; // FNV-1a
        String text = message.internetMessageId() + message.sender();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100_0000_01b3L;
        }
        return hash == 0 ? 1 : hash;
    }

    private synchronized void takeUp() {
        for (int i = 0; i < MAX_SUSPECTS; i++) {
            long mark = (long) LONGS.getOpaque(memory, SUSPECTS_AT + 2 * Long.BYTES * i);
            long count = (long) LONGS.getOpaque(memory, SUSPECTS_AT + 2 * Long.BYTES * i + Long.BYTES);
            if (mark != 0 && count > 0) {
                counts.put(mark, (int) Math.min(count, Integer.MAX_VALUE / 2));
            }
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            long mark = (long) LONGS.getOpaque(memory, at(slot));
            if (mark != 0) {
                add(mark);
                LONGS.setOpaque(memory, at(slot), 0L);
            }
        }
        suspicious = !counts.isEmpty();
    }

    private static int at(int slot) {
        return Long.BYTES * (1 + slot);
    }

    /// Begins with a message.
    ///
    /// @return what [#end] wants; negative if there is no slot left, which [#end] understands
    int begin(long mark) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (taken.getPlain(slot) == 0 && taken.compareAndSet(slot, 0, 1)) {
                LONGS.setOpaque(memory, at(slot), mark);
                return slot;
            }
        }
        return -1;
    }

    void end(int slot) {
        if (slot >= 0) {
            LONGS.setOpaque(memory, at(slot), 0L);
            taken.set(slot, 0);
        }
    }

    /// Whether anything is under suspicion: mostly not, and then nobody need look further.
    boolean suspicious() {
        return suspicious;
    }

    synchronized int count(long mark) {
        return counts.getOrDefault(mark, 0);
    }

    /// Its processing has gone wrong.
    ///
    /// @return how often by now
    synchronized int add(long mark) {
        int count = counts.getOrDefault(mark, 0) + 1;
        counts.remove(mark); // to the end
        if (counts.size() == MAX_SUSPECTS) {
            counts.remove(counts.keySet().iterator().next());
        }
        counts.put(mark, count);
        keep();
        return count;
    }

    /// It is under suspicion no more.
    synchronized void forget(long mark) {
        if (counts.remove(mark) != null) {
            keep();
        }
    }

    private void keep() {
        suspicious = !counts.isEmpty();
        int at = SUSPECTS_AT;
        for (Map.Entry<Long, Integer> suspect : counts.entrySet()) {
            LONGS.setOpaque(memory, at + Long.BYTES, (long) suspect.getValue());
            LONGS.setOpaque(memory, at, suspect.getKey());
            at += 2 * Long.BYTES;
        }
        if (at < FILE_BYTES) {
            LONGS.setOpaque(memory, at, 0L); // what was behind it
        }
        for (int rest = at; rest < FILE_BYTES; rest += 2 * Long.BYTES) {
            LONGS.setOpaque(memory, rest, 0L);
        }
    }
}
