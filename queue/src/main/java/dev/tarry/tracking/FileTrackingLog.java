package dev.tarry.tracking;

import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log as Exchange's files (reference §8.1, §8.2): `MSGTRK2022091915-1.LOG`, one an hour of lab time and one each
/// 10 MB, old ones deleted.
///
/// Events gather in memory and are written out within [#FLUSH], in whole lines and one write for many: so a
/// kill loses at most that last second, and what a loss of power may take is up to the operating system (the
/// log is not synced). Each start begins a new file.
///
/// Threads: [#write] is for any thread and does no input or output. Files are written on the `writer` loop, or on the
/// thread that reads, flushes or closes; one lock keeps these apart.
public final class FileTrackingLog implements TrackingLog {
    private static final Logger LOG = LoggerFactory.getLogger(FileTrackingLog.class);

    /// An event is in its file after at most so much wire time.
    public static final Duration FLUSH = Duration.ofSeconds(1);

    /// So many are written without waiting for that.
    static final int FLUSH_EVENTS = 1_000;

    /// More events than this don't wait in memory for the disk; they are dropped and counted.
    public static final int MAX_WAITING_EVENTS = 200_000;

    /// One write has about so many bytes.
    private static final int WRITE_BYTES = 1024 * 1024;

    /// How large and how old the log may grow (reference §8.1).
    ///
    /// @param maxFileBytes      a file this large is followed by another
    /// @param maxDirectoryBytes beyond that the oldest files go
    /// @param maxAge            in lab time; older files go
    public record Limits(long maxFileBytes, long maxDirectoryBytes, Duration maxAge) {
        /// 10 MB, 1000 MB, 30 days.
        public static final Limits EXCHANGE = new Limits(10L * 1024 * 1024, 1000L * 1024 * 1024, Duration.ofDays(30));

        public Limits {
            if (maxFileBytes < 1 || maxDirectoryBytes < 1 || maxAge.isNegative() || maxAge.isZero()) {
                throw new IllegalArgumentException("the tracking log's limits are larger than 0");
            }
        }
    }

    /// @param events how many events are in a file once this line is: an event of many recipients has several lines
    private record Line(Instant time, byte[] octets, int events) {}

    private final LogFolder folder;
    private final Loop writer;
    private final Timers wireTimers;

    private final ConcurrentLinkedQueue<TrackingEvent> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean alarmSet = new AtomicBoolean();
    private volatile boolean closed;

    private final ReentrantLock files = new ReentrantLock();
    // guarded by files, all that follows
    private Limits limits;
    private final ArrayDeque<Line> lines = new ArrayDeque<>();
    private LogFileName current;
    /// of the last event in it
    private Instant newest = Instant.EPOCH;
    private FileChannel channel;
    private long written;
    private boolean failing;
    private boolean ended;

    /// Opens the log; nothing is written before the first event.
    ///
    /// @param folder     made if it is missing
    /// @param writer     a loop of its own, where files are written; belongs to the caller
    /// @param wireTimers when to write out; with lab time, a frozen clock would keep events from the disk
    /// @throws IOException if the folder cannot be made or read
    public FileTrackingLog(Path folder, Limits limits, Loop writer, Timers wireTimers) throws IOException {
        this.folder = new LogFolder(folder);
        this.limits = limits;
        this.writer = writer;
        this.wireTimers = wireTimers;
        Files.createDirectories(folder);
        this.folder.closeTornLines();
    }

    /// Other limits hold from now on, for what is there already too. Any thread; files are deleted on the
    /// writer loop.
    public void limits(Limits next) {
        writer.execute(() -> {
            files.lock();
            try {
                limits = next;
                if (!ended && current != null) {
                    folder.deleteOld(newest, next.maxAge(), next.maxDirectoryBytes(), current);
                }
            } catch (IOException e) {
                LOG.warn("old files of the tracking log could not be deleted", e);
            } finally {
                files.unlock();
            }
        });
    }

    @Override
    public void write(TrackingEvent event) {
        int ahead = waiting.getAndIncrement();
        if (closed || ahead >= MAX_WAITING_EVENTS) {
            waiting.decrementAndGet();
            dropped.incrementAndGet();
            return;
        }
        arrived.add(event);
        if ((ahead + 1) % FLUSH_EVENTS == 0) {
            writer.execute(this::flush);
        } else if (alarmSet.compareAndSet(false, true)) {
            wireTimers.after(FLUSH, writer, this::flush);
        }
    }

    /// Events that were not kept because the disk didn't keep up, or because they came after the end.
    public long dropped() {
        return dropped.get();
    }

