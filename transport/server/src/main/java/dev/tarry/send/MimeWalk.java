package dev.tarry.send;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/// Goes through a message as its octets come and tells what belongs to which entity (RFC 2045, 2046). Everything is
/// told once and in order: put together it is the message. Holds one header, or the beginning of a line. Not
/// thread-safe.
abstract class MimeWalk {
    /// A header beyond this, entities within entities beyond that, or more entities: nobody looks into it.
    static final int MAX_HEAD_BYTES = 256 * 1024;

    static final int MAX_DEPTH = 50;
    static final int MAX_PARTS = 10_000;

    /// Longer than a line that a boundary can be (RFC 2046 §5.1.1).
    private static final int MAX_LINE_HELD = 1_024;

    /// It is too large or too deep to be looked into.
    static final class TooIntricate extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooIntricate(String message) {
            super(message);
        }
    }

    private enum In {
        HEAD,
        LEAF,
        /// before, between and behind parts
        FRAME
    }

    private static final byte[] NONE = {};

    private final Deque<MimePart> containers = new ArrayDeque<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private ByteArrayOutputStream head = new ByteArrayOutputStream();
    private In in = In.HEAD;
    private MimePart leaf;
    private byte[] heldLineEnd = NONE;
    private boolean lineStart = true;
    private int parts;

    /// A header.
    ///
    /// @param octets with the empty line behind it, if there is one
    abstract void head(MimePart part, byte[] octets);

    /// Octets of an entity that consists of no others.
    abstract void content(MimePart part, byte[] octets, int length);

    /// It is over.
    abstract void contentEnd(MimePart part);

    /// What belongs to no entity: boundaries, and what stands before the first and behind the last.
    abstract void frame(byte[] octets);

    /// @throws TooIntricate beyond the bounds
    final void feed(ByteBuf octets) {
        octets.forEachByte(octet -> {
            line.write(octet);
            if (octet == '\n' || (in != In.HEAD && line.size() == MAX_LINE_HELD)) {
                line(octet == '\n');
            } else if (line.size() > MAX_HEAD_BYTES) {
                throw new TooIntricate("a header of more than " + MAX_HEAD_BYTES + " octets");
            }
            return true;
        });
    }

    final void end() {
        if (line.size() > 0) {
            line(false);
        }
        if (in == In.HEAD) {
            headOver();
        }
        if (in == In.LEAF) {
            tell(heldLineEnd, heldLineEnd.length);
            contentEnd(leaf);
        } else {
            frame(heldLineEnd);
        }
    }

    private void line(boolean complete) {
        byte[] octets = line.toByteArray();
        line.reset();
        if (lineStart && octets.length > 2 && octets[0] == '-' && octets[1] == '-' && boundary(octets)) {
            lineStart = true;
            return;
        }
        switch (in) {
            case HEAD -> {
                head.writeBytes(octets);
                if (head.size() > MAX_HEAD_BYTES) {
                    throw new TooIntricate("a header of more than " + MAX_HEAD_BYTES + " octets");
                }
                if (octets.length == lineEnd(octets)) {
                    headOver();
                }
            }
            case LEAF -> {
                tell(heldLineEnd, heldLineEnd.length);
                int end = complete ? lineEnd(octets) : 0;
                tell(octets, octets.length - end);
                heldLineEnd = Arrays.copyOfRange(octets, octets.length - end, octets.length);
            }
            case FRAME -> frame(octets);
        }
        lineStart = complete;
    }

    private void tell(byte[] octets, int length) {
        if (length > 0) {
            content(leaf, octets, length);
        }
    }

    /// How many octets at its end are CRLF or LF.
    private static int lineEnd(byte[] octets) {
        int last = octets.length - 1;
        if (last < 0 || octets[last] != '\n') {
            return 0;
        }
        return last > 0 && octets[last - 1] == '\r' ? 2 : 1;
    }

    private void headOver() {
        byte[] octets = head.toByteArray();
        head = new ByteArrayOutputStream();
        if (parts == MAX_PARTS) {
            throw new TooIntricate("more than " + MAX_PARTS + " parts");
        }
        MimePart part = MimePart.of(parts++, octets, Optional.ofNullable(containers.peek()));
        head(part, octets);
        heldLineEnd = NONE;
        if (!part.container()) {
            leaf = part;
            in = In.LEAF;
            return;
        }
        if (containers.size() == MAX_DEPTH) {
            throw new TooIntricate("parts within parts, " + MAX_DEPTH + " deep");
        }
        containers.push(part);
        in = part.boundary().isPresent() ? In.FRAME : In.HEAD;
    }

    /// A line with the boundary of any of the entities around ends all those within it.
    private boolean boundary(byte[] octets) {
        String text = new String(octets, 2, octets.length - 2, StandardCharsets.ISO_8859_1).stripTrailing();
        Optional<MimePart> of = containers.stream()
                .filter(one -> one.boundary().isPresent())
                .filter(one -> text.equals(one.boundary().get())
                        || text.equals(one.boundary().get() + "--"))
                .findFirst();
        if (of.isEmpty()) {
            return false;
        }
        if (in == In.HEAD) {
            headOver(); // without an empty line
        }
        if (in == In.LEAF) {
            contentEnd(leaf);
        }
        frame(heldLineEnd);
        heldLineEnd = NONE;
        frame(octets);
        while (containers.peek() != of.get()) {
            containers.pop();
        }
        boolean last = !text.equals(of.get().boundary().orElseThrow());
        if (last) {
            containers.pop();
        }
        in = last ? In.FRAME : In.HEAD;
        return true;
    }
}
