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

    /// Events, oldest first, with Exchange's property names in its order (reference §8.5).
    ///
    /// @param parameters as [TrackingQuery#of] takes them
    /// @throws OperationRefused if a parameter has a value that it cannot have, or the log cannot be read
    public Listing search(Map<String, List<String>> parameters) {
        TrackingSearch.Found found = find(query(parameters));
        return to -> {
            found.events().forEach(event -> to.accept(PropertyView.of(event)));
            return found.more();
        };
    }

    private static TrackingQuery query(Map<String, List<String>> parameters) {
        try {
            return TrackingQuery.of(parameters);
        } catch (IllegalArgumentException e) {
            throw new OperationRefused(Reason.INVALID_PARAMETER, e.getMessage(), e);
        }
    }

    private TrackingSearch.Found find(TrackingQuery query) {
        try {
            return log.find(query);
        } catch (IOException e) {
            throw new OperationRefused(Reason.UNAVAILABLE, "the message tracking log cannot be read", e);
        }
    }
}
