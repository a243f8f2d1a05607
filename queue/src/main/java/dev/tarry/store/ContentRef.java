package dev.tarry.store;

/// Where a message's octets are: chunks `0 … chunks-1` of a content id. Content has owners (a message record,
/// mailbox items) and is removed by an explicit [Write.DropContent] when the last is gone.
///
/// @param id     grows within a shard; never used again
/// @param chunks at least 1
/// @param bytes  the sum of all chunks
public record ContentRef(long id, int chunks, long bytes) {}
