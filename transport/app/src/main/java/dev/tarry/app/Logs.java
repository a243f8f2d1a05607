package dev.tarry.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.tarry.config.LogSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.LoggerFactory;

/// The server's own log: `logback.xml` says where it goes, the settings what it looks like. Until they are read it is
/// text. Somebody else's logback file (`-Dlogback.configurationFile`) keeps the look that it chooses.
///
/// Any thread.
final class Logs {
    private static final String OURS = "dev.tarry";

    private final LoggerContext context;
    private final List<OneLine> layouts;

    /// @param context where the log is set up
    Logs(LoggerContext context) {
        this.context = context;
        this.layouts = layouts(context);
    }

    /// Has also what ends a thread unexpectedly logged, as one event.
    static Logs begin() {
        Logs logs = new Logs((LoggerContext) LoggerFactory.getILoggerFactory());
        org.slf4j.Logger log = LoggerFactory.getLogger(Logs.class);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, thrown) -> log.error("the thread {} ended unexpectedly", thread.getName(), thrown));
        return logs;
    }

    /// From now on. May be called again.
    void apply(LogSettings settings) {
        layouts.forEach(layout -> layout.format(settings.format()));
        context.getLogger(OURS)
                .setLevel(
                        switch (settings.level()) {
                            case ERROR -> Level.ERROR;
                            case WARN -> Level.WARN;
                            case INFO -> Level.INFO;
                            case DEBUG -> Level.DEBUG;
                            case TRACE -> Level.TRACE;
                        });
    }

    /// Has the lab's time told too, where it is another than the real one.
    void labTime(InstantSource clock) {
        layouts.forEach(layout -> layout.labTime(clock));
    }

    private static List<OneLine> layouts(LoggerContext context) {
        List<OneLine> layouts = new ArrayList<>();
        Iterator<Appender<ILoggingEvent>> appenders =
                context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> stream
                    && stream.getEncoder() instanceof LayoutWrappingEncoder<ILoggingEvent> encoder
                    && encoder.getLayout() instanceof OneLine layout) {
                layouts.add(layout);
            }
        }
        return layouts;
    }
}
