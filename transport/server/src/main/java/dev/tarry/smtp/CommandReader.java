package dev.tarry.smtp;

import dev.tarry.smtp.Command.Malformed;
import dev.tarry.smtp.Command.Problem;
import io.netty.buffer.ByteBuf;

/// Cuts what a client sends into commands and data. Not thread-safe; one per connection.
///
/// In command mode one CRLF line is one command and gets one answer: a line that is too long is swallowed
/// whole and its tail never run, a CR, LF or NUL inside a line spoils that line and does not end it. In data
/// mode it is what [DataReader] says; after the end of data, command mode is back.
public final class CommandReader {
    /// Octets of one line, CRLF included: RFC 5321 §4.5.3.1.4 has 512, extensions add to that (RFC 3461 §5.1
    /// asks for 500 more behind RCPT).
    public static final int MAX_LINE_OCTETS = 2_048;

    private final LineTap tap;
    /// Octets of the unfinished line that have been looked at.
    private int scanned;
    /// A CR, LF or NUL stands inside the line.
    private boolean spoilt;
    /// The line was too long; what comes until CRLF is swallowed.
    private boolean overlong;
    /// Null in command mode.
    private DataReader data;

    public CommandReader(LineTap tap) {
        this.tap = tap;
    }

    /// Switches to data mode: what comes next stands behind the 354.
    public void expectData(BareLineEnds policy) {
        data = new DataReader(policy);
    }

    /// Whether a command has begun and its end has not come.
    public boolean midCommand() {
        return data == null && (scanned > 0 || overlong);
    }

    /// Whether what comes next is data.
    public boolean inData() {
        return data != null;
    }

    /// Takes the next thing out of the octets.
    ///
    /// @param octets what has come and was not taken yet; the rest of an unfinished line is left in it
    /// @return a [Command] or [MailData] (a chunk's buffer belongs to the caller); null if more octets are
    /// needed
    public Object next(ByteBuf octets) {
        return data != null ? nextData(octets) : nextCommand(octets);
    }

    private Object nextData(ByteBuf octets) {
        DataReader reader = data;
        if (!reader.ended()) {
            ByteBuf chunk = reader.read(octets);
            if (chunk != null) {
                return new MailData.Chunk(chunk);
            }
        }
        if (!reader.ended()) {
            return null;
        }
        data = null;
        return reader.bareLineEnds() ? new MailData.End(true) : MailData.End.CLEAN;
    }

    private Command nextCommand(ByteBuf octets) {
        int from = octets.readerIndex();
        int to = octets.writerIndex();
        int special = LineEnds.next(octets, from + scanned, to);
        while (special >= 0) {
            if (octets.getByte(special) == LineEnds.CR) {
                if (special + 1 == to) {
                    return wait(octets, special);
                }
                if (octets.getByte(special + 1) == LineEnds.LF) {
                    return line(octets, special);
                }
            }
            spoilt = true;
            special = LineEnds.next(octets, special + 1, to);
        }
        return wait(octets, to);
    }

    /// Everything before `seen` has no line end in it.
    private Command wait(ByteBuf octets, int seen) {
        if (seen - octets.readerIndex() > MAX_LINE_OCTETS - 2) {
            if (!overlong && tap != LineTap.NONE) {
                tap.heard(printable(octets, octets.readerIndex(), octets.readerIndex() + MAX_LINE_OCTETS - 2));
            }
            overlong = true;
        }
        if (overlong) {
            octets.readerIndex(seen);
        }
        scanned = seen - octets.readerIndex();
        return null;
    }

    private Command line(ByteBuf octets, int end) {
        int from = octets.readerIndex();
        boolean tooLong = overlong || end - from > MAX_LINE_OCTETS - 2;
        boolean bare = spoilt;
        if (tap != LineTap.NONE && !overlong) {
            tap.heard(printable(octets, from, Math.min(end, from + MAX_LINE_OCTETS - 2)));
        }
        octets.readerIndex(end + 2);
        scanned = 0;
        overlong = false;
        spoilt = false;
        if (tooLong) {
            return new Malformed(Problem.LINE_TOO_LONG);
        }
        return bare ? new Malformed(Problem.BARE_LINE_END) : CommandParser.parse(octets, from, end);
    }

    private static String printable(ByteBuf octets, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            byte octet = octets.getByte(i);
            text.append(octet >= ' ' && octet < 0x7f ? (char) octet : '?');
        }
        return text.toString();
    }
}
