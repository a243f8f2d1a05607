package dev.tarry.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogLinesTest {
    private static final byte[] FILE = (TrackingFormat.header(Events.NOON)
                    + TrackingFormat.line(Events.deferred()) + "\r\n"
                    + "torn\r\n"
                    + TrackingFormat.line(Events.of(
                            Events.NOON,
                            TrackingEvent.Event.SEND,
                            TrackingEvent.Source.SMTP,
                            2,
                            "Grüße 📈",
                            "a@company.com",
                            "b@gmail.com"))
                    + "\r\n2026-03-02T12")
            .getBytes(StandardCharsets.UTF_8);

    @Test
    void octets_may_come_in_any_pieces() {
        List<TrackingEvent> whole = new ArrayList<>();
        assertEquals(new TrackingLog.Reading(2, 2), read(whole, FILE.length));
        assertEquals("Grüße 📈", whole.getLast().subject());
        for (int cut = 0; cut < FILE.length; cut++) {
            List<TrackingEvent> events = new ArrayList<>();
            assertEquals(new TrackingLog.Reading(2, 2), read(events, cut));
            assertEquals(whole, events);
        }
        List<TrackingEvent> single = new ArrayList<>();
        LogLines lines = lines(single);
        for (byte octet : FILE) {
            lines.take(new byte[] {octet}, 1);
        }
        lines.end();
        assertEquals(whole, single);
    }

    private static TrackingLog.Reading read(List<TrackingEvent> events, int cut) {
        LogLines lines = lines(events);
        lines.take(FILE, cut);
        lines.take(Arrays.copyOfRange(FILE, cut, FILE.length), FILE.length - cut);
        lines.end();
        return lines.reading();
    }

    private static LogLines lines(List<TrackingEvent> events) {
        return new LogLines(Instant.MIN, Instant.MAX, new TrackingLog.Sink() {
            @Override
            public void event(TrackingEvent event) {
                events.add(event);
            }

            @Override
            public boolean wants(Instant earliest) {
                return true;
            }
        });
    }
}
