package dev.tarry.queue;

import dev.tarry.store.ErrorRecord;
import dev.tarry.store.QueueRecord;
import dev.tarry.time.Alarm;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/// One queue: its copies in order of priority and arrival, its connections, its episode of Retry. It decides
/// nothing about the outside and sets no alarms; [Attempts] and [Settlements] do. Queue loop only.
///
/// Status (reference §1.5), from what is counted here:
/// - `Active`: a connection is up. Nothing else can be said while one is: another connection's failure does not
/// change it.
/// - `Connecting`: an attempt is under way and no connection is up.
/// - `Retry`: the last attempt failed and the alarm for the next is set. Only a failed attempt leads here,
/// and only an attempt
///   (by alarm or by hand) or becoming empty leads out: a new message does not, it waits with the others.
/// - `Ready`: everything else.
final class NextHopQueue {
    /// Messages a 4xx of their own made wait, soonest first.
    private record Waiting(Node node, long due) {}

    private final int id;
    private final NextHopKey key;
    private final Node[] heads = new Node[3];
    private final Node[] tails = new Node[3];
    private final int[] ready = new int[3];
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(
            (a, b) -> a.due != b.due ? Long.compare(a.due, b.due) : Long.compare(a.node.messageId, b.node.messageId));
    private final int[] waits = new int[3];
    private final int[] leased = new int[3];
    private int arriving;
    private int attempts;
    private int connections;
    /// an extra connection has failed: those that are up have to do until none is
    private boolean enough;
    private RetryState retry;
    private boolean retryDue;
    private int episode;
    private final MinuteRate incoming = new MinuteRate();
    private final MinuteRate outgoing = new MinuteRate();

    /// Owned by [Attempts].
    Alarm retryAlarm;
    Alarm idleAlarm;
    /// since when it has been empty; counts while [#idleAlarm] is set
    long idleSinceMillis;
    Alarm waitingAlarm;
    long waitingAlarmMillis;
    boolean offered;
    /// what the store was last told of the episode
    RetryState storedRetry;
    /// null until it stands on its shelf
    private Watch watch;

    NextHopQueue(int id, NextHopKey key) {
        this.id = id;
        this.key = key;
    }

    void watchedBy(Watch all) {
        watch = all;
    }

    /// Status, number of messages or error may be others than before.
    private void touch() {
        if (watch != null) {
            watch.touched(this);
        }
    }

    int id() {
        return id;
    }

    NextHopKey key() {
        return key;
    }

    QueueStatus status() {
        if (connections > 0) {
            return QueueStatus.ACTIVE;
        }
        if (attempts > 0) {
            return QueueStatus.CONNECTING;
        }
        return retry != null ? QueueStatus.RETRY : QueueStatus.READY;
    }

    // ---- copies

    int readyCount() {
        return ready[0] + ready[1] + ready[2];
    }

    int readyCount(int priority) {
        return ready[priority];
    }

    int leasedCount() {
        return leased[0] + leased[1] + leased[2];
    }

    int leasedCount(int priority) {
        return leased[priority];
    }

    int waitingCount() {
        return waits[0] + waits[1] + waits[2];
    }

    int waitingCount(int priority) {
        return waits[priority];
    }

    int messageCount() {
        return readyCount() + leasedCount() + waitingCount();
    }

    /// When the oldest copy that is not leased was received; [Long#MAX_VALUE] if there is none.
    long oldestMillis() {
        long oldest = Long.MAX_VALUE;
        for (Node head : heads) {
            // in order of arrival, as the integers are
            oldest = head == null ? oldest : Math.min(oldest, head.receivedMillis);
        }
        for (Waiting w : waiting) {
            if (w.node.state == Node.State.WAITING && w.node.queue == this) {
                oldest = Math.min(oldest, w.node.receivedMillis);
            }
        }
        return oldest;
    }

    boolean empty() {
        return messageCount() == 0 && arriving == 0;
    }

    void arriving(int change) {
        arriving += change;
    }

    /// Puts a copy in its place by order of its integer; nearly always that is the end.
    void add(Node node) {
        node.queue = this;
        node.state = Node.State.READY;
        int p = node.priority;
        Node after = tails[p];
        while (after != null && after.messageId > node.messageId) {
            after = after.previous;
        }
        node.previous = after;
        node.next = after == null ? heads[p] : after.next;
        if (node.next == null) {
            tails[p] = node;
        } else {
            node.next.previous = node;
        }
        if (after == null) {
            heads[p] = node;
        } else {
            after.next = node;
        }
        ready[p]++;
        touch();
    }

