package dev.tarry.store;

/// What a shard must remember even when all its records are gone: every id that was ever stored is below its
/// mark.
///
/// Marks run ahead of the ids in use by a block, and move in the same batch that first uses an id beyond them, so
/// no crash can bring back an old mark without taking the id away too. Closing in peace sets them to what is in
/// use.
///
/// @param epoch    the shard's current epoch; 0 if it was never opened
/// @param messages a message counter
/// @param contents a content id
/// @param queues   a queue id; exact, since people see these
record Marks(long epoch, long messages, long contents, int queues) {
    /// Ids taken ahead at once.
    static final int BLOCK_IDS = 10_000;

    static Marks ofNewShard(int shard) {
        return new Marks(0, 1, Keys.firstId(shard) + 1, MessageStore.FIRST_DYNAMIC_QUEUE);
    }

    Marks withEpoch(long newEpoch) {
        return new Marks(newEpoch, messages, contents, queues);
    }
}
