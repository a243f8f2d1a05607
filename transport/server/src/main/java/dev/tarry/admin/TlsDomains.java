package dev.tarry.admin;

import dev.tarry.config.TlsAuthLevel;
import dev.tarry.queue.NextHopKey;
import dev.tarry.routing.Router;
import dev.tarry.routing.SendConnector;
import java.util.function.Supplier;

/// Whom the hosts of a queue must prove to be: what a queue has as TlsDomain. It follows from the connector, which is
/// part of the queue's key, so it splits no queue.
@FunctionalInterface
public interface TlsDomains {
    TlsDomains NONE = _ -> "";

    /// @return empty where no proof is asked for
    String of(NextHopKey queue);

    /// @param router asked anew each time
    static TlsDomains by(Supplier<Router> router) {
        return queue -> router.get()
                .connector(queue.connector())
                .map(connector -> domain(connector, queue))
                .orElse("");
    }

    private static String domain(SendConnector connector, NextHopKey queue) {
        boolean proof = connector.tls().domainSecure()
                || connector
                        .tls()
                        .authLevel()
                        .filter(TlsAuthLevel.DOMAIN_VALIDATION::equals)
                        .isPresent();
        return proof
                ? connector.tls().tlsDomain().orElse(connector.dnsRoutingEnabled() ? queue.nextHopDomain() : "")
                : "";
    }
}
