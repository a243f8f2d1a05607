package dev.tarry.queue;

import dev.tarry.eventlog.Event;
import dev.tarry.mail.EmailAddress;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Recipient;
import dev.tarry.mail.Reply;
import dev.tarry.mail.ReversePath;
import dev.tarry.store.Batch;
import dev.tarry.store.MailboxItem;
import dev.tarry.store.MemoryDisk;
import dev.tarry.store.MemoryMessageStore;
import dev.tarry.store.MessageStore;
import dev.tarry.store.RecipientRecord;
import dev.tarry.store.StoreException;
import dev.tarry.store.StoreFault;
import dev.tarry.store.StoreFaults;
import dev.tarry.store.Write;
import dev.tarry.time.Chance;
import dev.tarry.time.CountedExecutor;
import dev.tarry.time.Ledger;
import dev.tarry.time.Loop;
import dev.tarry.time.Loops;
import dev.tarry.time.RealTime;
import dev.tarry.time.Secrets;
import dev.tarry.time.TimeLine;
import dev.tarry.time.World;
import dev.tarry.tracking.TrackingEvent;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/// The queues alone on a table: one thread, a clock that stands until it is moved, a disk in memory, and a hand
/// in the place of the categorizer and the deliveries.
final class QueueBench {
    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    static final QueueSettings.DsnSettings PLAIN = QueueSettings.DsnSettings.of("postmaster@company.com");

    private static final class Tasks implements Loop {
        final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

        @Override
        public boolean inLoop() {
            return true;
        }

        @Override
        public void execute(Runnable task) {
            waiting.add(task);
        }
    }

    private static final RealTime STANDING = new RealTime() {
        @Override
        public Instant wall() {
            return START;
        }

        @Override
        public long nanos() {
            return 0;
        }
    };

    final TimeLine time;
    final List<TrackingEvent> tracked = new ArrayList<>();
    final List<Event> events = new ArrayList<>();
    final Map<Long, Submission.Acceptance> answers = new LinkedHashMap<>();
    final List<Queues.Attempt> attempts = new ArrayList<>();
    final Ledger ledger = new Ledger();
    final MemoryDisk disk;
    final Queues queues;
    Function<Submitted, List<Placement>> categorizer;
    StoreFaults faults = StoreFaults.NONE;
    int priority = Incoming.NORMAL_PRIORITY;
    /// Whether attempts are taken as soon as they are due.
    boolean collecting = true;

    /// How many more tasks are run: afterwards the house stands still, as a killed one does.
    int patience = Integer.MAX_VALUE;

    /// Repairs the store; null: it cannot be repaired.
    Runnable repairing;

    /// Whether what is to be read from the disk is read.
    boolean reading = true;

    /// Runs the tasks of the queue loop.
    Consumer<Runnable> turns = Runnable::run;

    /// Runs after each task, whichever loop's it was.
    Runnable afterEach = () -> {};

    /// Whether the committer gets to its work; reading is not behind it.
    boolean committing = true;

    /// How often a reader was given something to do.
    int reads;

    private boolean turn;

    private final Tasks loop = new Tasks();
    private final Tasks committer = new Tasks();
    private final Tasks readers = new Tasks();
    private final StoreDoor door;
    private final long epoch;

    QueueBench() {
        this(new MemoryDisk(), START);
    }

    QueueBench(ExchangeProfile profile) {
        this(new MemoryDisk(), START, 1, QueueBench::byDomain, settings(profile, false, PLAIN));
    }

    static QueueBench trackingEachAttempt() {
        return with(settings(ExchangeProfile.E2019, true, PLAIN));
    }

    static QueueBench with(QueueSettings.DsnSettings dsn) {
        return with(settings(ExchangeProfile.E2019, false, dsn));
    }

    static QueueBench with(QueueSettings settings) {
        return new QueueBench(new MemoryDisk(), START, 1, QueueBench::byDomain, settings);
    }

    QueueBench(MemoryDisk disk, Instant now) {
        this(disk, now, 1);
    }

    private QueueBench(MemoryDisk disk, Instant now, long epoch) {
        this(disk, now, epoch, QueueBench::byDomain);
    }

    private QueueBench(MemoryDisk disk, Instant now, long epoch, Function<Submitted, List<Placement>> categorizer) {
        this(disk, now, epoch, categorizer, settings(ExchangeProfile.E2019, false, PLAIN));
    }

