package dev.tarry.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A wait, and how things stood at its end.
///
/// @param condition what was waited for, as a line
/// @param standing  each single condition, and how it stood
/// @param when      lab time at the end
/// @param waited    how long it took in lab time
/// @param real      how long it took outside the lab
/// @param alarms    how many alarms rang on the way; 0 unless a frozen clock was stepped
public record Waited(
        String condition, List<String> standing, Instant when, Duration waited, Duration real, long alarms) {
    public Waited {
        standing = List.copyOf(standing);
    }

    static Waited of(Answer answer) {
        return new Waited(
                answer.text("condition"),
                answer.texts("standing"),
                answer.moment("when"),
                answer.span("waited"),
                Duration.ofMillis(answer.count("realMillis")),
                answer.count("alarms"));
    }
}
