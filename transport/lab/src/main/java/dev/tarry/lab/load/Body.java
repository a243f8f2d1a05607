package dev.tarry.lab.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// Bodies of any length out of one pattern that all share: lines of printable ASCII, shorter than 78 characters (RFC
/// 5322 §2.1.1), now and then one that begins with a dot. They are as they go over the wire, dots doubled (RFC 5321
/// §4.5.2). Immutable, thread-safe: slices have indexes of their own.
final class Body {
    private static final int LINE_BYTES = 72;
    private static final int LINES = 910;
    private static final int BLOCK_BYTES = LINE_BYTES * LINES;
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789   ";

    /// Octets of the largest piece of a body on the wire.
    static final int PIECE_BYTES_MAX = BLOCK_BYTES + 1;

    /// On the wire: the lines, of which the last one alone begins with a dot, doubled.
    private final ByteBuf block;

    /// Does not use the seed of a run: what is between the lines of mail matters to nobody.
    Body() {
        var dice = new Dice(0, 0, Dice.Purpose.SIZE);
        var octets = Unpooled.directBuffer(PIECE_BYTES_MAX);
        for (int line = 0; line < LINES; line++) {
            if (line == LINES - 1) {
                octets.writeByte('.');
            }
            for (int i = 0; i < LINE_BYTES - 2; i++) {
                boolean dot = i == 0 && line == LINES - 1;
                // No blank at either end: some relays take those away.
                long letters =
                        i == 0 || i == LINE_BYTES - 3 ? LETTERS.stripTrailing().length() : LETTERS.length();
                octets.writeByte(dot ? '.' : LETTERS.charAt((int) dice.below(letters)));
            }
            octets.writeByte('\r').writeByte('\n');
        }
        block = Unpooled.unreleasableBuffer(octets.asReadOnly());
    }

    /// How many octets of the body the next piece is worth; the pieces of a body are asked for in order.
    ///
    /// @param left octets of the body that are not sent yet, at least 2: no line is shorter
    static int pieceBytes(long left) {
        if (left >= BLOCK_BYTES + LINE_BYTES) {
            return BLOCK_BYTES;
        }
        int lines = (int) (left / LINE_BYTES);
        int rest = (int) (left % LINE_BYTES);
        // One octet is no line: the last whole line gives way to one that is longer by it.
        int whole = Math.min(rest == 1 && lines > 0 ? lines - 1 : lines, LINES);
        return whole == 0 ? (int) left : whole * LINE_BYTES;
    }

    /// The octets of that piece, as they are sent.
    ByteBuf piece(int pieceBytes) {
        if (pieceBytes == BLOCK_BYTES) {
            return block.duplicate();
        }
        if (pieceBytes % LINE_BYTES == 0) {
            return block.slice(0, pieceBytes);
        }
        if (pieceBytes < LINE_BYTES) {
            return block.slice(LINE_BYTES - pieceBytes, pieceBytes);
        }
        var longer = Unpooled.buffer(pieceBytes);
        return longer.writeByte('z').writeBytes(block, 0, LINE_BYTES);
    }
}
