/// Wires: listening sockets, where a dial leads, the firewall and the links on the way, and the ledger of
/// what is in flight.
///
/// Doors in: [Sockets] with [RealSockets] and [LocalSockets] ([LocalDatagrams] at a client's end), [Firewall],
/// [Links], [WireLedger], [Route]. May import the JDK, Netty, SLF4J and the room of faults. Never here: what is said on
/// the wire, time-outs.
package dev.tarry.lab.net;
