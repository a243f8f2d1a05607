package dev.tarry.client;

import java.time.Instant;
import java.util.Map;

/// An event of the server's event log.
///
/// @param recordId   grows by one with each
/// @param time       lab time
/// @param id         Exchange's: 2000, 2002, 15006 …
/// @param level      `Error`, `Warning` or `Information`
/// @param source     `MSExchangeTransport`
/// @param category   `SmtpSend`, `SmtpReceive`, `DSN`, `ResourceManager` …
/// @param message    for people
/// @param suppressed how many of the same kind were left out before it
/// @param details    what the message says, by name, in the server's order
public record LoggedEvent(
        long recordId,
        Instant time,
        int id,
        String level,
        String source,
        String category,
        String message,
        long suppressed,
        Map<String, String> details) {}
