package dev.tarry.lab.mx;

import dev.tarry.lab.fault.TlsEffect;
import dev.tarry.lab.mx.Turn.Next;
import dev.tarry.lab.tls.CertificateKind;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletableFuture;

/// STARTTLS of one session, true or broken. The handshake's arithmetic is done on the loop: with the
/// lab's keys it takes a millisecond. Lives on the loop of its channel.
final class HostTls {
    /// The first octet is no TLS record type, and no client finds a record in the rest.
    private static final String NO_TLS = "\u007fthis is no TLS\r\n\0\0\0\0\u00ff\u00fe\r\n";

    private final HostSession session;
    private final Certificates certificates;
    private SslContext context;
    private boolean broken;

    HostTls(HostSession session, Certificates certificates) {
        this.session = session;
        this.certificates = certificates;
    }

    /// Whether [#prepare] has to be done before it can begin.
    boolean needsContext() {
        return context == null
                && session.tlsFault()
                        .map(effect -> switch (effect) {
                            case TlsEffect.Stall(), TlsEffect.Close(), TlsEffect.Garbage() -> false;
                            case TlsEffect.Strip _, TlsEffect.Refuse _, TlsEffect.Certificate _ -> true;
                        })
                        .orElse(true);
    }

    /// @return completed on the loop, perhaps at once
    CompletableFuture<Void> prepare(EventExecutor loop) {
        var manners = session.manners();
        var kind = session.tlsFault().isPresent() && session.tlsFault().get() instanceof TlsEffect.Certificate(var flaw)
                ? kind(flaw)
                : manners.certificate();
        try {
            return certificates.contextOn(loop, manners.name(), kind).thenAccept(made -> context = made);
        } catch (IllegalArgumentException noName) {
            return CompletableFuture.failedFuture(noName);
        }
    }

    private static CertificateKind kind(TlsEffect.Flaw flaw) {
        return switch (flaw) {
            case EXPIRED -> CertificateKind.EXPIRED;
            case NOT_YET -> CertificateKind.NOT_YET;
            case SELF_SIGNED -> CertificateKind.SELF_SIGNED;
            case WRONG_NAME -> CertificateKind.WRONG_NAME;
            case UNKNOWN_CA -> CertificateKind.UNKNOWN_AUTHORITY;
        };
    }

    /// The 220 is written: everything behind it is TLS, or what a fault makes of it.
    ///
    /// @return whether nothing that comes is understood any more
    boolean begin(ChannelHandlerContext host) {
        if (context == null) {
            broken = !(session.tlsFault().orElseThrow() instanceof TlsEffect.Stall);
            return true;
        }
        var handler = context.newHandler(host.alloc());
        // These would go by Netty's clock, which is not the lab's.
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(0);
        host.pipeline().addBefore(host.name(), null, handler);
        return false;
    }

    /// Whether the client's first octets of the handshake are still to be answered, wrongly.
    boolean broken() {
        return broken;
    }

    Turn answerHandshake() {
        broken = false;
        return session.tlsFault().orElseThrow() instanceof TlsEffect.Close
                ? Turn.silent(new Next.Close())
                : Turn.of(NO_TLS, new Next.Stall());
    }

    void shaken(ChannelHandlerContext host, SslHandshakeCompletionEvent handshake, SessionEntry journal) {
        if (handshake.isSuccess()) {
            var agreed = host.pipeline().get(SslHandler.class).engine().getSession();
            journal.tls(agreed.getProtocol(), agreed.getCipherSuite());
        } else {
            journal.ending("tls");
            journal.note("TLS failed: " + handshake.cause().getMessage());
        }
    }
}
