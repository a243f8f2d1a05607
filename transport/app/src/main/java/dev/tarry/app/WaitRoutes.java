package dev.tarry.app;

import dev.tarry.admin.http.Problem;
import dev.tarry.admin.http.ProblemException;
import dev.tarry.admin.http.ProblemType;
import dev.tarry.admin.http.Reply;
import dev.tarry.admin.http.Request;
import dev.tarry.admin.http.Route;
import dev.tarry.admin.http.Shape;
import dev.tarry.scenario.condition.BadCondition;
import dev.tarry.scenario.condition.Condition;
import dev.tarry.scenario.condition.Conditions;
import dev.tarry.scenario.condition.Lookout;
import dev.tarry.scenario.condition.Watching;
import dev.tarry.time.Journey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;

/// `/api/v1/wait`: one call instead of a script that asks again and again.
///
/// A frozen clock is stepped alarm by alarm (design §3.7), so a wait can change things: there is POST, and no
/// GET.
final class WaitRoutes {
    /// How long a wait goes on, in lab time, if nothing is said: as long as a message lives.
    static final Duration TIMEOUT = Duration.ofHours(48);

    /// How long it goes on in real time, if nothing is said.
    static final Duration REAL_TIMEOUT = Duration.ofMinutes(10);

    /// How long it may be told to go on in real time.
    static final Duration REAL_TIMEOUT_MAX = Duration.ofHours(24);

    private static final Shape.Fields ASKED = Shape.fields(
            Shape.required(
                    "condition",
                    Shape.ANYTHING.such("queue nextHopDomain=gmail.com status=Retry"),
                    "What is waited for: a line such as queue nextHopDomain=gmail.com status=Retry, mailbox"
                            + " alice@company.com subject=\"Undeliverable*\", mail *@gmail.com count>=2, tracking FAIL"
                            + " recipient=bob@gmail.com, fault 3 fired>=1, dnsQuery gmail.com type=MX, queue"
                            + " messageCount=0 (of all queues), several with and or or; or an object such as {\"queue\":"
                            + " {\"nextHopDomain\": \"gmail.com\", \"status\": \"Retry\"}}, {\"all\": […]},"
                            + " {\"any\": […]}."),
            Shape.optional(
                    "timeout",
                    Shape.TEXT,
                    "How long at most, in lab time: 90s, PT1H, 2.00:00:00; 48 hours if not given."),
            Shape.optional(
                    "realTimeout",
                    Shape.TEXT,
                    "How long at most in real time, for a clock that runs, or that has far to go: up to 24 hours; ten"
                            + " minutes if not given."),
            Shape.optional(
                    "settle", Shape.FLAG, "Whether also nothing may be in flight any more; false if not given."));

    private static final Shape.Fields HELD = Shape.fields(
            Shape.required("held", Shape.FLAG, "true: what was waited for holds."),
            Shape.required("condition", Shape.TEXT, "What was waited for, as a line."),
            Shape.required("standing", new Shape.ListOf(Shape.TEXT), "Each single condition and how it stands."),
            Shape.required("when", Shape.MOMENT, "Lab time at which it held."),
            Shape.required("waited", Shape.TEXT, "How long it took in lab time, ISO 8601."),
            Shape.required("realMillis", Shape.WHOLE, "How long it took in real time."),
            Shape.required("alarms", Shape.WHOLE, "Alarms that this wait rang; 0 unless it stepped a frozen clock."));

    private final LabClock clock;
    private final Lookout lookout;
    private final Waiters waiters;

    private WaitRoutes(LabClock clock, Lookout lookout, Waiters waiters) {
        this.clock = clock;
        this.lookout = lookout;
        this.waiters = waiters;
    }

