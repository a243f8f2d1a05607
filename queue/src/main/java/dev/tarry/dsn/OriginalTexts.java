package dev.tarry.dsn;

import dev.tarry.mail.EnhancedStatus;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What reports say of failures where the operator has written nothing else (Get-SystemMessage -Original,
/// reference §7.3). Pure.
public final class OriginalTexts {
    /// The codes of the failures that this server itself finds.
    private static final List<EnhancedStatus> CODES = List.of(
            new EnhancedStatus(4, 3, 2),
            new EnhancedStatus(4, 4, 7),
            new EnhancedStatus(5, 1, 1),
            new EnhancedStatus(5, 2, 3),
            new EnhancedStatus(5, 3, 0),
            new EnhancedStatus(5, 3, 4),
            new EnhancedStatus(5, 4, 4),
            new EnhancedStatus(5, 4, 6),
            new EnhancedStatus(5, 4, 300),
            new EnhancedStatus(5, 5, 3),
            new EnhancedStatus(5, 7, 1));

    private OriginalTexts() {}

    /// Code to what the sender is told, in the order of the codes.
    public static SequencedMap<String, String> byCode() {
        SequencedMap<String, String> texts = new TreeMap<>();
        CODES.forEach(code -> texts.put(code.toString(), DsnText.failure(code)));
        return Collections.unmodifiableSequencedMap(texts);
    }
}
