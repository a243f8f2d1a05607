/// Time, chance, threads and wires, all of them given: nothing else in tarry asks the system for any of these.
///
/// There are two times. *Lab time* can be frozen, run at a rate and advanced: receipt, retry, expiry, TTLs,
/// DSNs, logs, and the time-outs of our own DNS queries and outgoing SMTP. *Wire time* is real when live:
/// inbound sessions, HTTP, leases.
///
/// Doors in: [World] (what everything else is given), [TimeLine] (a clock with its alarms), [Journey] (advancing it),
/// [Ledger] (what is still in flight), [Wires] (how to dial and to listen).
///
/// May import: the JDK, Netty's channel and buffer types (for [Wires] and loops). Never here: queues, mail, DNS.
/// Only [SystemSource] may touch the system's clock or random source; an architecture test holds that.
package dev.tarry.time;
