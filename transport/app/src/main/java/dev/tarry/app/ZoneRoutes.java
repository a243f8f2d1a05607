package dev.tarry.app;

import dev.tarry.admin.http.Problem;
import dev.tarry.admin.http.ProblemException;
import dev.tarry.admin.http.ProblemType;
import dev.tarry.admin.http.Reply;
import dev.tarry.admin.http.Request;
import dev.tarry.admin.http.Route;
import dev.tarry.admin.http.Shape;
import dev.tarry.lab.Lab;
import dev.tarry.lab.dns.BadZone;
import dev.tarry.lab.dns.MasterFile;
import dev.tarry.lab.dns.View;
import dev.tarry.lab.dns.Zone;
import dev.tarry.lab.dns.ZoneRecord;
import dev.tarry.lab.dns.ZoneYaml;
import dev.tarry.lab.dns.Zones;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// `/lab/v1/zones`: what the lab's DNS servers know, as JSON, as short YAML, as master files.
final class ZoneRoutes {
    private static final String YAML = "application/yaml";
    private static final String MASTER = "text/dns"; // RFC 4027
    private static final long TTL = 3_600;

    private static final Shape.Fields RECORD = Shape.fields(
            Shape.optional("name", Shape.TEXT, "The owner, in full; @ for the zone's own name, as if not given."),
            Shape.required("type", Shape.TEXT, "Such as MX."),
            Shape.optional("ttl", Shape.WHOLE, "Seconds; 3600 if not given."),
            Shape.required("data", Shape.TEXT, "Such as 10 mail.fabrikam.com: names are written in full."));
    private static final Shape.Fields ZONE = Shape.fields(
            Shape.required("domain", Shape.TEXT, "Such as fabrikam.com."),
            Shape.required("records", new Shape.ListOf(RECORD), "What is known in it."));
    private static final Shape.Fields ONE_ZONE = Shape.fields(
            Shape.optional("domain", Shape.TEXT, "As in the path."),
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
    private static final String VIEW = "outside, as if not given; or inside: what only the internal servers know.";
    private static final String FORMAT = "json or dns (a master file); else by the Accept header.";

    private final Lab lab;

    private ZoneRoutes(Lab lab) {
        this.lab = lab;
    }

    static List<Route> of(Lab lab) {
        ZoneRoutes routes = new ZoneRoutes(lab);
        List<Route> all = new ArrayList<>(routes.world());
        all.addAll(routes.zones());
        all.addAll(routes.records());
        return all;
    }

    private List<Route> world() {
        return List.of(
                Route.get("/lab/v1/zones", "All that DNS knows in the lab's world.")
                        .query("format", FORMAT)
                        .query("view", "Of master files: " + VIEW)
                        .gives(ZONES, "As it can be sent back; or the master files of a view, one after the other.")
                        .by(this::all),
                Route.put("/lab/v1/zones", "Replaces all that DNS knows, and with it who the mail hosts are.")
                        .query("view", "Of master files, which replace one view and leave the rest: " + VIEW)
                        .takes(ZONES)
                        .orDocument(YAML, MASTER)
                        .by(this::replaceAll));
    }

    private List<Route> zones() {
        return List.of(
                Route.get("/lab/v1/zones/{domain}", "What is known of one domain.")
                        .query("format", FORMAT)
                        .query("view", VIEW)
                        .gives(ZONE, "As it can be sent back; or a master file.")
                        .by(this::one),
                Route.put("/lab/v1/zones/{domain}", "Defines a domain, or replaces what is known of it.")
                        .query("view", VIEW)
                        .takes(ONE_ZONE)
                        .orDocument(YAML, MASTER)
                        .by(this::replaceOne),
                Route.delete("/lab/v1/zones/{domain}", "Forgets a domain.")
                        .query("view", VIEW)
                        .by(request -> {
                            checked(() -> lab.removeZone(view(request), request.path("domain")))
                                    .orElseThrow(() -> noSuchZone(request));
                            return Reply.nothing();
                        }));
    }

    private List<Route> records() {
        return List.of(
                Route.post("/lab/v1/zones/{domain}/records", "Adds one record to a domain.")
                        .query("view", VIEW)
                        .takes(RECORD)
                        .gives(201, ZONE, "The domain as it is now.")
                        .by(request -> Reply.created(written(checked(() ->
                                        lab.addRecord(view(request), request.path("domain"), record(request.body())))
                                .orElseThrow(() -> noSuchZone(request))))),
                Route.delete("/lab/v1/zones/{domain}/records", "Removes the records that match all that is given.")
                        .query("view", VIEW)
                        .query("name", "The owner, in full; @ for the zone's own name.")
                        .query("type", "Such as MX.")
                        .query("data", "Such as 10 mail.fabrikam.com.")
                        .gives(
                                Shape.fields(Shape.required("removed", new Shape.ListOf(RECORD), "At least one.")),
                                "What was removed.")
                        .by(this::removeRecords));
    }

    private Reply all(Request request) {
        if (asksForMaster(request)) {
            return new Reply.Text(
                    MASTER + "; charset=utf-8",
                    MasterFile.write(
                            switch (view(request)) {
                                case OUTSIDE -> lab.zones().outside();
                                case INSIDE -> lab.zones().inside();
                            }));
        }
        return Reply.ok(written(lab.zones()));
    }

    private Reply one(Request request) {
        Zone zone =
                checked(() -> lab.zone(view(request), request.path("domain"))).orElseThrow(() -> noSuchZone(request));
        return asksForMaster(request)
                ? new Reply.Text(MASTER + "; charset=utf-8", MasterFile.write(zone))
                : Reply.ok(written(zone));
    }

    private Reply replaceAll(Request request) {
        checked(() -> {
            lab.replaceZones(
                    switch (request.document().map(Request.Document::mediaType).orElse("")) {
                        case YAML -> ZoneYaml.readAll(text(request));
                        case MASTER -> withView(view(request), MasterFile.readAll(text(request)));
                        default -> read(request.body());
                    });
            return Optional.empty();
        });
        return Reply.nothing();
    }

    private Zones withView(View view, List<Zone> zones) {
        Zones now = lab.zones();
        return switch (view) {
            case OUTSIDE -> new Zones(zones, now.inside(), now.nonexistent(), now.catchAll());
            case INSIDE -> new Zones(now.outside(), zones, now.nonexistent(), now.catchAll());
        };
    }

    private Reply replaceOne(Request request) {
        String domain = request.path("domain");
        if (!request.body().getOrDefault("domain", domain).toString().equalsIgnoreCase(domain)) {
            throw new ProblemException(
                    Problem.invalidParameter("domain", "The domain of the body is not that of the path."));
        }
        checked(() -> {
            lab.putZone(
                    view(request),
                    switch (request.document().map(Request.Document::mediaType).orElse("")) {
                        case YAML -> ZoneYaml.read(domain, text(request));
                        case MASTER -> MasterFile.read(domain, text(request));
                        default -> new Zone(domain, records(request.body().get("records")));
                    });
            return Optional.empty();
        });
        return Reply.nothing();
    }

    private Reply removeRecords(Request request) {
        View view = view(request);
        String domain = request.path("domain");
        checked(() -> lab.zone(view, domain)).orElseThrow(() -> noSuchZone(request));
        List<ZoneRecord> gone = checked(() ->
                lab.removeRecords(view, domain, request.query("name"), request.query("type"), request.query("data")));
        if (gone.isEmpty()) {
            throw new ProblemException(Problem.notFound(
                    "No record of the domain is like that; GET /lab/v1/zones/" + domain + " lists them."));
        }
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("removed", gone.stream().map(ZoneRoutes::written).toList());
        return Reply.ok(bag);
    }

    private static ProblemException noSuchZone(Request request) {
        return new ProblemException(Problem.notFound("The lab has no such zone "
                + view(request).name().toLowerCase(Locale.ROOT) + "; GET /lab/v1/zones lists them."));
    }

    private static View view(Request request) {
        return switch (request.query("view").orElse("outside")) {
            case "outside" -> View.OUTSIDE;
            case "inside" -> View.INSIDE;
            default -> throw new ProblemException(Problem.invalidParameter("view", "view is outside or inside."));
        };
    }

    private static boolean asksForMaster(Request request) {
        return switch (request.query("format").orElse("")) {
            case "dns" -> true;
            case "json" -> false;
            case "" -> request.accept().toLowerCase(Locale.ROOT).contains(MASTER);
            default -> throw new ProblemException(Problem.invalidParameter("format", "format is json or dns."));
        };
    }

    private static String text(Request request) {
        return request.document().orElseThrow().text();
    }

    /// Everything that is wrong is told at once, the first of it also in words.
    private static <T> T checked(Supplier<T> action) {
        try {
            return action.get();
        } catch (BadZone bad) {
            List<String> faults = bad.faults();
            SequencedMap<String, Object> more = new LinkedHashMap<>();
            more.put("parameter", "zones");
            more.put("faults", faults);
            throw new ProblemException(new Problem(
                    ProblemType.INVALID_PARAMETER,
                    faults.getFirst() + (faults.size() == 1 ? "" : " (and " + (faults.size() - 1) + " more)"),
                    more));
        }
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
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("domain", zone.domain());
        bag.put("records", zone.records().stream().map(ZoneRoutes::written).toList());
        return bag;
    }

    private static SequencedMap<String, Object> written(ZoneRecord record) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("name", record.name());
        bag.put("type", record.type());
        bag.put("ttl", record.ttl());
        bag.put("data", record.data());
        return bag;
    }

