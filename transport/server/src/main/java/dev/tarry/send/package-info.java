/// Hands mail to the next hop over SMTP (RFC 5321, 1870, 2920, 3030, 3207, 3461, 4954, 6152, 6531; reference §4.4 and
/// §3.3).
///
/// Doors in: [NextHopSender] (makes one attempt: all hosts in order until one takes mail, then message after
/// message), fed by an [OutgoingSource] and told to a [SendListener]. [SendSession] is the conversation itself, as
/// plain code: replies in, steps out; [Opening] is its beginning, over TLS and the log-in, [MailTransaction] the part
/// that is about one message. [Fitting] alters what a host could not take. [HostHealth] remembers hosts that could not
/// be used. [ConnectionFailureTable] has Exchange's words for what goes wrong below SMTP.
///
/// A remote host's reply is kept verbatim and decides for exactly what it was given for: a recipient, a message,
/// the host. What is not understood is temporary. Everything here lives on the io loop of its connection;
/// time-outs are in lab time, the handshake's also in wire time.
///
/// May import: `config`, `mail`, `time`, `smtp`, `dns` (its [dev.tarry.dns.MxHost]), `routing`, `tls`, Netty. Never
/// here: queues, storage.
package dev.tarry.send;
