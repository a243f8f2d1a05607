package dev.tarry.tracking;

import dev.tarry.log.LogTerms;
import dev.tarry.log.LogTrouble;
import dev.tarry.time.Alarm;
import dev.tarry.time.Ledger;
import dev.tarry.time.Loop;
import dev.tarry.time.ThreadLoop;
import dev.tarry.time.Timers;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// How quickly the tracking log is written and searched, over thirty days of files. Run by hand, with the test classes
/// and the dependencies on the class path:
///
/// ```
/// java -cp … dev.tarry.tracking.TrackingBench /tmp/bench 5000000
/// ```
///
/// A folder that holds a log already is not written again: then the first searches are those of a new process.
final class TrackingBench {
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final int ROWS_OF_A_MESSAGE = 2;

    private final int rows;
    private final long gapMillis;

    private TrackingBench(int rows) {
        this.rows = rows;
        this.gapMillis = Math.max(1, Duration.ofDays(29).toMillis() / rows);
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int rows = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        new TrackingBench(rows).run(folder);
    }

    private void run(Path folder) throws Exception {
        boolean fresh = !Files.isDirectory(folder);
        LogTerms terms = new LogTerms(folder, 10L * 1024 * 1024, 1L << 40, Duration.ofDays(30));
        try (ThreadLoop writer = new ThreadLoop("writer", new Ledger(), Throwable::printStackTrace);
                FileTrackingLog log = new FileTrackingLog(
                        terms, writer, onLoop(), () -> BEGIN.plus(Duration.ofDays(29)), LogTrouble.NONE)) {
            if (fresh) {
                write(log);
            }
            TrackingSearch search = new TrackingSearch(log);
            for (String how : List.of("cold", "warm", "warm")) {
                System.out.println("-- " + how);
                time(search, "newest 1000", Map.of(), true);
                time(search, "oldest 1000", Map.of(), false);
                int third = rows / ROWS_OF_A_MESSAGE / 3;
                time(search, "one message id", Map.of("MessageId", List.of(id(third))), false);
                time(search, "one internal id", Map.of("InternalMessageId", List.of("" + (third * 2))), false);
                time(search, "one recipient", Map.of("Recipients", List.of(recipient(third + 5))), false);
                time(search, "an id that is not there", Map.of("MessageId", List.of("<none@x.example>")), false);
                time(search, "a rare event", Map.of("EventId", List.of("EXPAND")), true);
                time(
                        search,
                        "one hour's FAILs",
                        Map.of(
                                "EventId",
                                List.of("FAIL"),
                                "Start",
                                List.of(BEGIN.plus(Duration.ofDays(10)).toString()),
                                "End",
                                List.of(BEGIN.plus(Duration.ofDays(10))
                                        .plusSeconds(3_600)
                                        .toString())),
                        false);
                time(search, "a part of a subject, nowhere", Map.of("MessageSubject", List.of("zeppelin")), false);
            }
        }
    }

    private void write(FileTrackingLog log) {
        List<TrackingEvent> some = new ArrayList<>();
        long handed = 0;
        long began = System.nanoTime();
        for (int i = 0; i < rows; i++) {
            some.add(row(i));
            if (some.size() == 10_000 || i == rows - 1) {
                long from = System.nanoTime();
                some.forEach(log::write);
                handed += System.nanoTime() - from;
                some.clear();
                log.flush();
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "written: %,d rows in %.1f s: %,.0f a second; handing over took %.0f ns a row; dropped %d%n",
                rows, seconds, rows / seconds, handed / (double) rows, log.dropped());
    }

    private static void time(TrackingSearch search, String what, Map<String, List<String>> query, boolean newest)
            throws IOException {
        long from = System.nanoTime();
        TrackingSearch.Found found = search.find(TrackingQuery.of(query), 0, newest);
        System.out.printf(
                "%-32s %,10.1f ms  %,6d found%n",
                what, (System.nanoTime() - from) / 1e6, found.events().size());
    }

    private static String id(int message) {
        return "<" + new UUID(message * 0x9e3779b97f4a7c15L, message) + "@mail.company.com>";
    }

    private static String recipient(int message) {
        return "user" + (message % 200_000) + "@gmail.com";
    }

    private TrackingEvent row(int i) {
        int message = i / ROWS_OF_A_MESSAGE;
        boolean received = i % ROWS_OF_A_MESSAGE == 0;
        return new TrackingEvent(
                BEGIN.plusMillis(i * gapMillis),
                received ? Event.RECEIVE : message % 50 == 0 ? Event.FAIL : Event.SEND,
                Source.SMTP,
                "10.0.0.5",
                "client.company.com",
                "203.0.113.7",
                "gmail-smtp-in.l.google.com",
                "08D8B9F10FA;2026-01-15T21:06:01.371Z;0",
                "MAIL\\Default Frontend MAIL",
                message,
                id(message),
                Optional.of(new UUID(message, 7)),
                List.of(recipient(message)),
                received ? List.of() : List.of("250 2.6.0 <x> [InternalId=1] Queued mail for delivery"),
                4_711,
                "",
                "",
                "Quarterly figures no. " + message,
                "sender" + message % 1_000 + "@company.com",
                "sender" + message % 1_000 + "@company.com",
                "",
                "Originating",
                "10.0.0.5",
                "gmail.com",
                List.of("E2ELatency=0.701", "DeliveryPriority=Normal"));
    }

    /// Nothing rings: the bench flushes by itself.
    private static Timers onLoop() {
        return new Timers() {
            @Override
            public Alarm at(Instant due, Loop loop, Runnable ring) {
                return () -> {};
            }

            @Override
            public Alarm after(Duration wait, Loop loop, Runnable ring) {
                return () -> {};
            }
        };
    }
}
