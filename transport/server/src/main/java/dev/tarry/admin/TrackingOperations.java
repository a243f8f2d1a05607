package dev.tarry.admin;

import dev.tarry.admin.OperationRefused.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// What Get-MessageTrackingLog does. Thread-safe; blocks while it reads the log.
public final class TrackingOperations {
    private final TrackingSource log;

    public TrackingOperations(TrackingSource log) {
        this.log = log;
    }

    /// Events, oldest first.
    ///
    /// @param parameters as [TrackingSource#search] takes them
    /// @throws OperationRefused if a parameter has a value that it cannot have, or the log cannot be read
    public Listing search(Map<String, List<String>> parameters) {
        try {
            TrackingSource.Found found = log.search(parameters);
            return to -> {
                found.events().forEach(to);
                return found.more();
            };
        } catch (IllegalArgumentException e) {
            throw new OperationRefused(Reason.INVALID_PARAMETER, e.getMessage(), e);
        } catch (IOException e) {
            throw new OperationRefused(Reason.UNAVAILABLE, "the message tracking log cannot be read", e);
        }
    }
}
