package dev.tarry.client;

import java.time.Instant;
import java.util.Optional;

/// Which messages of a mailbox are wanted; every part that is present narrows them.
///
/// @param subject     the Subject, whatever its case; `*` stands for anything
/// @param from        the envelope's sender, in the same way
/// @param since       the earliest moment of delivery, lab time
/// @param newestFirst whether the newest come first, instead of the oldest
/// @param limit       how many at most
public record MailboxQuery(
        Optional<String> subject,
        Optional<String> from,
        Optional<Instant> since,
        boolean newestFirst,
        ResultLimit limit) {
    public static MailboxQuery everything() {
        return new MailboxQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), false, ResultLimit.serverDefault());
    }

    /// The same with a Subject.
    public MailboxQuery subject(String pattern) {
        return new MailboxQuery(Optional.of(pattern), from, since, newestFirst, limit);
    }
}
