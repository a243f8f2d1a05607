/// The event log: what an administrator of Exchange looks for in Windows' application log, under the source
/// MSExchangeTransport, with Exchange's ids where they are known (reference §10.3, §9.2). `EVENTS.md` lists them and
/// says which are sure and which are tarry's own; it is written from [EventKind].
///
/// Doors in: [EventSink] takes an [Event], which [Events] has the words for; [FileEventLog] keeps them in the data
/// folder, thins out what repeats, and gives them back by [EventQuery].
///
/// May import: `time`, `log`, the JDK, the logging API. Never here: queues, sockets.
package dev.tarry.eventlog;
