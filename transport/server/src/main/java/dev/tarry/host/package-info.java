/// The machine that the server runs on, as whoever sits before it finds it: Windows' DNS client with its cache, ports
/// that can be tried, a mail program that submits (reference §12.2, §12.3). It is another program than the transport
/// service: it has a cache of its own, and asks the network adapter's servers.
///
/// Doors in: [NameClient] (asks names as the machine does), [NameCache] (what it remembers), [PortProbe] (tries a port
/// or an address), [MailProgram] (hands one message in), and [Ground], which whoever wires the house implements: what
/// the machine has besides its wires.
///
/// What dials lives on io loops and never blocks; every wait is in lab time, so that a fault costs no real time, and
/// goes through the server's wires: the lab's firewall and faults hold for it, or the egress list.
///
/// May import: `config`, `mail`, `time`, `smtp`, `dns` (its [dev.tarry.dns.DnsProbe]), `tls`, dnsjava's records, Netty.
/// Never here: queues, the lab, HTTP.
package dev.tarry.host;
