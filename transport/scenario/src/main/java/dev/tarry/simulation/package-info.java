/// Where server and lab meet: the wires that lead the one to the other, and the whole house on one thread under
/// a given clock, so that a seed gives a transcript, equal to the byte each time.
///
/// Doors in: [Simulation] (the whole house), [LabWires] and [Carrier] (the wires, also those of the live lab world),
/// [StoreWeather] (the lab's weather over the server's disk, there too).
///
/// May import: everything of the server and of the lab. Never here: HTTP, the command line, the system's clock.
package dev.tarry.simulation;
