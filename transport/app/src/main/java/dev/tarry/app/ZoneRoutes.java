package dev.tarry.app;

import dev.tarry.admin.http.Problem;
import dev.tarry.admin.http.ProblemException;
import dev.tarry.admin.http.Reply;
import dev.tarry.admin.http.Request;
import dev.tarry.admin.http.Route;
import dev.tarry.admin.http.Shape;
import dev.tarry.lab.Lab;
import dev.tarry.lab.dns.Zone;
import dev.tarry.lab.dns.ZoneRecord;
import dev.tarry.lab.dns.Zones;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// `/lab/v1/zones` and `/lab/v1/forwarders`: what the lab's DNS servers know, and whom the internal ones ask.
final class ZoneRoutes {
    private static final Shape.Fields RECORD = Shape.fields(
            Shape.required("name", Shape.TEXT, "The owner; @ for the zone's own name."),
            Shape.required("type", Shape.TEXT, "Such as MX."),
            Shape.required("ttl", Shape.WHOLE, "Seconds."),
            Shape.required("data", Shape.TEXT, "Such as 10 mail.fabrikam.com."));
    private static final Shape.Fields ZONE = Shape.fields(
            Shape.required("domain", Shape.TEXT, "Such as fabrikam.com."),
            Shape.required("records", new Shape.ListOf(RECORD), "What is known in it."));
    private static final Shape.Fields ZONES = Shape.fields(
            Shape.required("outside", new Shape.ListOf(ZONE), "What the public servers answer."),
            Shape.required("inside", new Shape.ListOf(ZONE), "What only the internal servers answer."),
            Shape.required(
                    "nonexistent", new Shape.ListOf(Shape.TEXT), "Names that do not exist, with all below them."),
            Shape.optional(
                    "catchAll",
                    new Shape.Nullable(Shape.fields(
                            Shape.required("host", Shape.TEXT, "Who gets the mail of domains that nobody defined."),
                            Shape.required("address", Shape.TEXT, "Its IPv4 address."))),
                    "Null if such domains do not exist."));

    private final Lab lab;

    private ZoneRoutes(Lab lab) {
        this.lab = lab;
    }

    static List<Route> of(Lab lab) {
        ZoneRoutes routes = new ZoneRoutes(lab);
        return List.of(
                Route.get("/lab/v1/zones", "All that DNS knows in the lab's world.")
                        .gives(ZONES, "As it can be sent back.")
                        .by(_ -> Reply.ok(written(lab.zones()))),
                Route.put("/lab/v1/zones", "Replaces all that DNS knows, and with it who the mail hosts are.")
                        .takes(ZONES)
                        .by(routes::replace),
                Route.get("/lab/v1/forwarders", "Whom each internal DNS server asks.")
                        .gives(new Shape.Map(new Shape.ListOf(Shape.TEXT)), "By server, in the order of asking.")
                        .by(_ -> Reply.ok(new LinkedHashMap<String, Object>(lab.forwarders()))),
                Route.put("/lab/v1/forwarders/{server}", "Says whom an internal DNS server asks.")
                        .takes(Shape.fields(Shape.required(
                                "forwarders",
                                new Shape.ListOf(Shape.TEXT),
                                "Addresses; none: SERVFAIL for what it doesn't know.")))
                        .by(routes::forward));
    }

    private Reply replace(Request request) {
        LabRoutes.checked("zones", () -> {
            lab.replaceZones(read(request.body()));
            return null;
        });
        return Reply.nothing();
    }

    private Reply forward(Request request) {
        if (!lab.forwarders().containsKey(request.path("server"))) {
            throw new ProblemException(Problem.notFound("The lab's internal DNS servers are "
                    + String.join(" and ", lab.forwarders().keySet()) + "."));
        }
        LabRoutes.checked("forwarders", () -> {
            lab.setForwarders(request.path("server"), texts(request.body().get("forwarders")));
            return null;
        });
        return Reply.nothing();
    }

    private static SequencedMap<String, Object> written(Zones zones) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("outside", zones.outside().stream().map(ZoneRoutes::written).toList());
        bag.put("inside", zones.inside().stream().map(ZoneRoutes::written).toList());
        bag.put("nonexistent", zones.nonexistent());
        bag.put(
                "catchAll",
                zones.catchAll()
                        .map(c -> new LinkedHashMap<String, Object>(Map.of("host", c.host(), "address", c.address())))
                        .orElse(null));
        return bag;
    }

    private static SequencedMap<String, Object> written(Zone zone) {
        List<Object> records = new ArrayList<>();
        for (ZoneRecord record : zone.records()) {
            SequencedMap<String, Object> bag = new LinkedHashMap<>();
            bag.put("name", record.name());
            bag.put("type", record.type());
            bag.put("ttl", record.ttl());
            bag.put("data", record.data());
            records.add(bag);
        }
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("domain", zone.domain());
        bag.put("records", records);
        return bag;
    }

    /// The body's shape has been checked.
    private static Zones read(Map<String, Object> body) {
        Optional<Zones.CatchAll> catchAll = body.get("catchAll") instanceof Map<?, ?> words
                ? Optional.of(new Zones.CatchAll(
                        words.get("host").toString(), words.get("address").toString()))
                : Optional.empty();
        return new Zones(
                zones(body.get("outside")), zones(body.get("inside")), texts(body.get("nonexistent")), catchAll);
    }

    private static List<Zone> zones(Object list) {
        List<Zone> zones = new ArrayList<>();
        for (Object item : (List<?>) list) {
            Map<?, ?> zone = (Map<?, ?>) item;
            List<ZoneRecord> records = new ArrayList<>();
            for (Object each : (List<?>) zone.get("records")) {
                Map<?, ?> record = (Map<?, ?>) each;
                records.add(new ZoneRecord(
                        record.get("name").toString(),
                        record.get("type").toString(),
                        ((Number) record.get("ttl")).longValue(),
                        record.get("data").toString()));
            }
            zones.add(new Zone(zone.get("domain").toString(), records));
        }
        return zones;
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(Object::toString).toList();
    }
}
