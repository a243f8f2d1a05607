package dev.tarry.app;

import dev.tarry.admin.http.Problem;
import dev.tarry.admin.http.ProblemException;
import dev.tarry.admin.http.Reply;
import dev.tarry.admin.http.Request;
import dev.tarry.admin.http.Route;
import dev.tarry.admin.http.Shape;
import dev.tarry.time.Journey;
import dev.tarry.time.TimeLine;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// `/lab/v1/clock`: read, freeze, run, advance, interrupt.
final class ClockRoutes {
    private static final Shape.Fields CLOCK = Shape.fields(
            Shape.required("now", Shape.MOMENT, "Lab time."),
            Shape.required("mode", Shape.TEXT, "running, frozen or advancing."),
            Shape.required("rate", Shape.DECIMAL, "Lab seconds a real second; 0 when frozen."),
            Shape.required(
                    "nextAlarm", new Shape.Nullable(Shape.MOMENT), "When something happens next, if anything will."),
            Shape.required("alarms", Shape.WHOLE, "Alarms rung by the last advance, or by the one under way."));

    private static final Shape.Fields TRIP = Shape.fields(
            Shape.required("from", Shape.MOMENT, "Lab time before."),
            Shape.required("now", Shape.MOMENT, "Lab time after."),
            Shape.required("alarms", Shape.WHOLE, "Alarms rung on the way."),
            Shape.required("realMillis", Shape.WHOLE, "Real milliseconds it took."));

    private final LabClock clock;

    private ClockRoutes(LabClock clock) {
        this.clock = clock;
    }

    static List<Route> of(LabClock clock) {
        ClockRoutes routes = new ClockRoutes(clock);
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
                                Shape.optional("to", Shape.TEXT, "To which moment: 2026-01-02T03:04:05Z.")))
                        .gives(TRIP, "What it came to.")
                        .by(routes::advance),
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
        LabClock.Reading reading = clock.read();
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("now", reading.now());
        bag.put("mode", reading.advancing() ? "advancing" : reading.pace().frozen() ? "frozen" : "running");
        bag.put("rate", reading.pace().rate());
        bag.put("nextAlarm", reading.nextAlarm().orElse(null));
        bag.put("alarms", reading.alarmsSoFar());
        return Reply.ok(bag);
    }

    private Reply pace(TimeLine.Pace pace) throws IOException {
        if (clock.read().advancing()) {
            throw new ProblemException(Problem.conflict("The clock is being advanced; interrupt that first."));
        }
        clock.pace(pace);
        return reading();
    }

    private Reply advance(Request request) throws IOException {
        Instant to = target(request);
        try {
            Journey.Trip trip = clock.advance(to);
            SequencedMap<String, Object> bag = new LinkedHashMap<>();
            bag.put("from", trip.from());
            bag.put("now", trip.to());
            bag.put("alarms", trip.alarms());
            bag.put("realMillis", trip.realTime().toMillis());
            return Reply.ok(bag);
        } catch (LabClock.Refused refused) {
            throw new ProblemException(Problem.conflict(refused.getMessage()));
        } catch (Journey.Stalled stalled) {
            throw new ProblemException(Problem.conflict("The clock cannot go on: " + stalled.getMessage() + "."));
        } catch (InterruptedException _) {
            throw new ProblemException(Problem.conflict(
                    "The advance was interrupted; lab time is " + clock.read().now() + "."));
        }
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
