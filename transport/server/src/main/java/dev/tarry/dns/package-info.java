/// Finds the hosts that take a domain's mail, as Exchange does (reference §4), and says in Exchange's words why it
/// could not (reference §3.2).
///
/// Doors in: [MxResolver] (asks), [MxAnswer] (what came out), [DnsFailureTable] (what an answer means for the
/// mail), [DnsRow] (what it is called wherever it is told), [DnsServers] (whom to ask), [DnsCache], [DnsJournal],
/// [QueryJournal] and [Inquirer] (to look into), [DnsProbe] (asks one server one thing), [DnsLogFormat] (its log).
///
/// What asks lives on one event loop and never blocks; every wait is in lab time. Nothing is believed but what
/// answers the question that was asked, from the server that was asked, under the id it was asked with; and only
/// NXDOMAIN, "no records" and a null MX are ever taken for permanent, of messages that are whole. Failures are not
/// cached; what does not exist is if a setting says so.
///
/// May import: `config`, `log`, `mail`, `time`, `routing`, dnsjava's messages and records, Netty. Never here: dnsjava's
/// resolvers, caches and sockets (they read the system's clock), queues.
package dev.tarry.dns;
