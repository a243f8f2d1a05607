package dev.tarry.simulation;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalChannel;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A mail client of the simulation's own: hands in one message, one command at a time or all in one flight, and says
/// how it ended.
public final class SimulatedClient {
    /// How handing in ended.
    ///
    /// @param lastReply the reply to the end of data, or what ended it before; empty if the connection broke
    public record Outcome(String lastReply) {
        /// Whether the server has taken it on.
        public boolean accepted() {
            return lastReply.startsWith("250 2.6.0");
        }
    }

    /// Whom a message goes to.
    ///
    /// @param address    without brackets
    /// @param parameters of RCPT, word for word, such as `NOTIFY=SUCCESS,FAILURE`; empty for none
    public record To(String address, String parameters) {
        static To plain(String address) {
            return new To(address, "");
        }

        private String command() {
            return "RCPT TO:<" + address + ">" + (parameters.isEmpty() ? "" : " " + parameters) + "\r\n";
        }
    }

    private SimulatedClient() {}

    /// @param text with CRLF line ends, not dot-stuffed
    /// @param ended called once
    static void send(
            EventLoop loop,
            SocketAddress server,
            RandomGenerator chance,
            String from,
            List<To> to,
            String text,
            Consumer<Outcome> ended) {
        StringBuilder envelope = new StringBuilder("MAIL FROM:<" + from + ">\r\n");
        to.forEach(one -> envelope.append(one.command()));
        envelope.append("DATA\r\n");
        String data = ("\r\n" + text).replace("\r\n.", "\r\n..").substring(2) + ".\r\n";
        Dialogue dialogue = new Dialogue(
                List.of("EHLO client.example\r\n", envelope.toString(), data, "QUIT\r\n"), to.size(), ended);
        new Bootstrap()
                .group(loop)
                .channel(LocalChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new SplitWrites(chance), dialogue);
                    }
                })
                .connect(server)
                .addListener((ChannelFutureListener) connected -> {
                    if (!connected.isSuccess()) {
                        dialogue.end("");
                    }
                });
    }

    /// Greeting, EHLO, envelope (a reply a command), data, QUIT. On the channel's loop.
    private static final class Dialogue extends SimpleChannelInboundHandler<ByteBuf> {
        private final List<String> flights;
        private final int recipients;
        private final Consumer<Outcome> ended;
        private final StringBuilder unread = new StringBuilder();
        private int flight;
        private int owed = 1;
        private boolean finished;

        Dialogue(List<String> flights, int recipients, Consumer<Outcome> ended) {
            this.flights = flights;
            this.recipients = recipients;
            this.ended = ended;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf octets) {
            unread.append(octets.toString(StandardCharsets.US_ASCII));
            for (int end = unread.indexOf("\r\n"); end >= 0; end = unread.indexOf("\r\n")) {
                String line = unread.substring(0, end);
                unread.delete(0, end + 2);
                if (line.length() < 4 || line.charAt(3) != '-') {
                    reply(context, line);
                }
            }
        }

        private void reply(ChannelHandlerContext context, String line) {
            if (finished && flight < 3) {
                return; // pipelined replies behind a refusal
            }
            if (line.charAt(0) == '4' || line.charAt(0) == '5') {
                end(line);
                context.close();
                return;
            }
            if (flight == 3) {
                end(line);
            }
            if (--owed > 0) {
                return;
            }
            if (flight == flights.size()) {
                context.close();
                return;
            }
            owed = flight == 1 ? recipients + 2 : 1;
            context.writeAndFlush(Unpooled.copiedBuffer(flights.get(flight++), StandardCharsets.US_ASCII));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end("");
        }

        void end(String line) {
            if (!finished) {
                finished = true;
                ended.accept(new Outcome(line));
            }
        }
    }
}
