package dev.tarry.send;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Hosts that offered TLS and could not do it. Where TLS is not required they get their mail in the clear, and for a
/// while are not asked again, so that not every message costs a connection that comes to nothing. Thread-safe.
final class ClearHosts {
    /// For how long, in lab time, TLS is not tried again.
    static final Duration REMEMBERED = Duration.ofHours(1);

    /// So many are remembered; of more the ones that failed first are forgotten.
    static final int MAX_HOSTS = 10_000;

    private final InstantSource labTime;
    private final SequencedMap<InetSocketAddress, Instant> until = new LinkedHashMap<>();

    ClearHosts(InstantSource labTime) {
        this.labTime = labTime;
    }

    synchronized void add(InetSocketAddress host) {
        until.remove(host);
        until.put(host, labTime.instant().plus(REMEMBERED)); // behind all others
        while (until.size() > MAX_HOSTS || !until.firstEntry().getValue().isAfter(labTime.instant())) {
            until.pollFirstEntry();
        }
    }

    synchronized boolean holds(InetSocketAddress host) {
        Instant end = until.get(host);
        return end != null && end.isAfter(labTime.instant());
    }
}
