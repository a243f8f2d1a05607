package dev.tarry.log;

import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A log as Exchange's files (reference §8.1): one for each hour of lab time and one for each so many bytes, old ones
/// deleted, together with those that came before the limits were changed.
///
/// Entries gather in memory and are written out within [#FLUSH], in whole lines and one write for many: so a kill loses
/// at most that last second, and what a loss of power may take is up to the operating system (logs are not synced).
/// Each start begins a new file. While the disk fails, entries wait, up to [#MAX_WAITING], and are then dropped and
/// counted; it is tried again each second. It is so too if they come faster than they can be written; that is told.
///
/// Threads: [#write] is for any thread and does no input or output. Files are written on the `writer` loop, or on the
/// thread that reads, flushes or closes; one lock keeps these apart.
public final class RollingLog<E> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RollingLog.class);

    /// An entry is in its file after at most so much wire time.
    public static final Duration FLUSH = Duration.ofSeconds(1);

    /// So many are written without waiting for that.
    public static final int FLUSH_ENTRIES = 1_000;

    /// More entries than this don't wait in memory for the disk; they are dropped and counted.
    public static final int MAX_WAITING = 200_000;

    /// So many are made lines at once; what waits beyond keeps its own form, and what was written leaves room for more.
    private static final int SLICE_ENTRIES = 10_000;

    /// One write has about so many bytes.
    private static final int WRITE_BYTES = 1024 * 1024;

    /// Goes along with the files, on the thread that has the lock.
    public interface Follower<E> {
        /// The entry is in the file that is written now.
        void written(E entry);

        /// That file has so many bytes, and never more.
        void finished(Path file, long bytes);

        /// These files are gone.
        void deleted(List<Path> files);

        /// Follows nothing.
        static <E> Follower<E> none() {
            return new Follower<>() {
                @Override
                public void written(E entry) {}

                @Override
                public void finished(Path file, long bytes) {}

                @Override
                public void deleted(List<Path> files) {}
            };
        }
    }

    /// A file as it is between two lines.
    ///
    /// @param name     of which hour it is
    /// @param finished whether it will not grow
    public record Part(LogFileName name, Path path, long bytes, boolean finished) {}

    private record Line<E>(Instant time, byte[] octets, E entry) {}

    private final LogFormat<E> format;
    private final Follower<E> follower;
    private final Loop writer;
    private final Timers wireTimers;
    private final InstantSource labTime;
    private final LogTrouble trouble;

    private final ConcurrentLinkedQueue<E> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean alarmSet = new AtomicBoolean();
    /// entries are dropped; from the first until all is written that waited
    private final AtomicBoolean overloaded = new AtomicBoolean();
    private volatile boolean held;
    private volatile boolean closed;

    private final ReentrantLock files = new ReentrantLock();
    // guarded by files, all that follows
    private LogTerms terms;
    private LogFolder folder;
    private final ArrayDeque<Line<E>> lines = new ArrayDeque<>();
    /// null while there is none
    private LogFileName current;
    private LogFile file;
    private Instant newest = Instant.EPOCH;
    private Instant tidiedHour = Instant.MIN;
    private boolean failing;
    /// the trouble has been told that entries are dropped although the disk works
    private boolean overloadTold;
    private boolean ended;

    /// Opens the log, and cuts off what a kill has torn; nothing is written before the first entry.
    ///
    /// @param writer     a loop where files are written, which may be shared; belongs to the caller
    /// @param wireTimers when to write out; with lab time, a frozen clock would keep entries from the disk
    /// @param labTime    by which files grow old
    /// @throws IOException if the folder cannot be made or read
    public RollingLog(
            LogFormat<E> format,
            LogTerms terms,
            Follower<E> follower,
            Loop writer,
            Timers wireTimers,
            InstantSource labTime,
            LogTrouble trouble)
            throws IOException {
        this.format = format;
        this.follower = follower;
        this.writer = writer;
        this.wireTimers = wireTimers;
        this.labTime = labTime;
        this.trouble = trouble;
        this.terms = terms;
        this.folder = new LogFolder(terms.folder(), format.prefix());
        Files.createDirectories(terms.folder());
        folder.cutTornLines();
    }

    /// Other terms hold from now on, for what is there already too; another folder has its own files, and what is in
    /// the old one stays there. Any thread; files are deleted on the writer loop.
    public void terms(LogTerms next) {
        writer.execute(() -> {
            files.lock();
            try {
                boolean moves = !next.folder().equals(terms.folder());
                terms = next;
                if (moves) {
                    closeFile();
                    folder = new LogFolder(next.folder(), format.prefix());
                    folder.cutTornLines(); // nobody writes there: a server that was killed did
                }
                if (!ended) {
                    tidy();
                }
            } catch (IOException e) {
                LOG.warn("the new folder of the {} could not be looked into", format.type(), e);
            } finally {
                files.unlock();
            }
        });
    }

    /// Notes an entry. Any thread; never blocks.
    public void write(E entry) {
        int ahead = waiting.getAndIncrement();
        if (closed || ahead >= MAX_WAITING) {
            waiting.decrementAndGet();
            dropped.incrementAndGet();
            if (!closed && overloaded.compareAndSet(false, true)) {
                writer.execute(this::overload);
            }
            return;
        }
        arrived.add(entry);
        if (held) {
            return; // whoever lets go has it written
        }
        if ((ahead + 1) % FLUSH_ENTRIES == 0) {
            writer.execute(this::flush);
        } else if (alarmSet.compareAndSet(false, true)) {
            wireTimers.after(FLUSH, writer, this::flush);
        }
    }

    /// Until [#release] entries only gather, for what matters more than a log: nothing is written but where somebody
    /// reads, flushes or closes. What a kill loses is then as much as has gathered. Any thread; never blocks.
    public void hold() {
        held = true;
    }

    /// Entries are written as ever, those first that have gathered. Any thread; never blocks.
    public void release() {
        held = false;
        if (waiting.get() > 0) {
            writer.execute(this::flush);
        }
    }

    private void overload() {
        files.lock();
        try {
            if (!ended && !failing) { // else it is known that they wait, and why
                overloadTold = true;
                String reason = "entries come faster than they can be written, and more than " + MAX_WAITING
                        + " would have to wait; those that come now are dropped";
                LOG.error("The {} is incomplete: {}", format.type(), reason);
                trouble.stopped(format.type(), reason);
            }
            flush();
        } finally {
            files.unlock();
        }
    }

    /// Entries that were not kept because the disk didn't keep up, or because they came after the end.
    public long dropped() {
        return dropped.get();
    }

    /// Entries that are not yet in a file.
    public int waiting() {
        return waiting.get();
    }

    /// Writes out what is waiting. Blocking; a failure is told to the trouble, and it is tried again.
    public void flush() {
        files.lock();
        try {
            if (ended) {
                return;
            }
            // cleared first: whoever comes after this sets a new alarm
            alarmSet.set(false);
            int owed = waiting.get(); // what comes meanwhile is for the next time: readers get their turn
            do {
                owed -= takeSome();
                writeLines();
            } while (!failing && owed > 0 && !arrived.isEmpty());
            if (!failing) {
                written();
            }
        } finally {
            files.unlock();
        }
    }

    /// @return how many
    private int takeSome() {
        int taken = 0;
        while (taken < SLICE_ENTRIES) {
            E entry = arrived.poll();
            if (entry == null) {
                break;
            }
            byte[] octets = (format.line(entry) + "\r\n").getBytes(StandardCharsets.UTF_8);
            lines.add(new Line<>(format.time(entry), octets, entry));
            taken++;
        }
        return taken;
    }

    /// All that was owed is in its file.
    private void written() {
        if (overloadTold) {
            overloadTold = false;
            overloaded.set(false);
            LOG.info("The {} is complete again; {} entries were dropped so far", format.type(), dropped.get());
            trouble.resumed(format.type(), dropped.get());
        }
    }

    private void writeLines() {
        try {
            while (!lines.isEmpty()) {
                writeSome();
            }
            if (failing) {
                failing = false;
                overloaded.set(false);
                LOG.info("The {} is written again; {} entries were dropped so far", format.type(), dropped.get());
                trouble.resumed(format.type(), dropped.get());
            }
            if (!LogFileName.hourOf(now()).equals(tidiedHour)) {
                tidy();
            }
        } catch (IOException e) {
            if (!failing) {
                LOG.error("The {} cannot be written; entries wait in memory, up to {}", format.type(), MAX_WAITING, e);
                trouble.stopped(format.type(), e.toString());
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
        Line<E> first = lines.peek();
        if (!fits(first, 0)) {
            begin(first.time());
        }
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        if (file.bytes() == 0) {
            batch.writeBytes(format.header(first.time()).getBytes(StandardCharsets.UTF_8));
        }
        int count = 0;
        for (Line<E> line : lines) {
            if (count > 0 && (batch.size() >= WRITE_BYTES || !fits(line, batch.size()))) {
                break;
            }
            batch.writeBytes(line.octets());
            count++;
        }
        append(batch.toByteArray());
        for (int i = 0; i < count; i++) {
            Line<E> line = lines.remove();
            newest = line.time();
            follower.written(line.entry());
            waiting.decrementAndGet();
        }
    }

    private boolean fits(Line<E> line, int before) {
        return current != null
                && current.holds(line.time())
                && (file.bytes() + before == 0 || file.bytes() + before + line.octets().length <= terms.maxFileBytes());
    }

    private void begin(Instant time) throws IOException {
        closeFile();
        Files.createDirectories(folder.path());
        Instant hour = LogFileName.hourOf(time);
        TreeMap<LogFileName, Long> existing = folder.files();
        LogFileName last = existing.lowerKey(new LogFileName(format.prefix(), hour, Integer.MAX_VALUE));
        int number = last != null && last.hour().equals(hour) ? last.number() + 1 : 1;
        LogFileName next = new LogFileName(format.prefix(), hour, number);
        file = LogFile.create(folder.file(next));
        current = next;
        newest = time;
        tidy();
    }

    private void append(byte[] octets) throws IOException {
        try {
            file.append(octets);
        } catch (IOException e) {
            if (file.bytes() == 0) {
                try {
                    Files.deleteIfExists(folder.file(current));
                } catch (IOException again) {
                    e.addSuppressed(again);
                }
            }
            throw e;
        }
    }

    /// Entries may be ahead of the clock that is looked at, when many days pass in a moment.
    private Instant now() {
        Instant now = labTime.instant();
        return now.isAfter(newest) ? now : newest;
    }

    /// What cannot be deleted is tried again with the next file or hour: it is no reason to write nothing.
    private void tidy() {
        Instant now = now();
        tidiedHour = LogFileName.hourOf(now);
        try {
            follower.deleted(folder.deleteOld(now, terms.maxAge(), terms.maxDirectoryBytes(), current));
        } catch (IOException e) {
            LOG.warn("old files of the {} could not be deleted", format.type(), e);
        }
    }

    private void closeFile() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.warn("{} could not be closed", current, e);
            }
            follower.finished(folder.file(current), file.bytes());
        }
        file = null;
        current = null;
    }

    /// All files that there are, oldest first, those included that hold what was written just now. Blocking.
    ///
    /// @throws IOException if the folder cannot be read
    public List<Part> parts() throws IOException {
        files.lock();
        try {
            flush();
            List<Part> parts = new ArrayList<>();
            folder.files().forEach((name, bytes) -> {
                boolean open = name.equals(current);
                parts.add(new Part(name, folder.file(name), open ? file.bytes() : bytes, !open));
            });
            return parts;
        } finally {
            files.unlock();
        }
    }

    /// Writes out what is waiting and closes the file; entries that come later are dropped and counted.
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
