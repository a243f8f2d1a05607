package dev.tarry.app;

import dev.tarry.admin.http.Problem;
import dev.tarry.admin.http.ProblemException;
import dev.tarry.admin.http.Reply;
import dev.tarry.admin.http.Request;
import dev.tarry.admin.http.Route;
import dev.tarry.admin.http.Shape;
import dev.tarry.config.Spans;
import dev.tarry.scenario.condition.BadCondition;
import dev.tarry.scenario.condition.Condition;
import dev.tarry.scenario.condition.Conditions;
import dev.tarry.scenario.condition.Lookout;
import dev.tarry.time.TimeLine;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// `/lab/v1/clock`: read, freeze, run, advance, wait, interrupt.
final class ClockRoutes {
    /// How far a wait goes, in lab time, if nothing is said: as long as a message lives.
    static final Duration LIMIT = Duration.ofHours(48);

    /// How long a wait that tells nothing goes on in real time, if nothing is said: whoever asked may be gone by then.
    static final Duration SILENT_REAL_LIMIT = Duration.ofMinutes(10);

    private static final Shape.Fields CLOCK = Shape.fields(
            Shape.required("now", Shape.MOMENT, "Lab time."),
            Shape.required("mode", Shape.TEXT, "running, frozen or advancing."),
            Shape.required("rate", Shape.DECIMAL, "Lab seconds a real second; 0 when frozen."),
            Shape.required(
                    "nextAlarm", new Shape.Nullable(Shape.MOMENT), "When something happens next, if anything will."),
            Shape.required("alarms", Shape.WHOLE, "Alarms rung by the last advance, or by the one under way."),
            Shape.required("from", new Shape.Nullable(Shape.MOMENT), "Where the advance under way began."),
            Shape.required("target", new Shape.Nullable(Shape.MOMENT), "Where the advance under way leads."),
            Shape.required("realMillis", new Shape.Nullable(Shape.WHOLE), "How long it has taken so far."),
            Shape.required("alarmsPerSecond", new Shape.Nullable(Shape.DECIMAL), "Alarms it has rung a real second."));

    private static final Shape.Fields TRIP = Shape.fields(
            Shape.required("from", Shape.MOMENT, "Lab time before."),
            Shape.required("now", Shape.MOMENT, "Lab time after."),
            Shape.required("alarms", Shape.WHOLE, "Alarms rung on the way."),
            Shape.required("realMillis", Shape.WHOLE, "Real milliseconds it took."),
            Shape.required(
                    "ended",
                    Shape.TEXT,
                    "arrived (at the moment asked for, or at the limit), met (what was waited for holds) or realLimit."),
            Shape.required("met", Shape.FLAG, "Whether what was waited for holds; false if nothing was."),
            Shape.required(
                    "standing", new Shape.ListOf(Shape.TEXT), "Each single condition and how it stood at the end."));

    private static final Shape.Field UNTIL = Shape.optional(
            "until",
            Shape.ANYTHING,
            "What to wait for: an object such as {\"queue\": {\"nextHopDomain\": \"gmail.com\", \"status\": \"Retry\"}}"
                    + " (queue, mail, mailbox, tracking, fault, dnsQuery, all, any), or a line such as"
                    + " queue gmail.com status=Retry.");

    private static final Shape.Field REAL_LIMIT =
            Shape.optional("realLimit", Shape.TEXT, "How long it may take in real time: PT30S.");

    private static final String STREAMED =
            " With Accept: application/x-ndjson a line {\"progress\": …} a second, then {\"result\": …}; whoever hangs"
                    + " up ends it.";

    private final LabClock clock;
    private final Lookout lookout;
    private final Waiters waiters;

    private ClockRoutes(LabClock clock, Lookout lookout, Waiters waiters) {
        this.clock = clock;
        this.lookout = lookout;
        this.waiters = waiters;
    }

    static List<Route> of(LabClock clock, Lookout lookout, Waiters waiters) {
        ClockRoutes routes = new ClockRoutes(clock, lookout, waiters);
        return List.of(
                Route.get("/lab/v1/clock", "What the lab's clock shows.")
                        .gives(CLOCK, "Its reading.")
                        .by(_ -> routes.reading()),
                Route.post("/lab/v1/clock/freeze", "Stops the clock.")
                        .gives(CLOCK, "Its reading.")
                        .by(_ -> routes.pace(TimeLine.Pace.FROZEN)),
                Route.post("/lab/v1/clock/run", "Lets the clock run.")
                        .takes(Shape.fields(
                                Shape.optional("rate", Shape.DECIMAL, "Lab seconds a real second; 1 if not given.")))
                        .gives(CLOCK, "Its reading.")
                        .by(request -> routes.pace(LabRoutes.checked(
                                "rate",
                                () -> new TimeLine.Pace(
                                        request.number("rate").orElse(1).doubleValue())))),
                Route.post(
                                "/lab/v1/clock/advance",
                                "Moves the clock forward, ringing every alarm on the way, in order.")
                        .takes(Shape.fields(
                                Shape.optional("by", Shape.TEXT, "How far: PT48H, P2D."),
                                Shape.optional("to", Shape.TEXT, "To which moment: 2026-01-02T03:04:05Z."),
                                UNTIL,
                                REAL_LIMIT))
                        .gives(TRIP, "What it came to." + STREAMED)
                        .by(routes::advance),
                Route.post(
                                "/lab/v1/clock/wait",
                                "Waits until something holds: steps a frozen clock, lets time pass on a running one.")
                        .takes(Shape.fields(
                                UNTIL,
                                Shape.optional("limit", Shape.TEXT, "How long, in lab time; PT48H if not given."),
                                Shape.optional(
                                        "realLimit",
                                        Shape.TEXT,
                                        "How long it may take in real time: PT30S; if not given, PT10M where the"
                                                + " answer is not told line by line.")))
                        .gives(TRIP, "What it came to." + STREAMED)
                        .by(routes::await),
                Route.post("/lab/v1/clock/interrupt", "Ends an advance at the alarm that it has reached.")
                        .gives(CLOCK, "Its reading.")
                        .by(_ -> {
                            if (!clock.interrupt()) {
                                throw new ProblemException(Problem.conflict("The clock is not being advanced."));
                            }
                            return routes.reading();
                        }));
    }