    /// Takes the next copy that may leave; null if none may.
    Node lease() {
        for (int p = 0; p < heads.length; p++) {
            if (heads[p] != null) {
                Node node = heads[p];
                lease(node);
                return node;
            }
        }
        return null;
    }

    /// Takes this copy, which must not be leased.
    void lease(Node node) {
        switch (node.state) {
            case READY -> unlink(node);
            case WAITING -> waits[node.priority]--; // its entry in the heap is skipped when it comes up
            case LEASED -> throw new IllegalStateException("leased twice: " + node.messageId + " in " + key);
        }
        node.state = Node.State.LEASED;
        leased[node.priority]++;
    }

    /// A leased copy comes back and may leave again.
    void giveBack(Node node) {
        leased[node.priority]--;
        add(node);
    }

    /// A leased copy comes back and waits on its own account.
    void wait(Node node, long dueMillis) {
        leased[node.priority]--;
        addWaiting(node, dueMillis);
    }

    void addWaiting(Node node, long dueMillis) {
        node.queue = this;
        node.state = Node.State.WAITING;
        node.nextAttemptMillis = dueMillis;
        waiting.add(new Waiting(node, dueMillis));
        waits[node.priority]++;
        touch();
    }

    /// A leased copy is done with.
    void done(Node node, long nowMillis) {
        leased[node.priority]--;
        node.queue = null;
        outgoing.count(nowMillis);
        touch();
    }

    /// A copy has entered; counted for the rate.
    void entered(long nowMillis) {
        incoming.count(nowMillis);
    }

    /// Messages a second, over the last minute.
    double incomingRate(long nowMillis) {
        return incoming.perSecond(nowMillis);
    }

    double outgoingRate(long nowMillis) {
        return outgoing.perSecond(nowMillis);
    }

    /// When the first waiting copy may leave; 0 if none waits.
    long nextWaitingMillis() {
        Waiting first = firstWaiting();
        return first == null ? 0 : first.due;
    }

    /// Every copy that waits on its own account waits until another moment; its order among them stays.
    ///
    /// @param moved from when its wait would end to when it ends
    void moveWaits(LongUnaryOperator moved) {
        List<Waiting> all = waiting.stream().filter(this::holds).toList();
        waiting.clear();
        for (Waiting one : all) {
            one.node.nextAttemptMillis = moved.applyAsLong(one.due);
            waiting.add(new Waiting(one.node, one.node.nextAttemptMillis));
        }
    }

    /// Moves copies whose wait is over to where they may leave.
    ///
    /// @param woken told of each
    void wake(long nowMillis, Consumer<Node> woken) {
        for (Waiting first = firstWaiting(); first != null && first.due <= nowMillis; first = firstWaiting()) {
            waiting.poll();
            waits[first.node.priority]--;
            add(first.node);
            woken.accept(first.node);
        }
    }

    private Waiting firstWaiting() {
        Waiting first = waiting.peek();
        while (first != null && !holds(first)) {
            waiting.poll();
            first = waiting.peek();
        }
        return first;
    }

    /// Whether an entry still stands for its copy.
    private boolean holds(Waiting entry) {
        return entry.node.state == Node.State.WAITING
                && entry.node.nextAttemptMillis == entry.due
                && entry.node.queue == this;
    }

    private void unlink(Node node) {
        int p = node.priority;
        if (node.previous == null) {
            heads[p] = node.next;
        } else {
            node.previous.next = node.next;
        }
        if (node.next == null) {
            tails[p] = node.previous;
        } else {
            node.next.previous = node.previous;
        }
        node.previous = null;
        node.next = null;
        ready[p]--;
    }

    /// Copies that may leave, by priority and arrival.
    void forEachReady(Consumer<Node> visitor) {
        for (Node head : heads) {
            for (Node node = head; node != null; node = node.next) {
                visitor.accept(node);
            }
        }
    }

