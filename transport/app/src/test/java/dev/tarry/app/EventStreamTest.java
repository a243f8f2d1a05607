package dev.tarry.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.admin.Operations;
import dev.tarry.admin.http.ProblemException;
import dev.tarry.admin.http.Reply;
import dev.tarry.config.Settings;
import dev.tarry.lab.fault.Glob;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.QueueSettings;
import dev.tarry.queue.QueueSight;
import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueWatcher;
import dev.tarry.scenario.condition.TrackingFeed;
import dev.tarry.server.Plan;
import dev.tarry.store.ErrorRecord;
import dev.tarry.time.Alarm;
import dev.tarry.time.Ledger;
import dev.tarry.time.Loop;
import dev.tarry.time.Loops;
import dev.tarry.time.RealTime;
import dev.tarry.time.TimeLine;
import dev.tarry.time.Timers;
import dev.tarry.time.World;
import dev.tarry.tracking.TrackingEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The feed of events and the streams that read it, with time that stands until a test moves it.
final class EventStreamTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final long FIRST = START.toEpochMilli() * 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final QueueSettings SERVER =
            Plan.of(Settings.defaults(), ZoneOffset.UTC).queue();

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

    private static final Loop HERE = new Loop() {
        @Override
        public boolean inLoop() {
            return true;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    };

    private final TimeLine time = new TimeLine(STANDING, START, TimeLine.Pace.FROZEN);
    private final TrackingFeed tracking = new TrackingFeed(_ -> {});
    private final Operations operations =
            new Operations(time, work -> Thread.ofVirtual().unstarted(work), 0);
    private final List<QueueWatcher> watchers = new ArrayList<>();
    private final List<Runnable> beats = new CopyOnWriteArrayList<>();
    private final List<QueueSight> queues = new ArrayList<>();
    private final List<Client> clients = new CopyOnWriteArrayList<>();
    private final Waiters places = new Waiters(3, "full");
    private EventFeed feed;
    private LabClock clock;

    @TempDir
    private Path folder;

    private EventFeed feed() {
        if (feed == null) {
            World world = new World(
                    time,
                    time,
                    time,
                    noted(),
                    new Ledger(),
                    null,
                    null,
                    new Loops(HERE, null, null, null, null),
                    null,
                    folder);
            EventFeed.QueueBell bell = new EventFeed.QueueBell() {
                @Override
                public void watch(QueueWatcher watcher) {
                    watchers.add(watcher);
                    queues.forEach(watcher::changed);
                }

                @Override
                public void unwatch(QueueWatcher watcher) {
                    watchers.remove(watcher);
                }
            };
            clock = new LabClock(time, new Ledger(), STANDING, folder.resolve("clock"), Optional::empty);
            feed = new EventFeed(bell, tracking, operations, Optional.empty(), clock, () -> SERVER, world, HERE);
        }
        return feed;
    }

    /// The wire's alarms, with the rings of heartbeats kept.
    private Timers noted() {
        return new Timers() {
            @Override
            public Alarm at(Instant due, Loop loop, Runnable ring) {
                return time.at(due, loop, ring);
            }

            @Override
            public Alarm after(Duration wait, Loop loop, Runnable ring) {
                if (wait.equals(EventFeed.HEARTBEAT)) {
                    beats.add(ring);
                }
                return time.after(wait, loop, ring);
            }
        };
    }

    @AfterEach
    void close() {
        clients.forEach(Client::hangUp);
        feed().close();
    }

    /// Everything rings that is due after some wire time.
    private void pass(Duration span) {
        Instant to = time.instant().plus(span);
        while (time.ringNext(to)) {}
        time.moveTo(to);
    }

    private QueueSight queue(int id, QueueStatus status, int messages) {
        return new QueueSight(
                id,
                new NextHopKey(NextHopKey.SUBMISSION.deliveryType(), "d" + id + ".example", NextHopKey.NO_CONNECTOR),
                status,
                messages,
                ErrorRecord.NONE);
    }

    private void changed(int id, QueueStatus status, int messages) {
        watchers.forEach(watcher -> watcher.changed(queue(id, status, messages)));
    }

    private static TrackingEvent tracked(String recipient) {
        return new TrackingEvent(
                START,
                TrackingEvent.Event.RECEIVE,
                TrackingEvent.Source.SMTP,
                "",
                "",
                "",
                "",
                "",
                "",
                1,
                "<1@x>",
                Optional.empty(),
                List.of(recipient),
                List.of(),
                1,
                "",
                "",
                "s",
                "a@company.com",
                "a@company.com",
                "",
                "",
                "",
                "",
                List.of());
    }

    /// A client that takes what it gets, or does not.
    private final class Client implements Reply.Events.Sink {
        private final List<String> got = new CopyOnWriteArrayList<>();
        private final List<Runnable> whenGone = new CopyOnWriteArrayList<>();
        private final Semaphore reads = new Semaphore(0);
        private final Optional<String> lastEventId;
        private volatile boolean gone;
        private volatile boolean slow;
        private volatile boolean over;

        Client(String types, String recipient, Optional<String> lastEventId) {
            this.lastEventId = lastEventId;
            EnumSet<Happening.Type> wanted = EnumSet.noneOf(Happening.Type.class);
            for (String type : types.split(",")) {
                wanted.add(Happening.Type.of(type).orElseThrow());
            }
            EventStream stream =
                    EventStream.open(feed(), new EventStream.Wanted(wanted, new Glob(recipient)), places.enter());
            clients.add(this);
            Thread.ofVirtual().start(() -> {
                try {
                    stream.writeTo(this);
                } catch (IOException | InterruptedException e) {
                    got.add(e.toString());
                } finally {
                    stream.over();
                    over = true;
                }
            });
            awaits(1);
        }

        Client awaits(int many) {
            await().atMost(PATIENCE).until(() -> got.size() >= many);
            return this;
        }

        void hangUp() {
            gone = true;
            reads.release(1_000_000);
            whenGone.forEach(Runnable::run);
            await().atMost(PATIENCE).until(() -> over);
        }

        @Override
        public Optional<String> lastEventId() {
            return lastEventId;
        }

        @Override
        public boolean waits() {
            return !gone;
        }

        @Override
        public void whenGone(Runnable then) {
            whenGone.add(then);
        }

        @Override
        public void send(List<Reply.Events.Event> events) throws IOException {
            for (Reply.Events.Event event : events) {
                Map<?, ?> data = (Map<?, ?>) event.data();
                got.add(Long.parseLong(event.id()) - FIRST + " " + event.type() + " "
                        + (data.containsKey("lost")
                                ? data.get("lost")
                                : data.containsKey("Status")
                                        ? data.get("Change") + " " + data.get("NextHopDomain") + " "
                                                + data.get("Status") + " " + data.get("MessageCount")
                                        : data.containsKey("Recipients")
                                                ? data.get("Recipients")
                                                : data.get("Kind") + " "
                                                        + ((Map<?, ?>) data.get("Clock")).get("mode")));
            }
            if (slow) {
                reads.acquireUninterruptibly();
            }
        }

        @Override
        public void comment(String words, String id) {
            got.add(Long.parseLong(id) - FIRST + " : " + words);
        }
    }

    private Client listen(String types) {
        return new Client(types, "*", Optional.empty());
    }

    private Client back(String types, long id) {
        return new Client(types, "*", Optional.of(Long.toString(FIRST + id)));
    }

    @Test
    void queues_that_were_there_before_are_not_told_and_changes_are_once_for_what_they_have_come_to() {
        queues.add(queue(4, QueueStatus.READY, 0));
        Client client = listen("queue");
        for (int i = 1; i <= 100_000; i++) {
            changed(4, QueueStatus.CONNECTING, i);
        }
        changed(4, QueueStatus.RETRY, 7);
        changed(5, QueueStatus.READY, 1);
        pass(EventFeed.GATHER);
        client.awaits(3);
        watchers.forEach(watcher -> watcher.gone(5));
        watchers.forEach(watcher -> watcher.gone(99)); // nobody ever heard of it
        changed(4, QueueStatus.RETRY, 7); // touched, and as before
        pass(EventFeed.GATHER);
        client.awaits(4);
        pass(EventFeed.GATHER);
        assertEquals(
                List.of(
                        "0 : listening",
                        "1 queue changed d4.example Retry 7",
                        "2 queue changed d5.example Ready 1",
                        "3 queue gone d5.example Ready 0"),
                client.got);
    }

    @Test
    void when_the_store_is_opened_anew_queues_that_are_not_there_any_more_are_gone() {
        queues.add(queue(4, QueueStatus.READY, 1));
        queues.add(queue(5, QueueStatus.READY, 1));
        Client client = listen("queue");
        watchers.forEach(QueueWatcher::anew);
        changed(4, QueueStatus.READY, 1);
        pass(EventFeed.GATHER);
        client.awaits(3);
        assertEquals(
                List.of("0 : listening", "1 queue changed d4.example Ready 1", "2 queue gone d5.example Ready 0"),
                client.got);
    }

    @Test
    void types_and_recipients_are_chosen_and_ids_grow_over_what_was_not() {
        Client queuesOnly = listen("queue");
        Client toGmail = new Client("tracking", "*@GMAIL.com", Optional.empty());
        tracking.write(tracked("a@yahoo.com"));
        tracking.write(tracked("b@gmail.com"));
        changed(4, QueueStatus.RETRY, 1);
        pass(EventFeed.GATHER);
        assertEquals(List.of("0 : listening", "3 queue changed d4.example Retry 1"), queuesOnly.awaits(2).got);
        assertEquals(List.of("0 : listening", "2 tracking [b@gmail.com]"), toGmail.awaits(2).got);
        time.pace(TimeLine.Pace.FROZEN);
        assertThrows(ProblemException.class, () -> {
            listen("lab");
            listen("lab");
        });
        assertEquals(0, places.free());
    }

    @Test
    void the_clock_is_told_of_as_it_is_frozen_and_advanced() throws Exception {
        Client client = listen("lab");
        clock.pace(TimeLine.Pace.FROZEN);
        clock.advance(START.plusSeconds(60)); // the feed's alarm rings on the way
        pass(EventFeed.GATHER);
        await().atMost(PATIENCE).until(() -> client.got.contains("3 lab clock frozen"));
        // heartbeats fall in between: here the wire's time is moved as well
        assertEquals(
                List.of("0 : listening", "1 lab clock frozen", "2 lab clock advancing", "3 lab clock frozen"),
                client.got.stream()
                        .filter(line -> !line.endsWith(": nothing new"))
                        .toList());
        client.hangUp();
        pass(EventFeed.LINGER);
        clock.pace(TimeLine.Pace.FROZEN);
        assertTrue(time.nextAlarm().isEmpty());
    }

    @Test
    void who_comes_back_goes_on_where_it_was() {
        Client first = listen("tracking");
        tracking.write(tracked("a@x.example"));
        pass(EventFeed.GATHER);
        first.awaits(2).hangUp();
        tracking.write(tracked("b@x.example"));
        pass(EventFeed.LINGER.minusSeconds(1));
        assertEquals(
                List.of("1 : listening", "2 tracking [b@x.example]"),
                back("tracking", 1).awaits(2).got);
        assertEquals(List.of("2 : listening"), back("tracking", 2).got);
    }

    @Test
    void when_nobody_has_listened_for_a_while_nothing_is_kept_and_who_comes_back_is_told_that_nobody_counted() {
        Client first = listen("tracking");
        assertEquals(1, watchers.size());
        first.hangUp();
        pass(EventFeed.LINGER.minusSeconds(1));
        assertEquals(1, watchers.size());
        pass(Duration.ofSeconds(1));
        assertEquals(List.of(), watchers);
        assertTrue(time.nextAlarm().isEmpty(), "nothing is left that would wake anybody");
        tracking.write(tracked("unheard@x.example"));
        Client again = back("tracking", -1).awaits(2);
        assertEquals(List.of("0 : listening", "0 gap null"), again.got);
        tracking.write(tracked("heard@x.example"));
        pass(EventFeed.GATHER);
        assertEquals("1 tracking [heard@x.example]", again.awaits(3).got.getLast());
        Client odd = new Client("tracking", "*", Optional.of("' or 1=1"));
        assertEquals("0 gap null", odd.awaits(2).got.get(1));
    }

    @Test
    void who_reads_too_slowly_gets_a_gap_with_the_number_lost_and_nobody_waits_for_it() {
        Client slow = listen("tracking");
        Client quick = listen("tracking");
        slow.slow = true;
        tracking.write(tracked("first@x.example"));
        pass(EventFeed.GATHER);
        slow.awaits(2);
        int many = EventRing.MAX_EVENTS + 500;
        for (int part = 0; part < many; part += 500) {
            for (int i = 0; i < 500; i++) {
                tracking.write(tracked("n@x.example"));
            }
            pass(EventFeed.GATHER);
            quick.awaits(2 + part + 500);
        }
        assertTrue(quick.got.stream().noneMatch(event -> event.contains("gap")), "it kept up");
        assertEquals(2, slow.got.size());
        slow.slow = false;
        slow.reads.release();
        slow.awaits(2 + 1 + EventRing.MAX_EVENTS);
        assertEquals("501 gap 500", slow.got.get(2));
        assertEquals("502 tracking [n@x.example]", slow.got.get(3));
        assertEquals(many + 1 + " tracking [n@x.example]", slow.got.getLast());
    }

    @Test
    void changes_of_more_queues_than_are_kept_are_lost_and_told_as_a_gap() {
        Client client = listen("queue");
        for (int id = 10; id < 10 + EventFeed.MAX_CHANGED_QUEUES + 3; id++) {
            changed(id, QueueStatus.RETRY, 1);
        }
        changed(10, QueueStatus.READY, 1); // one that is kept may change on
        pass(EventFeed.GATHER);
        client.awaits(2 + EventFeed.MAX_CHANGED_QUEUES);
        assertEquals("3 gap 3", client.got.get(1));
        assertEquals("4 queue changed d10.example Ready 1", client.got.get(2));
    }

    @Test
    void a_quiet_stream_says_so_and_tells_how_far_it_is() {
        Client client = listen("queue");
        tracking.write(tracked("a@x.example"));
        pass(EventFeed.HEARTBEAT);
        client.awaits(2);
        pass(EventFeed.HEARTBEAT.minusMillis(1));
        assertEquals(List.of("0 : listening", "1 : nothing new"), client.got);
        pass(Duration.ofMillis(1));
        assertEquals("1 : nothing new", client.awaits(3).got.getLast());
    }

    @Test
    void a_heartbeat_that_came_too_late_for_its_streams_begins_no_second_chain_of_them() {
        listen("queue").hangUp();
        Client client = listen("queue");
        beats.getFirst().run(); // had rung, and waited while the one left and the other came
        assertEquals(2, beats.size(), "one for each chain");
        pass(EventFeed.HEARTBEAT);
        client.awaits(2);
        assertEquals(3, beats.size());
        assertEquals(List.of("0 : listening", "0 : nothing new"), client.got);
    }

    @Test
    void streams_end_with_the_feed_and_give_their_places_back() {
        Client client = listen("queue,tracking,lab");
        assertEquals(2, places.free());
        feed().close();
        await().atMost(PATIENCE).until(() -> client.over);
        assertEquals(3, places.free());
        assertEquals(0, feed().streams());
        assertFalse(client.got.stream().anyMatch(got -> got.contains("Exception")), client.got::toString);
    }
}
