package dev.tarry.send;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/// Hosts that offered TLS and could not do it. Where TLS is not required they get their mail in the clear, and for a
/// while are not asked again, so that not every message costs a connection that comes to nothing. Thread-safe.
final class ClearHosts {
    /// For how long, in lab time, TLS is not tried again.
    static final Duration REMEMBERED = Duration.ofHours(1);

    /// So many are remembered; of more the ones that failed first are forgotten.
    static final int MAX_HOSTS = 10_000;

    private final InstantSource labTime;

    private record Kept(Target host, Instant until) {}

    private final SequencedMap<InetSocketAddress, Kept> kept = new LinkedHashMap<>();

    ClearHosts(InstantSource labTime) {
        this.labTime = labTime;
    }

    synchronized void add(Target host) {
        kept.remove(host.address());
        kept.put(host.address(), new Kept(host, labTime.instant().plus(REMEMBERED))); // behind all others
        while (kept.size() > MAX_HOSTS || !kept.firstEntry().getValue().until().isAfter(labTime.instant())) {
            kept.pollFirstEntry();
        }
    }

    synchronized boolean holds(Target host) {
        Kept one = kept.get(host.address());
        return one != null && one.until().isAfter(labTime.instant());
    }

    /// @param which those that are forgotten
    /// @return their addresses
    synchronized Set<InetSocketAddress> forget(Predicate<Target> which) {
        Set<InetSocketAddress> forgotten = new HashSet<>();
        kept.values()
                .removeIf(one ->
                        which.test(one.host()) && forgotten.add(one.host().address()));
        return forgotten;
    }
}