    /// Copies that are not leased: those that may leave, then those that wait.
    void forEachResting(Consumer<Node> visitor) {
        forEachReady(visitor);
        waiting.stream()
                .filter(this::holds)
                .sorted((a, b) -> Long.compare(a.node.messageId, b.node.messageId))
                .forEach(w -> visitor.accept(w.node));
    }

    // ---- attempts, connections, Retry

    int connections() {
        return connections;
    }

    int attempts() {
        return attempts;
    }

    /// Whether another attempt to connect is worth making now.
    boolean wantsAttempt(int maxConnections, int messagesPerConnection) {
        int waits = readyCount();
        if (waits == 0 || (retry != null && !retryDue)) {
            return false;
        }
        if (connections == 0) {
            return attempts == 0; // one finds out how it stands; more only once it is known to work
        }
        if (enough) {
            return false; // else the next hop would be dialled without a pause
        }
        int worthwhile =
                Math.min(maxConnections, connections + (waits + messagesPerConnection - 1) / messagesPerConnection - 1);
        return connections + attempts < worthwhile;
    }

    void attemptBegins() {
        attempts++;
        touch();
    }

    /// The attempt reached a host: the episode of Retry, if any, is over.
    void connected() {
        attempts--;
        connections++;
        touch();
        endRetry();
    }

    /// An attempt ended without a connection and without a verdict (there was nothing left to send).
    void attemptAbandoned() {
        attempts--;
        touch();
    }

    void disconnected() {
        connections--;
        touch();
        enough &= connections > 0;
    }

    /// The attempt failed.
    ///
    /// @return whether the queue goes to Retry: not while another connection is up or on its way
    boolean attemptFailed(long nowMillis, ErrorRecord error, RetrySchedule schedule) {
        attempts--;
        return failed(nowMillis, error, schedule);
    }

    /// A connection was lost with messages left.
    boolean connectionLost(long nowMillis, ErrorRecord error, RetrySchedule schedule) {
        connections--;
        return failed(nowMillis, error, schedule);
    }

    private boolean failed(long nowMillis, ErrorRecord error, RetrySchedule schedule) {
        touch();
        enough = connections > 0;
        if (connections > 0 || attempts > 0) {
            return false;
        }
        if (retry == null || !retry.error().sameWords(error)) {
            episode++; // deferrals are tracked once an episode, and again when the error changes
        }
        retry = RetryState.afterFailure(retry, nowMillis, error, schedule);
        retryDue = false;
        return true;
    }

    RetryState retry() {
        return retry;
    }

    /// When a queue in Retry is tried next: not before there is a copy that may leave.
    long nextRetryMillis() {
        long due = retry.next().toEpochMilli();
        return readyCount() > 0 ? due : Math.max(due, nextWaitingMillis());
    }

    /// The wait for the next attempt is as long as another ladder says.
    ///
    /// @return whether it has changed: not where nothing waits for an alarm
    boolean climbOn(RetrySchedule schedule) {
        RetryState before = retry;
        if (before == null || retryDue) {
            return false;
        }
        retry = before.on(schedule);
        touch();
        return retry != before;
    }

    /// The time for the next attempt has come, or an administrator says so.
    void retryNow() {
        retryDue = true;
    }

    boolean retryDue() {
        return retryDue;
    }

    void endRetry() {
        touch();
        retry = null;
        retryDue = false;
    }

    /// Grows with each episode of Retry; never 0 in one.
    int episode() {
        return episode;
    }

    /// Takes over what the store kept: an episode of Retry goes on, and its next attempt is due at once.
    void restore(QueueRecord stored) {
        if (stored.firstRetryMillis() != 0) {
            retry = new RetryState(
                    stored.retryCount(),
                    stored.firstRetryMillis(),
                    stored.lastRetryMillis(),
                    stored.nextRetryMillis(),
                    stored.lastError());
            storedRetry = retry;
            retryDue = true;
            episode = 1;
        }
    }

    QueueRecord stored() {
        RetryState r = retry;
        return new QueueRecord(
                id,
                key.deliveryType().shellName(),
                key.nextHopDomain(),
                key.connector(),
                false,
                r == null ? 0 : r.retries(),
                r == null ? 0 : r.firstMillis(),
                r == null ? 0 : r.lastMillis(),
                r == null ? 0 : r.nextMillis(),
                r == null ? ErrorRecord.NONE : r.error());
    }
}
