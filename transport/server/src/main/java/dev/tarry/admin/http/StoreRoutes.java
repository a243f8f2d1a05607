package dev.tarry.admin.http;

import dev.tarry.admin.StoreOperations;
import java.util.List;

/// The queue database, and what was damaged in it.
public final class StoreRoutes {
    private static final Shape FINDING = Shape.fields(
                    Shape.required(
                            "fate",
                            Shape.oneOf("LOST", "BODY_LOST", "MOVED", "UNKNOWN"),
                            "What became of it: not there, there without its octets, elsewhere, or nobody knows."),
                    Shape.required("kind", Shape.TEXT, "message, copy, queue, item, marks, log or table."),
                    Shape.required(
                            "id", new Shape.Nullable(Shape.WHOLE), "The message integer, where it is about one."),
                    Shape.required("about", Shape.TEXT, "What is known of it."),
                    Shape.required("because", Shape.TEXT, "What is wrong with it."))
            .named("Finding");
    private static final Shape REPAIR = Shape.fields(
                    Shape.required("why", Shape.TEXT, "What kept the store from being opened."),
                    Shape.required("lost", Shape.WHOLE, "Records that could not be read."),
                    Shape.required("moved", Shape.WHOLE, "Records that are elsewhere now."),
                    Shape.required("unknown", Shape.WHOLE, "Places of which nobody knows what was there."),
                    Shape.required("aside", Shape.TEXT, "Where the damaged store is kept."),
                    Shape.required("report", Shape.TEXT, "The file that names everything."),
                    Shape.required("findings", new Shape.ListOf(FINDING), "The first of them."))
            .named("Repair");

    private static final Shape DAMAGED = Shape.fields(
                    Shape.required("at", Shape.MOMENT, "When that was seen, in lab time."),
                    Shape.required("id", Shape.WHOLE, "The message integer."),
                    Shape.required("messageId", Shape.TEXT, "Its Message-ID."),
                    Shape.required("because", Shape.TEXT, "What is wrong with it."))
            .named("DamagedMessage");

    private StoreRoutes() {}

    public static List<Route> of(StoreOperations store) {
        return List.of(Route.get(
                        "/api/v1/store", "The queue database, what repairs of it have found, and damage met since.")
                .gives(
                        Shape.fields(
                                Shape.required("folder", Shape.TEXT, "Where it is."),
                                Shape.required("open", Shape.FLAG, "Whether it is open, and has not failed since."),
                                Shape.required("bytes", Shape.WHOLE, "Its files; 0 while it cannot be opened."),
                                Shape.required(
                                        "reserveBytes",
                                        Shape.WHOLE,
                                        "Kept in the file RESERVE of that folder, for when the disk is full."),
                                Shape.required(
                                        "emergency",
                                        Shape.FLAG,
                                        "Whether the disk was so full that the reserve was given back to it. Until it is"
                                                + " whole again new mail is refused, and what is queued may leave."),
                                Shape.required(
                                        "repairs",
                                        new Shape.ListOf(REPAIR),
                                        "Since the process began; reports of earlier ones lie beside the folder."),
                                Shape.required(
                                        "damaged",
                                        new Shape.ListOf(DAMAGED),
                                        "Queued messages whose octets turned out to be damaged while the server ran (event"
                                                + " 17004), oldest first; the last of them since the process began.")),
                        "As it stands.")
                .by(_ -> Reply.ok(store.store())));
    }
}
