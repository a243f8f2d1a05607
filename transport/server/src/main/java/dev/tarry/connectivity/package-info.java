/// The connectivity log: each attempt to reach a next hop, what DNS said, which hosts were dialled, how it ended
/// (reference §8.6).
///
/// Doors in: [ConnectivitySink] takes rows; [ConnectivityTrail] has the words, one trail for each attempt;
/// [ConnectivityFormat] is a line of the file.
///
/// May import: `log`, `dns`, `send`, `queue`, the JDK. Never here: sockets, who keeps the rows.
package dev.tarry.connectivity;
