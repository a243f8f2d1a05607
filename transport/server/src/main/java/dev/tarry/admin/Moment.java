package dev.tarry.admin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// A moment as a parameter of a search has it. Pure; any thread.
final class Moment {
    private static final int DATE_CHARACTERS = 10;

    private Moment() {}

    /// @param text `2026-03-04T09:15:00Z`, or `2026-03-04` for its beginning in UTC
    /// @throws OperationRefused if it is neither
    static Instant of(String text) {
        try {
            return text.length() == DATE_CHARACTERS
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw new OperationRefused(
                    OperationRefused.Reason.INVALID_PARAMETER,
                    "a moment is written as 2026-03-04T09:15:00Z or 2026-03-04, not " + OperationRefused.quoted(text));
        }
    }
}
