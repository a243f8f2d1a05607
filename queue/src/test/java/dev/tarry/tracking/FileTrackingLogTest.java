package dev.tarry.tracking;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tarry.log.LogTerms;
import dev.tarry.log.LogTrouble;
import dev.tarry.log.RollingLog;
import dev.tarry.time.Ledger;
import dev.tarry.time.ThreadLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class FileTrackingLogTest implements TrackingLogContract {
    @TempDir
    Path folder;

    private final Hand hand = new Hand();

    @Override
    public TrackingLog log() throws IOException {
        return log(LogTerms.exchange(folder));
    }

    private FileTrackingLog log(LogTerms terms) throws IOException {
        return new FileTrackingLog(terms, hand, hand, () -> Instant.EPOCH, LogTrouble.NONE);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private static List<Long> ids(TrackingLog log) throws IOException {
        return new TrackingSearch(log)
                .find(TrackingQuery.ALL).events().stream()
                        .map(TrackingEvent::internalMessageId)
                        .toList();
    }

    @Test
    void an_event_is_in_its_file_a_second_later_after_the_header() throws IOException {
        try (FileTrackingLog log = log(LogTerms.exchange(folder))) {
            assertEquals(List.of(), names());
            log.write(Events.deferred());
            log.write(Events.deferred());
            assertEquals(List.of(), names());
            assertEquals(1, hand.alarms.size());
            assertEquals(Duration.ofSeconds(1), hand.lastWait);
            hand.ringAll();
            assertEquals(List.of("MSGTRK2026030212-1.LOG"), names());
            String line = TrackingFormat.line(Events.deferred()) + "\r\n";
            assertEquals(TrackingFormat.header(Events.deferred().time()) + line + line, text("MSGTRK2026030212-1.LOG"));
            assertEquals(0, log.waiting());
            log.write(Events.deferred());
            assertEquals(1, hand.alarms.size());
        }
        assertTrue(text("MSGTRK2026030212-1.LOG").endsWith("\r\n"));
        assertEquals(8, text("MSGTRK2026030212-1.LOG").lines().count());
    }

    @Test
    void a_thousand_events_do_not_wait_for_the_second() throws IOException {
        try (FileTrackingLog log = log(LogTerms.exchange(folder))) {
            for (int i = 0; i < RollingLog.FLUSH_ENTRIES; i++) {
                log.write(Events.at(Events.NOON, i));
            }
            hand.runAll();
            assertEquals(0, log.waiting());
            assertEquals(
                    5 + RollingLog.FLUSH_ENTRIES,
                    text("MSGTRK2026030212-1.LOG").lines().count());
        }
    }

    @Test
    void lines_that_are_held_only_gather_until_they_are_let_go() throws IOException {
        try (FileTrackingLog log = log(LogTerms.exchange(folder))) {
            log.hold();
            for (int i = 0; i < 2 * RollingLog.FLUSH_ENTRIES; i++) {
                log.write(Events.at(Events.NOON, i));
            }
            log.catchUp();
            assertEquals(List.of(), List.copyOf(hand.tasks));
            assertEquals(List.of(), List.copyOf(hand.alarms));
            assertEquals(2 * RollingLog.FLUSH_ENTRIES, log.waiting());
            log.release();
            hand.runAll();
            assertEquals(0, log.waiting());
            assertEquals(
                    5 + 2 * RollingLog.FLUSH_ENTRIES,
                    text("MSGTRK2026030212-1.LOG").lines().count());
            log.write(Events.at(Events.NOON, 1));
            assertEquals(1, hand.alarms.size(), "as ever");
        }
    }

    @Test
    void too_many_lines_are_not_held() throws IOException {
        try (FileTrackingLog log = log(LogTerms.exchange(folder))) {
            log.hold();
            for (int i = 0; i <= RollingLog.MAX_WAITING / 4; i++) {
                log.write(Events.at(Events.NOON, i));
            }
            log.catchUp();
            assertEquals(0, log.waiting());
            log.write(Events.at(Events.NOON, 1));
            assertEquals(1, hand.alarms.size(), "as ever");
        }
    }

    @Test
    void who_reads_or_closes_gets_lines_that_are_held() throws IOException {
        try (FileTrackingLog log = log(LogTerms.exchange(folder))) {
            log.hold();
            log.write(Events.at(Events.NOON, 7));
            assertEquals(List.of(7L), ids(log));
            log.write(Events.at(Events.NOON, 8));
        }
        assertEquals(7, text("MSGTRK2026030212-1.LOG").lines().count());
    }

    @Test
    void each_hour_of_lab_time_has_its_file_and_late_events_go_into_the_newer() throws IOException {
        try (FileTrackingLog log = log(LogTerms.exchange(folder))) {
            log.write(Events.at(Instant.parse("2026-03-02T12:59:59.999Z"), 1));
            log.write(Events.at(Instant.parse("2026-03-02T13:00:00Z"), 2));
            log.write(Events.at(Instant.parse("2026-03-02T12:59:59.998Z"), 3));
            log.write(Events.at(Instant.parse("2026-03-04T00:10:00Z"), 4));
            assertEquals(List.of(3L, 1L, 2L, 4L), ids(log));
        }
        assertEquals(List.of("MSGTRK2026030212-1.LOG", "MSGTRK2026030213-1.LOG", "MSGTRK2026030400-1.LOG"), names());
        assertEquals(7, text("MSGTRK2026030213-1.LOG").lines().count());
    }

    @Test
    void a_much_older_event_goes_into_a_file_of_its_own_hour() throws IOException {
        try (FileTrackingLog log = log(LogTerms.exchange(folder))) {
            log.write(Events.at(Instant.parse("2026-03-02T12:30:00Z"), 1));
            log.write(Events.at(Instant.parse("2026-03-02T10:30:00Z"), 2));
            assertEquals(List.of(2L, 1L), ids(log));
        }
        assertEquals(List.of("MSGTRK2026030210-1.LOG", "MSGTRK2026030212-1.LOG"), names());
    }

    @Test
    void a_full_file_is_followed_by_the_next_number() throws IOException {
        try (FileTrackingLog log = log(new LogTerms(folder, 2_000, 1_000_000, Duration.ofDays(30)))) {
            for (int i = 0; i < 40; i++) {
                log.write(Events.at(Events.NOON, i));
            }
            assertEquals(40, ids(log).size());
        }
        assertTrue(names().size() > 2, names().toString());
        for (String name : names()) {
            assertTrue(Files.size(folder.resolve(name)) <= 2_000, name);
            assertTrue(text(name).startsWith("#Software: "));
        }
    }

    @Test
    void a_start_begins_a_new_file() throws IOException {
        for (int i = 0; i < 11; i++) {
            try (FileTrackingLog log = log(LogTerms.exchange(folder))) {
                log.write(Events.at(Events.NOON.plusSeconds(i), i));
                assertEquals(i + 1, ids(log).size());
            }
        }
        assertEquals(11, names().size());
        assertTrue(names().contains("MSGTRK2026030212-11.LOG"));
    }

    @Test
    void a_line_torn_anywhere_is_cut_off_at_the_next_start() throws IOException {
        byte[] header = TrackingFormat.header(Events.NOON).getBytes(StandardCharsets.UTF_8);
        byte[] line = (TrackingFormat.line(Events.at(Events.NOON, 1)) + "\r\n").getBytes(StandardCharsets.UTF_8);
        Logger warnings = (Logger) LoggerFactory.getLogger("dev.tarry.log.LogFolder");
        warnings.setLevel(Level.ERROR);
        Path file = folder.resolve("MSGTRK2026030212-1.LOG");
        for (int cut = 1; cut <= line.length; cut++) {
            Files.write(file, header);
            Files.write(file, line, StandardOpenOption.APPEND);
            Files.write(file, Arrays.copyOf(line, cut), StandardOpenOption.APPEND);
            try (FileTrackingLog log = log(LogTerms.exchange(folder))) {
                log.write(Events.at(Events.NOON.plusSeconds(1), 2));
                TrackingSearch.Found found = new TrackingSearch(log).find(TrackingQuery.ALL);
                assertEquals(cut == line.length ? 3 : 2, found.events().size(), "cut at " + cut);
                assertEquals(0, found.malformed(), "cut at " + cut);
            }
            assertEquals(
                    header.length + (cut == line.length ? 2L : 1L) * line.length, Files.size(file), "cut at " + cut);
            Files.delete(folder.resolve("MSGTRK2026030212-2.LOG"));
        }
        warnings.setLevel(null);
    }

    @Test
    void lines_of_others_are_counted_and_skipped() throws IOException {
        Files.write(
                folder.resolve("MSGTRK2026030212-1.LOG"),
                ("rubbish\r\n\r\nno CR\n\u00ff\r\n" + TrackingFormat.line(Events.at(Events.NOON, 7)) + "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(folder.resolve("MSGTRKMD2026030212-1.LOG"), "not ours\r\n");
        Files.writeString(folder.resolve("MSGTRK2026139999-1.LOG"), "no such hour\r\n");
        try (FileTrackingLog log = log(LogTerms.exchange(folder))) {
            log.write(Events.at(Events.NOON, 1));
            TrackingSearch.Found found = new TrackingSearch(log).find(TrackingQuery.ALL);
            assertEquals(2, found.events().size());
            assertEquals(4, found.malformed());
        }
    }

    @Test
    void files_older_than_the_limit_in_lab_time_are_deleted() throws IOException {
        try (FileTrackingLog log = log(LogTerms.exchange(folder))) {
            for (int day = 0; day < 40; day++) {
                log.write(Events.at(Events.NOON.plus(Duration.ofDays(day)), day));
            }
            log.flush();
            // what is exactly 30 days old is still there
            assertEquals(31, names().size());
            assertEquals("MSGTRK2026031112-1.LOG", names().getFirst());
        }
    }

    @Test
    void the_oldest_files_are_deleted_when_the_folder_is_full_and_others_are_left_alone() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "x".repeat(100_000));
        try (FileTrackingLog log = log(new LogTerms(folder, 10_000, 20_000, Duration.ofDays(30)))) {
            for (int i = 0; i < 600; i++) {
                log.write(Events.at(Events.NOON.plusSeconds(i), i));
            }
            List<Long> left = ids(log);
            assertEquals(599, left.getLast());
            assertTrue(left.getFirst() > 300);
        }
        long bytes = 0;
        for (String name : names()) {
            bytes += name.endsWith(".LOG") ? Files.size(folder.resolve(name)) : 0;
        }
        assertTrue(bytes <= 30_000, "" + bytes);
        assertTrue(names().contains("notes.txt"));
    }

    @Test
    void while_the_disk_fails_events_wait_and_then_all_are_written_once() throws IOException {
        Path gone = folder.resolve("log");
        List<String> told = new ArrayList<>();
        LogTrouble trouble = new LogTrouble() {
            @Override
            public void stopped(String log, String reason) {
                told.add("stopped");
            }

            @Override
            public void resumed(String log, long dropped) {
                told.add("resumed " + dropped);
            }
        };
        try (FileTrackingLog log =
                new FileTrackingLog(LogTerms.exchange(gone), hand, hand, () -> Instant.EPOCH, trouble)) {
            Files.delete(gone);
            Files.writeString(gone, "in the way");
            log.write(Events.at(Events.NOON, 1));
            log.flush();
            log.write(Events.at(Events.NOON, 2));
            hand.ringAll();
            hand.ringAll();
            assertEquals(2, log.waiting());
            assertEquals(List.of("stopped"), told);
            Files.delete(gone);
            hand.ringAll();
            assertEquals(0, log.waiting());
            assertEquals(List.of("stopped", "resumed 0"), told);
            assertEquals(List.of(1L, 2L), ids(log));
            assertEquals(0, log.dropped());
        }
    }

    @Test
    void another_folder_and_other_limits_hold_at_once() throws IOException {
        Path other = folder.resolve("other");
        try (FileTrackingLog log = log(LogTerms.exchange(folder))) {
            for (int day = 0; day < 3; day++) {
                log.write(Events.at(Events.NOON.plus(Duration.ofDays(day)), day));
            }
            log.flush();
            log.terms(new LogTerms(folder, 1_000_000, 1_000_000, Duration.ofHours(30)));
            hand.runAll();
            assertEquals(List.of("MSGTRK2026030312-1.LOG", "MSGTRK2026030412-1.LOG"), names());
            log.terms(LogTerms.exchange(other));
            hand.runAll();
            log.write(Events.at(Events.NOON.plus(Duration.ofDays(3)), 3));
            assertEquals(List.of(3L), ids(log));
        }
        assertTrue(Files.exists(other.resolve("MSGTRK2026030512-1.LOG")));
        assertEquals(7, text("MSGTRK2026030412-1.LOG").lines().count() + 1);
    }

    @Test
    void more_events_than_may_wait_are_dropped_and_counted() throws IOException {
        try (FileTrackingLog log = log(LogTerms.exchange(folder))) {
            TrackingEvent event = Events.at(Events.NOON, 1);
            for (int i = 0; i < RollingLog.MAX_WAITING + 5; i++) {
                log.write(event);
            }
            assertEquals(5, log.dropped());
            assertEquals(RollingLog.MAX_WAITING, log.waiting());
            log.flush();
            log.write(event);
            assertEquals(5, log.dropped());
        }
    }

    @Test
    void entries_that_come_too_fast_are_told_of_once_and_so_is_the_end_of_it() throws IOException {
        List<String> told = new ArrayList<>();
        LogTrouble trouble = new LogTrouble() {
            @Override
            public void stopped(String log, String reason) {
                told.add(reason.contains("faster") ? "too fast" : reason);
            }

            @Override
            public void resumed(String log, long dropped) {
                told.add("resumed " + dropped);
            }
        };
        try (FileTrackingLog log =
                new FileTrackingLog(LogTerms.exchange(folder), hand, hand, () -> Instant.EPOCH, trouble)) {
            TrackingEvent event = Events.at(Events.NOON, 1);
            for (int round = 1; round <= 2; round++) {
                hand.tasks.clear(); // the writer is busy: nothing is flushed meanwhile
                for (int i = 0; i < RollingLog.MAX_WAITING; i++) {
                    log.write(event);
                }
                hand.tasks.clear();
                assertEquals(2 * (round - 1), told.size(), "as many as may wait: none is lost");
                for (int i = 0; i < 5; i++) {
                    log.write(event);
                }
                hand.runAll();
                assertEquals(0, log.waiting());
                assertEquals(List.of("too fast", "resumed " + 5 * round), told.subList(2 * (round - 1), told.size()));
            }
        }
        assertEquals(4, told.size(), "the end is no overload");
    }

    @Test
    void after_the_end_nothing_is_written() throws IOException {
        FileTrackingLog log = log(LogTerms.exchange(folder));
        log.write(Events.at(Events.NOON, 1));
        log.close();
        log.write(Events.at(Events.NOON, 2));
        hand.ringAll();
        log.close();
        assertEquals(1, log.dropped());
        assertEquals(6, text("MSGTRK2026030212-1.LOG").lines().count());
    }

    @Test
    void many_threads_write_while_others_search_and_every_event_is_there_once() throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (ThreadLoop writer = new ThreadLoop("tracking", new Ledger(), failure::set);
                FileTrackingLog log = new FileTrackingLog(
                        new LogTerms(folder, 50_000, 100_000_000, Duration.ofDays(30)),
                        writer,
                        hand,
                        () -> Instant.EPOCH,
                        LogTrouble.NONE)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int thread = t;
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 2_500; i++) {
                        log.write(Events.at(Events.NOON.plusMillis(i), thread * 2_500L + i));
                    }
                }));
            }
            int before = 0;
            while (threads.stream().anyMatch(Thread::isAlive)) {
                TrackingSearch.Found found = new TrackingSearch(log).find(unlimited());
                assertEquals(0, found.malformed());
                assertTrue(found.events().size() >= before);
                before = found.events().size();
            }
            assertEquals(
                    10_000,
                    new TrackingSearch(log)
                            .find(unlimited()).events().stream()
                                    .map(TrackingEvent::internalMessageId)
                                    .distinct()
                                    .count());
            await().atMost(Duration.ofSeconds(60)).until(() -> log.waiting() == 0);
        }
        assertEquals(null, failure.get());
    }

    private static TrackingQuery unlimited() {
        return TrackingQuery.of(Map.of("ResultSize", List.of("Unlimited")));
    }
}
