/// The message tracking log: what happened to each message, in Exchange's file format (reference §8).
///
/// Doors in: [TrackingEvent].
///
/// May import: `mail`, `time`, the JDK. Never here: queues, storage of mail.
package dev.tarry.tracking;
