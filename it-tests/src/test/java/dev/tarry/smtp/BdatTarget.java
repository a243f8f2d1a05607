package dev.tarry.smtp;

import dev.tarry.fuzz.Dice;
import dev.tarry.fuzz.FuzzTarget;
import dev.tarry.fuzz.Promise;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A message's octets in chunks of any size, as a network may cut them (RFC 3030): none is read as a command, none
/// is lost, and the rule about line ends is kept whole across chunks.
public final class BdatTarget implements FuzzTarget {
    @Override
    public List<String> words() {
        return List.of(
                "\r\n", "\r\n.\r\n", "BDAT 5 LAST\r\n", "RSET\r\n", "QUIT\r\n", "\r", "\n", "\0", "\r\0\n", "\r\r\n");
    }

    @Override
    public void run(byte[] input) {
        Dice dice = new Dice(input);
        BareLineEnds policy = dice.of(BareLineEnds.values());
        List<String> sent = new ArrayList<>();
        byte[] wire = chunked(input, dice, sent);

        CommandReader reader = new CommandReader(LineTap.NONE);
        ChunkLines lines = new ChunkLines(policy);
        List<String> commands = new ArrayList<>();
        StringBuilder message = new StringBuilder();
        ByteBuf come = Unpooled.buffer();
        for (ByteBuf piece : dice.cut(wire)) {
            come.writeBytes(piece);
            piece.release();
            for (Object next = reader.next(come); next != null; next = reader.next(come)) {
                switch (next) {
                    case Command command -> commands.add(command.toString());
                    case MailData.Chunk(var octets) -> take(lines.pass(octets), message);
                    case EndOfChunk _ -> {}
                    default -> throw new AssertionError(next);
                }
            }
            Promise.holds(come.readableBytes() <= CommandReader.MAX_LINE_OCTETS, "what is kept is bounded");
        }
        take(lines.end(), message);
        Promise.same(1, come.refCnt(), "every slice is given back");
        come.release();

        String whole = new String(input, StandardCharsets.ISO_8859_1);
        Promise.same(sent, commands, "no octet of a chunk is a command, and no command is lost");
        Promise.holds(!reader.inData() && !reader.midCommand(), "nothing is left over");
        switch (policy) {
            case PASS -> Promise.same(whole, message.toString(), "octets in are octets out");
            case NORMALISE ->
                Promise.same(lineEnded(PlainReading.normal(whole)), message.toString(), "lines are mended");
            case REJECT -> {
                Promise.same(PlainReading.bareLineEnds(whole), lines.broken(), "bare line ends are seen");
                Promise.holds(lines.broken() || whole.contentEquals(message), "octets in are octets out");
            }
        }
    }

    private static byte[] chunked(byte[] input, Dice dice, List<String> sent) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        List<ByteBuf> chunks = dice.cut(input);
        for (ByteBuf chunk : chunks) {
            boolean last = chunk == chunks.getLast();
            long bytes = chunk.readableBytes();
            wire.writeBytes(ascii("bdAT " + "0".repeat(dice.below(3)) + bytes + (last ? " LAST" : "") + "\r\n"));
            byte[] octets = new byte[chunk.readableBytes()];
            chunk.readBytes(octets).release();
            wire.writeBytes(octets);
            sent.add(new Command.Bdat(bytes, last).toString());
            if (dice.once(4)) {
                wire.writeBytes(ascii("NOOP\r\n"));
                sent.add(new Command.Noop().toString());
            }
        }
        return wire.toByteArray();
    }

    private static String lineEnded(String text) {
        return text.isEmpty() || text.endsWith("\r\n") ? text : text + "\r\n";
    }

    private static void take(ByteBuf octets, StringBuilder message) {
        message.append(octets.toString(StandardCharsets.ISO_8859_1));
        octets.release();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
