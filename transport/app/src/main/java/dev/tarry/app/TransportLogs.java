package dev.tarry.app;

import dev.tarry.admin.metrics.Scrape;
import dev.tarry.config.ConnectivityLogSettings;
import dev.tarry.config.QueueLogSettings;
import dev.tarry.config.Settings;
import dev.tarry.config.SettingsBook;
import dev.tarry.config.TrackingLogSettings;
import dev.tarry.connectivity.ConnectivityFormat;
import dev.tarry.connectivity.ConnectivityRow;
import dev.tarry.connectivity.ConnectivitySink;
import dev.tarry.eventlog.EventSink;
import dev.tarry.eventlog.Events;
import dev.tarry.log.LogFormat;
import dev.tarry.log.LogTerms;
import dev.tarry.log.LogTrouble;
import dev.tarry.log.RollingLog;
import dev.tarry.queue.QueueLogFormat;
import dev.tarry.queue.QueueLogRow;
import dev.tarry.queue.Queues;
import dev.tarry.time.ThreadLoop;
import dev.tarry.time.World;
import dev.tarry.tracking.FileTrackingLog;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// The transport service's logs as files, as the settings have them at any time: message tracking, connectivity,
/// queues.
final class TransportLogs implements AutoCloseable {
    private final SettingsBook book;
    private final Path data;
    private final FileTrackingLog tracking;
    private final RollingLog<ConnectivityRow> connectivity;
    private final RollingLog<QueueLogRow> queueLog;

    /// @param data   where relative paths lie
    /// @param writer where files are written; belongs to the caller, and is open longer than these
    /// @param events hears when a log cannot be written
    TransportLogs(SettingsBook book, Path data, World world, ThreadLoop writer, EventSink events) throws IOException {
        this.book = book;
        this.data = data;
        Settings now = book.now();
        LogTrouble trouble = trouble(events);
        tracking = new FileTrackingLog(terms(now.trackingLog()), writer, world.wireTimers(), world.labTime(), trouble);
        connectivity = log(new ConnectivityFormat(), terms(now.connectivityLog()), world, writer, trouble);
        queueLog = log(new QueueLogFormat(), terms(now.queueLog()), world, writer, trouble);
    }

    private static <E> RollingLog<E> log(
            LogFormat<E> format, LogTerms terms, World world, ThreadLoop writer, LogTrouble trouble)
            throws IOException {
        return new RollingLog<>(
                format, terms, RollingLog.Follower.none(), writer, world.wireTimers(), world.labTime(), trouble);
    }

    private static LogTrouble trouble(EventSink events) {
        return new LogTrouble() {
            @Override
            public void stopped(String log, String reason) {
                events.report(Events.logStopped(log, reason));
            }

            @Override
            public void resumed(String log, long dropped) {
                events.report(Events.logResumed(log, dropped));
            }
        };
    }

    private LogTerms terms(TrackingLogSettings s) {
        return new LogTerms(data.resolve(s.path()), s.maxFileSize(), s.maxDirectorySize(), s.maxAge());
    }

    private LogTerms terms(ConnectivityLogSettings s) {
        return new LogTerms(data.resolve(s.path()), s.maxFileSize(), s.maxDirectorySize(), s.maxAge());
    }

    private LogTerms terms(QueueLogSettings s) {
        return new LogTerms(data.resolve(s.path()), s.maxFileSize(), s.maxDirectorySize(), s.maxAge());
    }

    /// How the log of connections keeps up.
    Scrape.Backlog connectivityBacklog() {
        return new Scrape.Backlog(connectivity::waiting, connectivity::dropped);
    }

    /// How the log of queues keeps up.
    Scrape.Backlog queueBacklog() {
        return new Scrape.Backlog(queueLog::waiting, queueLog::dropped);
    }

    FileTrackingLog tracking() {
        return tracking;
    }

    /// What was written before can still be searched while nothing is written.
    TrackingSink trackingSink() {
        return new TrackingSink() {
            @Override
            public void write(TrackingEvent event) {
                TrackingLogSettings now = book.now().trackingLog();
                if (now.enabled()) {
                    tracking.write(now.subjectLogging() ? event : event.withoutSubject());
                }
            }

            @Override
            public void catchUp() {
                tracking.catchUp();
            }
        };
    }

    ConnectivitySink connectivitySink() {
        return new ConnectivitySink() {
            @Override
            public boolean on() {
                return book.now().connectivityLog().enabled();
            }

            @Override
            public void write(ConnectivityRow row) {
                if (on()) {
                    connectivity.write(row);
                }
            }
        };
    }

    /// Has the queues looked at from now on, as the settings have it.
    void watch(Queues queues) {
        QueueLogSettings now = book.now().queueLog();
        queues.snapshots(now.enabled() ? now.interval() : Duration.ZERO, now.threshold(), queueLog::write);
    }

    /// Other settings hold.
    void apply(Settings next, Queues queues) {
        tracking.terms(terms(next.trackingLog()));
        connectivity.terms(terms(next.connectivityLog()));
        queueLog.terms(terms(next.queueLog()));
        QueueLogSettings now = next.queueLog();
        queues.snapshots(now.enabled() ? now.interval() : Duration.ZERO, now.threshold(), queueLog::write);
    }

    /// Writes out what is waiting.
    @Override
    public void close() {
        tracking.close();
        connectivity.close();
        queueLog.close();
    }
}
