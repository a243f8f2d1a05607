package dev.tarry.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Copies of whose delay somebody may yet have to be told, by priority and by the moment they were received: those of
/// one priority are late the same span after it, whatever that span is set to. Queue loop only.
final class DelayIndex {
    private final Received[] byPriority = {new Received(), new Received(), new Received()};

    void add(Node node) {
        byPriority[node.priority].add(node);
    }

    void remove(Node node) {
        byPriority[node.priority].remove(node);
    }

    boolean isEmpty() {
        return byPriority[0].isEmpty() && byPriority[1].isEmpty() && byPriority[2].isEmpty();
    }

    /// When the first of them is late; [Long#MAX_VALUE] if there is none.
    ///
    /// @param spans how long after receipt one of a priority is late
    long firstMillis(IntFunction<Duration> spans) {
        long earliest = Long.MAX_VALUE;
        for (int p = 0; p < byPriority.length; p++) {
            if (!byPriority[p].isEmpty()) {
                earliest = Math.min(
                        earliest, byPriority[p].firstMillis() + spans.apply(p).toMillis());
            }
        }
        return earliest;
    }

    /// Takes out up to so many that are late: of each priority the oldest first.
    List<Node> takeLate(long nowMillis, IntFunction<Duration> spans, int most) {
        List<Node> late = new ArrayList<>();
        for (int p = 0; p < byPriority.length && late.size() < most; p++) {
            late.addAll(byPriority[p].takeUntil(nowMillis - spans.apply(p).toMillis(), most - late.size()));
        }
        return late;
    }

    private static final class Received extends MomentIndex {
        @Override
        long millis(Node node) {
            return node.receivedMillis;
        }

        @Override
        boolean in(Node node) {
            return node.inDelayIndex;
        }

        @Override
        void in(Node node, boolean in) {
            node.inDelayIndex = in;
        }

        @Override
        Node previous(Node node) {
            return node.delaysPrevious;
        }

        @Override
        void previous(Node node, Node previous) {
            node.delaysPrevious = previous;
        }

        @Override
        Node next(Node node) {
            return node.delaysNext;
        }

        @Override
        void next(Node node, Node next) {
            node.delaysNext = next;
        }
    }
}
