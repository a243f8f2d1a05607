package dev.tarry.smtp;

import dev.tarry.smtp.Command.Malformed;
import dev.tarry.smtp.Command.Problem;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/// Cuts what a client sends into commands and data. Not thread-safe; one per connection.
///
/// In command mode one CRLF line is one command and gets one answer: a line that is too long is swallowed
/// whole and its tail never run, a CR, LF or NUL inside a line spoils that line and does not end it. In
/// data mode it is what [DataReader] says; after the end of data, command mode is back.
///
/// Behind a BDAT stand as many octets as it says, and they are passed on as they are. That needs nobody's
/// leave: whatever is answered to the command, no octet of its chunk is ever read as a command (RFC 3030
/// §4.2).
public final class CommandReader {
    /// Octets of one line, CRLF included: RFC 5321 §4.5.3.1.4 has 512, extensions add to that (RFC 3461
    /// §5.1 asks for 500 more behind RCPT).
    public static final int MAX_LINE_OCTETS = 2_048;

    /// Octets of a line that carries base64, CRLF included: AUTH with an initial response, or what answers a 334
    /// (RFC 4954 §4).
    public static final int MAX_AUTH_LINE_OCTETS = 12_288;

    private static final byte[] AUTH_VERB = {'A', 'U', 'T', 'H', ' '};

    private final LineTap tap;
    private final Optional<String> defaultDomain;
    /// Octets of the unfinished line that have been looked at.
    private int scanned;
    /// A CR, LF or NUL stands inside the line.
    private boolean spoilt;
    /// The line was too long; what comes until CRLF is swallowed.
    private boolean overlong;
    /// The overlong line that is being swallowed began with BDAT.
    private boolean overlongBdat;
    /// The next line is no command but answers a 334.
    private boolean authResponse;
    /// Null in command mode.
    private DataReader data;
    /// Octets of the chunk that are still to come; negative where none is being read.
    private long chunkLeft = -1;

    public CommandReader(LineTap tap) {
        this(tap, Optional.empty());
    }

    /// @param defaultDomain put behind an address that has none; absent: such an address is not understood
    public CommandReader(LineTap tap, Optional<String> defaultDomain) {
        this.tap = tap;
        this.defaultDomain = defaultDomain;
    }

    /// Switches to data mode: what comes next stands behind the 354.
    public void expectData(BareLineEnds policy) {
        data = new DataReader(policy);
    }

    /// The next line answers a 334, whatever it looks like.
    public void expectAuthResponse() {
        authResponse = true;
    }

    /// Whether a command has begun and its end has not come.
    public boolean midCommand() {
        return !inData() && (scanned > 0 || overlong);
    }

    /// Whether what comes next is data, or octets of a chunk.
    public boolean inData() {
        return data != null || chunkLeft >= 0;
    }

    /// Takes the next thing out of the octets.
    ///
    /// @param octets what has come and was not taken yet; the rest of an unfinished line is left in it
    /// @return a [Command], [MailData] (a chunk's buffer belongs to the caller) or [EndOfChunk]; null if
    /// more octets are needed
    public Object next(ByteBuf octets) {
        if (chunkLeft >= 0) {
            return nextOfChunk(octets);
        }
        if (data != null) {
            return nextData(octets);
        }
        Command command = nextCommand(octets);
        if (command instanceof Command.Bdat(var bytes, var _)) {
            chunkLeft = bytes;
        }
        return command;
    }

    private Object nextOfChunk(ByteBuf octets) {
        if (chunkLeft == 0) {
            chunkLeft = -1;
            return EndOfChunk.REACHED;
        }
        int there = (int) Math.min(chunkLeft, octets.readableBytes());
        if (there == 0) {
            return null;
        }
        chunkLeft -= there;
        return new MailData.Chunk(octets.readRetainedSlice(there));
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
        if (seen - octets.readerIndex() > longest(octets, seen) - 2) {
            if (!overlong) {
                overlongBdat = !authResponse && CommandParser.isBdat(octets, octets.readerIndex(), seen);
                if (tap != LineTap.NONE) {
                    tap.heard(printable(octets, octets.readerIndex(), octets.readerIndex() + MAX_LINE_OCTETS - 2));
                }
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
        boolean tooLong = overlong || end - from > longest(octets, end) - 2;
        boolean bare = spoilt;
        boolean response = authResponse;
        boolean chunkFollows =
                !response && (tooLong || bare) && (overlong ? overlongBdat : CommandParser.isBdat(octets, from, end));
        if (tap != LineTap.NONE && !overlong) {
            tap.heard(printable(octets, from, Math.min(end, from + MAX_LINE_OCTETS - 2)));
        }
        octets.readerIndex(end + 2);
        scanned = 0;
        overlong = false;
        spoilt = false;
        authResponse = false;
        if (chunkFollows) {
            return new Malformed(Problem.CHUNK_SIZE);
        }
        if (tooLong) {
            return new Malformed(Problem.LINE_TOO_LONG);
        }
        if (bare) {
            return new Malformed(Problem.BARE_LINE_END);
        }
        return response
                ? new Command.AuthResponse(printable(octets, from, end))
                : CommandParser.parse(octets, from, end, defaultDomain);
    }

    /// Octets that the line which stands there may have, CRLF included.
    private int longest(ByteBuf octets, int to) {
        return authResponse || startsWithAuth(octets, to) ? MAX_AUTH_LINE_OCTETS : MAX_LINE_OCTETS;
    }

    private static boolean startsWithAuth(ByteBuf octets, int to) {
        int from = octets.readerIndex();
        if (to - from < AUTH_VERB.length) {
            return false;
        }
        for (int i = 0; i < AUTH_VERB.length; i++) {
            int octet = octets.getByte(from + i);
            if ((octet >= 'a' && octet <= 'z' ? octet - 0x20 : octet) != AUTH_VERB[i]) {
                return false;
            }
        }
        return true;
    }

    private static String printable(ByteBuf octets, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            byte octet = octets.getByte(i);
            if (octet < 0) {
                return Utf8Text.shown(octets.nioBuffer(from, to - from));
            }
            text.append(octet >= ' ' && octet != 0x7f ? (char) octet : '?');
        }
        return text.toString();
    }
}
