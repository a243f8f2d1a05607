package dev.tarry.pickup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.eventlog.Event;
import dev.tarry.eventlog.EventKind;
import dev.tarry.mail.Envelope;
import dev.tarry.mail.Reply;
import dev.tarry.queue.Incoming;
import dev.tarry.queue.IncomingMemory;
import dev.tarry.queue.Submission;
import dev.tarry.stage.OneThread;
import dev.tarry.tracking.TrackingEvent;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The directories over a real folder, under a clock that is moved by hand.
final class PickupDirectoriesTest {
    private static final String MAIL = "From: eve@company.com\nTo: a@gmail.com\nSubject: Hi\n\nHello.\n";
    private static final int PER_MINUTE = 4;

    /// What the queues got, and what they answer.
    private record Taken(Incoming message, String text) {}

    @TempDir
    Path data;

    private final OneThread stage = new OneThread();
    private final List<Taken> taken = new ArrayList<>();
    private final List<TrackingEvent> tracked = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private int bodies;
    private boolean answers = true;
    private boolean full;
    private boolean changing;
    private int reads;
    private boolean failsNow;
    private Runnable drained;
    private Optional<Reply> refusal = Optional.empty();
    private Optional<Reply> shortage = Optional.empty();
    private String poison = "no such subject";
    private Supplier<Throwable> thrown = () -> new IllegalStateException("thrown at will");
    private Consumer<Submission.Acceptance> owed;
    private PickupDirectories directories;

    private final class Kept implements Submission.Body {
        private final StringBuilder octets = new StringBuilder();

        Kept() {
            bodies++;
        }

        @Override
        public void append(ByteBuf more) {
            octets.append(more.toString(StandardCharsets.ISO_8859_1));
            more.release();
        }

        @Override
        public long bytes() {
            return octets.length();
        }

        @Override
        public boolean full() {
            return full;
        }

        @Override
        public void whenDrained(Runnable bell) {
            drained = bell;
        }

        @Override
        public void discard() {
            bodies--;
        }
    }

    private final Submission submission = new Submission() {
        private final IncomingMemory memory = new IncomingMemory();

        @Override
        public IncomingMemory memory() {
            return memory;
        }

        @Override
        public Body newBody() {
            changeWhatIsRead();
            return new Kept();
        }

        @Override
        public void accept(Incoming message, Body body, Consumer<Acceptance> answer) {
            if (message.subject().contains(poison)) {
                throwing(thrown.get());
            }
            bodies--;
            owed = answer;
            if (refusal.isPresent()) {
                answer.accept(new Acceptance.Refused(refusal.get()));
                return;
            }
            taken.add(new Taken(message, ((Kept) body).octets.toString()));
            if (answers) {
                answer.accept(new Acceptance.Queued(taken.size()));
            }
        }
    };

