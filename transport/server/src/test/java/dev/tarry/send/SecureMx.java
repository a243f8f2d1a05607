package dev.tarry.send;

import dev.tarry.stage.OneThread;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/// A mail host that can do TLS, and misbehave about it as a test says.
final class SecureMx {
    final List<String> heard = new ArrayList<>();
    final List<String> serverNames = new ArrayList<>();
    int connections;
    int secured;
    /// What stands in the clear right behind the 220.
    String injected = "";
    /// What the host does when a message has begun: breaks TLS.
    Consumer<ChannelHandlerContext> atMail = _ -> {};
    String protocol = "TLSv1.3";
    boolean wantsCertificate;
    boolean needsCertificate;
    boolean silentHandshake;
    boolean hangsUpAfterHandshake;

    private final SSLContext context;

    SecureMx(OneThread stage, InetSocketAddress at, SSLContext context) {
        this.context = context;
        stage.wires().host(at, End::new);
    }

    private final class End extends SimpleChannelInboundHandler<ByteBuf> {
        private final StringBuilder in = new StringBuilder();
        private boolean inData;
        private boolean deaf;

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            connections++;
            say(ctx, "220 mx ready");
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
                secured++;
                if (hangsUpAfterHandshake) {
                    ctx.close();
                    return;
                }
                SSLEngine engine = ctx.pipeline().get(SslHandler.class).engine();
                ((ExtendedSSLSession) engine.getSession())
                        .getRequestedServerNames()
                        .forEach(name -> serverNames.add(new String(name.getEncoded(), StandardCharsets.US_ASCII)));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close(); // a client that will have none of it
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf octets) {
            in.append(octets.toString(StandardCharsets.ISO_8859_1));
            for (int end = in.indexOf("\r\n"); end >= 0 && !deaf; end = in.indexOf("\r\n")) {
                String line = in.substring(0, end);
                in.delete(0, end + 2);
                if (inData) {
                    inData = !line.equals(".");
                    if (!inData) {
                        say(ctx, "250 2.0.0 taken");
                    }
                } else {
                    heard.add(line);
                    command(ctx, line);
                }
            }
        }

        private void command(ChannelHandlerContext ctx, String line) {
            switch (line.split(" ")[0]) {
                case "EHLO" ->
                    say(ctx, ctx.pipeline().get(SslHandler.class) == null ? "250-mx\r\n250 STARTTLS" : "250 mx");
                case "STARTTLS" -> {
                    say(ctx, "220 go" + injected);
                    if (silentHandshake) {
                        deaf = true;
                    } else {
                        ctx.pipeline().addFirst(handler());
                    }
                }
                case "MAIL" -> {
                    atMail.accept(ctx);
                    say(ctx, "250 ok");
                }
                case "DATA" -> {
                    inData = true;
                    say(ctx, "354 go");
                }
                case "QUIT" -> {
                    say(ctx, "221 bye");
                    ctx.close();
                }
                default -> say(ctx, "250 ok");
            }
        }

        private SslHandler handler() {
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(false);
            engine.setEnabledProtocols(new String[] {protocol});
            engine.setWantClientAuth(wantsCertificate);
            if (needsCertificate) {
                engine.setNeedClientAuth(true);
            }
            return new SslHandler(engine);
        }

        private void say(ChannelHandlerContext ctx, String reply) {
            ctx.writeAndFlush(Unpooled.copiedBuffer(reply + "\r\n", StandardCharsets.UTF_8));
        }
    }
}
