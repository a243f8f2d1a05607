package dev.tarry.protocol;

import dev.tarry.smtp.Transcript.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A session that a [SessionWatch] has heard, so far.
///
/// @param id        sixteen hexadecimal digits
/// @param connector `MAIL\Default Frontend MAIL`
/// @param local     our end, `ip:port`
/// @param remote    the client's
/// @param opened    lab time
/// @param closed    likewise; absent while it goes on, or if the watch ended before it did
/// @param lines     what was said, secrets hidden, in order
/// @param linesLeftOut how many more there were
public record WatchedSession(
        String id,
        String connector,
        String local,
        String remote,
        Instant opened,
        Optional<Instant> closed,
        List<Line> lines,
        int linesLeftOut) {
    /// @param data at most [ProtocolTranscripts#MAX_CHARACTERS]
    public record Line(Instant time, Event event, String data, String context) {}

    /// The list is copied.
    public WatchedSession {
        lines = List.copyOf(lines);
    }
}
