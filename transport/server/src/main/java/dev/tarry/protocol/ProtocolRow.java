package dev.tarry.protocol;

import dev.tarry.smtp.Transcript;
import java.time.Instant;

/// A row of a protocol log (reference §8.7).
///
/// @param time      lab time
/// @param connector by which name logs know it
/// @param session   sixteen hexadecimal digits
/// @param sequence  from 0 in each session
/// @param local     our end, `ip:port`; empty until there is a connection
/// @param remote    the other end, `ip:port`
/// @param data      what was said, secrets hidden; at most [ProtocolTranscripts#MAX_CHARACTERS]
/// @param context   what more there is to say of it
public record ProtocolRow(
        Instant time,
        String connector,
        String session,
        int sequence,
        String local,
        String remote,
        Transcript.Event event,
        String data,
        String context) {}
