package dev.tarry.smtp;

/// Follows a [Command.Bdat] and the octets of its chunk, which come as [MailData.Chunk]: so many octets
/// have come as the command said, and the next thing is a command again. Whoever refuses the command
/// still hears of the octets and of their end (RFC 3030 §4.2: they are accepted and discarded).
public enum EndOfChunk {
    REACHED
}
