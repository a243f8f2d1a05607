package dev.tarry.lab.mx;

import dev.tarry.lab.fault.SmtpEffect;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What hosts remember from one session to the next: who was greylisted when, and how much came lately.
/// In lab time, bounded, gone with the process. Thread-safe.
final class HostMemory {
    private static final int GREYLISTED_MAX = 100_000;
    private static final int WINDOWS_MAX = 10_000;

    private final InstantSource clock;
    private final Map<Stranger, Instant> firstSeen = new LinkedHashMap<>();
    private final Map<Counted, Deque<Instant>> windows = new LinkedHashMap<>();

    private record Stranger(String host, String client, String sender, String recipient) {}

    /// Two faults with the same words for the same host count together.
    private record Counted(String host, String stage, SmtpEffect.Limit limit) {}

    HostMemory(InstantSource clock) {
        this.clock = clock;
    }

    /// Whether it is too early for at least one of these recipients.
    synchronized boolean greylisted(
            String host, String client, String sender, List<String> recipients, Duration delay) {
        var now = clock.instant();
        boolean early = false;
        for (var recipient : recipients) {
            var stranger = new Stranger(host, client, sender, recipient);
            var first = firstSeen.putIfAbsent(stranger, now);
            early |= now.isBefore((first == null ? now : first).plus(delay));
        }
        forgetOldest(firstSeen, GREYLISTED_MAX);
        return early;
    }

    /// Whether this one is more than the limit lets in; if not, it counts.
    synchronized boolean tooMuch(String host, String stage, SmtpEffect.Limit limit) {
        var now = clock.instant();
        var taken = windows.computeIfAbsent(new Counted(host, stage, limit), _ -> new ArrayDeque<>());
        while (!taken.isEmpty() && !taken.peekFirst().plus(limit.per()).isAfter(now)) {
            taken.removeFirst();
        }
        boolean full = taken.size() >= limit.count();
        if (!full) {
            taken.addLast(now);
        }
        forgetOldest(windows, WINDOWS_MAX);
        return full;
    }

    synchronized void forget() {
        firstSeen.clear();
        windows.clear();
    }

    private static void forgetOldest(Map<?, ?> map, int most) {
        var oldest = map.keySet().iterator();
        for (int tooMany = map.size() - most; tooMany > 0; tooMany--) {
            oldest.next();
            oldest.remove();
        }
    }
}
