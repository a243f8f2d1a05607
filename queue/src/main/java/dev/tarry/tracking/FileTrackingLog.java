package dev.tarry.tracking;

import dev.tarry.log.LogLines;
import dev.tarry.log.LogTerms;
import dev.tarry.log.LogTime;
import dev.tarry.log.LogTrouble;
import dev.tarry.log.RollingLog;
import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The log as Exchange's files (reference §8.1, §8.2), `MSGTRK2022091915-1.LOG`: see [RollingLog] for how they are
/// written.
///
/// A search goes through the files from one end, leaves out those whose [FileSummary] says that nothing in them is
/// wanted, and, in the others, takes apart only lines that [RawFilter] lets pass. It reads what was written before it
/// began, without a lock: nothing waits for it.
public final class FileTrackingLog implements TrackingLog {
    /// More than these are worth waiting for, where there is time: what a server of common size finds at its start is
    /// written behind that.
    private static final int CATCH_UP_LINES = RollingLog.MAX_WAITING / 4;

    private final RollingLog<TrackingEvent> files;
    private final Summaries summaries = new Summaries();

    /// @throws IOException if the folder cannot be made or read
    /// @see RollingLog
    public FileTrackingLog(LogTerms terms, Loop writer, Timers wireTimers, InstantSource labTime, LogTrouble trouble)
            throws IOException {
        files = new RollingLog<>(TrackingFormat.FORMAT, terms, summaries, writer, wireTimers, labTime, trouble);
        summaries.sweep(terms.folder());
    }

    /// Other terms hold from now on. Any thread.
    public void terms(LogTerms next) {
        files.terms(next);
    }

    @Override
    public void write(TrackingEvent event) {
        event.slices().forEach(files::write);
    }

    @Override
    public void catchUp() {
        if (files.waiting() > CATCH_UP_LINES) {
            files.release(); // so many are better written while others come
            files.flush();
        }
    }

    /// Lines only gather, until [#release] or until there are so many that [#catchUp] waits for them: a start has
    /// better things to do than to write down what it found. Any thread; never blocks.
    public void hold() {
        files.hold();
    }

    /// Lines are written as ever. Any thread; never blocks.
    public void release() {
        files.release();
    }

    /// Lines that were not kept because the disk didn't keep up, or because they came after the end.
    public long dropped() {
        return files.dropped();
    }

    /// Lines that are not yet in a file.
    public int waiting() {
        return files.waiting();
    }

    /// Writes out what is waiting. Blocking.
    public void flush() {
        files.flush();
    }

    @Override
    public Reading read(TrackingQuery query, boolean newestFirst, Sink sink) throws IOException {
        List<RollingLog.Part> parts = files.parts();
        Scan scan = new Scan(query, newestFirst, sink);
        for (RollingLog.Part part : newestFirst ? parts.reversed() : parts) {
            scan.read(part);
        }
        return new Reading(scan.events, scan.malformed);
    }

    /// One search.
    private final class Scan implements LogLines.Taker {
        private final TrackingQuery query;
        private final boolean newestFirst;
        private final Sink sink;
        private final RawFilter filter;
        private final long from;
        private final long to;
        private long events;
        private long malformed;

        Scan(TrackingQuery query, boolean newestFirst, Sink sink) {
            this.query = query;
            this.newestFirst = newestFirst;
            this.sink = sink;
            this.filter = new RawFilter(query);
            this.from = query.start().map(Scan::millisFrom).orElse(Long.MIN_VALUE);
            this.to = query.end().map(Scan::millisFrom).orElse(Long.MAX_VALUE);
        }

        /// Events have milliseconds: what is not before a moment is not before the next whole one.
        private static long millisFrom(Instant moment) {
            Instant least = Instant.ofEpochMilli(Long.MIN_VALUE);
            Instant most = Instant.ofEpochMilli(Long.MAX_VALUE);
            if (moment.isBefore(least)) {
                return Long.MIN_VALUE;
            }
            return moment.isBefore(most) ? moment.plusNanos(999_999).toEpochMilli() : Long.MAX_VALUE;
        }

        void read(RollingLog.Part part) throws IOException {
            long earliest = part.name().earliest().toEpochMilli();
            long latest = part.name().end().toEpochMilli() - 1;
            if (!wants(earliest, latest)) {
                return;
            }
            if (part.finished()) {
                Optional<FileSummary> summary = summaries.of(part);
                if (summary.isEmpty()
                        || !summary.get().mayHave(query)
                        || !wants(summary.get().earliest(), summary.get().latest())) {
                    return;
                }
            }
            try {
                long strays = LogLines.read(part.path(), part.bytes(), newestFirst, this);
                malformed += strays > 0 ? 1 : 0;
            } catch (NoSuchFileException _) {
                // deleted since it was listed: as if it had been deleted before
            }
        }

        private boolean wants(long earliest, long latest) {
            return latest >= from && earliest < to && earliest <= latest && sink.wants(newestFirst ? latest : earliest);
        }

        @Override
        public boolean line(byte[] octets, int begin, int end) {
            if (begin < end && octets[begin] == '#') {
                return true;
            }
            long millis = LogTime.millis(octets, begin, end);
            if (millis != LogTime.NONE
                    && (millis < from || millis >= to || !sink.wants(millis) || !filter.mayMatch(octets, begin, end))) {
                return true;
            }
            Optional<TrackingEvent> event = EventLine.parse(octets, begin, end);
            if (event.isEmpty()) {
                malformed++;
            } else {
                events++;
                sink.event(event.get());
            }
            return true;
        }
    }

    /// Writes out what is waiting and closes the file; events that come later are dropped and counted.
    @Override
    public void close() {
        files.close();
    }
}
