package dev.tarry.simulation;

import dev.tarry.lab.Lab;
import dev.tarry.tls.TrustSource;
import io.netty.util.concurrent.EventExecutor;
import java.security.cert.TrustAnchor;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// In the lab's world the lab's authority is trusted, and nobody else.
///
/// @param loop where it is told; any
public record LabTrust(Lab lab, EventExecutor loop) implements TrustSource {
    @Override
    public CompletableFuture<Set<TrustAnchor>> anchors() {
        return lab.authority().rootOn(loop).thenApply(root -> Set.of(new TrustAnchor(root, null)));
    }
}
