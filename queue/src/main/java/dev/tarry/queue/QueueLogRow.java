package dev.tarry.queue;

import java.time.Instant;

/// A queue as it was when a snapshot of the queues was made (reference §8.1): what Get-QueueDigest goes by.
///
/// @param time   of the snapshot, in lab time, the same for all of its rows
/// @param server the computer name
public record QueueLogRow(Instant time, String server, QueueView queue) {}
