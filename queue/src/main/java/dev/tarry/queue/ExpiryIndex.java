package dev.tarry.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Copies by the moment they expire, whatever order they came in: one list a second. Adding and removing cost
/// O(log seconds), of which a lifetime of two days has 172,800. Queue loop only.
final class ExpiryIndex {
    private final TreeMap<Long, Node> seconds = new TreeMap<>();

    void add(Node node) {
        node.expirySlot = node.expiresMillis / 1000;
        Node first = seconds.put(node.expirySlot, node);
        node.expiresPrevious = null;
        node.expiresNext = first;
        if (first != null) {
            first.expiresPrevious = node;
        }
    }

    /// Takes it out if it is in.
    void remove(Node node) {
        if (node.expirySlot < 0) {
            return;
        }
        if (node.expiresNext != null) {
            node.expiresNext.expiresPrevious = node.expiresPrevious;
        }
        if (node.expiresPrevious != null) {
            node.expiresPrevious.expiresNext = node.expiresNext;
        } else if (node.expiresNext != null) {
            seconds.put(node.expirySlot, node.expiresNext);
        } else {
            seconds.remove(node.expirySlot);
        }
        node.expiresPrevious = null;
        node.expiresNext = null;
        node.expirySlot = -1;
    }

    boolean isEmpty() {
        return seconds.isEmpty();
    }

    /// When the first expires; [Long#MAX_VALUE] if there is none.
    long firstMillis() {
        Map.Entry<Long, Node> first = seconds.firstEntry();
        long earliest = Long.MAX_VALUE;
        for (Node node = first == null ? null : first.getValue(); node != null; node = node.expiresNext) {
            earliest = Math.min(earliest, node.expiresMillis);
        }
        return earliest;
    }

    /// Takes out up to so many that have expired, oldest message first within a second.
    List<Node> takeExpired(long nowMillis, int most) {
        List<Node> expired = new ArrayList<>();
        for (Map.Entry<Long, Node> second :
                seconds.headMap(nowMillis / 1000, true).entrySet()) {
            for (Node node = second.getValue(); node != null; node = node.expiresNext) {
                if (node.expiresMillis <= nowMillis) {
                    expired.add(node);
                }
            }
            if (expired.size() >= most) {
                break;
            }
        }
        expired.sort((a, b) -> a.expiresMillis != b.expiresMillis
                ? Long.compare(a.expiresMillis, b.expiresMillis)
                : Long.compare(a.messageId, b.messageId));
        List<Node> taken = expired.size() > most ? expired.subList(0, most) : expired;
        taken.forEach(this::remove);
        return taken;
    }
}
