package dev.tarry.app;

import dev.tarry.admin.metrics.Scrape;
import dev.tarry.config.LogFileSettings;
import dev.tarry.config.QueueLogSettings;
import dev.tarry.config.Settings;
import dev.tarry.config.SettingsBook;
import dev.tarry.config.TrackingLogSettings;
import dev.tarry.connectivity.ConnectivityFormat;
import dev.tarry.connectivity.ConnectivityRow;
import dev.tarry.connectivity.ConnectivitySink;
import dev.tarry.dns.DnsJournal;
import dev.tarry.dns.DnsLogFormat;
import dev.tarry.eventlog.EventSink;
import dev.tarry.eventlog.Events;
import dev.tarry.log.LogFormat;
import dev.tarry.log.LogTerms;
import dev.tarry.log.LogTrouble;
import dev.tarry.log.RollingLog;
import dev.tarry.protocol.ProtocolFormat;
import dev.tarry.protocol.ProtocolRow;
import dev.tarry.protocol.ProtocolSearch;
import dev.tarry.protocol.ProtocolSink;
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
import java.util.Map;

/// The transport service's logs as files, as the settings have them at any time: message tracking, connectivity,
/// queues, what was said over SMTP, DNS.
final class TransportLogs implements AutoCloseable {
    private final SettingsBook book;
    private final Path data;
    private final FileTrackingLog tracking;
    private final RollingLog<ConnectivityRow> connectivity;
    private final RollingLog<QueueLogRow> queueLog;
    private final DnsLog dns;
    private final RollingLog<ProtocolRow> received;
    private final RollingLog<ProtocolRow> sent;

    /// @param data   where relative paths lie
    /// @param writer where files are written; belongs to the caller, and is open longer than these
    /// @param events hears when a log cannot be written
    TransportLogs(SettingsBook book, Path data, World world, ThreadLoop writer, EventSink events) throws IOException {
        this.book = book;
        this.data = data;
        Settings now = book.now();
        LogTrouble trouble = trouble(events);
        tracking = new FileTrackingLog(
                terms(now.trackingLog().files()), writer, world.wireTimers(), world.labTime(), trouble);
        connectivity = log(new ConnectivityFormat(), terms(now.connectivityLog().files()), world, writer, trouble);
        queueLog = log(new QueueLogFormat(), terms(now.queueLog().files()), world, writer, trouble);
        dns = new DnsLog(data, terms -> log(new DnsLogFormat(), terms, world, writer, trouble), trouble);
        dns.apply(now.dnsLog());
        received = log(ProtocolFormat.RECEIVE, terms(now.receiveProtocolLog()), world, writer, trouble);
        sent = log(ProtocolFormat.SEND, terms(now.sendProtocolLog()), world, writer, trouble);
    }

    private LogTerms terms(LogFileSettings files) {
        return terms(data, files);
    }

    /// @param data where relative paths lie
    static LogTerms terms(Path data, LogFileSettings files) {
        return new LogTerms(data.resolve(files.path()), files.maxFileSize(), files.maxDirectorySize(), files.maxAge());
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

    /// How each log but message tracking's keeps up, by its name.
    Map<String, Scrape.Backlog> backlogs() {
        return Map.of(
                "connectivity", new Scrape.Backlog(connectivity::waiting, connectivity::dropped),
                "queue", new Scrape.Backlog(queueLog::waiting, queueLog::dropped),
                "dns", new Scrape.Backlog(dns::waiting, dns::dropped),
                "receive", new Scrape.Backlog(received::waiting, received::dropped),
                "send", new Scrape.Backlog(sent::waiting, sent::dropped));
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

    DnsJournal dnsJournal() {
        return dns;
    }

    /// What clients and we say; which connectors', these know themselves.
    ProtocolSink receivedSink() {
        return received::write;
    }

    /// What we and hosts say.
    ProtocolSink sentSink() {
        return sent::write;
    }

    /// Finds what clients and we said.
    ProtocolSearch receivedSearch() {
        return new ProtocolSearch(received);
    }

    /// Finds what we and hosts said.
    ProtocolSearch sentSearch() {
        return new ProtocolSearch(sent);
    }

    /// Has the queues looked at from now on, as the settings have it.
    void watch(Queues queues) {
        QueueLogSettings now = book.now().queueLog();
        queues.snapshots(now.enabled() ? now.interval() : Duration.ZERO, now.threshold(), queueLog::write);
    }

    /// Other settings hold.
    void apply(Settings next, Queues queues) {
        tracking.terms(terms(next.trackingLog().files()));
        connectivity.terms(terms(next.connectivityLog().files()));
        queueLog.terms(terms(next.queueLog().files()));
        dns.apply(next.dnsLog());
        received.terms(terms(next.receiveProtocolLog()));
        sent.terms(terms(next.sendProtocolLog()));
        QueueLogSettings now = next.queueLog();
        queues.snapshots(now.enabled() ? now.interval() : Duration.ZERO, now.threshold(), queueLog::write);
    }

    /// Writes out what is waiting.
    @Override
    public void close() {
        tracking.close();
        connectivity.close();
        queueLog.close();
        dns.close();
        received.close();
        sent.close();
    }
}
