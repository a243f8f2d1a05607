package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OneLineTest {
    private final LoggerContext context = new LoggerContext();
    private final OneLine layout = new OneLine();

    @Test
    void an_event_is_one_line_with_time_level_and_name() {
        String line = layout.doLayout(event("ready on {}", null, "127.0.0.1:2525"));

        assertEquals(
                "2026-01-02T03:04:05.678Z INFO  OneLineTest - ready on 127.0.0.1:2525" + System.lineSeparator(), line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n2026 INFO forged",
                "\u001b[2J",
                "\u0000",
                "\u2028",
                "\u202e",
                "\u0085",
                "\u009b31m",
                "\ud800"
            })
    void what_a_host_says_never_breaks_the_line(String said) {
        String line = layout.doLayout(event("remote said {}", new IllegalStateException(said), said));
        String body = line.substring(0, line.length() - System.lineSeparator().length());

        assertEquals(1, body.lines().count());
        assertTrue(body.codePoints()
                .noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.LINE_SEPARATOR));
    }

    @Test
    void a_stack_keeps_its_frames_in_the_line() {
        String line = layout.doLayout(event("broke", new IllegalStateException("why", new RuntimeException("deeper"))));

        assertTrue(line.contains(" - broke | java.lang.IllegalStateException: why | at "), line);
        assertTrue(line.contains(" | Caused by: java.lang.RuntimeException: deeper"), line);
        assertEquals(1, line.lines().count());
    }

    @Test
    void an_endless_event_is_cut() {
        String line = layout.doLayout(event("x".repeat(OneLine.MAX_CHARS * 2), null));

        assertTrue(
                line.length() <= OneLine.MAX_CHARS + 1 + System.lineSeparator().length());
    }

    private LoggingEvent event(String message, Throwable broken, Object... arguments) {
        Logger logger = context.getLogger(OneLineTest.class);
        LoggingEvent event = new LoggingEvent("x", logger, Level.INFO, message, broken, arguments);
        event.setInstant(Instant.parse("2026-01-02T03:04:05.678Z"));
        return event;
    }
}
