/// What goes wrong: one grammar, *where × whom × what × when*, for DNS, connections and SMTP.
///
/// Doors in: [Fault] (one thing that goes wrong), [Faults] (all that are set, in order, with counters),
/// [FaultGrammar] (the plain words of the API and of the file). May import the JDK only. Never here: sockets,
/// packets, clocks; who meets a fault acts it out.
package dev.tarry.lab.fault;
