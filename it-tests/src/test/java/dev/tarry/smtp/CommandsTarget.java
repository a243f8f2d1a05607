package dev.tarry.smtp;

import dev.tarry.fuzz.Dice;
import dev.tarry.fuzz.FuzzTarget;
import dev.tarry.fuzz.Promise;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a client sends, through [CommandDecoder] as a network may cut it and a server may hold it back,
/// against [PlainReading], which has all of it at once: the same commands and the same octets of messages,
/// so one line is one command however it came. Every buffer is given back, and what is heard for a log is
/// one line.
public final class CommandsTarget implements FuzzTarget {
    @Override
    public List<String> words() {
        return List.of(
                "EHLO ",
                "HELO ",
                "MAIL FROM:<a@b>",
                "RCPT TO:<a@b>",
                "DATA\r\n",
                "BDAT ",
                "BDAT 5\r\n",
                "BDAT 3 LAST\r\n",
                " LAST",
                "AUTH PLAIN ",
                "AUTH LOGIN\r\n",
                "*\r\n",
                "STARTTLS\r\n",
                "RSET\r\n",
                "QUIT\r\n",
                "\r\n.\r\n",
                "\n.\n",
                "\r.\r",
                "SMTPUTF8",
                "GET / HTTP/1.1",
                "Subject: ",
                "BDAT 9223372036854775808\r\n",
                "BDAT 9223372036854775807\r\n");
    }

    @Override
    public void run(byte[] input) {
        Dice dice = new Dice(input);
        BareLineEnds policy = dice.of(BareLineEnds.values());
        Server server = new Server(policy, dice);
        List<String> lines = new ArrayList<>();
        CommandDecoder decoder = new CommandDecoder(lines::add);
        server.decoder = decoder;
        EmbeddedChannel channel = new EmbeddedChannel(decoder, server);
        List<ByteBuf> pieces = dice.cut(input);
        for (ByteBuf piece : pieces) {
            channel.writeInbound(piece);
            if (dice.once(2)) {
                server.goOn();
            }
        }
        server.goOn();
        boolean inData = decoder.inData();
        channel.finishAndReleaseAll();

        for (ByteBuf piece : pieces) {
            Promise.holds(piece.capacity() == 0 || piece.refCnt() == 0, "every buffer is given back");
        }
        for (String line : lines) {
            Promise.oneLine(line, "a line for a log");
            Promise.holds(line.length() <= CommandReader.MAX_LINE_OCTETS, "a line for a log is bounded");
        }
        PlainReading plain = new PlainReading(input, policy);
        Promise.same(plain.told(), server.told(), "the same is understood however it is cut");
        Promise.same(plain.inData(), inData, "what comes next is known");
    }

    /// Notes what it is told, and holds the decoder back now and then.
    private static final class Server extends ChannelInboundHandlerAdapter {
        private final BareLineEnds policy;
        private final Dice dice;
        private final StringBuilder told = new StringBuilder();
        private final StringBuilder octets = new StringBuilder();
        private CommandDecoder decoder;
        private boolean inMessage;
        private int heard;

        Server(BareLineEnds policy, Dice dice) {
            this.policy = policy;
            this.dice = dice;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            heard++;
            switch (message) {
                case MailData.Chunk(var chunk) -> {
                    Promise.holds(chunk.isReadable(), "a chunk is never empty");
                    octets.append(chunk.toString(StandardCharsets.ISO_8859_1));
                    chunk.release();
                }
                case Command command -> {
                    note(PlainReading.text(command));
                    if (command instanceof Command.Data) {
                        decoder.expectData(policy);
                        inMessage = true;
                    } else if (command instanceof Command.Auth) {
                        decoder.expectAuthResponse();
                    }
                }
                case MailData.End(var bare) -> {
                    inMessage = false;
                    octets.setLength(bare ? 0 : octets.length());
                    note(PlainReading.END + bare);
                }
                case EndOfChunk _ -> note(PlainReading.END_OF_CHUNK);
                default -> throw new AssertionError(message);
            }
            if (dice.once(3)) {
                decoder.hold();
            }
        }

        void goOn() {
            // as often as there may be something to hold back
            for (int i = 0; i < FuzzTarget.MAX_INPUT_OCTETS; i++) {
                int before = heard;
                decoder.resume();
                if (heard == before) {
                    return;
                }
            }
            throw new AssertionError("more was told than came");
        }

        private void note(String what) {
            if (!octets.isEmpty()) {
                told.append('{').append(octets).append("}\n");
                octets.setLength(0);
            }
            told.append(what).append('\n');
        }

        String told() {
            // of a message whose end has not come, how much was told depends on where it was cut
            return told + (inMessage || octets.isEmpty() ? "" : "{" + octets + "}\n");
        }
    }
}
