package dev.tarry.receive;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/// How the server's end of TLS is set up.
final class InboundTls {
    /// From STARTTLS to the end of the handshake, however busy the client is.
    static final Duration HANDSHAKE_PATIENCE = Duration.ofMinutes(1);

    static final String GONE = "the client is gone";

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /// Best first. None without forward secrecy, and none that encrypts block by block (CBC): whoever can watch
    /// how long that takes may learn what is in it.
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /// Curves only: Diffie-Hellman over finite fields lets any client make the server work for nothing.
    private static final String[] GROUPS = {"x25519", "secp256r1", "x448", "secp384r1", "secp521r1"};

    private InboundTls() {}

    /// One for each connection. Its own time-outs, which would tick on another clock, are off.
    static SslHandler handler(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters terms = engine.getSSLParameters();
        terms.setProtocols(PROTOCOLS);
        terms.setCipherSuites(ciphers(engine));
        terms.setNamedGroups(GROUPS);
        terms.setUseCipherSuitesOrder(true);
        engine.setSSLParameters(terms);
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(0);
        handler.setCloseNotifyReadTimeoutMillis(0);
        return handler;
    }

    /// A JDK with other providers may lack some.
    private static String[] ciphers(SSLEngine engine) {
        Set<String> known = Set.copyOf(Arrays.asList(engine.getSupportedCipherSuites()));
        return CIPHERS.stream().filter(known::contains).toArray(String[]::new);
    }

    /// Why a handshake failed, for an administrator: without what the client said instead, which may be long.
    static String reason(Throwable cause) {
        return switch (cause) {
            case ClosedChannelException _ -> GONE;
            case NotSslRecordException _ -> "the client does not speak TLS";
            default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
        };
    }

    /// Whether it is the client's fault, or the network's, and not ours.
    static boolean brokenBy(Throwable cause) {
        return cause instanceof SSLException || cause.getCause() instanceof SSLException;
    }
}
