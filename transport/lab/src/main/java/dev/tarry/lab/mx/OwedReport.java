package dev.tarry.lab.mx;

import java.time.Instant;
import java.util.List;

/// A report that a host owes the sender of a message it took and could not deliver.
///
/// @param host who owes it
/// @param sender of the message: to whom it goes
/// @param recipients of the message
/// @param due when it is tried next, lab time
/// @param tries how often it was tried
/// @param originalHeaders the beginning of the message, bounded
public record OwedReport(
        String host, String sender, List<String> recipients, Instant due, int tries, String originalHeaders) {}
