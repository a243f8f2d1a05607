package dev.tarry.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
/// @param refusals  where Exchange does not do it: why, and how many
/// @param messages  how many messages were concerned
/// @param started   lab time
/// @param ended     lab time; absent while it goes on
/// @param problem   why it failed; else empty
/// @param warning   what there is to know besides, as sentences; else empty
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
        List<Refusal> refusals,
        long messages,
        Instant started,
        Optional<Instant> ended,
        String problem,
        String warning) {
    /// @param why  a word that stays
    /// @param says the reason, for people
    public record Refusal(String why, String says, long count) {}

    public OperationStatus {
        refusals = List.copyOf(refusals);
    }

    static OperationStatus of(Answer told) {
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
                told.objects("refusals").stream()
                        .map(r -> new Refusal(r.text("why"), r.text("says"), r.count("count")))
                        .toList(),
                told.count("messages"),
                told.moment("started"),
                told.optionalMoment("ended"),
                told.text("problem"),
                told.text("warning"));
    }

    /// Whether it goes on no more.
    public boolean over() {
        return !state.equals("running");
    }

    /// How many were refused, whatever the reason.
    public long refused() {
        return refusals.stream().mapToLong(Refusal::count).sum();
    }
}
