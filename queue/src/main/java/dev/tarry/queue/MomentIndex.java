package dev.tarry.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Copies by a moment of theirs, whatever order they came in: one list a second. Adding and removing cost
/// O(log seconds), of which a lifetime of two days has 172,800. Queue loop only.
abstract class MomentIndex {
    private final TreeMap<Long, Node> seconds = new TreeMap<>();

    /// The moment; never changes while the copy is in here.
    abstract long millis(Node node);

    /// Where the copy keeps its place in here: a million of them pay for these fields, and for nothing else.
    abstract boolean in(Node node);

    abstract void in(Node node, boolean in);

    abstract Node previous(Node node);

    abstract void previous(Node node, Node previous);

    abstract Node next(Node node);

    abstract void next(Node node, Node next);

    /// Puts it in, behind those of its second; it must not be in.
    final void add(Node node) {
        in(node, true);
        Node first = seconds.putIfAbsent(second(node), node);
        if (first == null) {
            link(node, node);
        } else {
            Node last = previous(first);
            link(last, node);
            link(node, first);
        }
    }

    /// Takes it out if it is in.
    final void remove(Node node) {
        if (!in(node)) {
            return;
        }
        Node next = next(node);
        if (next == node) {
            seconds.remove(second(node));
        } else {
            link(previous(node), next);
            seconds.replace(second(node), node, next);
        }
        previous(node, null);
        next(node, null);
        in(node, false);
    }

    /// A second's list is a ring, so that its last is known too.
    private void link(Node one, Node other) {
        next(one, other);
        previous(other, one);
    }

    private long second(Node node) {
        return Math.floorDiv(millis(node), 1000L);
    }

    final boolean isEmpty() {
        return seconds.isEmpty();
    }

    /// The earliest moment; [Long#MAX_VALUE] if there is none.
    final long firstMillis() {
        if (seconds.isEmpty()) {
            return Long.MAX_VALUE;
        }
        Node first = seconds.firstEntry().getValue();
        long earliest = millis(first);
        for (Node node = next(first); node != first; node = next(node)) {
            earliest = Math.min(earliest, millis(node));
        }
        return earliest;
    }

    /// Takes out up to so many whose moment has come, second by second, in each of them as they came in: where the
    /// clock stands still, a million may have come in at one moment, and are not looked through for each few that
    /// are taken.
    ///
    /// @return earliest first, and of one moment the oldest message first
    final List<Node> takeUntil(long nowMillis, int most) {
        List<Node> due = new ArrayList<>();
        for (Node first : seconds.headMap(Math.floorDiv(nowMillis, 1000L), true).values()) {
            Node node = first;
            do {
                if (millis(node) <= nowMillis) {
                    due.add(node);
                }
                node = next(node);
            } while (node != first && due.size() < most);
            if (due.size() >= most) {
                break;
            }
        }
        due.forEach(this::remove);
        due.sort((a, b) ->
                millis(a) != millis(b) ? Long.compare(millis(a), millis(b)) : Long.compare(a.messageId, b.messageId));
        return due;
    }
}