    static List<Route> of(LabClock clock, Lookout lookout, Waiters waiters) {
        WaitRoutes routes = new WaitRoutes(clock, lookout, waiters);
        return List.of(Route.post(
                        "/api/v1/wait",
                        "Waits until something holds, so that no script polls: lets time pass on a running clock, steps a"
                                + " frozen one alarm by alarm. Whoever hangs up ends it.")
                .takes(ASKED)
                .gives(
                        HELD,
                        "It holds. If it does not in time, the problem wait-timed-out (status 504) has the same members,"
                                + " and limit: timeout or realTimeout.")
                .by(routes::await));
    }

    private record Wait(Condition condition, Duration timeout, Duration realTimeout, boolean settle) {}

    private Reply await(Request request) {
        Wait wait = new Wait(
                condition(request),
                ClockRoutes.span(request, "timeout").orElse(TIMEOUT),
                ClockRoutes.span(request, "realTimeout", REAL_TIMEOUT_MAX).orElse(REAL_TIMEOUT),
                request.flag("settle", false));
        return new Reply.Later(caller -> await(wait, caller));
    }

    private static Condition condition(Request request) {
        try {
            return Conditions.read("condition", request.body().get("condition"));
        } catch (BadCondition wrong) {
            throw malformed(wrong);
        }
    }

    private static ProblemException malformed(BadCondition wrong) {
        return new ProblemException(Problem.invalidParameter("condition", wrong.getMessage() + "."));
    }

    /// The watching begins and ends on this thread, which nobody interrupts: it reads files that others write.
    private Reply await(Wait wait, Reply.Caller caller) throws Exception {
        try (Waiters.Place place = waiters.enter();
                Watching watching = lookout.watch(wait.condition)) {
            LabClock.Outcome outcome = place.begin(
                            caller,
                            () -> clock.await(
                                    watching::holds, wait.timeout, Optional.of(wait.realTimeout), wait.settle))
                    .get();
            List<String> standing = watching.standing();
            SequencedMap<String, Object> told = told(wait, outcome, standing);
            return outcome.end() == LabClock.End.MET
                    ? Reply.ok(told)
                    : new Reply.Failed(timedOut(outcome, standing, told));
        } catch (BadCondition wrong) {
            throw malformed(wrong);
        } catch (ExecutionException failed) {
            throw problem(failed.getCause(), caller);
        }
    }

    private static SequencedMap<String, Object> told(Wait wait, LabClock.Outcome outcome, List<String> standing) {
        SequencedMap<String, Object> told = new LinkedHashMap<>();
        told.put("held", outcome.end() == LabClock.End.MET);
        told.put("condition", Conditions.written(wait.condition));
        told.put("standing", standing);
        told.put("when", outcome.now());
        told.put("waited", Duration.between(outcome.from(), outcome.now()).toString());
        told.put("realMillis", outcome.real().toMillis());
        told.put("alarms", outcome.alarms());
        return told;
    }

    private static Problem timedOut(
            LabClock.Outcome outcome, List<String> standing, SequencedMap<String, Object> told) {
        boolean real = outcome.end() == LabClock.End.REAL_LIMIT;
        Problem problem = new Problem(
                ProblemType.WAIT_TIMED_OUT,
                "It did not hold within "
                        + (real ? outcome.real() + " of real time, " : "")
                        + told.get("waited") + " of lab time. How it stands: "
                        + String.join("; ", standing) + ".");
        for (var member : told.entrySet()) {
            problem = problem.with(member.getKey(), member.getValue());
        }
        return problem.with("limit", real ? "realTimeout" : "timeout");
    }

    private Exception problem(Throwable failure, Reply.Caller caller) {
        return switch (failure) {
            case LabClock.Refused refused -> Journeys.problem(refused);
            case Journey.Stalled stalled ->
                new ProblemException(Problem.conflict("The clock cannot go on: " + stalled.getMessage() + "."));
            case InterruptedException _ ->
                new ProblemException(
                        caller.waits()
                                ? Problem.conflict("The wait was interrupted; lab time is "
                                        + clock.read().now() + ".")
                                : new Problem(ProblemType.UNAVAILABLE, "The server is stopping."));
            case Exception other -> other;
            default -> new IllegalStateException("the wait failed", failure);
        };
    }
}
