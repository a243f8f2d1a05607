package dev.tarry.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// How a verb on everything that matches a filter stands.
///
/// @param id        names it
/// @param verb      Exchange's name of what is done
/// @param what      the filter or target
/// @param state     `running`, `done`, `cancelled`, `failed`
/// @param objects   how many there are to look at; 0 until that is known
/// @param looked    how many of them have been looked at
/// @param matched   how many of those are meant
/// @param done      for how many of those it is done
/// @param pending   in flight: it will be so if their attempt fails
/// @param unchanged it was so already, or has no effect on them
/// @param gone      were there no more when it was their turn
/// @param refusals  where Exchange does not do it: how many, by reason
/// @param messages  how many messages were concerned
/// @param started   lab time
/// @param ended     lab time; absent while it goes on
/// @param problem   why it failed; else empty
public record OperationStatus(
        long id,
        String verb,
        String what,
        String state,
        long objects,
        long looked,
        long matched,
        long done,
        long pending,
        long unchanged,
        long gone,
        SequencedMap<String, Long> refusals,
        long messages,
        Instant started,
        Optional<Instant> ended,
        String problem) {
    static OperationStatus of(Answer told) {
        SequencedMap<String, Long> refusals = new LinkedHashMap<>();
        if (told.fields().get("refusals") instanceof Map<?, ?> map) {
            map.forEach((why, many) -> {
                if (many instanceof Number number) {
                    refusals.put(String.valueOf(why), number.longValue());
                }
            });
        }
        return new OperationStatus(
                told.count("id"),
                told.text("verb"),
                told.text("what"),
                told.text("state"),
                told.count("objects"),
                told.count("looked"),
                told.count("matched"),
                told.count("done"),
                told.count("pending"),
                told.count("unchanged"),
                told.count("gone"),
                refusals,
                told.count("messages"),
                told.moment("started"),
                told.optionalMoment("ended"),
                told.text("problem"));
    }

    /// Whether it goes on no more.
    public boolean over() {
        return !state.equals("running");
    }

    /// How many were refused, whatever the reason.
    public long refused() {
        return refusals.values().stream().mapToLong(Long::longValue).sum();
    }
}
