package dev.tarry.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.log.LogTerms;
import dev.tarry.log.LogTrouble;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What makes a search of millions of rows quick must never hide one: summaries of files, and the look at raw octets.
final class QuickSearchTest {
    private static final String[] TEXTS = {
        "alice@company.com",
        "Alice@Company.COM",
        "\"a,b\"@x.example",
        "\"semi;colon\"@x.example",
        "grüße@münchen.example",
        "\u212Aelvin@x.example",
        "kelvin@x.example",
        "ſ@x.example",
        "S@x.example",
        "=1+1@x.example",
        "-@x.example",
        "+a;=b@x.example",
        "tab\tand\u0001control@x.example",
        "back\\slash\\u0041@x.example",
        "<only@brackets.example>",
        "<>",
        "",
        "a",
        ";",
        "@",
        "\u202eturned",
        "💌 letter"
    };

    @TempDir
    Path folder;

    private final Hand hand = new Hand();

    private FileTrackingLog log(long fileBytes) throws IOException {
        return new FileTrackingLog(
                new LogTerms(folder, fileBytes, 1L << 40, Duration.ofDays(30)),
                hand,
                hand,
                () -> Instant.EPOCH,
                LogTrouble.NONE);
    }

    private static TrackingEvent any(Random random, int at) {
        String[] t = new String[5];
        for (int i = 0; i < t.length; i++) {
            t[i] = TEXTS[random.nextInt(TEXTS.length)];
        }
        Event[] events = Event.values();
        Source[] sources = Source.values();
        return Events.of(
                Events.NOON.plusSeconds(10L * at + random.nextInt(2_000)),
                events[random.nextInt(events.length)],
                sources[random.nextInt(sources.length)],
                random.nextInt(40),
                t[0],
                t[1],
                t[2],
                t[3],
                t[4]);
    }

