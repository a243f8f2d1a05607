/// The whole server in a process of its own, over real sockets, as a stranger meets it: SMTP by hand and by Angus Mail,
/// the APIs by HTTP, other people's DNS servers and sinks. Nothing here reaches into the server; [TarryProcess] starts
/// it, [SharedServer] lends one to all stories that need none of their own.
package dev.tarry.e2e;
