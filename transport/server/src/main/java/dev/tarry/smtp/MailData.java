package dev.tarry.smtp;

import io.netty.buffer.ByteBuf;

/// What stands between the 354 and the end of data, in either direction, without dot-stuffing: chunks, then
/// an end. The octets of a chunk of BDAT come as chunks too, then an [EndOfChunk].
public sealed interface MailData {
    /// Octets of the message; whoever gets it owns the buffer. Never empty when it comes from a
    /// [CommandDecoder].
    record Chunk(ByteBuf octets) implements MailData {}

    /// CRLF.CRLF.
    ///
    /// @param bareLineEnds whether a CR, LF or NUL stood where none may (only ever said of received data, and
    /// only where [BareLineEnds#REJECT] is in force)
    record End(boolean bareLineEnds) implements MailData {
        public static final End CLEAN = new End(false);
    }
}
