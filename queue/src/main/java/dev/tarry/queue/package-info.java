/// The queues: Submission, the delivery queues by next hop, Unreachable; when mail may leave them, when it is
/// tried again, when it expires; and the one committer through which every change goes to disk.
///
/// Doors in: [Submission] (mail comes in), [Administration] (what is done to queues and messages). All queue state
/// lives on one thread, the queue loop; what crosses threads is immutable.
///
/// May import: `mail`, `time`, `log`, `tracking`, `eventlog`, `store`, `dsn`, `config`. Never here: sockets, DNS,
/// HTTP; this room never calls transport, it only rings a doorbell that carries nothing.
package dev.tarry.queue;
