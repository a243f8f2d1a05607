package dev.tarry.store;

import java.util.List;

/// Changes that become visible and durable together or not at all.
///
/// @param shard which shard's
/// @param epoch the epoch [MessageStore#open] gave for it; an older one than the store knows is fenced
/// @param durable whether it must be synced before commit returns; false for chunks, and for what a loss of power (not
/// a kill) may undo
/// @param writes in order; a later write to the same key wins
public record Batch(int shard, long epoch, boolean durable, List<Write> writes) {}
