package dev.tarry.queue;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Copies of one queue that wait on their own account, each until its moment: by that moment, and by their integers.
/// All the moments can be moved at once, which costs the same however many wait: those that were there are set aside
/// as they are, with what has become of their moments, and come over a few at a time. Queue loop only.
final class WaitingCopies {
    private static final Comparator<Node> SOONEST_FIRST =
            Comparator.<Node>comparingLong(node -> node.nextAttemptMillis).thenComparingLong(node -> node.messageId);

    /// Copies whose moments are others than they say.
    private static final class Moved {
        private final TreeSet<Node> copies;
        private long longer;
        private long latest;

        Moved(TreeSet<Node> copies, long longer, long latest) {
            this.copies = copies;
            this.longer = longer;
            this.latest = latest;
        }

        private long moment(Node node) {
            return Math.min(node.nextAttemptMillis + longer, latest);
        }

        private void again(long byMillis, long atMost) {
            longer += byMillis;
            latest = Math.min(latest + byMillis, atMost);
        }
    }

    private final CopyList inOrder = new CopyList();
    /// null until one waits: few queues have any. Moments in here change only while their copies are not
    private TreeSet<Node> soonest;
    private final Deque<Moved> moved = new ArrayDeque<>(0);
    private final int[] counts = new int[Priorities.COUNT];

    int size() {
        return inOrder.size();
    }

    int size(int priority) {
        return counts[priority];
    }

    /// By their integers.
    CopyList inOrder() {
        return inOrder;
    }

    /// @param node whose moment is set, and does not change while it is in here but by [#move]
    void add(Node node) {
        if (soonest == null) {
            soonest = new TreeSet<>(SOONEST_FIRST);
        }
        soonest.add(node);
        inOrder.add(node);
        counts[node.priority]++;
    }

    /// @param node in here; its moment is right afterwards
    void remove(Node node) {
        inOrder.remove(node);
        counts[node.priority]--;
        if (soonest != null && soonest.remove(node)) {
            return;
        }
        for (Moved some : moved) {
            if (some.copies.remove(node)) {
                node.nextAttemptMillis = some.moment(node);
                forgetEmpty();
                return;
            }
        }
        throw new IllegalStateException("it does not wait: " + node.messageId);
    }

    private void forgetEmpty() {
        moved.removeIf(some -> some.copies.isEmpty());
    }

    /// When the first wait is over; 0 if none waits.
    long nextMillis() {
        if (inOrder.size() == 0) {
            return 0;
        }
        Moved first = first();
        return first == null ? soonest.first().nextAttemptMillis : first.moment(first.copies.first());
    }

    /// Those among which the first is; null: it is one whose moment is what it says.
    private Moved first() {
        Moved first = null;
        long earliest = soonest == null || soonest.isEmpty() ? Long.MAX_VALUE : soonest.first().nextAttemptMillis;
        for (Moved some : moved) {
            long moment = some.moment(some.copies.first());
            if (moment < earliest) {
                earliest = moment;
                first = some;
            }
        }
        return first;
    }

    /// Every wait that there is ends so much later, or earlier, but not after a moment. Nothing is touched yet:
    /// [#settle] does.
    void move(long longerMillis, long latestMillis) {
        if (inOrder.size() == 0) {
            return;
        }
        moved.forEach(some -> some.again(longerMillis, latestMillis));
        if (soonest != null && !soonest.isEmpty()) {
            boolean changes = longerMillis != 0 || soonest.last().nextAttemptMillis > latestMillis;
            if (changes) {
                moved.add(new Moved(soonest, longerMillis, latestMillis));
                soonest = null;
            }
        }
    }

    /// Lets up to so many say their new moments.
    ///
    /// @return how many have; fewer than so many if none are left
    int settle(int most) {
        int settled = 0;
        while (settled < most && !moved.isEmpty()) {
            Moved some = moved.peek();
            Node node = some.copies.pollFirst();
            node.nextAttemptMillis = some.moment(node);
            if (soonest == null) {
                soonest = new TreeSet<>(SOONEST_FIRST);
            }
            soonest.add(node);
            settled++;
            if (some.copies.isEmpty()) {
                moved.remove();
            }
        }
        return settled;
    }

    /// Takes out up to so many whose wait is over, the first to end first.
    void takeUntil(long nowMillis, int most, Consumer<Node> taken) {
        for (int left = most; left > 0 && inOrder.size() > 0 && nextMillis() <= nowMillis; left--) {
            Moved first = first();
            Node node = first == null ? soonest.first() : first.copies.first();
            remove(node);
            taken.accept(node);
        }
    }
}
