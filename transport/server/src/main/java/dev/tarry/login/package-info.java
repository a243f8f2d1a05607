/// Who somebody is, and how that is proved: users, their hashed passwords and tokens, and the SASL
/// mechanisms (RFC 4422) in which clients of receive connectors speak of them (reference §6.3).
///
/// Doors in: [LoginDesk] opens a [Conversation] for a [Mechanism] and checks the [Claim] that may come of it. A
/// conversation is plain code: octets in, a [Turn] out; base64 and SMTP's codes are its caller's.
///
/// What a stranger learns is the same for a user who is not there, one who is disabled and a wrong
/// password, and so is the work that it takes. Nothing here is ever logged, and no `toString` tells a
/// secret.
///
/// May import: `mail`, `time`, `config` (for the form in which passwords are kept). Never here: sockets, SMTP.
package dev.tarry.login;
