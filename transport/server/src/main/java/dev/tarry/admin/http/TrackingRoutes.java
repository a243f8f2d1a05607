package dev.tarry.admin.http;

import dev.tarry.admin.TrackingOperations;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingQuery;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The message tracking log: Get-MessageTrackingLog (reference §8.5), whose parameters go here by their names.
record TrackingRoutes(TrackingOperations tracking) {
    private static final String OLDEST_FIRST = "oldestFirst";
    private static final String BOOKMARK_INDEX = "bookmarkIndex";
    private static final String MOMENT = "2026-03-04T09:15:00Z, 2026-03-04T09:15 (UTC) or 2026-03-04";

    private static final List<Route.Parameter> PARAMETERS = List.of(
            new Route.Parameter(
                    "start", Shape.TEXT.such("2026-03-04T09:15:00Z"), "The earliest moment: " + MOMENT + "."),
            new Route.Parameter(
                    "end", Shape.TEXT.such("2026-03-06"), "The moment before which, not before start: " + MOMENT + "."),
            new Route.Parameter("eventId", words(TrackingEvent.Event.values()), "What happened."),
            new Route.Parameter("source", words(TrackingEvent.Source.values()), "Which component wrote it."),
            new Route.Parameter("sender", Shape.TEXT.such("alice@company.com"), "The whole sender address."),
            new Route.Parameter(
                    "recipients",
                    Shape.TEXT.such("user@external-company.com"),
                    "Addresses separated by commas; any of them."),
            new Route.Parameter("messageId", Shape.TEXT, "The Message-ID header, with or without angle brackets."),
            new Route.Parameter("internalMessageId", Shape.WHOLE, "The message's integer."),
            new Route.Parameter("networkMessageId", Shape.TEXT, "The GUID given at receipt."),
            new Route.Parameter("messageSubject", Shape.TEXT, "A part of the subject."),
            new Route.Parameter("reference", Shape.TEXT, "For reports: the Message-ID of what they are about."),
            new Route.Parameter("transportTrafficType", Shape.oneOf("Email"), "Email is the only one."),
            new Route.Parameter(
                    "resultSize",
                    Shape.either(Shape.within(1, TrackingQuery.MAX_RESULTS), Shape.oneOf("Unlimited"))
                            .such(100),
                    "How many at most; 1000 if not given."),
            new Route.Parameter(
                    OLDEST_FIRST,
                    Shape.FLAG,
                    "true: the oldest come first, and of too many the oldest are given; newest first if not given."),
            new Route.Parameter(
                    BOOKMARK_INDEX,
                    Shape.within(1, TrackingQuery.MAX_RESULTS).such(1001),
                    "Position, from 1, at which the page begins."));

    private static Shape words(Enum<?>[] values) {
        return Shape.oneOf(Arrays.stream(values).map(Enum::toString).toList());
    }

    List<Route> routes() {
        Route.Draft draft = Route.get("/api/v1/tracking", "Events of the message tracking log, newest first.");
        PARAMETERS.forEach(p -> draft.query(p.name(), p.shape(), p.description()));
        return List.of(draft.givesItems(
                        new Shape.Map(Shape.ANYTHING), "Events with the properties of Get-MessageTrackingLog.")
                .by(r -> {
                    Map<String, List<String>> parameters = new LinkedHashMap<>();
                    r.query().forEach((name, value) -> parameters.put(name, List.of(value)));
                    parameters.remove(OLDEST_FIRST);
                    parameters.remove(BOOKMARK_INDEX);
                    int index = r.query(BOOKMARK_INDEX).map(Integer::parseInt).orElse(1);
                    return Reply.items(tracking.search(parameters, index, !r.queryFlag(OLDEST_FIRST)));
                }));
    }
}
