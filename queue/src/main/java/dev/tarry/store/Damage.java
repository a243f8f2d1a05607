package dev.tarry.store;

import java.nio.file.Path;
import java.util.List;

/// What a repair of the store has found.
///
/// @param aside    where the damaged store is kept, as it was
/// @param report   the file that lists everything, for people
/// @param why      what kept the store from being opened
/// @param lost     how many records could not be read, and are not in the repaired store
/// @param moved    how many were put in another place than they had
/// @param unknown  places of which nobody knows what was in them: some records may be lost there, or none
/// @param findings each of them, in no more than [#MAX_FINDINGS] items
public record Damage(Path aside, Path report, String why, long lost, long moved, long unknown, List<Finding> findings) {
    /// Damaged stores that are kept: with one more, the oldest is deleted.
    public static final int MAX_KEPT = 3;

    /// Of more than these the report alone tells.
    public static final int MAX_FINDINGS = 10_000;

    public Damage {
        findings = List.copyOf(findings);
    }

    /// What became of what was found.
    public enum Fate {
        /// it is not in the repaired store
        LOST,
        /// it is, but its octets are not
        BODY_LOST,
        /// it is, elsewhere
        MOVED,
        /// nobody knows what was there
        UNKNOWN
    }

    /// One thing that is not as it was.
    ///
    /// @param fate    what became of it
    /// @param kind    `message`, `copy`, `queue`, `item`, `log`, `table`
    /// @param id      the message integer, where it is about one; else 0
    /// @param about   what is known of it: queue, sender, recipients, subject; printable
    /// @param because what is wrong with it
    public record Finding(Fate fate, String kind, long id, String about, String because) {}
}
