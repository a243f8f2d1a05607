package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.tracking.PropertyView;
import dev.tarry.tracking.TrackingQuery;
import dev.tarry.tracking.TrackingSearch;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// What Get-MessageTrackingLog does. Thread-safe; blocks while it reads the log.
public final class TrackingOperations {
    private final TrackingSearch log;

    public TrackingOperations(TrackingSearch log) {
        this.log = log;
    }

    /// The newest events, newest first, with Exchange's property names in its order (reference §8.5).
    ///
    /// @param parameters as [TrackingQuery#of] takes them
    /// @throws OperationRefused if a parameter has a value that it cannot have, or the log cannot be read
    public Listing search(Map<String, List<String>> parameters) {
        return search(parameters, 1, true);
    }

    /// A page of events.
    ///
    /// @param parameters    as [TrackingQuery#of] takes them
    /// @param bookmarkIndex position of the page's first event, from 1
    /// @param newestFirst   whether the newest come first
    /// @throws OperationRefused if a parameter has a value that it cannot have, or the log cannot be read
    public Listing search(Map<String, List<String>> parameters, int bookmarkIndex, boolean newestFirst) {
        TrackingSearch.Found found = find(query(parameters), Math.max(0, bookmarkIndex - 1), newestFirst);
        return to -> {
            found.events().forEach(event -> to.accept(PropertyView.of(event)));
            return found.more();
        };
    }

    private static TrackingQuery query(Map<String, List<String>> parameters) {
        try {
            TrackingQuery query = TrackingQuery.of(parameters);
            query.start()
                    .ifPresent(start -> query.end().filter(start::isAfter).ifPresent(end -> {
                        throw new OperationRefused(
                                Reason.INVALID_PARAMETER,
                                "start, " + start + ", is after end, " + end + ", so nothing can lie between them");
                    }));
            return query;
        } catch (IllegalArgumentException e) {
            throw new OperationRefused(Reason.INVALID_PARAMETER, e.getMessage(), e);
        }
    }

    private TrackingSearch.Found find(TrackingQuery query, int skip, boolean newestFirst) {
        try {
            return log.find(query, skip, newestFirst);
        } catch (IllegalArgumentException e) {
            throw new OperationRefused(Reason.INVALID_PARAMETER, e.getMessage(), e);
        } catch (IOException e) {
            throw new OperationRefused(Reason.UNAVAILABLE, "the message tracking log cannot be read", e);
        }
    }
}
