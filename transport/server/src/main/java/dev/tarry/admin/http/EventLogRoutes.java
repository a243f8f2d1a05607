package dev.tarry.admin.http;

import dev.tarry.admin.EventLevelOperations;
import dev.tarry.admin.EventLogOperations;
import dev.tarry.admin.ResultSize;
import java.util.List;

/// `/api/v1/event-log`.
public final class EventLogRoutes {
    private static final Shape EVENT = Shape.fields(
            Shape.required("RecordId", Shape.WHOLE, "Grows by one with each event, also over restarts."),
            Shape.required("TimeCreated", Shape.MOMENT, "When, in lab time."),
            Shape.required("Id", Shape.WHOLE, "Exchange's id: 2000, 2002, 15006 …"),
            Shape.required("Level", Shape.TEXT, "Error, Warning or Information."),
            Shape.required("Source", Shape.TEXT, "MSExchangeTransport."),
            Shape.required("Category", Shape.TEXT, "SmtpSend, SmtpReceive, DSN, ResourceManager …"),
            Shape.required("Message", Shape.TEXT, "For people."),
            Shape.required(
                    "Suppressed",
                    Shape.WHOLE,
                    "How many of the same kind were left out before it: the same about the same thing is told once an"
                            + " hour."),
            Shape.required("Details", new Shape.Map(Shape.TEXT), "What the message says, by name."));

    private static final Shape LEVEL = Shape.fields(
                    Shape.required(
                            "Identity", Shape.TEXT.such("MSExchangeTransport\\SmtpSend"), "Source and category."),
                    Shape.required("Name", Shape.TEXT.such("SmtpSend"), "The category."),
                    Shape.required(
                            "EventLevel",
                            Shape.oneOf("Lowest", "Low", "Medium", "High", "Expert"),
                            "How much it tells: up to Medium the same about the same thing once an hour, at High and"
                                    + " Expert each time."))
            .named("EventLogLevel");
    private static final String LEVELS = "/api/v1/event-log/levels";

    private EventLogRoutes() {}

    public static List<Route> of(EventLogOperations events, EventLevelOperations levels) {
        return List.of(
                log(events),
                Route.get(LEVELS, "How much each category of events tells (Get-EventLogLevel).")
                        .givesItems(LEVEL, "All categories.")
                        .by(_ -> Reply.items(to -> {
                            levels.list().forEach(to);
                            return false;
                        })),
                Route.post(LEVELS + "/{category}", "Has a category tell more or less (Set-EventLogLevel).")
                        .takes(Shape.fields(Shape.required(
                                "EventLevel", Shape.TEXT.such("High"), "Lowest, Low, Medium, High or Expert.")))
                        .gives(LEVEL, "The category now.")
                        .by(r -> Reply.ok(levels.set(
                                r.path("category"), r.text("EventLevel").orElseThrow()))));
    }

    private static Route log(EventLogOperations events) {
        return Route.get("/api/v1/event-log", "Events that an administrator should hear of, newest first.")
                .query("id", "Such as 2000.")
                .query("level", "Error, Warning or Information.")
                .query("source", "MSExchangeTransport is the only one.")
                .query("category", "SmtpSend, SmtpReceive, DSN, ResourceManager, ….")
                .query("start", "The earliest moment, ISO 8601.")
                .query("end", "The moment before which, ISO 8601.")
                .query("resultSize", "How many at most: 1 to 1000000 or Unlimited; 1000 if not given.")
                .query(
                        "oldestFirst",
                        Shape.FLAG,
                        "true: the oldest come first, and of too many the oldest are given; newest first if not given.")
                .givesItems(EVENT, "Events.")
                .by(r -> Reply.items(events.list(new EventLogOperations.Wanted(
                        r.query("id"),
                        r.query("level"),
                        r.query("source"),
                        r.query("category"),
                        r.query("start"),
                        r.query("end"),
                        r.query("resultSize").map(ResultSize::parse).orElse(ResultSize.DEFAULT),
                        r.queryFlag("oldestFirst")))));
    }
}
