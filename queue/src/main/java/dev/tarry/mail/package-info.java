/// What a message is, in the words of RFC 5321 and RFC 3461: addresses, the reverse-path, recipients with their
/// DSN wishes, the envelope, replies.
///
/// Doors in: [EmailAddress], [ReversePath], [Recipient], [Envelope], [Reply]. All are immutable values that check
/// themselves when they are made: an address that exists is an address.
///
/// May import: the JDK. Never here: parsing of SMTP lines (`smtp`), storage, time.
package dev.tarry.mail;
