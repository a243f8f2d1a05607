/// The front door: the command line, and the constructors that put the house together, in reading order.
///
/// Door in: [Main]. Each subcommand is a class of its own and is registered there.
///
/// Here also stands what only somebody can do who knows server, lab and clock: waiting for a condition ([WaitRoutes],
/// [ClockRoutes]) and telling what happens as it happens ([EventFeed], one ring; [EventStream], one reader of it).
///
/// May import: everything. Never here: a decision about mail, a query, a queue.
package dev.tarry.app;
