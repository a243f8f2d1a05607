package dev.tarry.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Takes the header fields out of a message that only servers of one organization may write and read: those of
/// strangers when a message comes in, our own when it leaves (reference §6.7; Exchange's help on its header firewall
/// names the two beginnings). What is left is as it was, octet for octet. One per message, on one thread.
///
/// A field ends where a line begins that no white space continues. Lines end with LF here, bare or not: a field must
/// not get past it because it stands behind a line end that somebody laxer takes for one.
public final class HeaderFirewall {
    private static final List<String> NAMES = List.of("x-ms-exchange-organization-", "x-ms-exchange-forest-");
    private static final List<byte[]> BEGINNINGS =
            NAMES.stream().map(name -> name.getBytes(StandardCharsets.US_ASCII)).toList();

    private enum Match {
        YES,
        NO,
        /// more octets must say
        OPEN
    }

    /// Octets of the header that are still to come.
    private long left;
    private boolean lineStart = true;
    private boolean dropping;
    /// The beginning of a line that may be one of those.
    private ByteBuf undecided = Unpooled.EMPTY_BUFFER;
    private long dropped;

    /// @param headerBytes octets of the message's header, the empty line included
    public HeaderFirewall(long headerBytes) {
        this.left = headerBytes;
    }

    /// Whether a field is one of those.
    ///
    /// @param name in lower case
    public static boolean stops(String name) {
        return NAMES.stream().anyMatch(name::startsWith);
    }

    /// Octets that have been taken out so far.
    public long dropped() {
        return dropped;
    }

    /// Takes octets over, which nobody else may read any more, and gives what is left of them, which may be none.
    public ByteBuf pass(ByteBuf octets) {
        if (left == 0 && !undecided.isReadable()) {
            return octets;
        }
        ByteBuf whole = undecided.isReadable() ? Unpooled.wrappedBuffer(undecided, octets) : octets;
        undecided = Unpooled.EMPTY_BUFFER;
        int header = (int) Math.min(whole.readableBytes(), left);
        left -= header;
        return filtered(whole, whole.readerIndex() + header);
    }

    /// @param end of what is header
    private ByteBuf filtered(ByteBuf octets, int end) {
        ByteBuf kept = null;
        int from = octets.readerIndex();
        int at = from;
        while (at < end) {
            Match match = lineStart ? match(octets, at, end) : dropping ? Match.YES : Match.NO;
            if (match == Match.OPEN) {
                undecided = Unpooled.copiedBuffer(octets.slice(at, end - at)); // on the heap: it may be left behind
                left += end - at;
                octets.writerIndex(at);
                break;
            }
            int lf = octets.indexOf(at, end, (byte) '\n');
            int next = lf < 0 ? end : lf + 1;
            lineStart = lf >= 0;
            dropping = match == Match.YES;
            if (dropping) {
                kept = kept == null ? octets.alloc().buffer(octets.readableBytes()) : kept;
                kept.writeBytes(octets, from, at - from);
                dropped += next - at;
                from = next;
            }
            at = next;
        }
        if (kept == null) {
            return octets;
        }
        kept.writeBytes(octets, from, octets.writerIndex() - from);
        octets.release();
        return kept;
    }

    private Match match(ByteBuf octets, int at, int end) {
        byte first = octets.getByte(at);
        if (first == ' ' || first == '\t') {
            return dropping ? Match.YES : Match.NO;
        }
        Match best = Match.NO;
        for (byte[] beginning : BEGINNINGS) {
            int length = Math.min(beginning.length, end - at);
            int same = 0;
            while (same < length && lower(octets.getByte(at + same)) == beginning[same]) {
                same++;
            }
            if (same == beginning.length) {
                return Match.YES;
            }
            if (same == length && left > 0) {
                best = Match.OPEN;
            }
        }
        return best;
    }

    private static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
    }
}