    private static Map<String, List<String>> anyQuery(Random random) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        String text = TEXTS[random.nextInt(TEXTS.length)];
        switch (random.nextInt(9)) {
            case 0 -> query.put("Sender", List.of(text));
            case 1 -> query.put("Recipients", List.of(text.replace(",", ""), TEXTS[random.nextInt(TEXTS.length)]));
            case 2 -> query.put("MessageSubject", List.of(text.substring(Math.min(1, text.length()))));
            case 3 -> query.put("MessageId", List.of("<M" + random.nextInt(40) + "@Company.com>"));
            case 4 -> query.put("InternalMessageId", List.of("" + random.nextInt(41)));
            case 5 -> query.put("NetworkMessageId", List.of(new UUID(1, random.nextInt(41)).toString()));
            case 6 -> query.put("Reference", List.of("r" + random.nextInt(41) + "@company.com"));
            case 7 -> query.put("EventId", List.of(Event.values()[random.nextInt(Event.values().length)].name()));
            default -> query.put("Source", List.of(Source.values()[random.nextInt(Source.values().length)].name()));
        }
        if (random.nextInt(4) == 0) {
            query.put("EventId", List.of("FAIL"));
        }
        if (random.nextInt(4) == 0) {
            query.put(
                    "Start",
                    List.of(Events.NOON.plusSeconds(random.nextInt(20_000)).toString()));
        }
        query.put("ResultSize", List.of("" + (1 + random.nextInt(300))));
        return query;
    }

    @Test
    void whatever_is_asked_files_answer_as_memory_does() throws IOException {
        Random random = new Random(11);
        MemoryTrackingLog memory = new MemoryTrackingLog();
        try (FileTrackingLog files = log(20_000)) {
            for (int i = 0; i < 2_000; i++) {
                TrackingEvent event = any(random, i);
                files.write(event);
                memory.write(event);
            }
            int found = 0;
            for (int i = 0; i < 1_500; i++) {
                TrackingQuery query = TrackingQuery.of(anyQuery(random));
                boolean newestFirst = random.nextBoolean();
                TrackingSearch.Found there = new TrackingSearch(files).find(query, 0, newestFirst);
                TrackingSearch.Found here = new TrackingSearch(memory).find(query, 0, newestFirst);
                assertEquals(moments(here.events()), moments(there.events()), query::toString);
                assertEquals(here.more(), there.more(), query::toString);
                if (!here.more()) {
                    assertEquals(sorted(here.events()), sorted(there.events()), query::toString);
                }
                found += there.events().size();
            }
            assertTrue(found > 10_000, "" + found);
        }
    }

    /// Where several happened in the same second, files of different hours may give them in another order.
    private static List<Instant> moments(List<TrackingEvent> events) {
        return events.stream().map(TrackingEvent::time).toList();
    }

    private static List<String> sorted(List<TrackingEvent> events) {
        return events.stream().map(TrackingFormat::line).sorted().toList();
    }

    @Test
    void the_newest_are_given_last_written_first_where_they_happened_together() throws IOException {
        try (FileTrackingLog log = log(5_000)) {
            for (int i = 0; i < 100; i++) {
                log.write(Events.at(Events.NOON.plusSeconds(i / 50), i));
            }
            List<Long> newest = new ArrayList<>();
            for (long i = 99; i >= 70; i--) {
                newest.add(i);
            }
            assertEquals(
                    newest,
                    new TrackingSearch(log)
                            .find(TrackingQuery.of(Map.of("ResultSize", List.of("30"))), 0, true).events().stream()
                                    .map(TrackingEvent::internalMessageId)
                                    .toList());
        }
    }

    private static List<Long> find(FileTrackingLog log, String name, String value) throws IOException {
        return new TrackingSearch(log)
                .find(TrackingQuery.of(Map.of(name, List.of(value)))).events().stream()
                        .map(TrackingEvent::internalMessageId)
                        .toList();
    }

    private List<Path> sidecars() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("index"))) {
            return files.sorted().toList();
        }
    }

    private void fill(FileTrackingLog log) {
        for (int i = 0; i < 7_000; i++) {
            log.write(Events.at(Events.NOON.plusMillis(i), i));
        }
        log.flush();
    }

    @Test
    void a_finished_file_has_a_summary_that_outlives_the_server_and_can_be_made_anew() throws IOException {
        try (FileTrackingLog log = log(400_000)) {
            fill(log);
        }
        List<Path> sidecars = sidecars();
        assertTrue(sidecars.size() >= 3, sidecars::toString);
        Files.delete(sidecars.get(0));
        Files.write(sidecars.get(1), "rubbish".getBytes(StandardCharsets.US_ASCII));
        byte[] torn = Files.readAllBytes(sidecars.get(2));
        torn[torn.length / 2] ^= 1;
        Files.write(sidecars.get(2), torn);
        try (FileTrackingLog log = log(400_000)) {
            for (long id : new long[] {0, 1, 700, 1_500, 4_500, 6_999}) {
                assertEquals(List.of(id), find(log, "InternalMessageId", "" + id));
            }
            assertEquals(sidecars, sidecars());
            assertTrue(Files.size(sidecars.get(1)) > 1_000);
        }
    }

    @Test
    void a_summary_of_another_file_or_of_a_deleted_one_is_not_believed() throws IOException {
        try (FileTrackingLog log = log(400_000)) {
            fill(log);
        }
        List<Path> sidecars = sidecars();
        Path first = folder.resolve("MSGTRK2026030212-1.LOG");
        // somebody puts another file into its place
        Files.writeString(
                first,
                TrackingFormat.header(Events.NOON) + TrackingFormat.line(Events.at(Events.NOON, 99_999)) + "\r\n");
        Files.delete(folder.resolve("MSGTRK2026030212-2.LOG"));
        try (FileTrackingLog log = log(400_000)) {
            assertEquals(List.of(99_999L), find(log, "InternalMessageId", "99999"));
            assertEquals(List.of(), find(log, "InternalMessageId", "1"));
            assertFalse(sidecars().contains(folder.resolve("index/MSGTRK2026030212-2.LOG.idx")));
            assertTrue(sidecars.contains(folder.resolve("index/MSGTRK2026030212-2.LOG.idx")));
        }
    }

    @Test
    void a_summary_goes_with_its_file() throws IOException {
        try (FileTrackingLog log = log(400_000)) {
            fill(log);
            assertTrue(sidecars().size() >= 3);
            log.terms(new LogTerms(folder, 400_000, 300_000, Duration.ofDays(30)));
            hand.runAll();
            assertEquals(0, sidecars().size());
            assertEquals(List.of(), find(log, "InternalMessageId", "1"));
            assertEquals(List.of(6_999L), find(log, "InternalMessageId", "6999"));
        }
    }

    @Test
    void a_summary_denies_most_of_what_is_not_there() {
        FileSummary.Draft draft = new FileSummary.Draft();
        for (int i = 0; i < 20_000; i++) {
            draft.add(Events.at(Events.NOON.plusMillis(i), i));
        }
        FileSummary summary = FileSummary.of(draft.made(1).octets()).orElseThrow();
        int wrong = 0;
        for (int i = 0; i < 40_000; i++) {
            boolean there = summary.mayHave(TrackingQuery.of(Map.of("InternalMessageId", List.of("" + i))));
            assertTrue(there || i >= 20_000, "" + i);
            wrong += there && i >= 20_000 ? 1 : 0;
        }
        assertTrue(wrong < 400, "" + wrong);
    }
}
