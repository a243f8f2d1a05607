package dev.tarry.store;

import dev.tarry.store.NetItem.Place;
import java.util.Optional;
import java.util.UUID;

/// A resubmit request: what of Safety Net is to be sent once more, and how far that has come (reference §2.4).
///
/// @param id            counts up from 1
/// @param createdMillis lab time
/// @param enabled       whether it goes on
/// @param finished      whether nothing is left to do
/// @param wanted        what is to be sent
/// @param next          the first place that has not been looked at
/// @param resubmitted   messages sent so far
/// @param failed        messages that could not be read
public record ResubmitRecord(
        int id,
        long createdMillis,
        boolean enabled,
        boolean finished,
        Wanted wanted,
        Place next,
        int resubmitted,
        int failed) {
    /// All of these must be so; addresses in any case.
    ///
    /// @param destination the mailbox database's GUID
    /// @param resubmitTo  who gets them instead of their recipients
    /// @param startMillis delivered then or later
    /// @param endMillis   delivered before
    public record Wanted(
            Optional<UUID> destination,
            Optional<String> sender,
            Optional<String> recipient,
            Optional<String> messageId,
            Optional<String> resubmitTo,
            long startMillis,
            long endMillis) {}

    /// The same, to go on or to rest.
    public ResubmitRecord enabled(boolean now) {
        return new ResubmitRecord(id, createdMillis, now, finished, wanted, next, resubmitted, failed);
    }

    /// The same, farther on.
    public ResubmitRecord advanced(Place to, int moreResubmitted, int moreFailed, boolean end) {
        return new ResubmitRecord(
                id, createdMillis, enabled, end, wanted, to, resubmitted + moreResubmitted, failed + moreFailed);
    }
}
