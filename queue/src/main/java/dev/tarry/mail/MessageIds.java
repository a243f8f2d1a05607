package dev.tarry.mail;

/// How a message's integer (InternalId, reference §1.4) is built: the shard that made it above, a counter
/// below, so that no process-wide counter is needed and every number is unique across shards.
///
/// With the first shard, numbers begin at 1,099,511,627,776: as large as real ones are.
public final class MessageIds {
    /// Bits of the counter.
    private static final int COUNTER_BITS = 40;

    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;

    private MessageIds() {}

    /// @param shard 1 to 8,388,607 @param counter 0 to 2^40 - 1
    public static long of(int shard, long counter) {
        if (shard < 1 || shard > 0x7fffff || counter < 0 || counter > COUNTER_MASK) {
            throw new IllegalArgumentException("no message id for shard " + shard + ", counter " + counter);
        }
        return ((long) shard << COUNTER_BITS) | counter;
    }

    public static int shard(long id) {
        return (int) (id >>> COUNTER_BITS);
    }

    public static long counter(long id) {
        return id & COUNTER_MASK;
    }
}
