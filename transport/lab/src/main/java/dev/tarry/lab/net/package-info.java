/// Wires: listening sockets, where a dial leads, the firewall on the way, and the ledger of what is in flight.
///
/// Doors in: [Sockets] with [RealSockets] and [LocalSockets] ([LocalDatagrams] at a client's end), [Firewall],
/// [WireLedger], [Route]. May import the JDK, Netty and SLF4J. Never here: what is said on the wire, clocks,
/// time-outs.
package dev.tarry.lab.net;