    /// The body's shape has been checked.
    private static Zones read(Map<String, Object> body) {
        Optional<Zones.CatchAll> catchAll = body.get("catchAll") instanceof Map<?, ?> words
                ? Optional.of(new Zones.CatchAll(
                        words.get("host").toString(), words.get("address").toString()))
                : Optional.empty();
        return new Zones(
                zones(body.get("outside")),
                zones(body.get("inside")),
                ((List<?>) body.get("nonexistent"))
                        .stream().map(Object::toString).toList(),
                catchAll);
    }

    private static List<Zone> zones(Object list) {
        List<Zone> zones = new ArrayList<>();
        for (Object item : (List<?>) list) {
            Map<?, ?> zone = (Map<?, ?>) item;
            zones.add(new Zone(zone.get("domain").toString(), records(zone.get("records"))));
        }
        return zones;
    }

    private static List<ZoneRecord> records(Object list) {
        return ((List<?>) list).stream().map(item -> record((Map<?, ?>) item)).toList();
    }

    private static ZoneRecord record(Map<?, ?> words) {
        return new ZoneRecord(
                words.get("name") instanceof String name ? name : "@",
                words.get("type").toString(),
                words.get("ttl") instanceof Number ttl ? ttl.longValue() : TTL,
                words.get("data").toString());
    }
}
