/// The lab's mail hosts: SMTP servers that take mail for the whole world outside, and keep it as it came.
///
/// Doors in: [MailHosts] (who is where, and the handler of one session), [ReceivedMail] (what they took). May
/// import `fault`, `net`, Netty, Jackson. Never here: code shared with the server under test, relaying, a retry.
package dev.tarry.lab.mx;
