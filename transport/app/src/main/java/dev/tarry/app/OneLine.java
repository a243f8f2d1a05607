package dev.tarry.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import dev.tarry.config.LogFormat;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// One event, one line, whatever is in it: for people with control characters as escapes and a stack as its lines
/// joined by bars, for programs as a JSON object. So nothing that a client or host says can look like an event of
/// ours.
///
/// Logback's own JSON encoder is not used: it leaves the second set of control characters and what turns the direction
/// of writing as they are.
///
/// Times are real. Where the lab's clock shows another, its time stands there too.
///
/// Any thread.
public final class OneLine extends LayoutBase<ILoggingEvent> {
    /// The two clocks differ by less while the lab's runs as the real one does.
    private static final long SAME_MILLIS = 1_000;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private volatile LogFormat format = LogFormat.TEXT;
    /// null until there is a lab
    private volatile InstantSource lab;

    void format(LogFormat wanted) {
        format = wanted;
    }

    void labTime(InstantSource clock) {
        lab = clock;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        switch (format) {
            case TEXT -> text(line, event);
            case JSON -> json(line, event);
        }
        return line.append(System.lineSeparator()).toString();
    }

    private void text(StringBuilder line, ILoggingEvent event) {
        line.append(time(event.getTimeStamp()))
                .append(' ')
                .append(String.format(Locale.ROOT, "%-5s", event.getLevel()))
                .append(' ');
        String logger = event.getLoggerName();
        LogText.escape(line, logger.substring(logger.lastIndexOf('.') + 1));
        line.append(" - ");
        String labTime = labTime(event.getTimeStamp());
        if (!labTime.isEmpty()) {
            line.append("[lab ").append(labTime).append("] ");
        }
        LogText.escape(line, LogText.masked(String.valueOf(event.getFormattedMessage())));
        if (event.getThrowableProxy() != null) {
            stack(event.getThrowableProxy()).lines().forEach(frame -> {
                line.append(" | ");
                LogText.escape(line, frame.strip());
            });
        }
        if (line.length() > LogText.MAX_CHARS) {
            line.setLength(LogText.MAX_CHARS);
            line.append('…');
        }
    }

    private void json(StringBuilder line, ILoggingEvent event) {
        line.append('{');
        member(line, "time", time(event.getTimeStamp()));
        String labTime = labTime(event.getTimeStamp());
        if (!labTime.isEmpty()) {
            member(line, "labTime", labTime);
        }
        member(line, "level", String.valueOf(event.getLevel()));
        member(line, "logger", event.getLoggerName());
        member(line, "thread", String.valueOf(event.getThreadName()));
        member(line, "message", LogText.masked(String.valueOf(event.getFormattedMessage())));
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            member(line, "error", String.valueOf(thrown.getClassName()));
            member(line, "stack", stack(thrown));
        }
        line.append('}');
    }

    private static void member(StringBuilder line, String name, String value) {
        line.append(line.length() > 1 ? "," : "").append('"').append(name).append("\":");
        LogText.quote(line, value);
    }

    private static String stack(IThrowableProxy thrown) {
        return LogText.masked(ThrowableProxyUtil.asString(thrown));
    }

    private String labTime(long realMillis) {
        InstantSource clock = lab;
        if (clock == null) {
            return "";
        }
        long millis = clock.millis();
        return Math.abs(millis - realMillis) < SAME_MILLIS ? "" : time(millis);
    }

    private static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }
}
