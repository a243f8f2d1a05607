/// Local mailboxes: how mail for an accepted domain gets into one, and how it is read there.
///
/// Doors in: [LocalDelivery], [Mailboxes]. May import: `queue`, `store`, `mail`. Never here: sockets, HTTP.
package dev.tarry.mailbox;
