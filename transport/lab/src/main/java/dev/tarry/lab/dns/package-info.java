/// The lab's DNS servers: zones, who serves them, how resolvers find them, forwarders, the journal of queries.
///
/// Doors in: [Zones] (what exists), [MasterFile] and [ZoneYaml] (zones as text), [NameServers] (all servers, and their
/// faults acted out), [JournaledQuery] and [QuerySearch]. May import `fault`, `net`, `yaml`, dnsjava's message and
/// record types and its reader of master files, Netty buffers and codecs. Never here: a cache, real time.
package dev.tarry.lab.dns;
