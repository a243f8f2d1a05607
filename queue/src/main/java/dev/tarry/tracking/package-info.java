/// The message tracking log: what happened to each message, in Exchange's file format (reference §8).
///
/// Doors in: [TrackingSink] takes [TrackingEvent]s, [TrackingLog] also gives them back; [FileTrackingLog] keeps them
/// as Exchange's files, [MemoryTrackingLog] in memory, for simulations. [TrackingSearch] finds by [TrackingQuery]
/// what Get-MessageTrackingLog would; [PropertyView] shows an event as that cmdlet does. [TrackingFormat] is a line
/// of the file, both ways. How millions of rows are searched quickly: see [FileTrackingLog].
///
/// May import: `log`, `mail`, `time`, the JDK, the logging API. Never here: queues, storage of mail.
package dev.tarry.tracking;
