package dev.tarry.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryTrackingLogTest implements TrackingLogContract {
    @Override
    public TrackingLog log() {
        return new MemoryTrackingLog();
    }

    @Test
    void it_gives_events_and_the_lines_that_a_file_would_have() {
        MemoryTrackingLog log = new MemoryTrackingLog();
        log.write(Events.deferred());
        log.write(Events.at(Events.NOON, 1));
        assertEquals(List.of(Events.deferred(), Events.at(Events.NOON, 1)), log.events());
        assertEquals(
                TrackingFormat.line(Events.deferred()) + "\r\n" + TrackingFormat.line(Events.at(Events.NOON, 1))
                        + "\r\n",
                log.text());
    }
}
