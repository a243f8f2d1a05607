package dev.tarry.admin.metrics;

import dev.tarry.dns.DnsJournal;
import dev.tarry.dns.DnsQuery;
import dev.tarry.dns.DnsRow;
import dev.tarry.dns.DnsSearch;
import dev.tarry.dsn.DsnKind;
import dev.tarry.mail.Reply;
import dev.tarry.pickup.Drop;
import dev.tarry.pickup.PickupMeter;
import dev.tarry.queue.QueueMeter;
import dev.tarry.receive.ReceiveMeter;
import dev.tarry.send.SendMeter;
import dev.tarry.store.CommitResult;
import dev.tarry.tracking.TrackingEvent;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Counts. Any thread; counting is an addition and allocates nothing.
public final class Metrics implements QueueMeter, ReceiveMeter, SendMeter, DnsJournal, PickupMeter {
    /// Why recipients failed.
    enum Failure {
        HOST,
        DNS,
        ROUTING,
        EXPIRED,
        OTHER;

        static Failure of(TrackingEvent.Source source) {
            return switch (source) {
                case SMTP -> HOST;
                case DNS -> DNS;
                case ROUTING -> ROUTING;
                case QUEUE -> EXPIRED;
                default -> OTHER;
            };
        }
    }

    /// Why a queue's attempt failed.
    enum Attempt {
        DNS,
        CONNECTION,
        ROUTING,
        OTHER;

        static Attempt of(TrackingEvent.Source source) {
            return switch (source) {
                case DNS -> DNS;
                case SMTP -> CONNECTION;
                case ROUTING -> ROUTING;
                default -> OTHER;
            };
        }
    }

    enum Report {
        FAILURE,
        DELAY,
        DELIVERED,
        RELAYED;

        static Report of(DsnKind kind) {
            return switch (kind) {
                case DsnKind.Failure _ -> FAILURE;
                case DsnKind.Delay _ -> DELAY;
                case DsnKind.Delivered _ -> DELIVERED;
                case DsnKind.Relayed _ -> RELAYED;
            };
        }
    }

    enum StoreFailure {
        FULL,
        BROKEN,
        FENCED
    }

    enum Commit {
        SYNCED,
        UNSYNCED,
        FAILED
    }

    final LongAdder accepted = new LongAdder();
    final LongAdder acceptedBytes = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder stored = new LongAdder();
    final Counts<Deferral> deferred = new Counts<>(Deferral.class);
    final Counts<Failure> failed = new Counts<>(Failure.class);
    final Counts<Report> reports = new Counts<>(Report.class);
    final Counts<Attempt> attemptsFailed = new Counts<>(Attempt.class);

    final LongAdder poisoned = new LongAdder();
    final LongAdder damaged = new LongAdder();
    final Counts<Drop> picked = new Counts<>(Drop.class);
    final Counts<Drop> badFiles = new Counts<>(Drop.class);

    final Counts<StoreFailure> storeFailures = new Counts<>(StoreFailure.class);
    final Counts<Commit> commits = new Counts<>(Commit.class);
    /// nanoseconds
    final Buckets syncTook = new Buckets(
            100_000,
            250_000,
            500_000,
            1_000_000,
            2_500_000,
            5_000_000,
            10_000_000,
            25_000_000,
            50_000_000,
            100_000_000,
            250_000_000,
            1_000_000_000,
            5_000_000_000L);
    final Buckets syncBatches = new Buckets(1, 2, 4, 8, 16, 32, 64, 128, 256);
    private final LongSupplier nanos;
    /// the committer thread's own
    private long commitBegan;
    private volatile boolean storeOpen;
    final LongAdder storeRepairs = new LongAdder();
    final LongAdder storeRecordsLost = new LongAdder();
    private volatile long diskFreeBytes = -1;
    private volatile int diskPressure;
    private volatile long diskReserveBytes;

    final LongAdder connectionsOpened = new LongAdder();
    final LongAdder connectionsClosed = new LongAdder();
    final LongAdder connectionsTurnedAway = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder receivedBytes = new LongAdder();
    final LongAdder receivedRecipients = new LongAdder();
    final Counts<Refusal> refusals = new Counts<>(Refusal.class);
    final Counts<ReceiveMeter.Pause> pauses = new Counts<>(ReceiveMeter.Pause.class);
    final Counts<ReceiveMeter.LogIn> logIns = new Counts<>(ReceiveMeter.LogIn.class);
    final Counts<ReceiveMeter.Handshake> handshakes = new Counts<>(ReceiveMeter.Handshake.class);

    final LongAdder outConnected = new LongAdder();
    final LongAdder hostsUnhealthy = new LongAdder();
    final LongAdder outEnded = new LongAdder();
    final Counts<SendMeter.Trouble> outUnusable = new Counts<>(SendMeter.Trouble.class);
    final Counts<SendMeter.Trouble> outBroken = new Counts<>(SendMeter.Trouble.class);
    final Counts<SendMeter.Tls> outTls = new Counts<>(SendMeter.Tls.class);
    final LongAdder certificatesMissing = new LongAdder();
    final LongAdder sent = new LongAdder();
    final LongAdder sentBytes = new LongAdder();

    final DnsCounts dns = new DnsCounts();
    /// nanoseconds
    final Buckets queueLoopLag = lag();
    final Buckets ioLoopLag = lag();