    private Reply reading() {
        return Reply.ok(shown(clock.read()));
    }

    static SequencedMap<String, Object> shown(LabClock.Reading reading) {
        Optional<LabClock.Advance> advance = reading.advance();
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("now", reading.now());
        bag.put("mode", advance.isPresent() ? "advancing" : reading.pace().frozen() ? "frozen" : "running");
        bag.put("rate", reading.pace().rate());
        bag.put("nextAlarm", reading.nextAlarm().orElse(null));
        bag.put("alarms", reading.alarms());
        bag.put("from", advance.map(LabClock.Advance::from).orElse(null));
        bag.put("target", advance.map(LabClock.Advance::target).orElse(null));
        bag.put("realMillis", advance.map(a -> a.real().toMillis()).orElse(null));
        bag.put(
                "alarmsPerSecond",
                advance.map(a -> perSecond(reading.alarms(), a.real())).orElse(null));
        return bag;
    }

    private static double perSecond(long alarms, Duration real) {
        return Math.round(alarms * 10_000.0 / Math.max(1, real.toMillis())) / 10.0;
    }

    private Reply pace(TimeLine.Pace pace) throws IOException {
        try {
            clock.pace(pace);
        } catch (LabClock.Refused refused) {
            throw Journeys.problem(refused);
        }
        return reading();
    }

    private Reply advance(Request request) {
        Instant to = target(request);
        Optional<Duration> realLimit = span(request, "realLimit");
        Journeys journeys = new Journeys(clock, lookout, waiters, condition(request));
        return journeys.reply(request, until -> clock.advance(to, until, realLimit));
    }

    private Reply await(Request request) {
        Duration limit = span(request, "limit").orElse(LIMIT);
        Optional<Duration> realLimit = span(request, "realLimit")
                .or(() -> Journeys.streams(request) ? Optional.empty() : Optional.of(SILENT_REAL_LIMIT));
        if (!request.body().containsKey("until")) {
            throw new ProblemException(
                    Problem.invalidParameter("until", "until is needed: what is waited for, such as queue gmail.com."));
        }
        Journeys journeys = new Journeys(clock, lookout, waiters, condition(request));
        return journeys.reply(request, until -> clock.await(until, limit, realLimit, false));
    }

    private static Optional<Condition> condition(Request request) {
        try {
            return Optional.ofNullable(request.body().get("until")).map(until -> Conditions.read("until", until));
        } catch (BadCondition wrong) {
            throw new ProblemException(Problem.invalidParameter("until", wrong.getMessage() + "."));
        }
    }

    /// A member of the body that is a span of lab time.
    ///
    /// @throws ProblemException if it is none, or too long
    static Optional<Duration> span(Request request, String name) {
        return span(request, name, LabClock.FARTHEST);
    }

    static Optional<Duration> span(Request request, String name, Duration most) {
        return request.text(name).map(text -> {
            try {
                Duration span = Spans.parse(text);
                if (span.compareTo(most) <= 0) {
                    return span;
                }
            } catch (IllegalArgumentException | ArithmeticException _) {
                // told below
            }
            throw new ProblemException(Problem.invalidParameter(
                    name, name + " is a span such as PT48H, 30s or 2.00:00:00, of 0 to " + Spans.print(most) + "."));
        });
    }

    private Instant target(Request request) {
        Optional<String> by = request.text("by");
        Optional<String> to = request.text("to");
        if (by.isPresent() == to.isPresent()) {
            throw new ProblemException(Problem.invalidParameter(
                    "by", "Either by (such as PT48H) or to (such as 2026-01-02T03:04:05Z) is needed."));
        }
        try {
            return to.isPresent() ? Instant.parse(to.get()) : clock.read().now().plus(Duration.parse(by.orElseThrow()));
        } catch (DateTimeException | ArithmeticException _) {
            throw new ProblemException(
                    by.isPresent()
                            ? Problem.invalidParameter("by", "by is a span such as PT48H, PT30M or P2D.")
                            : Problem.invalidParameter("to", "to is a moment such as 2026-01-02T03:04:05Z."));
        }
    }
}
