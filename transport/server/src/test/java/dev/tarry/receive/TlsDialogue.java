package dev.tarry.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tarry.time.NettyLoop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/// A server's session and a client's TLS on one thread, without sockets: every octet passes through the test, and
/// every buffer of the server's is counted.
final class TlsDialogue implements AutoCloseable {
    final EmbeddedChannel server = new EmbeddedChannel();
    private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(false);
    private final StageWorld stage;
    private final SSLContext trusting;
    private final List<ByteBuf> sent = new ArrayList<>();
    private EmbeddedChannel client;
    private SslHandler tls;

    /// what became of STARTTLS, and what an administrator hears
    final List<ReceiveMeter.Handshake> handshakes = new ArrayList<>();

    final List<String> told = new ArrayList<>();

    private final class Counted implements ReceiveMeter {
        @Override
        public void secured(Handshake how) {
            handshakes.add(how);
        }
    }

    TlsDialogue(StageWorld stage, FakeSubmission submission, TlsSource source, SSLContext trusting) {
        this(stage, submission, source, trusting, StageWorld.connector());
    }

    TlsDialogue(
            StageWorld stage,
            FakeSubmission submission,
            TlsSource source,
            SSLContext trusting,
            ReceiveConnector connector) {
        this.stage = stage;
        this.trusting = trusting;
        server.config().setAllocator(buffers);
        NettyLoop loop = new NettyLoop(server.eventLoop(), stage.ledger);
        Reception reception = Reception.of(stage.world, connector, Dialogue::standing, submission)
                .withTls(Optional.ofNullable(source))
                .withMeter(new Counted())
                .withEvents(event -> told.add(event.kind().id() + " " + event.message()));
        TimeoutWatch watch = new TimeoutWatch(stage.time, stage.time, loop, Duration.ofMinutes(5));
        InboundConnections connections = new InboundConnections(ReceiveConnector.Limits.DEFAULT_FRONTEND);
        server.pipeline().addLast(new SessionHandler(reception, connections, watch, stage.time, loop, () -> {}));
        server.pipeline().fireChannelActive();
        run();
    }

    /// Tasks of both ends until there are none.
    void run() {
        server.runPendingTasks();
        if (client != null) {
            client.runPendingTasks();
        }
    }

    /// Octets as they are.
    void raw(byte[] octets) {
        if (octets.length == 0) {
            return;
        }
        ByteBuf buffer = Unpooled.copiedBuffer(octets);
        sent.add(buffer);
        if (server.isOpen()) {
            server.writeInbound(buffer);
        } else {
            buffer.release();
        }
        run();
    }

    void raw(String latin1) {
        raw(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// What the server has put on the wire since somebody last asked.
    String heard() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf out = server.readOutbound(); out != null; out = server.readOutbound()) {
            text.append(out.toString(StandardCharsets.ISO_8859_1));
            out.release();
        }
        return text.toString();
    }

    String plain(String line) {
        raw(line + "\r\n");
        return heard();
    }

    /// The client says hello in TLS; what it puts on the wire stays with it until [#pump] or [#hello].
    void clientHello(String... protocols) {
        clientHello(List.of(), protocols);
    }

    /// @param ciphers the only ones that the client knows, if any are named
    void clientHello(List<String> ciphers, String... protocols) {
        SSLEngine engine = trusting.createSSLEngine("mail.company.com", 25);
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        if (!ciphers.isEmpty()) {
            parameters.setCipherSuites(ciphers.toArray(String[]::new));
        }
        engine.setSSLParameters(parameters);
        tls = new SslHandler(engine);
        client = new EmbeddedChannel(tls);
    }

    /// What the client has put on the wire.
    byte[] hello() {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf out = client.readOutbound(); out != null; out = client.readOutbound()) {
            all.writeBytes(out);
            out.release();
        }
        byte[] octets = new byte[all.readableBytes()];
        all.readBytes(octets);
        return octets;
    }

    /// Carries octets both ways until none is left.
    void pump() {
        boolean moved;
        do {
            byte[] there = hello();
            if (there.length > 0) {
                raw(there);
            }
            byte[] back = heard().getBytes(StandardCharsets.ISO_8859_1);
            if (back.length > 0) {
                client.writeInbound(Unpooled.copiedBuffer(back));
            }
            run();
            moved = there.length > 0 || back.length > 0;
        } while (moved);
    }

    /// From STARTTLS to the end of the handshake.
    void secure(String... protocols) {
        assertEquals("220 2.0.0 SMTP server ready\r\n", plain("STARTTLS"));
        handshake(protocols);
    }

    void handshake(String... protocols) {
        clientHello(protocols);
        pump();
        tls.handshakeFuture().syncUninterruptibly();
    }

    boolean secured() {
        return tls.handshakeFuture().isSuccess();
    }

    /// Octets through TLS, and what the server answered through it.
    String say(String octets) {
        client.writeOutbound(Unpooled.copiedBuffer(octets, StandardCharsets.ISO_8859_1));
        pump();
        return told();
    }

    String told() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf in = client.readInbound(); in != null; in = client.readInbound()) {
            text.append(in.toString(StandardCharsets.ISO_8859_1));
            in.release();
        }
        return text.toString();
    }

    /// The client ends TLS with close_notify.
    void closeNotify() {
        tls.closeOutbound();
        pump();
    }

    void advance(Duration span) {
        var target = stage.time.instant().plus(span);
        while (stage.time.ringNext(target)) {
            run();
        }
        stage.time.moveTo(target);
        run();
    }

    /// Ends, and nothing of the server's buffers is left.
    @Override
    public void close() {
        if (client != null) {
            client.finishAndReleaseAll();
        }
        server.close();
        run();
        heard();
        server.finishAndReleaseAll();
        for (ByteBuf octets : sent) {
            assertEquals(0, octets.refCnt(), "octets that were sent are still held");
        }
        assertEquals(0, buffers.metric().usedHeapMemory(), "heap buffers left");
        assertEquals(0, buffers.metric().usedDirectMemory(), "direct buffers left");
    }
}
