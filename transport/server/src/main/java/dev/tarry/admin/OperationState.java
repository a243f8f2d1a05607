package dev.tarry.admin;

import dev.tarry.queue.Administration.Refusal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// How an operation stands: an order to everything that matches a filter, while it is carried out and after.
///
/// @param id        names it; no other operation has it, also not one of another run of the server
/// @param verb      Exchange's name of what is done: `Remove-Message`
/// @param what      what it was asked to do it to: a filter, or a target
/// @param phase     whether it goes on, and how it ended
/// @param objects   how many there are to look at; 0 as long as that is not known
/// @param looked    how many of them have been looked at
/// @param matched   how many of those are meant
/// @param done      for how many of those it has been done
/// @param pending   in flight: it will be so if their attempt fails
/// @param unchanged it was so already, or has no effect on them
/// @param gone      were there no more when it was their turn
/// @param refused   where it cannot be done, by Exchange's rules: how many, by reason
/// @param messages  messages that were concerned, where queues were dealt with
/// @param started   lab time
/// @param ended     lab time; absent while it goes on
/// @param problem   why it failed; else empty
/// @param warning   what there is to know besides, as sentences; else empty
public record OperationState(
        long id,
        String verb,
        String what,
        Phase phase,
        long objects,
        long looked,
        long matched,
        long done,
        long pending,
        long unchanged,
        long gone,
        SequencedMap<Refusal, Long> refused,
        long messages,
        Instant started,
        Optional<Instant> ended,
        String problem,
        String warning) {
    /// Where an operation is in its life.
    public enum Phase {
        RUNNING,
        /// everything has been looked at
        DONE,
        /// by somebody, or because the server ends; what it had not come to is as it was
        CANCELLED,
        /// it could not go on; what it had not come to is as it was
        FAILED;

        /// As the API has it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public OperationState {
        refused = new LinkedHashMap<>(refused);
    }

    /// Whether it goes on no more.
    public boolean over() {
        return phase != Phase.RUNNING;
    }

    /// How many were refused, whatever the reason.
    public long refusals() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    /// `done: 30 of 40 that matched, 2 refused`, for people.
    public String sentence() {
        StringBuilder text = new StringBuilder(phase.word())
                .append(": ")
                .append(done)
                .append(" of ")
                .append(matched)
                .append(" that matched");
        add(text, pending, "pending");
        add(text, unchanged, "as they were");
        add(text, gone, "gone");
        add(text, refusals(), "refused");
        if (phase != Phase.DONE) {
            text.append(", after ")
                    .append(looked)
                    .append(" of ")
                    .append(objects)
                    .append(" objects");
        }
        return problem.isEmpty()
                ? text.toString()
                : text.append("; ").append(problem).toString();
    }

    private static void add(StringBuilder text, long many, String what) {
        if (many > 0) {
            text.append(", ").append(many).append(' ').append(what);
        }
    }

    private static SequencedMap<String, Object> shown(Map.Entry<Refusal, Long> refusal) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("why", Refusals.word(refusal.getKey()));
        bag.put("says", refusal.getKey().sentence());
        bag.put("count", refusal.getValue());
        return bag;
    }

    /// As the API shows it.
    public SequencedMap<String, Object> bag() {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("id", id);
        bag.put("verb", verb);
        bag.put("what", what);
        bag.put("state", phase.word());
        bag.put("objects", objects);
        bag.put("looked", looked);
        bag.put("matched", matched);
        bag.put("done", done);
        bag.put("pending", pending);
        bag.put("unchanged", unchanged);
        bag.put("gone", gone);
        bag.put("refused", refusals());
        bag.put(
                "refusals",
                refused.entrySet().stream().map(OperationState::shown).toList());
        bag.put("messages", messages);
        bag.put("started", started);
        bag.put("ended", ended.orElse(null));
        bag.put("problem", problem.isEmpty() ? null : problem);
        bag.put("warning", warning.isEmpty() ? null : warning);
        return bag;
    }
}