    private QueueBench(
            MemoryDisk disk,
            Instant now,
            long epoch,
            Function<Submitted, List<Placement>> categorizer,
            QueueSettings settings) {
        this(disk, now, epoch, categorizer, settings, InHand.inMemory());
    }

    private QueueBench(
            MemoryDisk disk,
            Instant now,
            long epoch,
            Function<Submitted, List<Placement>> categorizer,
            QueueSettings settings,
            InHand inHand) {
        this.categorizer = categorizer;
        this.epoch = epoch;
        this.disk = disk;
        this.time = new TimeLine(STANDING, now, TimeLine.Pace.FROZEN);
        World world = new World(
                time,
                time,
                time,
                time,
                ledger,
                new Chance(1),
                new Secrets(new Random(1)),
                new Loops(loop, null, new CountedExecutor(committer, ledger, Ledger.Kind.COMMIT), readers, ledger),
                null,
                Path.of("unused"));
        try {
            door = StoreDoor.open(new StoreDoor.Opener() {
                @Override
                public MessageStore open() throws StoreException {
                    return MemoryMessageStore.open(disk, (operation, families) -> faults.strike(operation, families));
                }

                @Override
                public void repair(StoreException why) throws StoreException {
                    if (repairing == null) {
                        throw why;
                    }
                    repairing.run();
                }
            });
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
        queues = new Queues(world, door, tracked::add, settings, QueueMeter.NONE, events::add, inHand);
        queues.onSubmitted(this::categorize);
        queues.onDue(this::collect);
        var opened = queues.open(time::moveTo);
        run();
        opened.join();
    }

    static QueueSettings settings(ExchangeProfile profile, boolean eachAttempt) {
        return settings(profile, eachAttempt, PLAIN);
    }

    static QueueSettings settings(ExchangeProfile profile, boolean eachAttempt, QueueSettings.DsnSettings dsn) {
        return new QueueSettings(
                profile,
                "MAIL",
                "mail.company.com",
                "company.com",
                Set.of("company.com"),
                ZoneOffset.UTC,
                RetrySchedule.EXCHANGE,
                Duration.ofMinutes(5),
                Duration.ofHours(12),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofHours(48),
                Duration.ofHours(4),
                Duration.ZERO,
                Duration.ofMinutes(3),
                40,
                20,
                eachAttempt,
                dsn);
    }

    /// The same with another MaxIdleTimeBeforeResubmit.
    static QueueSettings idleBeforeResubmit(QueueSettings s, Duration longest) {
        return new QueueSettings(
                s.profile(),
                s.computerName(),
                s.fqdn(),
                s.defaultDomain(),
                s.internalDomains(),
                s.zone(),
                s.retry(),
                s.mailboxDeliveryQueueRetryInterval(),
                longest,
                s.messageRetryInterval(),
                s.resolverRetryInterval(),
                s.messageExpirationTimeout(),
                s.delayNotificationTimeout(),
                s.expirationSweepInterval(),
                s.queueMaxIdleTime(),
                s.maxPerDomainOutboundConnections(),
                s.messagesPerConnection(),
                s.deferPerAttempt(),
                s.dsn());
    }

    /// The same with another ResolverRetryInterval.
    static QueueSettings resolverRetry(QueueSettings s, Duration interval) {
        return new QueueSettings(
                s.profile(),
                s.computerName(),
                s.fqdn(),
                s.defaultDomain(),
                s.internalDomains(),
                s.zone(),
                s.retry(),
                s.mailboxDeliveryQueueRetryInterval(),
                s.maxIdleTimeBeforeResubmit(),
                s.messageRetryInterval(),
                interval,
                s.messageExpirationTimeout(),
                s.delayNotificationTimeout(),
                s.expirationSweepInterval(),
                s.queueMaxIdleTime(),
                s.maxPerDomainOutboundConnections(),
                s.messagesPerConnection(),
                s.deferPerAttempt(),
                s.dsn());
    }

    /// Runs whatever is waiting to be run.
    void run() {
        for (Runnable task = next(); task != null; task = next()) {
            if (turn) {
                turns.accept(task);
            } else {
                task.run();
            }
            afterEach.run();
        }
    }

    private Runnable next() {
        if (patience == 0) {
            return null;
        }
        Runnable task = loop.waiting.poll();
        turn = task != null;
        if (task == null && committing) {
            task = committer.waiting.poll();
        }
        if (task == null && reading) {
            task = readers.waiting.poll();
            reads += task == null ? 0 : 1;
        }
        if (task != null) {
            patience--;
        }
        return task;
    }

    /// Moves time, ringing what is due on the way.
    void pass(Duration span) {
        Instant to = time.instant().plus(span);
        run();
        while (time.ringNext(to)) {
            run();
        }
        time.moveTo(to);
        run();
    }

    private void categorize() {
        for (var next = queues.nextSubmitted(); next.isPresent(); next = queues.nextSubmitted()) {
            List<Placement> placements;
            try {
                placements = categorizer.apply(next.get());
            } catch (RuntimeException unexpected) {
                queues.postpone(next.get(), unexpected);
                continue;
            }
            queues.shelve(next.get(), placements);
        }
    }

    private Optional<Queues.Attempt> collected() {
        return collecting ? queues.nextAttempt() : Optional.empty();
    }

    private void collect() {
        for (var next = collected(); next.isPresent(); next = collected()) {
            attempts.add(next.get());
        }
    }

    static NextHopKey hop(String domain) {
        return domain.equals("company.com")
                ? new NextHopKey(DeliveryType.SMTP_DELIVERY_TO_MAILBOX, "Mailbox Database", new UUID(0, 7))
                : new NextHopKey(DeliveryType.DNS_CONNECTOR_DELIVERY, domain, new UUID(0, 1));
    }

    static List<Placement> byDomain(Submitted message) {
        Map<NextHopKey, List<RecipientRecord>> shelves = new LinkedHashMap<>();
        for (RecipientRecord r : message.recipients()) {
            shelves.computeIfAbsent(hop(r.recipient().address().domain()), _ -> new ArrayList<>())
                    .add(r);
        }
        List<Placement> placements = new ArrayList<>();
        shelves.forEach((key, recipients) -> placements.add(new Placement.Shelf(key, recipients)));
        return placements;
    }

    /// Hands a message in and runs; its answer is in [#answers] under its own number.
    Submission.Acceptance send(String from, String... to) {
        return send(text(from), from, List.of(to).stream().map(Recipient::of).toList());
    }

    Submission.Acceptance send(String text, String from, List<Recipient> to) {
        return send(text, Envelope.of(from.isEmpty() ? ReversePath.NULL : ReversePath.of(EmailAddress.of(from)), to));
    }

    Submission.Acceptance send(String text, Envelope envelope) {
        Submission.Body body = queues.submission().newBody();
        body.append(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
        Incoming incoming = new Incoming(
                envelope,
                "<1@client.example>",
                "hello",
                Optional.empty(),
                text.indexOf("\r\n\r\n") + 4,
                priority,
                new Incoming.Source("SMTP:Default", "MAIL\\Default", "SMTP", "", "127.0.0.1", "client", "127.0.0.1"));
        List<Submission.Acceptance> answer = new ArrayList<>();
        queues.submission().accept(incoming, body, answer::add);
        run();
        if (answer.size() != 1) {
            throw new AssertionError("one answer is owed, there were " + answer);
        }
        return answer.getFirst();
    }

    static String text(String from) {
        return "From: " + from + "\r\nSubject: hello\r\nMessage-ID: <1@client.example>\r\n\r\nhello\r\n";
    }

    /// The attempt that is owed for a next hop, taken.
    Queues.Attempt attempt(String domain) {
        run();
        for (Queues.Attempt attempt : attempts) {
            if (attempt.key().equals(hop(domain))) {
                attempts.remove(attempt);
                return attempt;
            }
        }
        throw new AssertionError("no attempt for " + domain + ": " + attempts);
    }

    List<Leased> lease(Queues.Attempt attempt, int most) {
        List<Leased> leased = new ArrayList<>();
        queues.lease(attempt, most, leased::addAll);
        run();
        return leased;
    }

    static List<Verdict> delivered(Leased leased) {
        return leased.copy().recipients().stream()
                .<Verdict>map(r -> new Verdict.Delivered(r.recipient(), Reply.of(250, "2.0.0 OK"), true))
                .toList();
    }

    QueueView view(String domain) {
        var views = queues.views();
        run();
        return views.join().stream()
                .filter(v -> v.key().equals(hop(domain)))
                .findFirst()
                .orElse(null);
    }

    int messages() {
        var count = queues.messageCount();
        run();
        return count.join();
    }

    List<TrackingEvent> tracked(TrackingEvent.Event event) {
        return tracked.stream().filter(e -> e.event() == event).toList();
    }

    /// The log's lines of reports that say this: `Undeliverable`, `Delayed`, `Delivered` or `Relayed`.
    List<TrackingEvent> reports(String word) {
        return tracked(TrackingEvent.Event.DSN).stream()
                .filter(event -> event.sourceContext().equals(word))
                .toList();
    }

    /// The first recipient's own.
    String lastError(long messageId, int queueId) {
        try {
            return door.store()
                    .copy(messageId, queueId)
                    .orElseThrow()
                    .recipients()
                    .getFirst()
                    .lastError()
                    .details();
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    MessageStoreReading store() {
        return new MessageStoreReading(door, epoch);
    }

    /// What is on the disk, read back.
    record MessageStoreReading(StoreDoor door, long epoch) {
        int attempts(long messageId, int queueId) {
            try {
                return door.store().copy(messageId, queueId).orElseThrow().attempts();
            } catch (StoreException e) {
                throw new AssertionError(e);
            }
        }

        String content(dev.tarry.store.ContentRef ref) {
            try {
                StringBuilder text = new StringBuilder();
                for (int n = 0; n < ref.chunks(); n++) {
                    text.append(StandardCharsets.ISO_8859_1.decode(door.store().chunk(ref, n)));
                }
                return text.toString();
            } catch (StoreException e) {
                throw new AssertionError(e);
            }
        }

        /// Takes the octets away behind everybody's back.
        void damage(dev.tarry.store.ContentRef ref) {
            try {
                door.store().commit(List.of(new Batch(1, epoch, true, List.of(new Write.DropContent(ref)))));
            } catch (StoreException e) {
                throw new AssertionError(e);
            }
        }

        /// Takes a copy's record away behind everybody's back.
        void forget(long messageId, int queueId) {
            try {
                door.store()
                        .commit(List.of(new Batch(1, epoch, true, List.of(new Write.DropCopy(messageId, queueId)))));
            } catch (StoreException e) {
                throw new AssertionError(e);
            }
        }

        /// The first item of each mailbox.
        List<MailboxItem> items(String... mailboxes) {
            List<MailboxItem> items = new ArrayList<>();
            for (String mailbox : mailboxes) {
                try {
                    items.add(door.store().items(mailbox).getFirst());
                } catch (StoreException e) {
                    throw new AssertionError(e);
                }
            }
            return items;
        }

        void commit(Write... writes) {
            try {
                door.store().commit(List.of(new Batch(1, epoch, true, List.of(writes))));
            } catch (StoreException e) {
                throw new AssertionError(e);
            }
        }

        boolean has(dev.tarry.store.ContentRef ref) {
            try {
                door.store().chunk(ref, 0);
                return true;
            } catch (StoreException e) {
                return false;
            }
        }
    }

    /// Bodies cannot be read until [#faults] are others.
    void unreadableBodies() {
        faults = (operation, families) -> operation == StoreFaults.Operation.READ && families.contains("content")
                ? Optional.of(new StoreFault.Fail())
                : Optional.empty();
    }

    /// The disk fails the next commit and works again after that; the store is not open yet when this returns.
    void breakStore() {
        faults = (_, _) -> {
            faults = StoreFaults.NONE;
            return Optional.of(new StoreFault.Full());
        };
        send("drill@company.com", "drill@broken.example");
    }

    /// Lets the store be opened anew.
    void mendStore() {
        pass(Duration.ofSeconds(2));
    }

    /// Ends this house as a kill would, and opens another on the same disk.
    QueueBench killed() {
        return killed(QueueBench::byDomain);
    }

    /// With a clock that has gone wrong.
    QueueBench killedAt(Instant now) {
        disk.crash(new Random(1));
        return new QueueBench(disk, now, epoch + 1, QueueBench::byDomain);
    }

    /// With what it remembers of its predecessors' deaths.
    QueueBench killed(InHand inHand, Function<Submitted, List<Placement>> then) {
        disk.crash(new Random(1));
        return new QueueBench(
                disk, time.instant(), epoch + 1, then, settings(ExchangeProfile.E2019, false, PLAIN), inHand);
    }

    QueueBench killed(Function<Submitted, List<Placement>> then) {
        disk.crash(new Random(1));
        return new QueueBench(disk, time.instant(), epoch + 1, then);
    }
}
