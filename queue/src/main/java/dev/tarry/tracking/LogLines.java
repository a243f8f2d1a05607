package dev.tarry.tracking;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// Cuts octets, however they come, into lines and lines into events, and counts what is none. On the reader's thread.
final class LogLines {
    /// A line that is longer isn't one of ours.
    static final int MAX_LINE_BYTES = 16 * 1024 * 1024;

    private final Instant from;
    private final Instant to;
    private final TrackingLog.Sink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private long events;
    private long malformed;

    LogLines(Instant from, Instant to, TrackingLog.Sink sink) {
        this.from = from;
        this.to = to;
        this.sink = sink;
    }

    void take(byte[] octets, int count) {
        int begin = 0;
        for (int i = 0; i < count; i++) {
            if (octets[i] == '\n') {
                add(octets, begin, i);
                line();
                begin = i + 1;
            }
        }
        add(octets, begin, count);
    }

    private void add(byte[] octets, int begin, int end) {
        line.write(octets, begin, Math.min(end - begin, MAX_LINE_BYTES - line.size()));
    }

    private void line() {
        Optional<String> text = text(line);
        line.reset();
        if (text.filter(t -> t.startsWith("#")).isPresent()) {
            return;
        }
        Optional<TrackingEvent> event = text.flatMap(TrackingFormat::parse);
        if (event.isEmpty()) {
            malformed++;
            return;
        }
        Instant time = event.get().time();
        if (!time.isBefore(from) && time.isBefore(to)) {
            events++;
            sink.event(event.get());
        }
    }

    /// What has no line end has been torn.
    void end() {
        malformed += line.size() > 0 ? 1 : 0;
    }

    TrackingLog.Reading reading() {
        return new TrackingLog.Reading(events, malformed);
    }

    /// A line without its CRLF; empty if it has none, or is not UTF-8.
    private static Optional<String> text(ByteArrayOutputStream line) {
        byte[] octets = line.toByteArray();
        if (octets.length == 0 || octets[octets.length - 1] != '\r') {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, 0, octets.length - 1))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
