package dev.tarry.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Copies by a moment of theirs, whatever order they came in: one list a second, in which the earliest comes first and
/// of one moment who came in first. Taking one out costs O(log seconds), of which a lifetime of two days has 172,800,
/// and so does adding one that is not earlier than what its second has; else it is led past some of those. So a million
/// that came in at one moment, where the clock stands still, are never looked through. Queue loop only.
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

    /// Puts it in; it must not be in.
    final void add(Node node) {
        in(node, true);
        Node first = seconds.putIfAbsent(second(node), node);
        if (first == null) {
            link(node, node);
            return;
        }
        if (millis(node) < millis(first)) {
            seconds.put(second(node), node);
        }
        Node after = millis(node) < millis(first) ? previous(first) : lastUpTo(millis(node), first);
        link(node, next(after));
        link(after, node);
    }

    /// Of a second whose first is not later: the last that is not. From both sides at once, since what is put in is
    /// nearly always later than the others, or was in here before and is among the first.
    private Node lastUpTo(long millis, Node first) {
        Node early = first;
        Node late = previous(first);
        while (millis(late) > millis) {
            late = previous(late);
            if (next(early) != first && millis(next(early)) <= millis) {
                early = next(early);
            } else {
                return early;
            }
        }
        return late;
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
        return millis(seconds.firstEntry().getValue());
    }

    /// Takes out up to so many whose moment has come.
    ///
    /// @return earliest first, and of those of one moment that are taken the oldest message first
    final List<Node> takeUntil(long nowMillis, int most) {
        List<Node> due = new ArrayList<>();
        while (due.size() < most && firstMillis() <= nowMillis) {
            Node first = seconds.firstEntry().getValue();
            due.add(first);
            remove(first);
        }
        due.sort((a, b) ->
                millis(a) != millis(b) ? Long.compare(millis(a), millis(b)) : Long.compare(a.messageId, b.messageId));
        return due;
    }
}
