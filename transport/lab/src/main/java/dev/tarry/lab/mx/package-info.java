/// The lab's mail hosts: SMTP servers that take mail for the whole world outside, and keep it as it came.
///
/// Doors in: [MailHosts] (who is where, and the handler of one session), [MailHost] and [HostGrammar] (how one
/// behaves, as values and in words), [ReceivedMail] (what they took), [JournaledSession] (what was said).
/// A session is plain code ([HostSession] takes lines and gives turns; [Strike] makes of a turn what a
/// fault wants); its skin is [SmtpHost]. [BounceReports] is the only thing here that dials.
///
/// May import `fault`, `net`, `tls`, Netty, Jackson. Never here: code shared with the server under test,
/// relaying, retries but those of reports.
package dev.tarry.lab.mx;
