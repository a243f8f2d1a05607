package dev.tarry.queue;

import dev.tarry.store.ErrorRecord;
import dev.tarry.store.QueueRecord;
import dev.tarry.time.Alarm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
/// - `Suspended`: an administrator said so, whatever else could be said. What is in flight finishes, what comes in
/// stays, nothing else leaves; how its messages stand does not change by it.
final class NextHopQueue {
    /// Lists of copies that rest here: those that may leave, by priority, and those that wait on their own account.
    static final int RESTING_LISTS = Priorities.COUNT + 1;

    /// Of [#untoldFrom]: there are none.
    static final long NONE_UNTOLD = Long.MAX_VALUE;

    /// A leased copy that no delivery has in hand.
    ///
    /// @param back   where it will be again, if nothing comes of it
    /// @param offers what [#offers] was
    /// @param resubmits what [#resubmits] was
    private record Held(Node.State back, int offers, int resubmits) {}

    /// So many copies that break connections stand behind the others; of more, the eldest are back in their places.
    static final int MAX_BEHIND = 64;

    private final int id;
    private final NextHopKey key;
    private final CopyList[] ready = {new CopyList(), new CopyList(), new CopyList()};
    /// null until one is: few queues have any
    private CopyList[] stopped;
    /// messages a 4xx of their own made wait
    private final WaitingCopies waiting = new WaitingCopies();
    private final int[] leased = new int[3];
    /// those that are leased, linked as the others are, in no order
    private Node firstLeased;
    private final Map<Node, Held> held = new LinkedHashMap<>();
    private final int[] heldReady = new int[3];
    private final int[] heldWaiting = new int[3];
    private final int[] heldStopped = new int[3];
    /// of copies that are leased
    private final Map<Node, Fate> fates = new HashMap<>(0);
    /// told once, when a leased copy changes hands or is back
    private final Map<Node, List<Runnable>> moves = new HashMap<>(0);
    private boolean suspended;
    /// its messages are on their way to the categorizer: it is not tried until that is over
    private boolean resubmitting;
    /// the next failure is the first of its counts
    private boolean anew;
    /// how often all that may leave has been offered to the categorizer
    private int offers;
    /// how often all that waits, on its own account or not, was offered because somebody wants it so
    private int resubmits;
    /// copies with which a connection broke, and behind which integer each leaves since; the eldest first
    private final Map<Node, Long> behind = new LinkedHashMap<>(0);
    private int arriving;
    private int attempts;
    private int connections;
    /// of them by the priority of the mail they are for; those for any come first
    private final int[] tried = new int[1 + Priorities.COUNT];
    private final int[] up = new int[1 + Priorities.COUNT];
    /// an extra connection has failed: those that are up have to do until none is
    private boolean enough;
    private RetryState retry;
    private boolean retryDue;
    private int episode;
    /// no copy with a smaller integer has a deferral of this episode that is not tracked
    private long untoldFrom = NONE_UNTOLD;
    /// attempts that failed, of all episodes
    private int failures;
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
        return suspended ? QueueStatus.SUSPENDED : activity();
    }

    /// Whether its copies wait for its next attempt, also if it is suspended.
    boolean waitsForRetry() {
        return activity() == QueueStatus.RETRY;
    }

    private QueueStatus activity() {
        if (connections > 0) {
            return QueueStatus.ACTIVE;
        }
        if (attempts > 0) {
            return QueueStatus.CONNECTING;
        }
        return retry != null ? QueueStatus.RETRY : QueueStatus.READY;
    }

    // ---- suspended

    boolean suspended() {
        return suspended;
    }

    void suspended(boolean now) {
        suspended = now;
        touch();
    }

    // ---- copies

    int readyCount() {
        return ready[0].size() + ready[1].size() + ready[2].size();
    }

    /// Copies that are suspended and nobody has in hand.
    int stoppedCount() {
        return stopped == null ? 0 : stopped[0].size() + stopped[1].size() + stopped[2].size();
    }

    int leasedCount() {
        return leased[0] + leased[1] + leased[2];
    }

    int waitingCount() {
        return waiting.size();
    }

    int messageCount() {
        return readyCount() + leasedCount() + waitingCount() + stoppedCount();
    }

    /// When the oldest copy that is not leased was received; [Long#MAX_VALUE] if there is none.
    long oldestMillis() {
        long oldest = Long.MAX_VALUE;
        for (CopyList list : ready) {
            oldest = Math.min(oldest, oldest(list));
        }
        for (int p = 0; stopped != null && p < stopped.length; p++) {
            oldest = Math.min(oldest, oldest(stopped[p]));
        }
        return Math.min(oldest, oldest(waiting.inOrder()));
    }

    /// They are in order of arrival, as their integers are.
    private static long oldest(CopyList list) {
        return list.first() == null ? Long.MAX_VALUE : list.first().receivedMillis;
    }

    boolean empty() {
        return messageCount() == 0 && arriving == 0;
    }

    void arriving(int change) {
        arriving += change;
    }

    /// Puts a copy in its place by order of its integer; nearly always that is the end.
    void add(Node node) {
        comesIn(node);
        node.state = Node.State.READY;
        ready[node.priority].add(node);
        toBeTold(node);
        touch();
    }

    private void comesIn(Node node) {
        if (node.queue != this) {
            node.queue = this;
            node.failuresBefore = failures;
        }
    }

    /// A copy came in before the process began, at that moment: of the episode's failures only the first and the last
    /// have moments in the store, those between are taken to be spread evenly.
    void cameIn(Node node, long enteredMillis) {
        if (retry == null || enteredMillis > retry.lastMillis()) {
            node.failuresBefore = failures;
        } else if (enteredMillis <= retry.firstMillis()) {
            node.failuresBefore = 0;
        } else {
            long part = failures * (enteredMillis - retry.firstMillis()) / (retry.lastMillis() - retry.firstMillis());
            node.failuresBefore = Math.clamp(part, 1, Math.max(1, failures - 1));
        }
    }

    /// Attempts that failed since it came in.
    int failuresSince(Node node) {
        return failures - node.failuresBefore;
    }

    /// Puts a copy where it stays until it is resumed.
    ///
    /// @param dueMillis when it may leave on its own account, after that; 0 for at once
    void addSuspended(Node node, long dueMillis) {
        if (stopped == null) {
            stopped = new CopyList[] {new CopyList(), new CopyList(), new CopyList()};
        }
        comesIn(node);
        node.state = Node.State.SUSPENDED;
        node.nextAttemptMillis = dueMillis;
        stopped[node.priority].add(node);
        touch();
    }

    /// Takes the next copy that may leave; null if none may.
    ///
    /// @param priority  of what is taken; [Priorities#ANY]: whatever comes first
    /// @param priorities whether High comes first, else what arrived first does
    Node lease(int priority, boolean priorities) {
        // where there is one connection for all, nothing waits for another
        Node node = priority == Priorities.ANY || enough
                ? first(0, Priorities.COUNT, priorities)
                : first(priority, priority + 1, priorities);
        if (node != null) {
            lease(node);
        }
        return node;
    }

    /// Of the lists from one to before another.
    private Node first(int from, int to, boolean priorities) {
        Node first = null;
        for (int p = from; p < to; p++) {
            Node node = ready[p].first();
            while (node != null && behind.containsKey(node)) {
                node = node.next;
            }
            if (node != null && (first == null || !priorities && node.messageId < first.messageId)) {
                first = node;
            }
        }
        if (behind.isEmpty()) {
            return first;
        }
        Node late = null;
        for (Node node : behind.keySet()) {
            boolean there = node.state == Node.State.READY && node.priority >= from && node.priority < to;
            if (there && (late == null || behind.get(node) < behind.get(late))) {
                late = node;
            }
        }
        return late == null || first != null && first.messageId <= behind.get(late) ? first : late;
    }

    /// A connection broke in the middle of this copy, which is leased. It may have done so because of it, and every
    /// other would: it leaves behind all that are here now.
    void brokeOff(Node node) {
        long last = node.messageId;
        for (CopyList list : ready) {
            last = Math.max(last, list.last() == null ? 0 : list.last().messageId);
        }
        for (Node other = firstLeased; other != null; other = other.next) {
            last = Math.max(last, other.messageId);
        }
        behind.remove(node); // to the end
        if (behind.size() == MAX_BEHIND) {
            behind.remove(behind.keySet().iterator().next());
        }
        behind.put(node, last);
    }

    /// Takes this copy, which must not be leased.
    void lease(Node node) {
        switch (node.state) {
            case READY -> ready[node.priority].remove(node);
            case WAITING -> waiting.remove(node);
            case SUSPENDED -> {
                stopped[node.priority].remove(node);
                fates.put(node, Fate.SUSPEND); // whoever has it, it comes back as it was
            }
            case LEASED -> throw new IllegalStateException("leased twice: " + node.messageId + " in " + key);
        }
        node.state = Node.State.LEASED;
        leased[node.priority]++;
        node.next = firstLeased;
        if (firstLeased != null) {
            firstLeased.previous = node;
        }
        firstLeased = node;
    }

    private void unlease(Node node) {
        leased[node.priority]--;
        if (node.previous == null) {
            firstLeased = node.next;
        } else {
            node.previous.next = node.next;
        }
        if (node.next != null) {
            node.next.previous = node.previous;
        }
        node.previous = null;
        node.next = null;
        release(node);
    }

    /// Takes this copy, which must not be leased, for something else than a delivery.
    void hold(Node node) {
        Node.State back = node.state;
        lease(node);
        hold(node, back);
    }

    /// A leased copy is in no delivery's hands any more, but not back yet either. It counts as left in the queue
    /// where that is asked: it will be here again.
    void hold(Node node, Node.State back) {
        release(node);
        Node.State there = fates.containsKey(node) ? Node.State.SUSPENDED : back;
        held.put(node, new Held(there, offers, resubmits));
        count(node, there, 1);
    }

    private void release(Node node) {
        Held was = held.remove(node);
        if (was != null) {
            count(node, was.back, -1);
        }
        List<Runnable> told = moves.remove(node);
        if (told != null) {
            told.forEach(Runnable::run);
        }
    }

    /// Told once, in the middle of a change, when a leased copy comes into other hands, comes back or leaves.
    void onceMoved(Node node, Runnable told) {
        moves.computeIfAbsent(node, _ -> new ArrayList<>(1)).add(told);
    }

    /// Whether a delivery has this copy.
    boolean inFlight(Node node) {
        return node.state == Node.State.LEASED && !held.containsKey(node);
    }

    /// What is to become of a leased copy when it is back; null if it goes on waiting as before.
    Fate fate(Node node) {
        return fates.get(node);
    }

    /// @param fate null: it goes on waiting as before
    void fate(Node node, Fate fate) {
        if (fate == null) {
            fates.remove(node);
        } else {
            fates.put(node, fate);
        }
    }

    private void count(Node node, Node.State back, int change) {
        switch (back) {
            case READY -> heldReady[node.priority] += change;
            case WAITING -> heldWaiting[node.priority] += change;
            case SUSPENDED -> heldStopped[node.priority] += change;
            case LEASED -> throw new IllegalArgumentException("a copy that is held is back when it is not leased");
        }
    }

    /// Where a held copy belongs.
    Node.State whereItWas(Node node) {
        return held.get(node).back;
    }

    /// Copies that are held now and may leave again when they are back.
    int heldReadyCount() {
        return heldReady[0] + heldReady[1] + heldReady[2];
    }

    /// Copies that may leave, or may again when they are back.
    int leavingCount(int priority) {
        return ready[priority].size() + heldReady[priority];
    }

    /// Copies that wait on their own account, or will again when they are back.
    int deferredCount(int priority) {
        return waiting.size(priority) + heldWaiting[priority];
    }

    /// Copies that may leave, now or later, without anybody resuming them.
    int mayLeaveCount() {
        return messageCount() - suspendedCount(0) - suspendedCount(1) - suspendedCount(2);
    }

    /// Copies that are suspended, or will be again when they are back.
    int suspendedCount(int priority) {
        return (stopped == null ? 0 : stopped[priority].size()) + heldStopped[priority];
    }

    /// Copies that a delivery or the categorizer has in hand.
    int inHandCount(int priority) {
        return leased[priority] - heldReady[priority] - heldWaiting[priority] - heldStopped[priority];
    }

    /// All that may leave is offered to the categorizer; what is held meanwhile misses it.
    void offered() {
        offers++;
    }

    /// As [#offered], and what waits on its own account as well.
    void resubmitted() {
        offers++;
        resubmits++;
    }

    /// An offer has come to this held copy, and goes on without it.
    ///
    /// @param waitingToo whether it is one that goes to waiting copies as well
    void passedOver(Node node, boolean waitingToo) {
        held.computeIfPresent(
                node, (_, was) -> new Held(was.back, offers - 1, waitingToo ? resubmits - 1 : was.resubmits));
    }

    /// Whether this held copy missed an offer.
    boolean missedOffer(Node node) {
        Held was = held.get(node);
        return was != null && was.offers != offers;
    }

    /// Whether this held copy missed an offer that goes to waiting copies too.
    boolean missedResubmit(Node node) {
        Held was = held.get(node);
        return was != null && was.resubmits != resubmits;
    }

    /// A leased copy comes back and may leave again, unless it is to be suspended.
    void giveBack(Node node) {
        unlease(node);
        release(node);
        if (fated(node)) {
            addSuspended(node, 0);
        } else {
            add(node);
        }
    }

    /// A leased copy comes back and waits on its own account, unless it is to be suspended.
    void wait(Node node, long dueMillis) {
        unlease(node);
        release(node);
        if (fated(node)) {
            addSuspended(node, dueMillis);
        } else {
            addWaiting(node, dueMillis);
        }
    }

    /// One that is to be removed rests meanwhile as one that is suspended does.
    private boolean fated(Node node) {
        return fates.containsKey(node) && (fates.get(node).removes() || fates.remove(node) != null);
    }

    void addWaiting(Node node, long dueMillis) {
        comesIn(node);
        node.state = Node.State.WAITING;
        node.nextAttemptMillis = dueMillis;
        waiting.add(node);
        toBeTold(node);
        touch();
    }

    /// A leased copy is done with.
    void done(Node node, long nowMillis) {
        unlease(node);
        release(node);
        fates.remove(node);
        behind.remove(node);
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
        return waiting.nextMillis();
    }

    /// Every copy that waits on its own account waits so much longer, or shorter, but not until after a moment. What
    /// the copies say themselves is right when they have been settled.
    void moveWaits(long longerMillis, long latestMillis) {
        waiting.move(longerMillis, latestMillis);
    }

    /// @return how many have been settled; fewer than so many if none are left
    int settleWaits(int most) {
        return waiting.settle(most);
    }

    /// Moves up to so many copies whose wait is over to where they may leave.
    ///
    /// @param woken told of each
    void wake(long nowMillis, int most, Consumer<Node> woken) {
        waiting.takeUntil(nowMillis, most, node -> {
            add(node);
            woken.accept(node);
        });
    }

    /// Copies that may leave, by priority and arrival.
    void forEachReady(Consumer<Node> visitor) {
        for (CopyList list : ready) {
            list.forEach(visitor);
        }
    }

    /// Some of the copies that nobody has in hand and that are not suspended: those that may leave come first.
    ///
    /// @param wanted whether it is one of those
    void first(int most, Predicate<Node> wanted, Consumer<Node> visitor) {
        int left = most;
        for (CopyList list : ready) {
            for (Node node = list.first(); node != null && left > 0; node = node.next) {
                if (wanted.test(node)) {
                    visitor.accept(node);
                    left--;
                }
            }
        }
        for (Node node = waiting.inOrder().first(); node != null && left > 0; node = node.next) {
            if (wanted.test(node)) {
                visitor.accept(node);
                left--;
            }
        }
    }

    /// One of the lists of copies that nobody has in hand and that are not suspended.
    CopyList resting(int list) {
        return list < ready.length ? ready[list] : waiting.inOrder();
    }

    /// Whether the copy is in that list.
    boolean rests(Node node, int list) {
        return node.queue == this
                && (list < ready.length
                        ? node.state == Node.State.READY && node.priority == list
                        : node.state == Node.State.WAITING);
    }

    /// Copies that are held and not to be suspended, with integers above the one and up to the other.
    ///
    /// @return whether there are any
    boolean heldBetween(long above, long upTo, Consumer<Node> visitor) {
        boolean any = false;
        for (Node node : held.keySet()) {
            if (node.messageId > above && node.messageId <= upTo && !fates.containsKey(node)) {
                visitor.accept(node);
                any = true;
            }
        }
        return any;
    }

    /// Every copy, whatever its state, in no order.
    void forEachCopy(Consumer<Node> visitor) {
        forEachReady(visitor);
        for (int p = 0; stopped != null && p < stopped.length; p++) {
            stopped[p].forEach(visitor);
        }
        waiting.inOrder().forEach(visitor);
        for (Node node = firstLeased; node != null; node = node.next) {
            visitor.accept(node);
        }
    }

    // ---- attempts, connections, Retry

    int connections() {
        return connections;
    }

    int attempts() {
        return attempts;
    }

    /// For mail of which priority another attempt to connect is worth making now; [Priorities#NONE] if for none,
    /// [Priorities#ANY] where connections are not divided.
    int wanted(int maxConnections, int messagesPerConnection, Priorities shares) {
        int waits = readyCount();
        if (suspended || resubmitting || waits == 0 || (retry != null && !retryDue)) {
            return Priorities.NONE;
        }
        if (connections == 0) { // one finds out how it stands; more only once it is known to work
            return attempts > 0 ? Priorities.NONE : shares.on() ? mostUrgent() : Priorities.ANY;
        }
        if (enough || connections + attempts >= maxConnections) {
            return Priorities.NONE; // if an extra one has failed, the next hop would be dialled without a pause
        }
        if (!shares.on()) {
            int worthwhile = connections + sessions(waits, messagesPerConnection) - 1;
            return connections + attempts < worthwhile ? Priorities.ANY : Priorities.NONE;
        }
        for (int p = 0; p < ready.length; p++) {
            int own = up[p + 1] > 0 ? 1 : 0; // it takes its part of what waits
            boolean worthwhile = tried[p + 1] < sessions(ready[p].size(), messagesPerConnection) - own;
            if (worthwhile && tried[p + 1] + up[p + 1] < shares.of(p).connections()) {
                return p;
            }
        }
        return Priorities.NONE;
    }

    private int mostUrgent() {
        int p = 0;
        while (ready[p].size() == 0) {
            p++;
        }
        return p;
    }

    private static int sessions(int messages, int messagesPerConnection) {
        return (messages + messagesPerConnection - 1) / messagesPerConnection;
    }

    /// @param priority of the mail that it is for
    void attemptBegins(int priority) {
        attempts++;
        tried[priority + 1]++;
        touch();
    }

    private void attemptEnds(int priority) {
        attempts--;
        tried[priority + 1]--;
        touch();
    }

    private void connectionEnds(int priority) {
        connections--;
        up[priority + 1]--;
        touch();
    }

    /// The attempt reached a host: the episode of Retry, if any, is over.
    void connected(int priority) {
        attemptEnds(priority);
        connections++;
        up[priority + 1]++;
        endRetry();
    }

    /// An attempt ended without a connection and without a verdict (there was nothing left to send).
    void attemptAbandoned(int priority) {
        attemptEnds(priority);
    }

    void disconnected(int priority) {
        connectionEnds(priority);
        enough &= connections > 0;
    }

    /// The attempt failed.
    ///
    /// @return whether the queue goes to Retry: not while another connection is up or on its way
    boolean attemptFailed(int priority, long nowMillis, ErrorRecord error, RetryWaits waits) {
        attemptEnds(priority);
        return failed(nowMillis, error, waits);
    }

    /// A connection was lost with messages left.
    boolean connectionLost(int priority, long nowMillis, ErrorRecord error, RetryWaits waits) {
        connectionEnds(priority);
        return failed(nowMillis, error, waits);
    }

    private boolean failed(long nowMillis, ErrorRecord error, RetryWaits waits) {
        touch();
        enough = connections > 0;
        if (connections > 0 || attempts > 0) {
            return false;
        }
        if (retry == null || !retry.error().sameWords(error)) {
            episode++; // deferrals are tracked once an episode, and again when the error changes
            untoldFrom = 0;
        }
        retry = RetryState.afterFailure(anew ? null : retry, nowMillis, error, waits);
        failures++;
        anew = false;
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
    boolean climbOn(RetryWaits waits) {
        RetryState before = retry;
        if (before == null || retryDue) {
            return false;
        }
        retry = before.on(waits);
        touch();
        return retry != before;
    }

    /// The time for the next attempt has come, or an administrator says so.
    void retryNow() {
        retryDue = true;
    }

    /// Whether its episode goes on by an alarm, and not by an attempt that is due or under way.
    boolean waitsForAlarm() {
        return retry != null && !retryDue && attempts == 0 && !resubmitting;
    }

    boolean retryDue() {
        return retryDue;
    }

    void resubmitting(boolean now) {
        resubmitting = now;
    }

    boolean resubmitting() {
        return resubmitting;
    }

    /// What is left after its messages were looked at anew is tried at once, and its counts begin again. What its last
    /// attempt ended with stands until the next has ended.
    void startAnew(long nowMillis) {
        if (retry != null) {
            retry = new RetryState(0, nowMillis, retry.lastMillis(), nowMillis, retry.error());
            retryDue = true;
            anew = true;
            touch();
        }
    }

    void endRetry() {
        touch();
        anew = false;
        retry = null;
        retryDue = false;
    }

    /// Grows with each episode of Retry; never 0 in one.
    int episode() {
        return episode;
    }

    /// The least integer of a copy whose deferral may have to be tracked still; [#NONE_UNTOLD] if there is none.
    long untoldFrom() {
        return untoldFrom;
    }

    /// Those that there are are being told of: from now on, only who comes in or comes back is not.
    void telling() {
        untoldFrom = NONE_UNTOLD;
    }

    private void toBeTold(Node node) {
        if (node.messageId < untoldFrom && node.trackedEpisode != episode) {
            untoldFrom = node.messageId;
        }
    }

    /// Attempts that failed, of all episodes.
    int failures() {
        return failures;
    }

    /// Takes over what the store kept: an episode of Retry goes on, and its next attempt is due at once.
    void restore(QueueRecord stored) {
        suspended = stored.suspended();
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
            failures = stored.retryCount() + 1;
        }
    }

    QueueRecord stored() {
        RetryState r = retry;
        return new QueueRecord(
                id,
                key.deliveryType().shellName(),
                key.nextHopDomain(),
                key.connector(),
                suspended,
                r == null ? 0 : r.retries(),
                r == null ? 0 : r.firstMillis(),
                r == null ? 0 : r.lastMillis(),
                r == null ? 0 : r.nextMillis(),
                r == null ? ErrorRecord.NONE : r.error());
    }
}