    /// What is read is written to, if it is large and everything `changing`.
    private void changeWhatIsRead() {
        if (changing) {
            try (Stream<Path> files = Files.list(pickup())) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".tmp")).toList()) {
                    if (Files.size(file) > 50_000) {
                        reads++;
                        changed(file, stage.time().instant().minusSeconds(60 + reads));
                    }
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void throwing(Throwable what) {
        switch (what) {
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new AssertionError(what);
        }
    }

    private Terms terms(Optional<Path> pickup) {
        return new Terms(
                pickup,
                Optional.of(data.resolve("Replay")),
                PER_MINUTE,
                1_024,
                3,
                200_000,
                "company.com",
                2,
                ZoneOffset.UTC);
    }

    private void open() {
        directories = PickupDirectories.open(
                stage.world(),
                stage.loop(),
                () -> {
                    if (failsNow) {
                        throw new IllegalStateException("thrown at will");
                    }
                    return terms(Optional.of(pickup()));
                },
                submission,
                () -> shortage,
                tracked::add,
                events::add,
                PickupMeter.NONE,
                "MAIL");
        stage.settle();
    }

    private Path pickup() {
        return data.resolve("Pickup");
    }

    private Path write(String folder, String name, String text) throws IOException {
        Path file = data.resolve(folder).resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
        return changed(file, stage.time().instant().minusSeconds(60));
    }

    private static Path changed(Path file, Instant when) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(when));
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void pollOnce() {
        stage.advance(PickupDirectories.POLL);
    }

    @AfterEach
    void nothing_is_left_open() {
        CompletableFuture<Void> closed = directories.close();
        stage.settle();
        assertTrue(closed.isDone());
        assertEquals(0, bodies);
        stage.close();
    }

    @Test
    void a_file_is_sent_with_what_a_server_adds_and_deleted_when_its_message_is_durable() throws IOException {
        write("Pickup", "hello.eml", MAIL);
        answers = false;
        open();
        assertEquals(List.of("hello.try1.tmp"), names("Pickup"));
        assertEquals(1, taken.size());

        owed.accept(new Submission.Acceptance.Queued(7));
        stage.settle();
        assertEquals(List.of(), names("Pickup"));
        Incoming message = taken.getFirst().message();
        String text = taken.getFirst().text();
        assertEquals("eve@company.com", message.envelope().sender().toString());
        assertEquals(Envelope.BodyType.SEVEN_BIT, message.envelope().body());
        assertEquals("Hi", message.subject());
        assertEquals("Pickup", message.source().name());
        assertEquals("PICKUP", message.source().trackingSource());
        assertEquals("hello.eml", message.source().context());
        assertTrue(
                text.startsWith("Received: from localhost by Pickup with Microsoft SMTP Server id 15.2.1544.4;"
                        + " Sun, 22 Nov 2026 10:00:00 +0000\r\nMessage-ID: "
                        + message.internetMessageId() + "\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n"),
                text);
        assertTrue(message.internetMessageId().endsWith("@company.com>"));
        assertTrue(text.endsWith("From: eve@company.com\r\nTo: a@gmail.com\r\nSubject: Hi\r\n\r\nHello.\r\n"), text);
        assertEquals(text.indexOf("\r\n\r\n") + 4, message.headerBytes());
    }

    @Test
    void folders_are_made_and_looked_into_every_five_seconds() throws IOException {
        open();
        assertTrue(Files.isDirectory(pickup()));
        assertTrue(Files.isDirectory(data.resolve("Replay")));
        write("Pickup", "a.EML", MAIL);
        write("Pickup", "a.txt", MAIL);
        Files.createDirectories(pickup().resolve("folder.eml"));
        stage.advance(PickupDirectories.POLL.minusMillis(1));
        assertEquals(0, taken.size());
        stage.advance(Duration.ofMillis(1));
        assertEquals(1, taken.size());
        assertEquals(List.of("a.txt", "folder.eml"), names("Pickup"));
    }

    @Test
    void a_file_that_is_still_being_written_waits() throws IOException {
        open();
        Path file = write("Pickup", "slow.eml", MAIL);
        changed(file, stage.time().instant().plus(PickupDirectories.POLL).minusMillis(10));
        pollOnce();
        assertEquals(0, taken.size());
        Files.writeString(file, MAIL + "more\n");
        changed(file, stage.time().instant().plus(PickupDirectories.POLL).minusMillis(10));
        pollOnce();
        assertEquals(0, taken.size());
        pollOnce();
        assertEquals(1, taken.size());
        assertTrue(taken.getFirst().text().endsWith("more\r\n"));
    }

    @Test
    void a_file_whose_time_lies_ahead_is_taken_once_it_has_stood_still() throws IOException {
        open();
        changed(write("Pickup", "future.eml", MAIL), stage.time().instant().plus(Duration.ofDays(400)));
        pollOnce();
        assertEquals(0, taken.size());
        pollOnce();
        assertEquals(1, taken.size());
    }

    @Test
    void a_file_that_changes_while_it_is_read_is_put_back() throws IOException {
        write("Pickup", "big.eml", MAIL + "x".repeat(100_000));
        full = true;
        open();
        assertEquals(List.of("big.try1.tmp"), names("Pickup"));
        Path inHand = pickup().resolve("big.try1.tmp");
        Files.writeString(inHand, MAIL + "x".repeat(100_001));
        full = false;
        drained.run();
        stage.settle();
        assertEquals(0, taken.size());
        assertEquals(List.of("big.eml"), names("Pickup"));
        assertEquals(EventKind.PICKUP_TROUBLE, events.getFirst().kind());
        changed(pickup().resolve("big.eml"), stage.time().instant());
        pollOnce();
        assertEquals(1, taken.size());
    }

    @Test
    void a_bad_file_is_set_aside_and_told_with_its_reason() throws IOException {
        write("Pickup", "bad.eml", "From: eve@company.com\nSubject: =CMD()\n\nTo nobody.\n");
        write("Pickup", "bad.bad", "an older one");
        write("Pickup", "headless.eml", "From: eve@company.com\nTo: a@gmail.com\n");
        write("Pickup", "large.eml", "From: eve@company.com\nX: " + "x".repeat(1_024) + "\n\n");
        write("Replay", "plain.eml", MAIL);
        open();
        assertEquals(0, taken.size());
        assertEquals(List.of("bad.bad", "bad20261122100000000.bad", "headless.bad", "large.bad"), names("Pickup"));
        assertEquals(List.of("plain.bad"), names("Replay"));
        assertEquals("an older one", Files.readString(pickup().resolve("bad.bad")));
        assertEquals(4, tracked.size());
        TrackingEvent told = tracked.getFirst();
        assertEquals(TrackingEvent.Event.BADMAIL, told.event());
        assertEquals(TrackingEvent.Source.PICKUP, told.source());
        assertTrue(told.sourceContext().contains("no recipient"), told.sourceContext());
        assertEquals("bad.eml", told.reference());
        assertEquals("=CMD()", told.subject());
        assertTrue(tracked.get(1).sourceContext().contains("empty line"));
        assertTrue(tracked.get(2).sourceContext().contains("more than 1024 bytes"));
        assertTrue(tracked.get(3).sourceContext().contains("X-Sender"));
        assertTrue(events.stream().allMatch(event -> event.kind() == EventKind.PICKUP_BAD_FILE));
    }

    @Test
    void links_are_never_followed_and_huge_files_never_read() throws IOException {
        Path secret = write("elsewhere", "secret.eml", MAIL);
        Files.createDirectories(pickup());
        Files.createSymbolicLink(pickup().resolve("link.eml"), secret);
        write("Pickup", "huge.eml", MAIL + "x".repeat(200_000));
        open();
        pollOnce();
        pollOnce();
        assertEquals(0, taken.size());
        assertEquals(List.of("huge.bad", "link.bad"), names("Pickup"));
        assertTrue(Files.exists(secret));
    }

    @Test
    void what_was_in_hand_when_the_server_ended_is_sent_after_the_next_start() throws IOException {
        write("Pickup", "left.try1.tmp", MAIL);
        write("Pickup", "twin.try1.tmp", MAIL);
        write("Pickup", "twin.eml", MAIL);
        open();
        assertEquals(3, taken.size());
        assertEquals(List.of(), names("Pickup"));
    }

    @Test
    void while_the_queues_take_nothing_files_wait_and_none_is_bad() throws IOException {
        write("Pickup", "a.eml", MAIL);
        write("Pickup", "b.eml", MAIL);
        refusal = Optional.of(Reply.of(452, "4.3.1 Insufficient system resources"));
        open();
        assertEquals(List.of("a.eml", "b.eml"), names("Pickup"));
        assertEquals(List.of(), tracked);
        refusal = Optional.empty();
        pollOnce();
        assertEquals(2, taken.size());
    }

    @Test
    void while_new_mail_is_refused_everywhere_files_are_left_alone() throws IOException {
        write("Pickup", "a.eml", MAIL);
        write("Replay", "bad.eml", MAIL);
        shortage = Optional.of(Reply.of(452, "4.3.1 Insufficient system resources"));
        open();
        pollOnce();
        assertEquals(List.of("a.eml"), names("Pickup"));
        assertEquals(List.of("bad.eml"), names("Replay"));
        assertEquals(List.of(), taken);
        shortage = Optional.empty();
        pollOnce();
        assertEquals(1, taken.size());
        assertEquals(List.of("bad.bad"), names("Replay"));
    }

    @Test
    void no_more_are_taken_in_a_minute_than_are_allowed() throws IOException {
        for (int i = 0; i < 6; i++) {
            write("Pickup", i + ".eml", MAIL);
            write("Replay", i + ".eml", "X-Sender: <>\nX-Receiver: a@gmail.com\nSubject: r\n\n");
        }
        open();
        assertEquals(2 * PER_MINUTE, taken.size());
        stage.advance(Duration.ofSeconds(55));
        assertEquals(2 * PER_MINUTE, taken.size());
        pollOnce();
        assertEquals(12, taken.size());
    }

    @Test
    void a_file_for_which_there_is_no_memory_holds_up_no_other_and_leaves_no_body() throws IOException {
        write("Pickup", "a.eml", MAIL.replace("Hi", "Too much"));
        write("Pickup", "b.eml", MAIL);
        poison = "Too much";
        thrown = () -> new OutOfMemoryError("thrown at will");
        open();
        assertEquals(1, taken.size());
        assertEquals(List.of("a.eml"), names("Pickup"));
        assertEquals(EventKind.PICKUP_TROUBLE, events.getFirst().kind());
        assertEquals(0, bodies);
    }

    @Test
    void a_file_that_fails_unexpectedly_is_bad_after_as_many_tries_as_poison_may_have() throws IOException {
        write("Pickup", "a.eml", MAIL.replace("Hi", "Poison"));
        poison = "Poison";
        open();
        assertEquals(List.of("a.eml"), names("Pickup"));
        assertEquals(List.of(), tracked);
        pollOnce();
        assertEquals(List.of("a.bad"), names("Pickup"));
        assertEquals(TrackingEvent.Event.BADMAIL, tracked.getFirst().event());
        assertEquals(List.of(), taken);
    }

    @Test
    void a_file_that_ended_the_process_as_often_is_bad_at_the_next_start() throws IOException {
        write("Pickup", "once.try1.tmp", MAIL);
        write("Pickup", "twice.try2.tmp", MAIL);
        answers = false;
        open();
        assertEquals(List.of("once.try2.tmp", "twice.bad"), names("Pickup"));
        assertTrue(tracked.getFirst().sourceContext().contains("PoisonThreshold"));
        owed.accept(new Submission.Acceptance.Queued(7));
        stage.settle();
        assertEquals(1, taken.size());
    }

    @Test
    void files_in_hand_that_others_have_named_are_theirs() throws IOException {
        write("Pickup", "half.tmp", MAIL);
        write("Pickup", "other.try0.tmp", MAIL);
        open();
        assertEquals(0, taken.size());
        assertEquals(List.of("half.tmp", "other.try0.tmp"), names("Pickup"));
    }

    @Test
    void files_that_cannot_be_taken_wait_longer_each_time_and_keep_none_from_being_taken() throws IOException {
        for (int i = 0; i < PER_MINUTE; i++) {
            write("Pickup", i + ".eml", MAIL + "x".repeat(100_000));
        }
        write("Pickup", "last.eml", MAIL);
        changing = true;
        open();
        assertEquals(List.of(), taken);
        pollOnce();
        assertEquals(1, taken.size());
        assertEquals(PER_MINUTE + PER_MINUTE - 1, reads);
        stage.advance(Duration.ofMinutes(1));
        assertTrue(reads <= 5 * PER_MINUTE, "reads: " + reads);
        changing = false;
        stage.advance(Duration.ofMinutes(5));
        assertEquals(1 + PER_MINUTE, taken.size());
    }

    @Test
    void what_throws_once_does_not_end_the_looking() throws IOException {
        failsNow = true;
        open();
        write("Pickup", "a.eml", MAIL);
        pollOnce();
        assertEquals(0, taken.size());
        failsNow = false;
        pollOnce();
        assertEquals(1, taken.size());
    }

    @Test
    void a_name_with_a_line_end_stays_on_its_line_and_one_that_is_very_long_is_taken() throws IOException {
        write("Pickup", "a\nb.eml", MAIL);
        write("Pickup", "c\nd.eml", "Subject: nobody\n\n");
        write("Pickup", "x".repeat(251) + ".eml", MAIL);
        open();
        assertEquals(2, taken.size());
        assertEquals("a?b.eml", taken.getFirst().message().source().context());
        assertEquals("c?d.eml", tracked.getFirst().reference());
        assertTrue(events.stream().noneMatch(event -> event.message().contains("c\nd")));
    }

    @Test
    void octets_outside_ascii_are_kept_and_said_and_line_ends_become_those_of_mail() throws IOException {
        write("Pickup", "8bit.eml", MAIL + "caf\u00e9\u0000\rnext");
        open();
        assertEquals(
                Envelope.BodyType.EIGHT_BIT_MIME,
                taken.getFirst().message().envelope().body());
        assertTrue(taken.getFirst().text().endsWith("caf\u00e9\r\nnext"), taken.getFirst()::text);
    }

    @Test
    void a_slow_disk_holds_the_file_up_and_closing_lets_it_wait() throws IOException {
        write("Pickup", "big.eml", MAIL + "x".repeat(100_000));
        full = true;
        open();
        pollOnce();
        assertEquals(0, taken.size());
        CompletableFuture<Void> closed = directories.close();
        stage.settle();
        assertTrue(closed.isDone());
        assertEquals(List.of("big.eml"), names("Pickup"));
        assertFalse(events.stream().anyMatch(event -> event.kind() == EventKind.PICKUP_TROUBLE));
    }
}