    /// Events that are not yet in a file.
    public int waiting() {
        return waiting.get();
    }

    /// Writes out what is waiting. Blocking; a failure is logged, and tried again with what comes next.
    public void flush() {
        files.lock();
        try {
            if (ended) {
                return;
            }
            // cleared first: whoever comes after this sets a new alarm
            alarmSet.set(false);
            for (TrackingEvent event = arrived.poll(); event != null; event = arrived.poll()) {
                List<TrackingEvent> slices = event.slices();
                for (TrackingEvent slice : slices) {
                    byte[] octets = (TrackingFormat.line(slice) + "\r\n").getBytes(StandardCharsets.UTF_8);
                    lines.add(new Line(slice.time(), octets, slice == slices.getLast() ? 1 : 0));
                }
            }
            writeLines();
        } finally {
            files.unlock();
        }
    }

    private void writeLines() {
        try {
            while (!lines.isEmpty()) {
                writeSome();
            }
            if (failing) {
                failing = false;
                LOG.info("The tracking log is written again; {} events were dropped so far", dropped.get());
            }
        } catch (IOException e) {
            if (!failing) {
                LOG.error("The tracking log cannot be written; events wait in memory, up to {}", MAX_WAITING_EVENTS, e);
            }
            failing = true;
            closeFile();
            if (!closed && alarmSet.compareAndSet(false, true)) {
                wireTimers.after(FLUSH, writer, this::flush);
            }
        }
    }

    /// Lines that belong into one file, in one write.
    private void writeSome() throws IOException {
        Line first = lines.peek();
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        if (!fits(first, 0)) {
            begin(first.time());
        }
        if (written == 0) {
            batch.writeBytes(TrackingFormat.header(first.time()).getBytes(StandardCharsets.UTF_8));
        }
        int count = 0;
        for (Line line : lines) {
            if (count > 0 && (batch.size() >= WRITE_BYTES || !fits(line, batch.size()))) {
                break;
            }
            batch.writeBytes(line.octets());
            count++;
        }
        append(batch.toByteArray());
        for (int i = 0; i < count; i++) {
            Line line = lines.remove();
            newest = line.time();
            waiting.addAndGet(-line.events());
        }
    }

    private boolean fits(Line line, int before) {
        return current != null
                && current.holds(line.time())
                && (written + before == 0 || written + before + line.octets().length <= limits.maxFileBytes());
    }

    private void begin(Instant time) throws IOException {
        closeFile();
        Instant hour = LogFileName.hourOf(time);
        TreeMap<LogFileName, Long> existing = folder.files();
        LogFileName last = existing.lowerKey(new LogFileName(hour, Integer.MAX_VALUE));
        int number = last != null && last.hour().equals(hour) ? last.number() + 1 : 1;
        LogFileName next = new LogFileName(hour, number);
        channel = FileChannel.open(folder.file(next), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        current = next;
        written = 0;
        folder.deleteOld(time, limits.maxAge(), limits.maxDirectoryBytes(), next);
    }

    /// All or nothing: what a failing disk has taken in part is cut off again.
    private void append(byte[] octets) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        try {
            long at = written;
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
            written = at;
        } catch (IOException e) {
            try {
                channel.truncate(written);
                if (written == 0) {
                    Files.deleteIfExists(folder.file(current));
                }
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private void closeFile() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.warn("{} could not be closed", current, e);
            }
        }
        channel = null;
        current = null;
        written = 0;
    }

    @Override
    public Reading read(Instant from, Instant to, Sink sink) throws IOException {
        TreeMap<LogFileName, Long> sizes;
        files.lock();
        try {
            flush();
            sizes = folder.files();
            if (current != null) {
                sizes.put(current, written);
            }
        } finally {
            files.unlock();
        }
        long events = 0;
        long malformed = 0;
        for (Map.Entry<LogFileName, Long> file : sizes.entrySet()) {
            LogFileName name = file.getKey();
            if (!name.end().isAfter(from)) {
                continue;
            }
            if (!name.earliest().isBefore(to) || !sink.wants(name.earliest())) {
                break;
            }
            Reading reading = folder.read(name, file.getValue(), from, to, sink);
            events += reading.events();
            malformed += reading.malformed();
        }
        return new Reading(events, malformed);
    }

    /// Writes out what is waiting and closes the file; events that come later are dropped and counted.
    @Override
    public void close() {
        closed = true;
        files.lock();
        try {
            flush();
            ended = true;
            closeFile();
        } finally {
            files.unlock();
        }
    }
}
