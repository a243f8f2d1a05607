package dev.tarry.lab.mx;

/// What the lab's hosts take and keep at most.
///
/// @param messagesKept received messages remembered; past it the oldest are let go
/// @param octetsKept octets of content kept; past it the oldest messages are let go, but never the newest one
/// @param messageOctets the largest message taken
/// @param recipients recipients taken in one transaction
public record MailBounds(int messagesKept, long octetsKept, long messageOctets, int recipients) {}
