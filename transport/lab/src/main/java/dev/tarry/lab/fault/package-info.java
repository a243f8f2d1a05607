/// What goes wrong: one grammar, *where × whom × what × when*, for DNS,
/// connections, links, SMTP, TLS and the store.
///
/// Doors in: [Fault] (one thing that goes wrong), [Faults] (all that are set, in order, with counters),
/// [FaultGrammar] (the plain words of the API and of the file, and the table of all that can be said), [FaultLine]
/// (the same as one line of text), [FaultSheet] (many of them). May import `yaml` and the JDK. Never here: sockets,
/// packets, clocks; who meets a fault acts it out.
package dev.tarry.lab.fault;
