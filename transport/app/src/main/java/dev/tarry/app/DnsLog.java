package dev.tarry.app;

import dev.tarry.config.DnsLogSettings;
import dev.tarry.dns.DnsJournal;
import dev.tarry.dns.DnsLogRow;
import dev.tarry.dns.DnsQuery;
import dev.tarry.dns.DnsSearch;
import dev.tarry.log.LogTerms;
import dev.tarry.log.LogTrouble;
import dev.tarry.log.RollingLog;
import java.io.IOException;
import java.nio.file.Path;

/// The DNS log, which has no folder until somebody names one, and is written only while it is enabled. Queries and
/// searches are told on the resolver's loop; settings come on any thread.
final class DnsLog implements DnsJournal, AutoCloseable {
    /// Opens the files.
    interface Opening {
        RollingLog<DnsLogRow> open(LogTerms terms) throws IOException;
    }

    private final Path data;
    private final Opening opening;
    private final LogTrouble trouble;
    /// null while nothing is written
    private volatile RollingLog<DnsLogRow> written;
    /// null until there has been a folder
    private RollingLog<DnsLogRow> log;
    private boolean closed;

    /// @param data where relative paths lie
    DnsLog(Path data, Opening opening, LogTrouble trouble) {
        this.data = data;
        this.opening = opening;
        this.trouble = trouble;
    }

    /// Other settings hold. A folder that cannot be made is told, and nothing is written.
    synchronized void apply(DnsLogSettings next) {
        if (closed) {
            return;
        }
        if (next.files().isEmpty()) {
            written = null;
            return;
        }
        LogTerms terms = TransportLogs.terms(data, next.files().get());
        if (log != null) {
            log.terms(terms);
        } else if (next.enabled()) {
            try {
                log = opening.open(terms);
            } catch (IOException e) {
                trouble.stopped("DNS Log", e.toString());
            }
        }
        written = next.enabled() ? log : null;
    }

    @Override
    public void queried(DnsQuery query) {
        RollingLog<DnsLogRow> to = written;
        if (to != null) {
            to.write(DnsLogRow.of(query));
        }
    }

    @Override
    public void searched(DnsSearch search) {
        RollingLog<DnsLogRow> to = written;
        if (to != null) {
            to.write(DnsLogRow.of(search));
        }
    }

    /// Lines that are in no file yet.
    int waiting() {
        RollingLog<DnsLogRow> to = written;
        return to == null ? 0 : to.waiting();
    }

    /// Lines that were not kept since there is a folder.
    synchronized long dropped() {
        return log == null ? 0 : log.dropped();
    }

    @Override
    public synchronized void close() {
        closed = true;
        written = null;
        if (log != null) {
            log.close();
        }
    }
}
