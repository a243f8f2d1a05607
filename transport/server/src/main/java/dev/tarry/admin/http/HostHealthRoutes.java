package dev.tarry.admin.http;

import dev.tarry.admin.HostHealthOperations;
import java.util.List;
import java.util.Map;

/// What is remembered of hosts that mail goes to.
public final class HostHealthRoutes {
    private static final Shape UNHEALTHY = Shape.fields(
                    Shape.required("host", Shape.TEXT, "Its name, or an address literal."),
                    Shape.required("address", Shape.TEXT, "The IP address that could not be used."),
                    Shape.required("port", Shape.WHOLE, "Where it was dialled."),
                    Shape.required("failures", Shape.WHOLE, "How often in a row."),
                    Shape.required("since", Shape.MOMENT, "When it failed first, in lab time."),
                    Shape.required("last", Shape.MOMENT, "When it failed last."),
                    Shape.required("until", Shape.MOMENT, "When it is tried in its place again."),
                    Shape.required("error", Shape.TEXT, "What went wrong, as LastError has it."))
            .named("UnhealthyHost");
    private static final Shape.Fields FORGOTTEN =
            Shape.fields(Shape.required("forgotten", Shape.WHOLE, "How many addresses that were."));

    private HostHealthRoutes() {}

    public static List<Route> of(HostHealthOperations hosts) {
        return List.of(
                Route.get(
                                "/api/v1/hosts/unhealthy",
                                "Hosts that could not be used last: for a while they are tried behind all others of a"
                                        + " next hop, never left out.")
                        .query("host", "Only those of this name or IP address.")
                        .givesItems(UNHEALTHY, "By the moment of the last failure.")
                        .by(r -> Reply.items(hosts.unhealthy(r.query("host")))),
                Route.delete(
                                "/api/v1/hosts/unhealthy",
                                "Forgets all of them, as a restart does, and whatever else is"
                                        + " remembered of hosts: who offers TLS or CHUNKING in vain.")
                        .gives(FORGOTTEN, "They are forgotten.")
                        .by(_ -> Reply.ok(Map.of("forgotten", hosts.forget()))),
                Route.delete(
                                "/api/v1/hosts/unhealthy/{host}",
                                "Forgets what is remembered of one, by name or IP address.")
                        .gives(FORGOTTEN, "It is forgotten; 404 where there was nothing.")
                        .by(r -> Reply.ok(Map.of("forgotten", hosts.forget(r.path("host"))))));
    }
}
