package dev.tarry.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// One event, one line, whatever is in it: controls and line separators are written as escapes, a stack as its lines
/// joined by bars. So nothing that a client or host says can look like an event of ours or move a terminal's cursor.
///
/// Any thread.
public final class OneLine extends LayoutBase<ILoggingEvent> {
    /// Longer events are cut; a stack of a few nested causes fits.
    static final int MAX_CHARS = 32_768;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        line.append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())))
                .append(' ')
                .append(String.format(Locale.ROOT, "%-5s", event.getLevel()))
                .append(' ');
        String logger = event.getLoggerName();
        escape(line, logger.substring(logger.lastIndexOf('.') + 1));
        line.append(" - ");
        escape(line, String.valueOf(event.getFormattedMessage()));
        if (event.getThrowableProxy() != null) {
            ThrowableProxyUtil.asString(event.getThrowableProxy()).lines().forEach(frame -> {
                line.append(" | ");
                escape(line, frame.strip());
            });
        }
        if (line.length() > MAX_CHARS) {
            line.setLength(MAX_CHARS);
            line.append('…');
        }
        return line.append(System.lineSeparator()).toString();
    }

    private static void escape(StringBuilder line, String text) {
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> line.append(String.format(Locale.ROOT, "\\u%04x", c));
                default -> line.appendCodePoint(c);
            }
        });
    }
}
