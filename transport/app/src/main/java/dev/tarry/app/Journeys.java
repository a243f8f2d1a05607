package dev.tarry.app;

import dev.tarry.admin.http.Problem;
import dev.tarry.admin.http.ProblemException;
import dev.tarry.admin.http.Reply;
import dev.tarry.admin.http.Request;
import dev.tarry.scenario.condition.BadCondition;
import dev.tarry.scenario.condition.Condition;
import dev.tarry.scenario.condition.Lookout;
import dev.tarry.scenario.condition.Watching;
import dev.tarry.store.StoreException;
import dev.tarry.time.Journey;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// One advance or wait as HTTP sees it: answered when it is over, or line by line while it goes on. Blocking, on the
/// virtual thread of its request.
final class Journeys {
    /// How often progress is told, in real time.
    private static final Duration TELL_EVERY = Duration.ofSeconds(1);

    /// How often it is looked whether the client is still there, in real time.
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final LabClock clock;
    private final Lookout lookout;
    private final Waiters waiters;
    private final Optional<Condition> until;

    /// @param until absent if nothing is waited for
    Journeys(LabClock clock, Lookout lookout, Waiters waiters, Optional<Condition> until) {
        this.clock = clock;
        this.lookout = lookout;
        this.waiters = waiters;
        this.until = until;
    }

    /// What is done, given what it is to wait for.
    interface Way {
        LabClock.Outcome go(BooleanSupplier until) throws LabClock.Refused, IOException, InterruptedException;
    }

    /// Whether the client wants to hear of it line by line.
    static boolean streams(Request request) {
        return request.accept().contains(Reply.Lines.MEDIA_TYPE);
    }

    Reply reply(Request request, Way way) {
        boolean streams = streams(request);
        return new Reply.Later(caller -> {
            FutureTask<SequencedMap<String, Object>> going = begin(caller, way);
            try {
                if (!streams) {
                    return Reply.ok(going.get());
                }
                // what is refused is refused at once, and not in a line
                going.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                // it is under way
            } catch (ExecutionException refused) {
                throw problem(refused.getCause());
            }
            return new Reply.Lines(to -> tell(going, to));
        });
    }

    /// The watching begins here, where nobody interrupts: it reads files that others write.
    private FutureTask<SequencedMap<String, Object>> begin(Reply.Caller caller, Way way) {
        Waiters.Place place = waiters.enter();
        boolean begun = false;
        try {
            Optional<Watching> watching = until.isEmpty() ? Optional.empty() : Optional.of(lookout.watch(until.get()));
            begun = true;
            return place.begin(caller, () -> {
                try {
                    BooleanSupplier holds =
                            watching.<BooleanSupplier>map(w -> w::holds).orElse(() -> false);
                    LabClock.Outcome outcome = way.go(holds);
                    return shown(outcome, watching.map(Watching::standing).orElse(List.of()));
                } finally {
                    watching.ifPresent(Watching::close);
                    place.close();
                }
            });
        } catch (BadCondition | StoreException | IOException e) {
            throw problem(e);
        } finally {
            if (!begun) {
                place.close();
            }
        }
    }

    /// Until it is over, or nobody listens any more.
    private void tell(FutureTask<SequencedMap<String, Object>> going, Reply.Lines.Sink to) throws IOException {
        long looks = TELL_EVERY.dividedBy(LOOK_EVERY);
        try {
            for (long look = 1; ; look++) {
                try {
                    to.line(one("result", going.get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)));
                    return;
                } catch (TimeoutException _) {
                    if (!to.wanted()) {
                        return;
                    }
                    if (look % looks == 0) {
                        to.line(one("progress", ClockRoutes.shown(clock.read())));
                    }
                } catch (ExecutionException failed) {
                    to.line(one("problem", problem(failed.getCause()).problem().json()));
                    return;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static SequencedMap<String, Object> one(String name, Object value) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put(name, value);
        return bag;
    }

    private static SequencedMap<String, Object> shown(LabClock.Outcome outcome, List<String> standing) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("from", outcome.from());
        bag.put("now", outcome.now());
        bag.put("alarms", outcome.alarms());
        bag.put("realMillis", outcome.real().toMillis());
        bag.put(
                "ended",
                switch (outcome.end()) {
                    case ARRIVED -> "arrived";
                    case MET -> "met";
                    case REAL_LIMIT -> "realLimit";
                });
        bag.put("met", outcome.end() == LabClock.End.MET);
        bag.put("standing", standing);
        return bag;
    }

    static ProblemException problem(LabClock.Refused refused) {
        return new ProblemException(Problem.conflict(refused.getMessage()));
    }

    private ProblemException problem(Throwable failure) {
        return switch (failure) {
            case ProblemException told -> told;
            case LabClock.Refused refused -> problem(refused);
            case Journey.Stalled stalled ->
                new ProblemException(Problem.conflict("The clock cannot go on: " + stalled.getMessage() + "."));
            case BadCondition wrong ->
                new ProblemException(Problem.invalidParameter("until", wrong.getMessage() + "."));
            case InterruptedException _ ->
                new ProblemException(Problem.conflict("The advance was interrupted; lab time is "
                        + clock.read().now() + "."));
            default -> throw new IllegalStateException("the clock could not be moved", failure);
        };
    }
}
