/// The world outside, simulated: DNS servers, remote mail hosts, the firewall, what goes wrong, and what was
/// received.
///
/// Doors in: [Lab] (open it, dial through it, break and mend it) and [Surroundings] (what it stands on). The lab is
/// a stranger to the product it tests: it may import the JDK, Netty, dnsjava, Jackson, SnakeYAML and SLF4J, and
/// nothing else of tarry's. Its rooms are `yaml` (plain values with their places), `fault` (the
/// grammar of what goes wrong), `net` (sockets, links, firewall, the
/// ledger of work in flight), `dns`, `tls` (the certificate authority), `mx` and `load`; they import each other in that
/// order and never this package.
///
/// Never here: a clock, a timer, a random source (they are given), HTTP (a skin over [Lab] elsewhere), code shared
/// with the server.
package dev.tarry.lab;
