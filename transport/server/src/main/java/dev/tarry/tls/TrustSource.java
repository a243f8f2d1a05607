package dev.tarry.tls;

import java.security.cert.TrustAnchor;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Whom we believe when they vouch for a host. Thread-safe.
@FunctionalInterface
public interface TrustSource {
    /// Nobody.
    TrustSource NOBODY = () -> CompletableFuture.completedFuture(Set.of());

    /// Asked before each attempt for which it matters. Never waits: what takes its time completes later, on any thread,
    /// and is in flight until then.
    CompletableFuture<Set<TrustAnchor>> anchors();
}
