package dev.tarry.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import java.net.Socket;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// How our end of TLS is set up. Immutable; any thread.
public final class OutboundTls {
    /// From the host's 220 to the end of the handshake, in wire time: however slowly lab time goes.
    public static final Duration HANDSHAKE_PATIENCE = Duration.ofMinutes(1);

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final TlsDemand demand;
    private final Set<TrustAnchor> trusted;
    private final Optional<OwnCertificate> own;
    private final InstantSource clock;

    /// @param trusted whose word counts, if the demand asks for anybody's
    /// @param own     what we show to a host that asks
    /// @param clock   certificates are judged by it
    public OutboundTls(TlsDemand demand, Set<TrustAnchor> trusted, Optional<OwnCertificate> own, InstantSource clock) {
        this.demand = demand;
        this.trusted = Set.copyOf(trusted);
        this.own = own;
        this.clock = clock;
    }

    public TlsDemand demand() {
        return demand;
    }

    /// The same for a host that cannot do it.
    public OutboundTls without() {
        return new OutboundTls(TlsDemand.NONE, Set.of(), Optional.empty(), clock);
    }

    /// One for each connection. Netty's time-outs, which would tick on another clock, are off.
    ///
    /// @param host its name, which it is told so that it can choose its certificate (RFC 6066 §3), or its address
    public SslHandler handler(String host) {
        SSLEngine engine = context(host).createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(PROTOCOLS);
        serverName(host).ifPresent(name -> {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(List.of(name));
            engine.setSSLParameters(parameters);
        });
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(0);
        handler.setCloseNotifyReadTimeoutMillis(0);
        return handler;
    }

    /// One for each connection too: it keeps the sessions that could be resumed.
    private SSLContext context(String host) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), new TrustManager[] {new Judging(host)}, null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no TLS", missing);
        }
    }

    private KeyManager[] keys() throws GeneralSecurityException {
        if (own.isEmpty()) {
            return new KeyManager[0];
        }
        char[] password = {};
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException("nothing is read", impossible);
        }
        store.setKeyEntry("own", own.get().key(), password, own.get().chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private static Optional<SNIHostName> serverName(String host) {
        if (host.indexOf(':') >= 0 || host.startsWith("[") || host.matches("[0-9.]*")) {
            return Optional.empty(); // an address is none
        }
        try {
            return Optional.of(new SNIHostName(host));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Why a handshake failed, on one printable line.
    public static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case NotSslRecordException _ -> {
                    return "the host sent something that is no TLS";
                }
                case ClosedChannelException _ -> {
                    return "the host hung up in the handshake";
                }
                default -> {}
            }
        }
        String said = failure.getMessage();
        return PlainText.of(said == null ? failure.getClass().getSimpleName() : said);
    }

    /// What was agreed on, and whom with, line by line for a protocol log.
    public static List<String> account(SSLSession session) {
        List<String> lines = new ArrayList<>();
        lines.add("TLS negotiated: "
                + session.getProtocol().replace("TLSv", "TLS").replace('.', '_') + " " + session.getCipherSuite());
        try {
            if (session.getPeerCertificates()[0] instanceof X509Certificate own) {
                lines.add(PlainText.of("Certificate subject: " + own.getSubjectX500Principal()));
                lines.add(PlainText.of("Certificate issuer name: " + own.getIssuerX500Principal()));
                lines.add("Certificate serial number: "
                        + own.getSerialNumber().toString(16).toUpperCase(Locale.ROOT));
                lines.add(PlainText.of("Certificate alternate names: " + String.join(";", CertificateNames.of(own))));
            }
        } catch (SSLPeerUnverifiedException _) {
            lines.add("the host showed no certificate");
        }
        return lines;
    }

    /// Whether it is the host's fault, or the network's, and not ours.
    public static boolean brokenBy(Throwable cause) {
        return cause instanceof SSLException || cause.getCause() instanceof SSLException;
    }

    /// Judges the certificate of one host.
    private final class Judging extends X509ExtendedTrustManager {
        private final String host;

        Judging(String host) {
            this.host = host;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateRefused {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateRefused {
            checkServerTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateRefused {
            if (demand.checked()) {
                CertificateJudge.judge(List.of(chain), trusted, clock.instant(), demand.nameAt(host));
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
            throw new UnsupportedOperationException("we are the client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            throw new UnsupportedOperationException("we are the client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException("we are the client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
