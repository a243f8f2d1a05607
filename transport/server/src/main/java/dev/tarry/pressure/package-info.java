/// Back pressure (reference §9): which resources run short, how short they are, and what is done about it. At medium
/// clients are made to wait for the answer to MAIL, at high new mail is refused, until there is enough again.
///
/// Doors in: whoever looks at a resource tells [BackPressure], which says at any time what clients are told.
/// [PressureMarks] and [DiskMarks] are where a level begins and ends.
///
/// May import: `mail`, `eventlog`. Never here: how a resource is looked at, sockets, queues.
package dev.tarry.pressure;
