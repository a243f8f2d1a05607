package dev.tarry.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.tarry.config.LogFormat;
import dev.tarry.config.LogLevel;
import dev.tarry.config.LogSettings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogsTest {
    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Logger log = context.getLogger("dev.tarry.queue.Queues");

    private Logs logs() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        OneLine layout = new OneLine();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(out);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        return new Logs(context);
    }

    private List<String> lines() {
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        out.reset();
        return lines;
    }

    @Test
    void the_settings_choose_form_and_level_also_while_it_runs() {
        Logs logs = logs();
        logs.apply(LogSettings.DEFAULTS);
        log.info("one");
        log.debug("nothing");
        assertTrue(lines().getFirst().endsWith("INFO  Queues - one"));

        logs.apply(new LogSettings(LogFormat.JSON, LogLevel.DEBUG));
        log.debug("two\nlines");
        List<String> lines = lines();
        assertEquals(1, lines.size());
        assertTrue(lines.getFirst().endsWith("\"message\":\"two\\nlines\"}"), lines::toString);

        logs.apply(new LogSettings(LogFormat.TEXT, LogLevel.ERROR));
        log.warn("nothing");
        log.error("three");
        assertEquals(1, lines().size());
    }
}
