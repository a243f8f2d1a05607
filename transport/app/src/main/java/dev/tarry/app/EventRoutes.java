package dev.tarry.app;

import dev.tarry.admin.http.Problem;
import dev.tarry.admin.http.ProblemException;
import dev.tarry.admin.http.Reply;
import dev.tarry.admin.http.Request;
import dev.tarry.admin.http.Route;
import dev.tarry.lab.fault.Glob;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// `/api/v1/events`: what happens, as it happens, for browsers (EventSource), scripts (`curl -N`) and programs.
final class EventRoutes {
    /// Streams at once; each holds a connection.
    static final int MAX_STREAMS = 32;

    private static final String TYPES =
            Arrays.stream(Happening.Type.values()).map(Happening.Type::word).collect(Collectors.joining(", "));

    private final EventFeed feed;
    private final Waiters streams = new Waiters(
            MAX_STREAMS, "Too many streams of events are open; at most " + MAX_STREAMS + " may be at once.");

    private EventRoutes(EventFeed feed) {
        this.feed = feed;
    }

    static List<Route> of(EventFeed feed) {
        EventRoutes routes = new EventRoutes(feed);
        return List.of(Route.get("/api/v1/events", "What happens from now on, as it happens (server-sent events).")
                .query("types", "Only these types, with commas between them: " + TYPES + "; all if not given.")
                .query("recipient", "Of what has recipients, only that for an address which this pattern matches.")
                .givesType(
                        Reply.Events.MEDIA_TYPE,
                        "Events whose data is a JSON object. queue: At, Change (changed or gone), Identity, DeliveryType,"
                                + " NextHopDomain, NextHopConnector, Status, MessageCount, LastError; what a queue has come"
                                + " to, and not each step. tracking: as of /api/v1/tracking. operation: At, and Operation as of"
                                + " /api/v1/operations, where it begins, gets further and ends. lab: Kind, with Mail (mail), Query"
                                + " (dnsQuery), Fault and At (faultAdded, faultFired, faultRemoved) or Clock (clock). gap:"
                                + " lost, how many events of any type this client cannot have any more, null if nobody knows."
                                + " Ids grow; Last-Event-ID goes on where a stream broke off. A comment every 15 s where"
                                + " nothing happens.")
                .by(routes::open));
    }

    private Reply open(Request request) {
        EventStream.Wanted wanted = new EventStream.Wanted(types(request), recipient(request));
        Waiters.Place place = streams.enter();
        try {
            return new Reply.Events(EventStream.open(feed, wanted, place));
        } catch (RuntimeException e) {
            place.close();
            throw e;
        }
    }

    private static Set<Happening.Type> types(Request request) {
        Set<Happening.Type> types = EnumSet.noneOf(Happening.Type.class);
        for (String word : request.query("types").orElse(TYPES).split(",", -1)) {
            types.add(Happening.Type.of(word.strip())
                    .orElseThrow(() -> new ProblemException(Problem.invalidParameter(
                            "types", "types has one or more of " + TYPES + ", with commas between them."))));
        }
        return types;
    }

    private static Glob recipient(Request request) {
        return request.query("recipient")
                .map(pattern -> LabRoutes.checked("recipient", () -> new Glob(pattern)))
                .orElse(Glob.ANYTHING);
    }
}
