/// The front door: the command line, and the constructors that put the house together, in reading order.
///
/// Door in: [Main]. Each subcommand is a class of its own and is registered there.
///
/// May import: everything. Never here: a decision about mail, a query, a queue.
package dev.tarry.app;
