package dev.tarry.dns;

import dev.tarry.config.DnsProtocolOption;
import dev.tarry.time.Alarm;
import dev.tarry.time.World;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/// One question to one server: UDP first where allowed, once more without EDNS if the server cannot read that, TCP
/// where the answer did not fit. Lives on one event loop, from [#start] to the one call of `done`.
///
/// Each leg has a socket and an id of its own, so that a guesser must find both (RFC 5452 §9.2). What does not
/// match is ignored and the wait goes on; one alarm in lab time bounds all legs together.
final class DnsExchange {
    private static final int MAX_MESSAGE_OCTETS = 65_535;
    private static final int LENGTH_OCTETS = 2;

    /// How it ended.
    @FunctionalInterface
    interface Done {
        /// @param protocol what carried the query last
        /// @param detours  what it met on its way
        void replied(DnsReply reply, DnsProtocol protocol, Set<Detour> detours);
    }

    private final World world;
    private final EventLoop loop;
    private final DnsQuestion question;
    private final InetSocketAddress server;
    private final DnsProtocolOption option;
    private final Done done;
    private final Set<Detour> detours = EnumSet.noneOf(Detour.class);

    private DnsProtocol protocol;
    private boolean edns;
    private Leg leg;
    private Alarm alarm;
    private boolean finished;
    /// What came under our id and was broken, if nothing better comes.
    private String broken;

    DnsExchange(
            World world,
            EventLoop loop,
            DnsQuestion question,
            InetSocketAddress server,
            DnsProtocolOption option,
            boolean edns,
            Done done) {
        this.world = world;
        this.loop = loop;
        this.question = question;
        this.server = server;
        this.option = option;
        this.edns = edns;
        this.protocol = option == DnsProtocolOption.USE_TCP_ONLY ? DnsProtocol.TCP : DnsProtocol.UDP;
        this.done = done;
    }

    /// On the loop.
    void start(Duration timeout) {
        alarm = world.labTimers().after(timeout, world.loops().of(loop), this::timedOut);
        dial();
    }

    /// Ends it without a word: `done` is not called. On the loop.
    void abandon() {
        if (!finished) {
            finished = true;
            alarm.cancel();
            leg.close();
        }
    }

    private void timedOut() {
        finish(broken == null ? new DnsReply.NoAnswer() : new DnsReply.Malformed(broken));
    }

    private void dial() {
        Leg dialled = new Leg(world.secrets().dnsQueryId());
        leg = dialled;
        Future<Channel> future = switch (protocol) {
            case UDP -> world.wires().datagrams(loop, server, dialled);
            case TCP -> world.wires().connect(loop, server, framed(dialled));
        };
        dialled.future = future;
        // a done future is not listened to: past a certain depth Netty would defer the call
        if (future.isDone()) {
            dialled.opened(future);
        } else {
            future.addListener(_ -> dialled.opened(future));
        }
    }

    private static ChannelInitializer<Channel> framed(Leg leg) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new LengthFieldBasedFrameDecoder(
                                MAX_MESSAGE_OCTETS + LENGTH_OCTETS, 0, LENGTH_OCTETS, 0, LENGTH_OCTETS))
                        .addLast(new LengthFieldPrepender(LENGTH_OCTETS))
                        .addLast(leg);
            }
        };
    }

    private void received(Leg from, byte[] octets) {
        if (finished || from != leg) {
            return;
        }
        switch (question.read(octets, from.id)) {
            case DnsQuestion.Reading.Foreign _ -> {
                detours.add(Detour.STRAY);
                if (protocol == DnsProtocol.TCP) {
                    finish(new DnsReply.Malformed("an answer under another id"));
                }
            }
            case DnsQuestion.Reading.Broken(var detail) -> {
                detours.add(Detour.STRAY);
                if (protocol == DnsProtocol.TCP) {
                    finish(new DnsReply.Malformed(detail));
                } else {
                    broken = detail;
                }
            }
            case DnsQuestion.Reading.Ours(var message, var whole) -> answered(message, whole);
        }
    }

    private void answered(Message message, boolean whole) {
        int rcode = message.getRcode();
        if (edns && (rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP || rcode == Rcode.BADVERS)) {
            // older than EDNS, RFC 6891 §7
            edns = false;
            detours.add(Detour.WITHOUT_EDNS);
            again();
        } else if (!DnsQuestion.isAnswer(message)) {
            finish(new DnsReply.ServerFailure(rcode));
        } else if (message.getHeader().getFlag(Flags.TC)) {
            detours.add(Detour.TRUNCATED);
            if (protocol == DnsProtocol.TCP) {
                // what was left out may be all there is: taken for the whole it could bounce good mail
                finish(new DnsReply.Malformed("cut, even over TCP"));
            } else if (option == DnsProtocolOption.USE_UDP_ONLY) {
                finish(new DnsReply.Truncated());
            } else {
                protocol = DnsProtocol.TCP;
                again();
            }
        } else {
            finish(new DnsReply.Answer(message, whole));
        }
    }

    private void again() {
        Leg old = leg;
        leg = null; // its closing is not a loss
        old.close();
        dial();
    }

    private void lost(Leg from, String detail) {
        if (!finished && from == leg) {
            finish(new DnsReply.Unreachable(detail));
        }
    }

    private void finish(DnsReply reply) {
        if (finished) {
            return;
        }
        finished = true;
        alarm.cancel();
        leg.close();
        done.replied(reply, protocol, detours);
    }

    /// One socket. A leg that is no longer the exchange's closes itself as soon as it is open.
    private final class Leg extends SimpleChannelInboundHandler<ByteBuf> {
        private final int id;
        private Future<Channel> future;
        private Channel channel;
        private boolean closed;

        Leg(int id) {
            this.id = id;
        }

        void opened(Future<Channel> opened) {
            if (!opened.isSuccess()) {
                lost(this, Printable.text(reason(opened.cause())));
                return;
            }
            channel = opened.getNow();
            if (closed) {
                channel.close();
                return;
            }
            channel.writeAndFlush(Unpooled.wrappedBuffer(question.query(id, edns)))
                    .addListener(written -> {
                        if (!written.isSuccess()) {
                            lost(this, Printable.text(reason(written.cause())));
                        }
                    });
        }

        void close() {
            closed = true;
            if (channel != null) {
                channel.close();
            } else if (future != null) {
                future.cancel(false);
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf octets) {
            byte[] copy = new byte[octets.readableBytes()];
            octets.readBytes(copy);
            received(this, copy);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            lost(this, "the connection was closed");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            lost(this, Printable.text(reason(cause)));
            ctx.close();
        }
    }

    private static String reason(Throwable cause) {
        if (cause == null) {
            return "not opened";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
