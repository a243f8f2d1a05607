package dev.tarry.admin.http;

import dev.tarry.admin.Listing;
import dev.tarry.admin.TranscriptOperations;
import dev.tarry.protocol.SessionWatch;
import dev.tarry.protocol.SessionWatches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `/api/v1/transcripts`: what clients say to receive connectors, on demand.
public final class TranscriptRoutes {
    private static final String TRANSCRIPTS = "/api/v1/transcripts";
    private static final Shape CLIENT = Shape.TEXT.such("127.0.0.1");
    private static final Shape ADDRESS = Shape.TEXT.such("alice@company.com");

    private static final Shape LINE = Shape.fields(
            Shape.required("DateTime", Shape.MOMENT, "Lab time."),
            Shape.required(
                    "Event", Shape.TEXT, "+ connected, - disconnected, > said by us, < said to us, * information."),
            Shape.required("Data", Shape.TEXT, "What was said, secrets hidden, long lines cut."),
            Shape.required("Context", Shape.TEXT, "What more there is to say."));

    private static final Shape SESSION = Shape.fields(
            Shape.required("SessionId", Shape.TEXT, "As logs and tracking name it."),
            Shape.required("ConnectorId", Shape.TEXT, "MAIL\\Default Frontend MAIL."),
            Shape.required("LocalEndpoint", Shape.TEXT, "Our end, ip:port."),
            Shape.required("RemoteEndpoint", Shape.TEXT, "The client's, ip:port."),
            Shape.required("Opened", Shape.MOMENT, "Lab time."),
            Shape.required("Closed", new Shape.Nullable(Shape.MOMENT), "Lab time; null while it goes on."),
            Shape.required("Lines", new Shape.ListOf(LINE), "What was said, in order."),
            Shape.required("LinesLeftOut", Shape.WHOLE, "How many more there were."));

    private static final Shape.Fields HEAD = Shape.fields(
            Shape.required("Id", Shape.TEXT.such("1"), "Names it while the server runs."),
            Shape.required("Client", new Shape.Nullable(CLIENT), "Whose sessions; null: everybody's."),
            Shape.required("Address", new Shape.Nullable(ADDRESS), "In which it is named; null: any."),
            Shape.required("Connector", new Shape.Nullable(Shape.TEXT), "At which; null: at all."),
            Shape.required("MaxSessions", Shape.WHOLE, "So many are kept."),
            Shape.required("Begun", Shape.MOMENT, "Lab time."),
            Shape.required("Stopped", new Shape.Nullable(Shape.MOMENT), "Lab time; null while it goes on."),
            Shape.required("SessionCount", Shape.WHOLE, "Kept so far."),
            Shape.required("SessionsLeftOut", Shape.WHOLE, "Not kept: there were too many."));

    private static final Shape.Fields WANTED = Shape.fields(
            Shape.optional("Client", CLIENT, "An IP address, a CIDR range, or a first and a last address."),
            Shape.optional("Address", ADDRESS, "A sender or recipient; <> for reports. Client or Address is needed."),
            Shape.optional("Connector", Shape.TEXT, "The name of a receive connector."),
            Shape.optional(
                    "MaxSessions",
                    Shape.WHOLE,
                    "How many are kept, the first ones: 1 to " + SessionWatch.MAX_SESSIONS + "; "
                            + SessionWatch.USUAL_SESSIONS + " if not given."));

    private TranscriptRoutes() {}

    public static List<Route> of(TranscriptOperations operations) {
        return List.of(
                Route.get(TRANSCRIPTS, "Transcripts that were begun, without what was said.")
                        .givesItems(HEAD, "Oldest first.")
                        .by(_ -> Reply.items(Listing.of(operations.list()))),
                Route.post(
                                TRANSCRIPTS,
                                "Begins a transcript: sessions of a client, or that name an address, are kept from now on,"
                                        + " whatever the connector's ProtocolLoggingLevel; at most "
                                        + SessionWatches.MAX_WATCHES + " at a time.")
                        .takes(WANTED)
                        .gives(201, HEAD, "It listens.")
                        .by(r -> {
                            var begun = operations.begin(
                                    text(r, "Client"),
                                    text(r, "Address"),
                                    text(r, "Connector"),
                                    Optional.ofNullable((Long) r.body().get("MaxSessions")));
                            return Reply.created(begun).at(TRANSCRIPTS + "/" + begun.get("Id"));
                        }),
                named(Route.get(TRANSCRIPTS + "/{id}", "A transcript, as far as it has come."))
                        .gives(whole(), "What was said.")
                        .by(r -> Reply.ok(operations.get(r.path("id")))),
                named(Route.post(TRANSCRIPTS + "/{id}/stop", "Stops a transcript; what was said stays."))
                        .gives(whole(), "What was said.")
                        .by(r -> Reply.ok(operations.stop(r.path("id")))),
                named(Route.delete(TRANSCRIPTS + "/{id}", "Removes a transcript."))
                        .by(r -> {
                            operations.remove(r.path("id"));
                            return Reply.nothing();
                        }));
    }

    private static Shape.Fields whole() {
        List<Shape.Field> fields = new ArrayList<>(HEAD.fields());
        fields.add(Shape.required("Sessions", new Shape.ListOf(SESSION), "Oldest first."));
        return new Shape.Fields(fields);
    }

    private static Optional<String> text(Request request, String name) {
        return Optional.ofNullable((String) request.body().get(name));
    }

    private static Route.Draft named(Route.Draft draft) {
        return draft.path("id", Shape.TEXT.such("1"), "As it was named when it was begun.");
    }
}
