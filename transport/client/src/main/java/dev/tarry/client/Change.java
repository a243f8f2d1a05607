package dev.tarry.client;

import java.util.List;

/// What a change came to.
///
/// @param now the object as it is now
/// @param atNextStart which of the changed properties take effect only when the server is started again
/// @param warnings what may not have been meant, in whole sentences
public record Change(Managed now, List<String> atNextStart, List<String> warnings) {
    /// Copied.
    public Change {
        atNextStart = List.copyOf(atNextStart);
        warnings = List.copyOf(warnings);
    }
}