    /// @param nanos real time in nanoseconds, of which only differences mean anything: for how long a sync takes
    public Metrics(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private static Buckets lag() {
        return new Buckets(
                100_000,
                1_000_000,
                5_000_000,
                10_000_000,
                25_000_000,
                50_000_000,
                100_000_000,
                250_000_000,
                500_000_000,
                1_000_000_000,
                5_000_000_000L,
                30_000_000_000L);
    }

    /// The servers that are configured: their counters are there before they are asked.
    public void dnsServers(Collection<InetSocketAddress> servers) {
        dns.know(servers);
    }

    // ---- the queues

    @Override
    public void accepted(long bytes) {
        accepted.increment();
        acceptedBytes.add(bytes);
    }

    @Override
    public void delivered(int recipients) {
        delivered.add(recipients);
    }

    @Override
    public void stored(int recipients) {
        stored.add(recipients);
    }

    @Override
    public void deferred(int recipients, Deferral why) {
        deferred.add(why, recipients);
    }

    @Override
    public void failed(int recipients, TrackingEvent.Source source) {
        failed.add(Failure.of(source), recipients);
    }

    @Override
    public void reported(DsnKind kind) {
        reports.add(Report.of(kind));
    }

    @Override
    public void attemptFailed(TrackingEvent.Source source) {
        attemptsFailed.add(Attempt.of(source));
    }

    @Override
    public void poisoned() {
        poisoned.increment();
    }

    @Override
    public void damaged() {
        damaged.increment();
    }

    @Override
    public void storeFailed(CommitResult why) {
        storeOpen = false;
        storeFailures.add(
                switch (why) {
                    case CommitResult.Fenced _ -> StoreFailure.FENCED;
                    case CommitResult.Failed(var _, var full) when full -> StoreFailure.FULL;
                    case CommitResult.Failed _, CommitResult.Committed _ -> StoreFailure.BROKEN;
                });
    }

    @Override
    public void storeOpened() {
        storeOpen = true;
    }

    /// The store was damaged and has been repaired.
    ///
    /// @param lost records that could not be read
    public void storeRepaired(long lost) {
        storeRepairs.increment();
        storeRecordsLost.add(lost);
    }

    /// How the store's disk stands.
    ///
    /// @param pressure 0 low, 1 medium, 2 high
    public void disk(long freeBytes, int pressure) {
        diskFreeBytes = freeBytes;
        diskPressure = pressure;
    }

    /// What is kept of the store's disk for when nothing else is left.
    public void diskReserve(long bytes) {
        diskReserveBytes = bytes;
    }

    long diskReserveBytes() {
        return diskReserveBytes;
    }

    long diskFreeBytes() {
        return diskFreeBytes;
    }

    int diskPressure() {
        return diskPressure;
    }

    boolean storeOpen() {
        return storeOpen;
    }

    @Override
    public void committing() {
        commitBegan = nanos.getAsLong();
    }

    @Override
    public void committed(int batches, boolean synced, boolean failed) {
        commits.add(failed ? Commit.FAILED : synced ? Commit.SYNCED : Commit.UNSYNCED);
        if (synced && !failed) {
            syncTook.add(nanos.getAsLong() - commitBegan);
            syncBatches.add(batches);
        }
    }

    // ---- the receive connectors

    @Override
    public void connected() {
        connectionsOpened.increment();
    }

    @Override
    public void disconnected() {
        connectionsClosed.increment();
    }

    @Override
    public void turnedAway() {
        connectionsTurnedAway.increment();
    }

    @Override
    public void accepted(long bytes, int recipients) {
        received.increment();
        receivedBytes.add(bytes);
        receivedRecipients.add(recipients);
    }

    @Override
    public void refused(Reply reply) {
        refusals.add(Refusal.of(reply));
    }

    @Override
    public void paused(Pause why) {
        pauses.add(why);
    }

    @Override
    public void loggedIn(LogIn how) {
        logIns.add(how);
    }

    @Override
    public void secured(Handshake how) {
        handshakes.add(how);
    }

    // ---- the directories

    @Override
    public void picked(Drop from, long bytes) {
        picked.add(from);
    }

    @Override
    public void bad(Drop from) {
        badFiles.add(from);
    }

    // ---- what goes out

    @Override
    public void greeted() {
        outConnected.increment();
    }

    @Override
    public void unusable(Trouble why) {
        outUnusable.add(why);
    }

    @Override
    public void certificateMissing() {
        certificatesMissing.increment();
    }

    @Override
    public void hostUnhealthy() {
        hostsUnhealthy.increment();
    }

    @Override
    public void hostHealthy() {
        hostsUnhealthy.decrement();
    }

    @Override
    public void parted() {
        outEnded.increment();
    }

    @Override
    public void tls(Tls how) {
        outTls.add(how);
    }

    @Override
    public void broken(Trouble why) {
        outEnded.increment();
        outBroken.add(why);
    }

    @Override
    public void sent(long bytes, int recipients) {
        sent.increment();
        sentBytes.add(bytes);
    }

    // ---- DNS

    @Override
    public void queried(DnsQuery query) {
        if (query.cached()) {
            dns.cached.increment();
        } else {
            dns.add(query.attempt());
        }
    }

    @Override
    public void searched(DnsSearch search) {
        dns.searches.add(DnsCounts.Found.of(search.answer()));
        search.met().forEach(dns.rows::add);
    }

    @Override
    public void failed(DnsRow row) {
        dns.rows.add(row);
    }

    @Override
    public void expired(int recipients, String code) {
        if (DnsCounts.isRow(code)) {
            dns.rows.add(DnsRow.D20, recipients);
        }
    }
}
