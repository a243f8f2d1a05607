package dev.tarry.admin.http;

import dev.tarry.admin.ResourceOperations;
import java.util.List;

/// Back pressure: which resources are short.
public final class ResourceRoutes {
    private static final Shape LEVEL = Shape.oneOf("Low", "Medium", "High");
    private static final Shape RESOURCE = Shape.fields(
                    Shape.required(
                            "resource",
                            Shape.TEXT,
                            "As Exchange names it: UsedDiskSpace[store], PrivateBytes, UsedVersionBuckets[store],"
                                    + " QueueLength[SubmissionQueue]."),
                    Shape.required("currentResourceUse", Shape.WHOLE, "At the last look, in its unit."),
                    Shape.required("previousResourceUse", Shape.WHOLE, "At the look before."),
                    Shape.required("unit", Shape.TEXT, "Of the two."),
                    Shape.required("pressure", LEVEL, "How short it is."),
                    Shape.required("previousPressure", LEVEL, "The level that there was before this one."),
                    Shape.required("since", Shape.MOMENT, "When it became this level, in lab time."),
                    Shape.required("refuses", Shape.FLAG, "Whether it has new mail refused."),
                    Shape.required("pressureTransitions", Shape.TEXT, "Where levels begin and end."))
            .named("ResourceMeter");

    private ResourceRoutes() {}

    public static List<Route> of(ResourceOperations resources) {
        return List.of(Route.get("/api/v1/resources", "Back pressure: how short each resource is, and what follows.")
                .gives(
                        Shape.fields(
                                Shape.required("pressure", LEVEL, "The highest of all."),
                                Shape.required(
                                        "refusal",
                                        new Shape.Nullable(Shape.TEXT),
                                        "What new mail is refused with; null: it is taken."),
                                Shape.required(
                                        "mailDelayMillis",
                                        Shape.WHOLE,
                                        "How long the answer to MAIL is held back, in real time."),
                                Shape.required(
                                        "connectionsRefused", Shape.FLAG, "Whether clients that connect hear 421."),
                                Shape.required(
                                        "pickupPaused",
                                        Shape.FLAG,
                                        "Whether files in Pickup and Replay wait, and nothing is resubmitted."),
                                Shape.required(
                                        "remoteDeliveryPaused",
                                        Shape.FLAG,
                                        "Whether no more connections to other servers are made."),
                                Shape.required(
                                        "resources", new Shape.ListOf(RESOURCE), "Those that have been looked at."),
                                Shape.required(
                                        "receiveMemoryBytes",
                                        Shape.WHOLE,
                                        "Memory that messages which are coming in hold at the moment."),
                                Shape.required(
                                        "receiveMemoryMostBytes",
                                        Shape.WHOLE,
                                        "The most that they have held since the process began."),
                                Shape.required("receiveMemoryLimitBytes", Shape.WHOLE, "The most they may hold.")),
                        "As it stands.")
                .by(_ -> Reply.ok(resources.resources())));
    }
}
