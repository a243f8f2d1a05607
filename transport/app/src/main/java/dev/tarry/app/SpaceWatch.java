package dev.tarry.app;

import dev.tarry.admin.metrics.Metrics;
import dev.tarry.config.ResourceSettings;
import dev.tarry.eventlog.EventSink;
import dev.tarry.eventlog.Events;
import dev.tarry.pressure.BackPressure;
import dev.tarry.pressure.DiskMarks;
import dev.tarry.pressure.PressureLevel;
import dev.tarry.pressure.Resource;
import dev.tarry.queue.StoreDoor;
import dev.tarry.store.Reserve;
import dev.tarry.store.StoreException;
import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every few seconds how much space there is on the store's disk, well before it is full, and has new mail
/// refused while it is short. When much has been written since the last look it looks at once, so that the mark is met
/// before the disk is full. On a loop of its own, which no clock waits for: a disk that hangs holds up nothing else.
///
/// It also sees to the [Reserve]: made when there is space for it, given back by [DiskStore] when there is none at all.
/// From then on, until it is whole again, the pressure is HIGH: what is queued may leave, and nothing may come.
final class SpaceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpaceWatch.class);

    /// Between two looks when not even the settings can be read.
    private static final Duration LAST_RESORT = Duration.ofSeconds(10);

    /// Of what is free above the mark, so much may be written before the next look: each octet is written twice, to the
    /// log and to a table.
    private static final long PART_OF_ROOM = 4;

    /// It is not looked more often than for so much.
    private static final long WORTH_A_LOOK_BYTES = 1 << 20;

    /// The reserve is made when there is so many times its size above the mark.
    private static final long RESERVES_FREE = 4;

    private final DiskStore disk;
    private final StoreDoor store;
    private final Supplier<ResourceSettings> settings;
    private final BackPressure backPressure;
    private final Metrics metrics;
    private final EventSink events;
    private final Timers wireTimers;
    private final Loop loop;
    private final AtomicBoolean asked = new AtomicBoolean();
    /// a look is due when so much has been written
    private volatile long lookAtBytes = Long.MAX_VALUE;
    private volatile boolean closed;
    private volatile Alarm next = () -> {};
    // loop only, all that follows
    private PressureLevel pressure = PressureLevel.LOW;
    private boolean inEmergency;

    /// @param settings asked anew for every look
    SpaceWatch(
            DiskStore disk,
            StoreDoor store,
            Supplier<ResourceSettings> settings,
            BackPressure backPressure,
            Metrics metrics,
            EventSink events,
            Timers wireTimers,
            Loop loop) {
        this.disk = disk;
        this.store = store;
        this.settings = settings;
        this.backPressure = backPressure;
        this.metrics = metrics;
        this.events = events;
        this.wireTimers = wireTimers;
        this.loop = loop;
        loop.execute(this::look);
        disk.onSpace(this::written, this::emergency);
    }

    /// On the committer thread.
    private void written() {
        if (disk.writtenBytes() >= lookAtBytes && asked.compareAndSet(false, true)) {
            loop.execute(this::look);
        }
    }

    /// The disk is full to the last octet. On the thread that opens the store.
    private void emergency() {
        tell(PressureLevel.HIGH, 0, new DiskMarks(0)); // before the store takes anything
        loop.execute(this::look);
    }

    private void look() {
        if (closed) {
            return;
        }
        Duration wait = LAST_RESORT;
        next.cancel();
        asked.set(false);
        try {
            ResourceSettings now = settings.get();
            wait = now.meteringInterval();
            FileStore space = Files.getFileStore(disk.folder());
            DiskMarks marks = DiskMarks.on(space.getTotalSpace(), now.diskReserveBytes());
            long mark = marks.reserveBytes();
            keepReserve(Reserve.size(now.emergencyReserveBytes(), space.getTotalSpace()), mark, space.getUsableSpace());
            long free = space.getUsableSpace();
            become(disk.emergency() ? PressureLevel.HIGH : marks.next(pressure, free), free, marks);
            lookAtBytes = mark == 0
                    ? Long.MAX_VALUE
                    : disk.writtenBytes() + Math.max(WORTH_A_LOOK_BYTES, (free - mark) / PART_OF_ROOM);
            if (pressure == PressureLevel.HIGH) {
                relieve();
            }
        } catch (IOException e) {
            LOG.debug("the free space of {} is not known", disk.folder(), e); // the store tells of a disk that fails
        } catch (RuntimeException e) {
            LOG.error("the free space of {} could not be looked at", disk.folder(), e);
        } finally {
            next = wireTimers.after(wait, loop, this::look);
        }
    }

    /// Makes the reserve, if that leaves the disk well above its mark. Never while the store is being opened, for which
    /// it may just have been given back.
    private void keepReserve(long wanted, long mark, long free) {
        Reserve reserve = disk.reserve();
        if (disk.emergency() && !inEmergency) {
            inEmergency = true;
            events.report(Events.diskFull("the disk was full to the last octet, and what was kept in reserve is given"
                    + " back to it, so that what is queued can leave"));
        }
        long kept = reserve.bytes();
        boolean whole = kept == wanted;
        if (!whole && (wanted < kept || free + kept > mark + RESERVES_FREE * wanted && open())) {
            try {
                reserve.keep(wanted);
                whole = true;
            } catch (IOException e) {
                LOG.debug("there is no space to keep {} bytes in reserve", wanted, e); // a later look may find it
            }
        }
        if (whole && disk.emergency() && (wanted > 0 || free > WORTH_A_LOOK_BYTES)) {
            disk.emergencyOver();
            inEmergency = false;
            LOG.info("{} bytes of the store's disk are kept in reserve again", wanted);
        }
        metrics.diskReserve(reserve.bytes());
    }

    private boolean open() {
        return store.trouble().isEmpty();
    }

    /// Dead mail gives its space back now, and not when there is little else to do.
    private void relieve() {
        try {
            store.store().tidy();
        } catch (StoreException _) {
            // it is closed; what opens it again is told elsewhere
        }
    }

    private void become(PressureLevel level, long free, DiskMarks marks) {
        metrics.disk(free, level.ordinal());
        // first: whoever hears of it may fail; an emergency that is over has told it too
        tell(level, free, marks);
        if (level == pressure) {
            return;
        }
        LOG.warn("the space on the store's disk: pressure {} after {}, {} bytes free", level, pressure, free);
        if (level == PressureLevel.HIGH && !inEmergency) {
            events.report(Events.diskFull(free + " bytes are free"));
        }
        pressure = level;
    }

    private void tell(PressureLevel level, long free, DiskMarks marks) {
        backPressure.told(new BackPressure.Look(
                Resource.USED_DISK_SPACE,
                free,
                level,
                marks.toString(),
                0, // what is queued leaves, and makes space
                free + " bytes are free on the disk of the queue database"));
    }

    @Override
    public void close() {
        closed = true;
        next.cancel();
    }
}
