package dev.tarry.host;

import dev.tarry.mail.Reply;
import dev.tarry.smtp.DotStuffing;
import dev.tarry.smtp.ReplyDecoder;
import dev.tarry.time.Alarm;
import dev.tarry.time.EgressRefused;
import dev.tarry.time.World;
import dev.tarry.tls.OutboundTls;
import dev.tarry.tls.TlsDemand;
import dev.tarry.tls.TrustSource;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A mail program on this machine: finds a server by its name as the machine does, dials it, hands one message in and
/// hangs up (Send-MailMessage). This machine's own names and addresses lead to its receive connectors.
///
/// Any thread; what becomes of an errand completes on an io loop. Whoever cancels it hangs up.
public final class MailProgram {
    /// How long handing in may take from the dial on, in lab time: .NET's default.
    public static final Duration PATIENCE = Duration.ofSeconds(100);

    /// How long the server may take to answer the dial, in lab time: about what Windows' TCP gives it.
    public static final Duration DIAL_PATIENCE = Duration.ofSeconds(21);

    private final World world;
    private final NameClient names;
    private final Ground ground;
    private final TrustSource trust;

    /// @param trust whose word counts for a server's certificate
    public MailProgram(World world, NameClient names, Ground ground, TrustSource trust) {
        this.world = world;
        this.names = names;
        this.ground = ground;
        this.trust = trust;
    }

    /// Hands one message in; what the network or the server refuses is told in what comes of it.
    public CompletableFuture<Handed> hand(MailErrand errand) {
        CompletableFuture<Handed> done = new CompletableFuture<>();
        CompletableFuture<Optional<InetAddress>> found = names.address(errand.server());
        CompletableFuture<Set<TrustAnchor>> believed =
                errand.tls() ? trust.anchors() : CompletableFuture.completedFuture(Set.of());
        found.thenAcceptBoth(believed, (address, anchors) -> {
                    if (address.isEmpty()) {
                        done.complete(new Handed.NoAddress(errand.server()));
                    } else {
                        dial(errand, new InetSocketAddress(address.get(), errand.port()), anchors, done);
                    }
                })
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        done.completeExceptionally(failure);
                    }
                });
        done.whenComplete((_, _) -> found.cancel(false));
        return done;
    }

    private void dial(
            MailErrand errand, InetSocketAddress to, Set<TrustAnchor> anchors, CompletableFuture<Handed> done) {
        EventLoop loop = world.loops().io().next();
        world.loops().of(loop).execute(() -> {
            if (done.isDone()) {
                return;
            }
            Conversation conversation = new Conversation(errand, anchors, done);
            ChannelHandler pipeline = new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new ReplyDecoder(), conversation);
                }
            };
            Future<Channel> dialled = ground.isOwn(to.getAddress())
                    ? ground.dialOwn(loop, to.getPort(), pipeline)
                    : world.wires().connect(loop, to, pipeline);
            Alarm alarm = world.labTimers()
                    .after(PATIENCE, world.loops().of(loop), () -> done.complete(new Handed.TimedOut()));
            Alarm dialling = world.labTimers()
                    .after(
                            DIAL_PATIENCE,
                            world.loops().of(loop),
                            () -> done.complete(new Handed.NoConnection("no answer to the dial")));
            dialled.addListener((Future<Channel> opened) -> {
                dialling.cancel();
                if (opened.isSuccess()) {
                    return;
                }
                done.complete(
                        opened.cause() instanceof EgressRefused refused
                                ? new Handed.NotAllowed(refused.getMessage())
                                : new Handed.NoConnection(text(opened.cause())));
            });
            done.whenComplete((_, _) -> {
                alarm.cancel();
                if (!dialled.cancel(false) && dialled.isSuccess()) {
                    conversation.hangUp(dialled.getNow());
                }
            });
        });
    }

    private static String text(Throwable cause) {
        String said = cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
        StringBuilder printable = new StringBuilder();
        said.chars().forEach(c -> printable.append(c < ' ' || c > 0x7e ? '?' : (char) c));
        return printable.toString();
    }

    /// On its channel's loop.
    private final class Conversation extends ChannelInboundHandlerAdapter {
        private final MailErrand errand;
        private final Set<TrustAnchor> anchors;
        private final CompletableFuture<Handed> done;
        private final MailDialogue dialogue;
        private boolean polite;

        Conversation(MailErrand errand, Set<TrustAnchor> anchors, CompletableFuture<Handed> done) {
            this.errand = errand;
            this.anchors = anchors;
            this.done = done;
            this.dialogue = new MailDialogue(errand, ground.computerName());
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof Reply reply && !done.isDone()) {
                act(ctx, dialogue.reply(reply));
            }
        }

        private void act(ChannelHandlerContext ctx, MailDialogue.Act act) {
            switch (act) {
                case MailDialogue.Act.Say(var line) -> say(ctx.channel(), line);
                case MailDialogue.Act.Secure() -> {
                    ReplyDecoder clear = ctx.pipeline().get(ReplyDecoder.class);
                    clear.discard();
                    ReplyDecoder replies = new ReplyDecoder();
                    ctx.pipeline().replace(clear, null, replies);
                    SslHandler secure = new OutboundTls(
                                    new TlsDemand(
                                            TlsDemand.Use.ALWAYS, TlsDemand.Check.CHAIN_AND_NAME, Optional.empty()),
                                    anchors,
                                    Optional.empty(),
                                    world.labTime())
                            .handler(errand.server());
                    ctx.pipeline().addBefore(ctx.pipeline().context(replies).name(), null, secure);
                }
                case MailDialogue.Act.Send() -> {
                    DotStuffing stuffing = new DotStuffing();
                    ctx.channel().write(stuffing.encode(Unpooled.wrappedBuffer(errand.content())));
                    ctx.channel().writeAndFlush(stuffing.end());
                }
                case MailDialogue.Act.Over(var handed, var politely) -> {
                    polite = politely;
                    done.complete(handed);
                }
            }
        }

        private void say(Channel channel, String line) {
            channel.writeAndFlush(ByteBufUtil.encodeString(
                    channel.alloc(), CharBuffer.wrap(line + "\r\n"), StandardCharsets.US_ASCII));
        }

        /// The errand is over; what the server still says nobody hears. On the loop, or from whoever gave up.
        void hangUp(Channel channel) {
            if (polite) {
                channel.writeAndFlush(Unpooled.copiedBuffer("QUIT\r\n", StandardCharsets.US_ASCII))
                        .addListener(ChannelFutureListener.CLOSE);
            } else {
                channel.close();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent shaken) {
                if (shaken.isSuccess()) {
                    act(ctx, dialogue.secured());
                } else {
                    done.complete(new Handed.TlsFailed(OutboundTls.reason(shaken.cause())));
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            done.complete(new Handed.Lost("the server hung up"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            done.complete(new Handed.Lost(text(cause)));
            ctx.close();
        }
    }
}
