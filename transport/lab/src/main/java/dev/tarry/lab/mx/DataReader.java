package dev.tarry.lab.mx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// Takes the content of a message from the stream: undoes dot-stuffing and finds the end (RFC 5321 §4.5.2). Only
/// CRLF counts as the end of a line, and only a dot alone on such a line ends the data; every other octet, bare CR
/// and LF included, is content.
final class DataReader {
    /// Where content goes.
    interface Sink {
        /// Takes `length` octets from the buffer.
        void add(ByteBuf octets, int length);
    }

    private static final ByteBuf CR = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[] {'\r'}));

    private enum At {
        /// behind CRLF, or at the very beginning
        LINE_START,
        TEXT,
        /// behind a CR, which is content already
        CR,
        /// behind a dot that began a line: held back
        DOT,
        /// behind a dot that began a line, and a CR: both held back
        DOT_CR
    }

    private At at = At.LINE_START;

    /// Reads as far as it can.
    ///
    /// @return whether the end of the data has been read; what follows in the buffer is no content
    boolean read(ByteBuf from, Sink to) {
        while (from.isReadable()) {
            if (at == At.TEXT) {
                int text = from.bytesBefore((byte) '\r');
                to.add(from, text < 0 ? from.readableBytes() : text);
                if (text < 0) {
                    return false;
                }
            }
            byte octet = from.getByte(from.readerIndex());
            switch (at) {
                case LINE_START -> {
                    if (octet == '.') {
                        from.skipBytes(1);
                        at = At.DOT;
                    } else {
                        content(octet, from, to);
                    }
                }
                case TEXT, CR -> content(octet, from, to);
                case DOT -> {
                    if (octet == '\r') {
                        from.skipBytes(1);
                        at = At.DOT_CR;
                    } else {
                        // The dot was stuffing.
                        at = At.TEXT;
                        content(octet, from, to);
                    }
                }
                case DOT_CR -> {
                    if (octet == '\n') {
                        from.skipBytes(1);
                        return true;
                    }
                    to.add(CR.duplicate(), 1);
                    at = At.CR;
                    content(octet, from, to);
                }
            }
        }
        return false;
    }

    private void content(byte octet, ByteBuf from, Sink to) {
        to.add(from, 1);
        at = switch (octet) {
            case '\r' -> At.CR;
            case '\n' -> at == At.CR ? At.LINE_START : At.TEXT;
            default -> At.TEXT;
        };
    }
}
