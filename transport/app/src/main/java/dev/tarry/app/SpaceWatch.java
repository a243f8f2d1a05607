package dev.tarry.app;

import dev.tarry.admin.metrics.Metrics;
import dev.tarry.config.ResourceSettings;
import dev.tarry.eventlog.EventSink;
import dev.tarry.eventlog.Events;
import dev.tarry.server.DiskPressure;
import dev.tarry.server.TransportServer;
import dev.tarry.time.Alarm;
import dev.tarry.time.Loop;
import dev.tarry.time.Timers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every few seconds how much space there is on the store's disk, well before it is full, and has new mail
/// refused while it is short. On a loop of its own, which no clock waits for: a disk that hangs holds up nothing else.
final class SpaceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpaceWatch.class);

    /// Between two looks when not even the settings can be read.
    private static final Duration LAST_RESORT = Duration.ofSeconds(10);

    private final Path folder;
    private final Supplier<ResourceSettings> settings;
    private final TransportServer server;
    private final Metrics metrics;
    private final EventSink events;
    private final Timers wireTimers;
    private final Loop loop;
    private DiskPressure pressure = DiskPressure.LOW;
    private volatile Alarm next = () -> {};
    private volatile boolean closed;

    SpaceWatch(
            Path folder,
            Supplier<ResourceSettings> settings,
            TransportServer server,
            Metrics metrics,
            EventSink events,
            Timers wireTimers,
            Loop loop) {
        this.folder = folder;
        this.settings = settings;
        this.server = server;
        this.metrics = metrics;
        this.events = events;
        this.wireTimers = wireTimers;
        this.loop = loop;
        loop.execute(this::look);
    }

    private void look() {
        if (closed) {
            return;
        }
        Duration wait = LAST_RESORT;
        try {
            ResourceSettings now = settings.get();
            wait = now.meteringInterval();
            var disk = Files.getFileStore(folder);
            long free = disk.getUsableSpace();
            become(pressure.next(free, DiskPressure.reserve(now.diskReserveBytes(), disk.getTotalSpace())), free);
        } catch (IOException e) {
            LOG.debug("the free space of {} is not known", folder, e); // the store itself tells of a disk that fails
        } catch (RuntimeException e) {
            LOG.error("the free space of {} could not be looked at", folder, e);
        } finally {
            next = wireTimers.after(wait, loop, this::look);
        }
    }

    private void become(DiskPressure level, long free) {
        metrics.disk(free, level.ordinal());
        if (level == pressure) {
            return;
        }
        server.shortage(level.refusal()); // first: whoever hears of it may fail
        boolean rising = level.compareTo(pressure) > 0;
        LOG.warn("the space on the store's disk: pressure {} after {}, {} bytes free", level, pressure, free);
        events.report(Events.diskPressure(rising, DiskPressure.RESOURCE, pressure.word(), level.word(), free));
        if (level == DiskPressure.HIGH) {
            events.report(Events.diskFull(free + " bytes are free"));
        }
        pressure = level;
    }

    @Override
    public void close() {
        closed = true;
        next.cancel();
    }
}
