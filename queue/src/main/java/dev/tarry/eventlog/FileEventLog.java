package dev.tarry.eventlog;

import dev.tarry.log.LogFile;
import dev.tarry.time.Loop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps events as files, sixteen of a megabyte at most, the oldest thrown away. An event is in its file as soon as the
/// writer gets to it, so that a kill costs nothing that was written before; it is not synced.
///
/// Threads: [#report] is for any thread and does no input or output. Files are written on the `writer` loop, or on the
/// thread that reads or closes; one lock keeps these apart.
public final class FileEventLog implements EventSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileEventLog.class);

    /// A file this large is followed by another.
    public static final int MAX_FILE_BYTES = 1024 * 1024;

    /// So many are kept.
    public static final int MAX_FILES = 16;

    /// More events than this don't wait in memory for the disk; they are dropped and counted.
    static final int MAX_WAITING = 10_000;

    /// @param records in the order that was asked for
    /// @param more    whether others match, beyond the number that was asked for
    public record Found(List<EventRecord> records, boolean more) {
        public Found {
            records = List.copyOf(records);
        }
    }

    private final EventFolder folder;
    private final int maxFileBytes;
    private final InstantSource labTime;
    private final Loop writer;
    private final Instant newest;
    private final Queue<EventRecord> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();

    /// guards the throttle and the numbers: held for no longer than it takes to look
    private final Object telling = new Object();

    private final EventThrottle throttle = new EventThrottle();
    private long nextNumber;

    private final ReentrantLock files = new ReentrantLock();
    // guarded by files, all that follows
    private int fileNumber;
    private LogFile file;
    private boolean failing;
    private boolean closed;

    /// Opens it where it ended, and cuts off what a kill has torn.
    ///
    /// @param folder  made if it is missing
    /// @param labTime the time of events
    /// @param writer  where files are written; belongs to the caller
    /// @throws IOException if the folder cannot be made or read
    public FileEventLog(Path folder, InstantSource labTime, Loop writer) throws IOException {
        this(folder, MAX_FILE_BYTES, labTime, writer);
    }

    FileEventLog(Path folder, int maxFileBytes, InstantSource labTime, Loop writer) throws IOException {
        this.folder = new EventFolder(folder);
        this.maxFileBytes = maxFileBytes;
        this.labTime = labTime;
        this.writer = writer;
        Files.createDirectories(folder);
        TreeMap<Integer, Path> existing = this.folder.files();
        if (!existing.isEmpty()) {
            this.folder.cutTornLine(existing.lastEntry().getValue());
            fileNumber = existing.lastKey();
        }
        Optional<EventRecord> last = last(existing);
        nextNumber = last.map(EventRecord::number).orElse(0L) + 1;
        newest = last.map(EventRecord::time).orElse(Instant.EPOCH);
    }

    private static Optional<EventRecord> last(TreeMap<Integer, Path> files) throws IOException {
        for (Path file : files.descendingMap().values()) {
            List<EventRecord> records = EventFolder.read(file);
            if (!records.isEmpty()) {
                return Optional.of(records.getLast());
            }
        }
        return Optional.empty();
    }

    /// When the last event was that was found when it was opened; long ago if there was none.
    public Instant newest() {
        return newest;
    }

    @Override
    public void report(Event event) {
        synchronized (telling) {
            if (waitingCount.get() >= MAX_WAITING) {
                dropped.incrementAndGet();
                return;
            }
            OptionalInt suppressed = throttle.admit(event, labTime.millis());
            if (suppressed.isEmpty()) {
                return;
            }
            waitingCount.incrementAndGet();
            waiting.add(new EventRecord(
                    nextNumber++,
                    labTime.instant(),
                    event.kind(),
                    suppressed.getAsInt(),
                    event.message(),
                    event.details()));
        }
        writer.execute(this::flush);
    }

    /// Of these categories nothing is left out from now on, however often the same is told (Set-EventLogLevel).
    ///
    /// @param categories quick; any thread
    public void inFull(Predicate<String> categories) {
        synchronized (telling) {
            throttle.inFull(categories);
        }
    }

    /// Events that were not kept because the disk didn't keep up.
    public long dropped() {
        return dropped.get();
    }

    /// Finds the newest that match, those included that were reported just now. Blocking; not for a loop.
    ///
    /// @throws IOException if what is kept cannot be read
    public Found find(EventQuery query) throws IOException {
        return find(query, true);
    }

    /// Finds the newest or the oldest that match. Blocking; not for a loop.
    ///
    /// @param newestFirst whether it is the newest, and they come first; else the oldest
    /// @throws IOException if what is kept cannot be read
    public Found find(EventQuery query, boolean newestFirst) throws IOException {
        files.lock(); // nothing is written while it reads: there is no half of a line
        try {
            flush();
            List<EventRecord> found = new ArrayList<>();
            TreeMap<Integer, Path> all = folder.files();
            for (Path file : (newestFirst ? all.descendingMap() : all).values()) {
                List<EventRecord> records = EventFolder.read(file);
                for (EventRecord record : newestFirst ? records.reversed() : records) {
                    if (query.matches(record)) {
                        if (found.size() == query.most()) {
                            return new Found(found, true);
                        }
                        found.add(record);
                    }
                }
            }
            return new Found(found, false);
        } finally {
            files.unlock();
        }
    }

    private void flush() {
        files.lock();
        try {
            for (EventRecord record = waiting.peek(); record != null && !closed; record = waiting.peek()) {
                write((EventFormat.line(record) + "\r\n").getBytes(StandardCharsets.UTF_8));
                waiting.poll();
                waitingCount.decrementAndGet();
            }
            if (failing) {
                failing = false;
                LOG.info("the event log is written again; {} events were dropped", dropped.get());
            }
        } catch (IOException e) {
            // tried again with the next event, or when somebody reads
            if (!failing) {
                LOG.error("the event log cannot be written; events wait in memory, up to {}", MAX_WAITING, e);
            }
            failing = true;
            closeFile();
        } finally {
            files.unlock();
        }
    }

    private void write(byte[] line) throws IOException {
        if (file == null) {
            open(Math.max(1, fileNumber));
        }
        if (file.bytes() > 0 && file.bytes() + line.length > maxFileBytes) {
            closeFile();
            open(fileNumber + 1);
            folder.keep(MAX_FILES);
        }
        if (file.bytes() == 0) {
            file.append(EventFormat.header().getBytes(StandardCharsets.UTF_8));
        }
        file.append(line);
    }

    private void open(int number) throws IOException {
        fileNumber = number;
        file = LogFile.open(folder.file(number));
    }

    private void closeFile() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("the event log's file {} could not be closed", fileNumber, e);
            }
            file = null;
        }
    }

    /// Writes out what is waiting; what comes later is not kept.
    @Override
    public void close() {
        files.lock();
        try {
            flush();
            closed = true;
            closeFile();
        } finally {
            files.unlock();
        }
    }
}
