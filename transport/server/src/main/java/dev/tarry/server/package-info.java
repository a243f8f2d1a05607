/// The server put together: what the operator wrote becomes what each room is told ([Plan]), and the rooms are
/// built in the order in which a message passes them ([TransportServer]).
///
/// May import: every room of this module. Never here: HTTP, the lab, the command line.
package dev.tarry.server;
