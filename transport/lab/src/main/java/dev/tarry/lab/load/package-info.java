/// Load: many SMTP sessions that send made-up mail as told, and tell how it went.
///
/// Doors in: [LoadPlan] (what is to be sent and how), [LoadRun] (does it), [LoadReport] (how it went),
/// [LoadText] (the report for people). Time, alarms and loops are given, as everywhere in the lab, but here they are
/// meant to be real ones: what is measured is the machine's time. May import `lab` itself, Netty, HdrHistogram. Never
/// here: code shared with the server under test, retries, terminals.
package dev.tarry.lab.load;
