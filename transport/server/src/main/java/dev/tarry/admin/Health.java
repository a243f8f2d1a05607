package dev.tarry.admin;

import dev.tarry.mail.Reply;
import dev.tarry.queue.Queues;
import dev.tarry.queue.StoreDoor;
import dev.tarry.store.CommitResult;
import dev.tarry.store.StoreException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// Whether the server is fit to take mail. Thread-safe.
public final class Health {
    /// One thing that must be so.
    ///
    /// @param name    `queues`, `smtp` …
    /// @param trouble asked at each request, may block; empty if all is well, else what is wrong
    public record Check(String name, Supplier<Optional<String>> trouble) {}

    /// @param up     whether all checks passed
    /// @param checks `up`, or what is wrong, by name
    public record State(boolean up, SequencedMap<String, String> checks) {}

    private final List<Check> checks;

    public Health(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /// How long the queue loop may take before it counts as down, in real time.
    private static final Duration LOOP_WITHIN = Duration.ofSeconds(5);

    /// Whether the store is open, has not failed, and can be read.
    public static Check of(StoreDoor door) {
        return new Check("store", () -> {
            try {
                Optional<CommitResult.Failed> trouble = door.trouble();
                if (trouble.isPresent()) {
                    return Optional.of("mail is refused until the store is open again: "
                            + trouble.get().reason());
                }
                door.store().message(0); // there is none: a look-up is all that is wanted
                return Optional.empty();
            } catch (StoreException e) {
                return Optional.of("the store cannot be read; the server's log says why");
            }
        });
    }

    /// Whether there is space for more mail: neither is it short, nor has the store failed for want of it.
    ///
    /// @param shortage what more mail is refused with; empty: it is taken
    public static Check ofSpace(Supplier<Optional<Reply>> shortage, StoreDoor door) {
        return new Check(
                "space",
                () -> shortage.get()
                        .map(reply -> "new mail is refused: " + reply)
                        .or(() -> door.trouble()
                                .filter(CommitResult.Failed::full)
                                .map(failed -> "the store has found no space: " + failed.reason())));
    }

    /// Whether the queue loop answers and the queues are open.
    public static Check of(Queues queues) {
        return new Check("queues", () -> {
            try {
                Answers.await(queues.messageCount(), LOOP_WITHIN);
                return Optional.empty();
            } catch (OperationRefused e) {
                return Optional.of(e.getMessage());
            }
        });
    }

    /// Whether the service runs, nobody has paused or stopped it, and its mail does not go to another server.
    public static Check of(ServiceControl.Desk service) {
        return new Check(
                "service",
                () -> service.status().equals("Running")
                        ? service.redirectingTo()
                                .map(target -> "all mail is being redirected to " + target
                                        + ", and no new mail is taken meanwhile")
                        : Optional.of("the service " + service.name() + " is " + service.status()));
    }

    /// Asks all checks.
    public State ready() {
        SequencedMap<String, String> states = new LinkedHashMap<>();
        boolean up = true;
        for (Check check : checks) {
            Optional<String> trouble = check.trouble().get();
            up &= trouble.isEmpty();
            states.put(check.name(), trouble.orElse("up"));
        }
        return new State(up, states);
    }
}
