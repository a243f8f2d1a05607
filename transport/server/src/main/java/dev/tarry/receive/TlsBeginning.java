package dev.tarry.receive;

import dev.tarry.eventlog.Events;
import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How TLS begins on one connection, from STARTTLS (or the connection itself) until it has begun or failed: with its
/// certificate, within its time, and told of once, whoever notices first. On the channel's loop.
final class TlsBeginning {
    private static final Logger LOG = LoggerFactory.getLogger(TlsBeginning.class);

    private final Reception reception;
    private final String clientIp;
    private final Loop loop;
    private final Alarm patience;
    private boolean going = true;

    /// @param drop ends the connection of a client that takes too long
    TlsBeginning(Reception reception, String clientIp, Timers wireTimers, Loop loop, Runnable drop) {
        this.reception = reception;
        this.clientIp = clientIp;
        this.loop = loop;
        this.patience = wireTimers.after(InboundTls.HANDSHAKE_PATIENCE, loop, () -> {
            failed("the client did not end the handshake in time");
            drop.run();
        });
    }

    /// @param wanted      whether the client is still there for it
    /// @param ready       told what TLS begins with
    /// @param unavailable rung instead if it cannot be had
    void begin(BooleanSupplier wanted, Consumer<SSLContext> ready, Runnable unavailable) {
        CompletableFuture<SSLContext> certificate = reception
                .tls()
                .map(source -> source.context(reception.connector().fqdn()))
                .orElseGet(() -> CompletableFuture.failedFuture(new IOException("nobody has set one")));
        certificate.whenComplete((tls, failure) -> loop.execute(() -> {
            if (!wanted.getAsBoolean()) {
                return;
            }
            if (failure == null) {
                ready.accept(tls);
            } else {
                notAvailable(failure);
                unavailable.run();
            }
        }));
    }

    private void notAvailable(Throwable failure) {
        ReceiveConnector connector = reception.connector();
        // the event log tells it once; whoever asks again and again fills no log
        LOG.debug("{} has no certificate to begin TLS with", connector.name(), failure);
        over(ReceiveMeter.Handshake.UNAVAILABLE);
        reception.events().report(Events.noCertificate(connector.name(), connector.fqdn(), failure.toString()));
    }

    void completed() {
        over(ReceiveMeter.Handshake.COMPLETED);
    }

    void failed(String why) {
        if (going) {
            reception.events().report(Events.tlsFailed(reception.connector().name(), clientIp, why));
        }
        over(ReceiveMeter.Handshake.FAILED);
    }

    /// It ends, and nobody is to blame.
    void forgive() {
        going = false;
        patience.cancel();
    }

    private void over(ReceiveMeter.Handshake how) {
        patience.cancel();
        if (going) {
            going = false;
            reception.meter().secured(how);
        }
    }
}
