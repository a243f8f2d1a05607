package dev.tarry.receive;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.util.function.BooleanSupplier;

/// How much of one client is looked at in one turn of its loop: whoever sends more waits until the others have had
/// their turn. A hundred clients that pipeline without end so cost an honest one some milliseconds a command. Behind
/// TLS it is a record at least, which has 16 KB at most. One per channel, on its loop.
final class Turns extends DefaultMaxMessagesRecvByteBufAllocator {
    /// Any ordinary command fits (RFC 5321 §4.5.3.1.4); a longer one takes several turns.
    private static final int COMMAND_BYTES = 512;
    /// Most messages come whole in one.
    private static final int DATA_BYTES = 16_384;

    private final BooleanSupplier inData;

    /// @param inData whether what comes next is data
    Turns(BooleanSupplier inData) {
        super(1);
        this.inData = inData;
    }

    @Override
    @SuppressWarnings("deprecation") // what Netty asks for
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return inData.getAsBoolean() ? DATA_BYTES : COMMAND_BYTES;
            }
        };
    }
}
