package dev.tarry.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.time.Loop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileEventLogTest {
    private static final Instant NOW = Instant.parse("2026-03-04T09:15:00Z");
    private static final EventQuery ALL = new EventQuery(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 10_000);

    /// What clients and hosts put into what they say.
    private static final List<String> PAYLOADS = List.of(
            "\r\n9,2026-03-04T09:15:00.000Z,15006,Error,MSExchangeTransport,x,0,forged,",
            "a,b,\"c\"",
            "\"",
            "\\u000a",
            ";nextHop=forged",
            "x; y=z",
            "};{",
            "=cmd|' /C calc'!A0",
            "+1",
            "-1",
            "@SUM(A1)",
            "\u001b[2J",
            "\u009b31m",
            "\u0085",
            "\u2028",
            "\u202e",
            "\u0000",
            "\ud800",
            "${jndi:ldap://203.0.113.1/a}",
            "ünïcødé 🙂");

    @TempDir
    private Path folder;

    private final Deque<Runnable> writes = new ArrayDeque<>();
    private Instant now = NOW;

    private final Loop writer = new Loop() {
        @Override
        public boolean inLoop() {
            return false;
        }

        @Override
        public void execute(Runnable task) {
            writes.add(task);
        }
    };

    private FileEventLog open() throws IOException {
        return open(FileEventLog.MAX_FILE_BYTES);
    }

    private FileEventLog open(int maxFileBytes) throws IOException {
        InstantSource time = () -> now;
        return new FileEventLog(folder, maxFileBytes, time, writer);
    }

    private void write() {
        while (!writes.isEmpty()) {
            writes.remove().run();
        }
    }

    private static Event failure(String domain) {
        return Events.dnsFailure("Internet", domain, "451 4.4.0 DNS query failed", "D9", "8.8.8.8: no answer");
    }

    private static List<String> nextHops(FileEventLog log, EventQuery query) throws IOException {
        return log.find(query).records().stream()
                .map(record -> record.details().get("nextHop"))
                .toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void an_event_comes_back_as_it_was_reported() throws IOException {
        try (FileEventLog log = open()) {
            log.report(failure("external-company.com"));
            EventRecord record = log.find(ALL).records().getFirst();
            assertEquals(1, record.number());
            assertEquals(NOW, record.time());
            assertEquals(EventKind.SEND_DNS_FAILURE, record.kind());
            assertEquals(2000, record.kind().id());
            assertEquals(0, record.suppressed());
            assertEquals(
                    "Send connector Internet: a DNS failure occurred when the hosts of external-company.com were looked"
                            + " up. Diagnostic information: 451 4.4.0 DNS query failed (8.8.8.8: no answer)",
                    record.message());
            assertEquals(
                    List.of("connector", "nextHop", "lastError", "cause", "diagnostic"),
                    List.copyOf(record.details().keySet()));
        }
    }

    @Test
    void whatever_was_said_is_one_line_and_reads_back_the_same() throws IOException {
        Random random = new Random(4);
        List<String> said = new ArrayList<>(PAYLOADS);
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder(PAYLOADS.get(random.nextInt(PAYLOADS.size())));
            for (int n = random.nextInt(10); n > 0; n--) {
                text.append((char) random.nextInt(random.nextInt(8) == 0 ? 0xd800 : 0x100));
            }
            said.add(text.toString());
        }
        try (FileEventLog log = open()) {
            for (String words : said) {
                now = now.plusSeconds(3_600);
                log.report(Events.connectionError("Internet", "a.example", "mx.a.example", words, words));
            }
            List<EventRecord> records = log.find(ALL).records().reversed();
            assertEquals(said.size(), records.size());
            for (int i = 0; i < said.size(); i++) {
                assertEquals(said.get(i), records.get(i).details().get("lastError"));
                assertEquals(said.get(i), records.get(i).details().get("ip"));
                assertTrue(records.get(i).message().endsWith(": " + said.get(i)));
                assertEquals(5, records.get(i).details().size());
            }
        }
        String text = Files.readString(files().getFirst());
        assertEquals(said.size() + 3, text.split("\r\n", -1).length - 1);
        assertTrue(text.replace("\r\n", "").chars().noneMatch(Character::isISOControl));
    }

    @Test
    void newest_first_and_no_more_than_asked_for() throws IOException {
        try (FileEventLog log = open()) {
            for (String domain : List.of("a.example", "b.example", "c.example")) {
                log.report(failure(domain));
                now = now.plusSeconds(1);
            }
            assertEquals(List.of("c.example", "b.example", "a.example"), nextHops(log, ALL));
            EventQuery two = new EventQuery(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 2);
            assertEquals(List.of("c.example", "b.example"), nextHops(log, two));
            assertTrue(log.find(two).more());
            FileEventLog.Found oldest = log.find(two, false);
            assertEquals(log.find(ALL).records().reversed().subList(0, 2), oldest.records());
            assertTrue(oldest.more());
        }
    }

    @Test
    void a_query_narrows_by_each_of_its_parts() throws IOException {
        try (FileEventLog log = open()) {
            log.report(failure("a.example"));
            now = now.plusSeconds(10);
            log.report(Events.diskFull("no space"));
            Optional<Integer> noId = Optional.empty();
            Optional<String> noCategory = Optional.empty();
            Optional<Instant> anyTime = Optional.empty();
            Optional<EventLevel> anyLevel = Optional.empty();
            Instant between = NOW.plusSeconds(5);
            assertEquals(1, count(log, new EventQuery(Optional.of(2000), anyLevel, noCategory, anyTime, anyTime, 9)));
            assertEquals(0, count(log, new EventQuery(Optional.of(2001), anyLevel, noCategory, anyTime, anyTime, 9)));
            assertEquals(
                    1,
                    count(log, new EventQuery(noId, Optional.of(EventLevel.ERROR), noCategory, anyTime, anyTime, 9)));
            assertEquals(1, count(log, new EventQuery(noId, anyLevel, Optional.of("SMTPSEND"), anyTime, anyTime, 9)));
            assertEquals(1, count(log, new EventQuery(noId, anyLevel, noCategory, Optional.of(between), anyTime, 9)));
            assertEquals(1, count(log, new EventQuery(noId, anyLevel, noCategory, anyTime, Optional.of(between), 9)));
            assertEquals(2, count(log, ALL));
        }
    }

    private static int count(FileEventLog log, EventQuery query) throws IOException {
        return log.find(query).records().size();
    }

    @Test
    void what_was_written_is_there_after_a_kill_and_numbers_go_on() throws IOException {
        FileEventLog killed = open();
        killed.report(failure("a.example"));
        killed.report(failure("b.example"));
        write();
        now = now.plusSeconds(60);
        try (FileEventLog log = open()) {
            assertEquals(NOW, log.newest());
            log.report(failure("c.example"));
            assertEquals(List.of("c.example", "b.example", "a.example"), nextHops(log, ALL));
            assertEquals(
                    List.of(3L, 2L, 1L),
                    log.find(ALL).records().stream().map(EventRecord::number).toList());
        }
    }

    @Test
    void a_torn_last_line_is_cut_off_wherever_it_was_torn() throws IOException {
        FileEventLog killed = open();
        killed.report(failure("a.example"));
        write();
        killed.report(failure("b.example"));
        write();
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        int second = new String(whole, StandardCharsets.UTF_8).indexOf("\r\n2,") + 2;
        for (int length = second; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (FileEventLog log = open()) {
                assertEquals(List.of("a.example"), nextHops(log, ALL), "torn at " + length);
                assertEquals(second, Files.size(file));
                log.report(failure("c.example"));
                assertEquals(List.of("c.example", "a.example"), nextHops(log, ALL));
            }
        }
    }

    @Test
    void lines_that_are_no_events_are_passed_over() throws IOException {
        try (FileEventLog log = open()) {
            log.report(failure("a.example"));
            write();
            Files.write(
                    files().getFirst(),
                    new byte[] {'x', ',', '"', (byte) 0xff, '\r', '\n', 0, '\n'},
                    StandardOpenOption.APPEND);
            assertEquals(List.of("a.example"), nextHops(log, ALL));
        }
    }

    @Test
    void files_are_rolled_and_the_oldest_thrown_away() throws IOException {
        try (FileEventLog log = open(2_000)) {
            for (int i = 0; i < 200; i++) {
                now = now.plusSeconds(3_600);
                log.report(failure("d" + i + ".example"));
            }
            write();
            assertEquals(FileEventLog.MAX_FILES, files().size());
            for (Path file : files()) {
                assertTrue(Files.size(file) <= 2_000, file::toString);
                assertTrue(Files.readString(file).startsWith("#Software: "), file::toString);
            }
            List<String> kept = nextHops(log, ALL);
            assertEquals("d199.example", kept.getFirst());
            assertTrue(kept.size() < 200 && kept.size() > 16, () -> "kept " + kept.size());
        }
    }

    @Test
    void a_disk_that_cannot_be_written_bounds_what_waits_and_is_written_when_it_can() throws IOException {
        Path moved = folder.resolveSibling("elsewhere");
        FileEventLog log = open();
        Files.move(folder, moved);
        for (int i = 0; i < FileEventLog.MAX_WAITING + 10; i++) {
            now = now.plusSeconds(3_600);
            log.report(failure("d" + i + ".example"));
        }
        write();
        assertEquals(10, log.dropped());
        Files.move(moved, folder);
        assertEquals(FileEventLog.MAX_WAITING, count(log, ALL));
        log.close();
    }
}
