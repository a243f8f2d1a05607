/// Local mailboxes: how mail for an accepted domain gets into one.
///
/// Door in: [LocalDelivery]. May import: `queue`, `store`, `mail`. Never here: sockets, HTTP.
package dev.tarry.mailbox;
