package dev.tarry.admin;

import java.util.List;
import java.util.SequencedMap;

/// What a change came to.
///
/// @param item the object's properties now; empty if it is gone
/// @param atNextStart which of the changed properties take effect only when the server is started again
/// @param warnings what the operator may not have meant, in whole sentences
public record Changed(SequencedMap<String, Object> item, List<String> atNextStart, List<String> warnings) {
    public Changed {
        atNextStart = List.copyOf(atNextStart);
        warnings = List.copyOf(warnings);
    }
}
