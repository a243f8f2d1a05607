package dev.tarry.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.log.CsvLine;
import dev.tarry.log.FieldText;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrackingFormatTest {
    private static final int EVENTS = 2_000;

    private static final Pattern FORMULA = Pattern.compile("(?:^|;)[=+@-]");

    private static final List<String> PIECES = List.of(
            "\r\n",
            "\r\n2026-03-02T12:00:05.250Z,,,",
            "\n#Fields: x",
            "\0",
            "\u001b]0;title\u0007",
            "\u009b31m",
            "\u0085",
            "\u2028",
            "\u202e",
            "\ufeff",
            "\ud800",
            "\udc00",
            "📈",
            "é",
            ",",
            "\"",
            "\"\"",
            ";",
            "; ",
            ";;",
            "};{",
            "{",
            "}",
            "[{LED=x};{MSG=}]",
            " ",
            "\t",
            "=cmd|'/c calc'!A0",
            "+1",
            "-1",
            "@SUM(A1)",
            ";=1+1",
            "\\",
            "\\u",
            "\\u003B",
            "\\u00",
            "\\\\u0041",
            "$" + "{jndi:ldap://x/y}",
            "S:",
            "S:NextHopDomain=evil",
            "NextHopDomain=evil",
            "a",
            "word",
            "u0041",
            "#",
            "<x@y>");

    @Test
    void a_line_stands_as_exchange_writes_it() {
        assertEquals(
                "2026-03-02T12:00:05.250Z,,MAIL,,external-company.com,08D8B9F10FA;2026-03-02T12:00:00.000Z;0,Internet,"
                        + "DNS,DEFER,1099511627776,<q1@client.contoso.com>,30fe02df-1863-4f99-b615-0dc480e8023d,"
                        + "\"john.smith@external-company.com;\"\"a\\u003Bb\"\"@external-company.com\","
                        + "[{LED=451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry};"
                        + "{MSG=};{FQDN=external-company.com};{IP=};{LRT=3/2/2026 12:00:05 PM}];"
                        + "550 4.4.7 QUEUE.Expired; message expired,"
                        + "1537,2,,,\"Figures, \"\"final\"\"\",anna@company.com,anna@company.com,"
                        + "2026-03-02T12:00:00.000Z;LSRV=MAIL,Originating,,192.0.2.9,,"
                        + "S:DeliveryPriority=Normal;S:E2ELatency=5.250;S:NextHopDomain=external-company.com,"
                        + "Email,,15.02.1544.004",
                TrackingFormat.line(Events.deferred()));
        assertEquals(Optional.of(Events.deferred()), TrackingFormat.parse(TrackingFormat.line(Events.deferred())));
    }

    @Test
    void the_header_names_software_version_type_date_and_thirty_fields() {
        String[] lines = TrackingFormat.header(Events.NOON).split("\r\n");
        assertEquals("#Software: Microsoft Exchange Server", lines[0]);
        assertEquals("#Version: 15.02.1544.004", lines[1]);
        assertEquals("#Log-type: Message Tracking Log", lines[2]);
        assertEquals("#Date: 2026-03-02T12:00:00.000Z", lines[3]);
        assertTrue(lines[4].startsWith("#Fields: date-time,client-ip,client-hostname,"));
        assertEquals(30, lines[4].split(",").length);
        assertEquals(5, lines.length);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatever_is_said_comes_back_and_forges_nothing(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < EVENTS; i++) {
            TrackingEvent event = hostile(random);
            String line = TrackingFormat.line(event);
            assertFalse(line.chars().anyMatch(c -> c < 0x20 || (c >= 0x7f && c < 0xa0)), line);
            assertEquals(line, new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
            List<String> fields = CsvLine.parse(line).orElseThrow();
            assertEquals(30, fields.size());
            for (String field : fields) {
                assertFalse(FORMULA.matcher(field).find(), field);
            }
            int number = i;
            assertEquals(Optional.of(event), TrackingFormat.parse(line), () -> "seed " + seed + ", event " + number);
        }
    }

    @Test
    void a_line_cut_anywhere_is_no_event_or_lacks_nothing_but_the_end_of_its_version() {
        String line = TrackingFormat.line(Events.deferred());
        int version = line.lastIndexOf(',') + 1;
        for (int cut = 0; cut < line.length(); cut++) {
            Optional<TrackingEvent> event = TrackingFormat.parse(line.substring(0, cut));
            assertEquals(cut >= version, event.isPresent(), line.substring(0, cut));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#Software: x", "a,b,c", "\"", "\"a\"b", "a\"b,c"})
    void what_is_no_event_is_none(String line) {
        assertEquals(Optional.empty(), TrackingFormat.parse(line));
    }

    @Test
    void a_wrong_value_in_any_checked_column_makes_a_line_no_event() {
        List<String> good =
                CsvLine.parse(TrackingFormat.line(Events.deferred())).orElseThrow();
        for (int column : new int[] {0, 7, 8, 9, 11, 14}) {
            List<String> bad = new ArrayList<>(good);
            bad.set(column, "wrong");
            CsvLine line = new CsvLine();
            bad.forEach(line::field);
            assertEquals(Optional.empty(), TrackingFormat.parse(line.toString()), TrackingFormat.FIELDS.get(column));
        }
    }

    @Test
    void an_event_of_many_recipients_is_several_lines() {
        TrackingEvent many = Events.of(
                Events.NOON,
                Event.RECEIVE,
                Source.SMTP,
                1,
                "",
                "a@company.com",
                Collections.nCopies(2_500, "b@gmail.com").toArray(String[]::new));
        assertEquals(
                List.of(1_000, 1_000, 500),
                many.slices().stream().map(e -> e.recipients().size()).toList());
        assertEquals(List.of(Events.deferred()), Events.deferred().slices());
    }

    @Test
    void a_text_without_end_is_cut() {
        String line = TrackingFormat.line(Events.of(
                Events.NOON, Event.RECEIVE, Source.SMTP, 1, "x".repeat(100_000), "a@company.com", "b@x.example"));
        assertEquals(
                FieldText.MAX_CHARACTERS,
                TrackingFormat.parse(line).orElseThrow().subject().length());
    }

    private static TrackingEvent hostile(SplittableRandom random) {
        return new TrackingEvent(
                Events.NOON.plusMillis(random.nextInt()),
                Event.values()[random.nextInt(Event.values().length)],
                Source.values()[random.nextInt(Source.values().length)],
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                random.nextLong(Long.MAX_VALUE),
                text(random),
                random.nextBoolean() ? Optional.of(Events.NETWORK_ID) : Optional.empty(),
                texts(random),
                texts(random),
                random.nextInt(1_000_000),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                text(random),
                texts(random));
    }

    private static List<String> texts(SplittableRandom random) {
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            texts.add(text(random));
        }
        return texts;
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
