package dev.tarry.client;

import java.time.Instant;
import java.util.List;

/// A message that a host of the lab received.
///
/// @param id names it among all that the lab received
/// @param received when its end of data came, in lab time
/// @param host the host that took it
/// @param from the reverse-path; empty for the null sender
/// @param recipients the forward-paths it was accepted for
/// @param sizeBytes octets as received
/// @param heloName what the sending server called itself in EHLO or HELO
public record LabMail(
        String id,
        Instant received,
        String host,
        String from,
        List<String> recipients,
        long sizeBytes,
        String heloName) {
    public LabMail {
        recipients = List.copyOf(recipients);
    }
}
