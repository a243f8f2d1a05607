package dev.tarry.receive;

import dev.tarry.mail.Reply;
import dev.tarry.smtp.BareLineEnds;
import dev.tarry.smtp.ChunkLines;
import dev.tarry.smtp.Command;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// One message that comes by BDAT (RFC 3030): chunk after chunk into its [MessageIntake]. Its lines are
/// held to the connector's rule, unless it is BINARYMIME: then octets in are octets out. On the channel's
/// loop.
final class ChunkedMail {
    private final MessageIntake intake;
    private final Optional<ChunkLines> lines;
    private Command.Bdat chunk;

    /// @param binary whether it is BINARYMIME
    ChunkedMail(MessageIntake intake, BareLineEnds policy, boolean binary) {
        this.intake = intake;
        this.lines = binary ? Optional.empty() : Optional.of(new ChunkLines(policy));
    }

    /// Its next chunk begins. One that is too large is refused now, and what comes of it is dropped.
    void begin(Command.Bdat next) {
        chunk = next;
        intake.announce(next.bytes());
    }

    /// Takes octets of the chunk over.
    void add(ByteBuf octets) {
        pass(lines.isPresent() ? lines.get().pass(octets) : octets);
    }

    /// All octets of the chunk have come.
    ///
    /// @return what is answered if the message goes on; empty if it is over: whole, or refused
    Optional<Reply> endOfChunk() {
        if (chunk.last()) {
            lines.map(ChunkLines::end).ifPresent(this::pass);
        }
        return chunk.last() || brokenLines() || intake.refusal().isPresent()
                ? Optional.empty()
                : Optional.of(Replies.chunkReceived(chunk.bytes()));
    }

    /// Whether the rule about line ends is broken.
    boolean brokenLines() {
        return lines.filter(ChunkLines::broken).isPresent();
    }

    private void pass(ByteBuf octets) {
        if (octets.isReadable()) {
            intake.add(octets);
        } else {
            octets.release();
        }
    }
}
