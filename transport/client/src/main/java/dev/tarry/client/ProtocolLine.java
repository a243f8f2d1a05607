package dev.tarry.client;

import java.time.Instant;

/// A line of a protocol log.
///
/// @param time      lab time
/// @param connector the connector-id
/// @param session   sixteen hexadecimal digits
/// @param sequence  from 0 in each session
/// @param local     the server's end, `ip:port`; empty until there is a connection
/// @param remote    the other end, `ip:port`
/// @param event     `+` connected, `-` disconnected, `>` said by the server, `<` said to it, `*` information
/// @param data      what was said, secrets hidden
/// @param context   what more there is to say
public record ProtocolLine(
        Instant time,
        String connector,
        String session,
        long sequence,
        String local,
        String remote,
        String event,
        String data,
        String context) {}
