package dev.tarry.lab.mx;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Hands one report in: the plainest of clients, one command at a time. Lives on the loop of its channel;
/// tells once how it ended, when the channel is closed.
final class ReportSession extends ChannelInboundHandlerAdapter {
    private static final int LINE_MAX = 4_096;

    /// How it ended.
    @FunctionalInterface
    interface Ended {
        /// @param taken whether the other end has taken the report
        /// @param last what it said last, or what went wrong
        void told(boolean taken, String last);
    }

    /// @param says to be sent, without its line end
    /// @param code first digit of the reply that is needed
    private record Command(String says, char code) {}

    private final BounceReport report;
    private final SessionEntry journal;
    private final Ended ended;
    private final Deque<Command> commands;
    private final StringBuilder line = new StringBuilder();

    private ChannelHandlerContext self;
    private Runnable patience = () -> {};
    private char needed = '2';
    private boolean content;
    private boolean taken;
    private boolean told;
    private boolean leaving;
    private String last = "the connection was closed";

    ReportSession(BounceReport report, SessionEntry journal, Ended ended) {
        this.report = report;
        this.journal = journal;
        this.ended = ended;
        commands = new ArrayDeque<>(List.of(
                new Command("EHLO " + report.host(), '2'),
                new Command("MAIL FROM:<>", '2'),
                new Command("RCPT TO:<" + report.sender() + ">", '2'),
                new Command("DATA", '3')));
    }

    /// There is no connection.
    void undialled(String why) {
        last = why;
        journal.note("the dial failed: " + why);
        tell();
    }

    /// Gives up when it takes longer than that.
    void within(Duration span, Later later, EventLoop loop) {
        if (!told) {
            patience = later.run(span, loop, () -> {
                last = "there was no answer for " + span.toMinutes() + " minutes";
                journal.note(last);
                journal.ending("broken");
                self.close();
            });
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        self = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof ByteBuf octets) {
                journal.read(octets.readableBytes());
                for (char c : octets.toString(StandardCharsets.ISO_8859_1).toCharArray()) {
                    if (c == '\n') {
                        var reply = line.toString().stripTrailing();
                        line.setLength(0);
                        heard(context, reply);
                    } else if (line.length() < LINE_MAX) {
                        line.append(c);
                    }
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
        context.flush();
    }

    private void heard(ChannelHandlerContext context, String reply) {
        journal.heard(reply);
        if (leaving || (reply.length() > 3 && reply.charAt(3) == '-')) {
            return;
        }
        last = reply;
        if (reply.isEmpty() || reply.charAt(0) != needed) {
            leave(context);
        } else if (needed == '3') {
            content = true;
            needed = '2';
            send(context, stuffed(report.text(journal.now())) + ".\r\n", "(the report)\r\n");
        } else if (content) {
            taken = true;
            leave(context);
        } else {
            var next = commands.removeFirst();
            needed = next.code();
            send(context, next.says() + "\r\n", next.says() + "\r\n");
        }
    }

    private void leave(ChannelHandlerContext context) {
        leaving = true;
        journal.ending("quit");
        send(context, "QUIT\r\n", "QUIT\r\n");
        context.flush();
        context.writeAndFlush(context.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
    }

    private void send(ChannelHandlerContext context, String text, String shown) {
        journal.said(shown);
        var octets = context.alloc().buffer(text.length());
        octets.writeCharSequence(text, StandardCharsets.ISO_8859_1);
        context.write(octets);
    }

    /// RFC 5321 §4.5.2
    private static String stuffed(String text) {
        var lines = text.replace("\r\n.", "\r\n..");
        return lines.startsWith(".") ? "." + lines : lines;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        tell();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        last = String.valueOf(cause.getMessage());
        journal.note("the connection broke: " + last);
        context.close();
    }

    private void tell() {
        if (!told) {
            told = true;
            patience.run();
            journal.close("client");
            ended.told(taken, last);
        }
    }
}
