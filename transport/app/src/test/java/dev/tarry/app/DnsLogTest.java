package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.DnsLogSettings;
import dev.tarry.dns.Detour;
import dev.tarry.dns.DnsLogFormat;
import dev.tarry.dns.DnsLogRow;
import dev.tarry.dns.DnsOutcome;
import dev.tarry.dns.DnsProtocol;
import dev.tarry.dns.DnsQuery;
import dev.tarry.dns.DnsRow;
import dev.tarry.dns.DnsSearch;
import dev.tarry.dns.DnsStatus;
import dev.tarry.dns.MxAnswer;
import dev.tarry.dns.ServerAttempt;
import dev.tarry.log.LogTerms;
import dev.tarry.log.LogTrouble;
import dev.tarry.log.RollingLog;
import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DnsLogTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

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

    private static final Timers NEVER = new Timers() {
        @Override
        public Alarm at(Instant due, Loop loop, Runnable ring) {
            return () -> {};
        }

        @Override
        public Alarm after(Duration wait, Loop loop, Runnable ring) {
            return () -> {};
        }
    };

    @TempDir
    private Path data;

    private final List<RollingLog<DnsLogRow>> opened = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private boolean openable = true;
    private DnsLog log;

    @BeforeEach
    void log() {
        log = new DnsLog(data, this::open, new LogTrouble() {
            @Override
            public void stopped(String log, String reason) {
                troubles.add(log + ": " + reason);
            }

            @Override
            public void resumed(String log, long dropped) {}
        });
    }

    @AfterEach
    void end() {
        log.close();
    }

    private RollingLog<DnsLogRow> open(LogTerms terms) throws IOException {
        if (!openable) {
            throw new IOException("no room");
        }
        RollingLog<DnsLogRow> made = new RollingLog<>(
                new DnsLogFormat(),
                terms,
                RollingLog.Follower.none(),
                HERE,
                NEVER,
                InstantSource.fixed(NOON),
                LogTrouble.NONE);
        opened.add(made);
        return made;
    }

    private void set(boolean enabled, String path) {
        log.apply(new DnsLogSettings(
                enabled, Optional.ofNullable(path).map(Path::of), Duration.ofDays(7), 100 << 20, 10 << 20));
    }

    private static DnsQuery query(String nextHop, boolean cached, String... records) {
        ServerAttempt attempt = new ServerAttempt(
                new InetSocketAddress(InetAddress.ofLiteral("2001:db8::53"), 53),
                DnsProtocol.UDP,
                nextHop + " MX",
                "NOERROR, 1 records",
                DnsOutcome.RECORDS,
                Duration.ofMillis(12));
        return new DnsQuery(
                NOON,
                7,
                DnsQuery.Asker.DELIVERY,
                nextHop,
                nextHop,
                "MX",
                attempt,
                Set.of(Detour.STRAY),
                cached,
                List.of(records));
    }

    private static DnsSearch search(MxAnswer answer) {
        return new DnsSearch(
                8,
                DnsQuery.Asker.OPERATOR,
                "gmail.com",
                "gmail.com",
                NOON.minusSeconds(5),
                NOON,
                answer,
                Set.of(DnsRow.D19, DnsRow.D17));
    }

    /// The rows of a folder, headers left out.
    private List<String> rows(String folder) throws IOException {
        opened.forEach(RollingLog::flush);
        if (!Files.exists(data.resolve(folder))) {
            return List.of();
        }
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(data.resolve(folder))) {
            for (Path file : files.sorted().toList()) {
                assertTrue(file.getFileName().toString().startsWith("DNSLOG"), file::toString);
                rows.addAll(Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList());
            }
        }
        return rows;
    }

    @Test
    void nothing_is_opened_without_a_folder_and_before_it_is_enabled() throws IOException {
        log.queried(query("a.com", false));
        set(true, null);
        log.queried(query("b.com", false));
        set(false, "dns");
        log.queried(query("c.com", false));
        assertEquals(List.of(), opened);
        assertFalse(Files.exists(data.resolve("dns")));
        assertEquals(0, log.waiting() + log.dropped());
    }

    @Test
    void queries_what_the_cache_had_and_searches_have_a_row_each() throws IOException {
        set(true, "dns");
        log.queried(query("gmail.com", false, "5 mx1.gmail.com.", "10 mx2.gmail.com."));
        log.queried(query("gmail.com", true));
        log.searched(search(new MxAnswer.QueryFailed(DnsStatus.TIMEOUT, "nobody answers", List.of())));
        log.searched(search(new MxAnswer.NoSuchDomain("gmail.com")));
        assertEquals(
                List.of(
                        "2026-11-22T12:00:00.000Z,QUERY,7,DELIVERY,gmail.com,gmail.com,MX,[2001:db8:0:0:0:0:0:53]:53,"
                                + "UDP,records,12,\"NOERROR, 1 records: 5 mx1.gmail.com., 10 mx2.gmail.com.; ignored"
                                + " what was no answer\"",
                        "2026-11-22T12:00:00.000Z,CACHE,7,DELIVERY,gmail.com,gmail.com,MX,[2001:db8:0:0:0:0:0:53]:53,"
                                + ",records,12,\"NOERROR, 1 records; ignored what was no answer\"",
                        "2026-11-22T12:00:00.000Z,SEARCH,8,OPERATOR,gmail.com,gmail.com,,,,QueryFailed,5000,"
                                + "TIMEOUT: nobody answers (D17 D19)",
                        "2026-11-22T12:00:00.000Z,SEARCH,8,OPERATOR,gmail.com,gmail.com,,,,NoSuchDomain,5000,"
                                + " (D17 D19)"),
                rows("dns"));
    }

    @Test
    void what_a_stranger_writes_forges_no_row_and_no_formula() throws IOException {
        set(true, "dns");
        log.queried(query("=cmd\r\nforged,row\u001b[2J", false, "\"quoted\"\n=1+1"));
        List<String> rows = rows("dns");
        assertEquals(1, rows.size(), rows::toString);
        assertTrue(rows.getFirst().chars().allMatch(c -> c >= ' ' && c < 0x7f), rows::toString);
        assertFalse(rows.getFirst().contains(",=") || rows.getFirst().contains("\"="), rows::toString);
    }

    @Test
    void another_folder_and_being_disabled_hold_at_once_and_what_was_written_stays() throws IOException {
        set(true, "one");
        log.queried(query("a.com", false));
        assertEquals(1, rows("one").size());
        set(true, "two/deep");
        log.queried(query("b.com", false));
        assertEquals(1, rows("two/deep").size());
        set(false, "two/deep");
        log.queried(query("c.com", false));
        set(true, null);
        log.queried(query("d.com", false));
        set(true, "one");
        log.queried(query("e.com", false));
        assertEquals(1, rows("two/deep").size());
        assertEquals(
                List.of("a.com", "e.com"),
                rows("one").stream().map(row -> row.split(",")[5]).toList());
        assertEquals(1, opened.size(), "one log at a time");
    }

    @Test
    void a_folder_that_cannot_be_made_is_told_and_the_next_one_is_used() throws IOException {
        openable = false;
        set(true, "bad");
        assertEquals(1, troubles.size(), troubles::toString);
        assertTrue(troubles.getFirst().startsWith("DNS Log: "), troubles::toString);
        log.queried(query("a.com", false));
        openable = true;
        set(true, "good");
        log.queried(query("b.com", false));
        assertEquals(1, rows("good").size());
    }

    @Test
    void what_waits_is_written_at_the_end_and_nothing_after_it() throws IOException {
        set(true, "dns");
        log.queried(query("a.com", false));
        assertEquals(1, log.waiting());
        log.close();
        log.queried(query("b.com", false));
        set(true, "dns");
        log.queried(query("c.com", false));
        assertEquals(1, rows("dns").size());
        assertEquals(0, log.dropped());
    }
}
