/// Makes the attempts that the queues ask for: finds the hosts of a next hop, hands over what waits for it, and
/// brings back what became of each recipient.
///
/// Door in: [DeliveryEngine]. May import: `queue`, `routing`, `dns`, `send`, `mailbox`, `store`, `mail`,
/// `eventlog`, `time`. Never here: retry intervals, wire formats: the queues know the former,
/// `dns` and `send` the latter.
package dev.tarry.delivery;
