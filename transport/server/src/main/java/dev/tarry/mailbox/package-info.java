/// Local mailboxes: how mail for an accepted domain gets into one, and how it is read there.
///
/// Doors in: [LocalDelivery], [Mailboxes], [MailReader]. May import: `queue`, `store`, `mail`, mime4j. Never here:
/// sockets, HTTP.
package dev.tarry.mailbox;
