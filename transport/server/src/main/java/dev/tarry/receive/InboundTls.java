package dev.tarry.receive;

import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// How the server's end of TLS is set up.
final class InboundTls {
    /// From STARTTLS to the end of the handshake, however busy the client is.
    static final Duration HANDSHAKE_PATIENCE = Duration.ofMinutes(1);

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private InboundTls() {}

    /// One for each connection. Its own time-outs, which would tick on another clock, are off.
    static SslHandler handler(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(PROTOCOLS);
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(0);
        handler.setCloseNotifyReadTimeoutMillis(0);
        return handler;
    }

    /// Whether it is the client's fault, or the network's, and not ours.
    static boolean brokenBy(Throwable cause) {
        return cause instanceof SSLException || cause.getCause() instanceof SSLException;
    }
}
