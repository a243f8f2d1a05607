/// Load: many SMTP sessions that send made-up mail as told, and tell how it went; and a sink that takes it.
///
/// Doors in: [LoadPlan] (what is to be sent and how), [LoadRun] (does it), [LoadReport] (how it went), [LoadText]
/// (the same for people), [MailSink]. Time, alarms and loops are given, as everywhere in the lab, but here they are
/// meant to be the machine's own: that is what is measured. May import the lab's `mx`, `net` and `fault`, Netty,
/// HdrHistogram. Never here: code shared with the server under test, retries, terminals.
package dev.tarry.lab.load;
