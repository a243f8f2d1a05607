/// How mail comes in: receive connectors and the SMTP dialogue, in Exchange's words (reference §6).
///
/// Doors in: [Listeners] opens [ReceiveConnector]s where their [Doors] say, each an [SmtpListener] with what its
/// sessions share, a [Reception], and lets them come and go;
/// [HeaderScan] reads any message's header. [ReceiveSession] decides what is answered, its [MailTransactions] from
/// MAIL on, in plain code; [SessionHandler] carries it to the channel, and begins TLS there with what a [TlsSource]
/// gives.
///
/// May import: `config` (ranges of addresses), `smtp`, `login`, `mail`, `queue` (its front door,
/// [dev.tarry.queue.Submission]), `eventlog`, `time`. Never here: where a message goes next, disks, how octets become
/// commands.
package dev.tarry.receive;
