/// The lab's DNS servers: zones, who serves them, how resolvers find them, forwarders, the journal of queries.
///
/// Doors in: [Zones] (what exists), [NameServers] (all servers, and their faults acted out), [JournaledQuery]. May
/// import `fault`, `net`, dnsjava's message and record types, Netty buffers and codecs. Never here: a resolver, a
/// cache, real time.
package dev.tarry.lab.dns;
