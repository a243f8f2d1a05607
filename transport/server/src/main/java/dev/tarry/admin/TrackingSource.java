package dev.tarry.admin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Finds events in the message tracking log.
@FunctionalInterface
public interface TrackingSource {
    /// @param parameters of Get-MessageTrackingLog by name (reference §8.5), each with one value, `Recipients` with any
    ///                   number; moments as ISO 8601
    /// @throws IllegalArgumentException if a value is none for its parameter; says what would be right
    /// @throws IOException              if the log cannot be read
    Found search(Map<String, List<String>> parameters) throws IOException;

    /// @param events oldest first, with Exchange's property names in its order
    /// @param more   whether others match, beyond the size that was asked for
    record Found(List<? extends SequencedMap<String, Object>> events, boolean more) {}
}
