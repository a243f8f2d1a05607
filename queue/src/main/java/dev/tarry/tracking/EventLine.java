package dev.tarry.tracking;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A line's octets as an event. Pure.
final class EventLine {
    private EventLine() {}

    /// @param to where the CR is followed by the LF
    /// @return empty if it has no CR, is not UTF-8, or is no event
    static Optional<TrackingEvent> parse(byte[] octets, int from, int to) {
        if (to == from || octets[to - 1] != '\r') {
            return Optional.empty();
        }
        try {
            String line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, from, to - 1 - from))
                    .toString();
            return TrackingFormat.parse(line);
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
