package dev.tarry.lab.dns;

import dev.tarry.lab.fault.Glob;
import java.time.Instant;
import java.util.Optional;

/// Which queries of the journal are wanted: those that match all of this. Patterns are blind to case.
///
/// @param outcome matches the whole outcome or its first word: `NOERROR` finds `NOERROR 5`
/// @param since lab time of asking, included
/// @param until lab time of asking, not included
/// @param after only queries with a greater id, and then the oldest of them, so that nothing is passed over when one
///     asks again with the last id seen; absent: the newest
/// @param limit at most so many, at least 1
public record QuerySearch(
        Glob server,
        Glob askedBy,
        Glob protocol,
        Glob name,
        Glob type,
        Glob outcome,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<Long> after,
        int limit) {
    public QuerySearch {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + "; at least 1 is needed");
        }
    }

    /// Everything, the newest of it.
    public static QuerySearch newest(int limit) {
        return new QuerySearch(
                Glob.ANYTHING,
                Glob.ANYTHING,
                Glob.ANYTHING,
                Glob.ANYTHING,
                Glob.ANYTHING,
                Glob.ANYTHING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    boolean wants(JournaledQuery query) {
        return after.map(id -> query.id() > id).orElse(true)
                && since.map(from -> !query.at().isBefore(from)).orElse(true)
                && until.map(to -> query.at().isBefore(to)).orElse(true)
                && server.matches(query.server())
                && askedBy.matches(query.askedBy())
                && protocol.matches(query.protocol().name())
                && name.matches(query.name())
                && type.matches(query.type())
                && (outcome.matches(query.outcome())
                        || outcome.matches(query.outcome().split(" ", 2)[0]));
    }
}
