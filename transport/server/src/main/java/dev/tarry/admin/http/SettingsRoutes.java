package dev.tarry.admin.http;

import dev.tarry.admin.DnsOperations;
import dev.tarry.admin.SettingsDesk;
import dev.tarry.admin.SettingsOperations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The routes of the settings as they are written down, and of what the server knows of DNS.
public final class SettingsRoutes {
    private static final String NAME = "Only what was asked for under this name.";
    private static final Shape.ListOf TEXTS = new Shape.ListOf(Shape.TEXT);
    private static final Shape.Fields SETTING = Shape.fields(
            Shape.required("key", Shape.TEXT, "As in the settings file; of a list's element sendConnectors[0].name."),
            Shape.required("value", Shape.TEXT, "What holds, as it is printed."),
            Shape.required(
                    "origin", Shape.TEXT, "Who said so: default, a file's line, set at run time, a variable, --set."),
            Shape.required("default", new Shape.Nullable(Shape.TEXT), "What holds where nobody says anything."),
            Shape.required("unit", Shape.TEXT, "Of a bare number; often empty."),
            Shape.required("bounds", Shape.TEXT, "From least to most; often empty."),
            Shape.required("effect", Shape.TEXT, "From when on a change holds: at once, at the next start …"),
            Shape.required("exchangeName", new Shape.Nullable(Shape.TEXT), "What Exchange calls it, if it has it."),
            Shape.required("description", Shape.TEXT, "One sentence."));
    private static final Shape.Fields RESOLVERS = Shape.fields(
            Shape.required("servers", TEXTS, "Who is asked now, in this order."),
            Shape.required("from", Shape.TEXT, "adapter or list: where they come from."),
            Shape.required("list", TEXTS, "ExternalDNSServers or InternalDNSServers; unused while from is adapter."),
            Shape.required("protocolOption", Shape.TEXT, "Any, UseUdpOnly or UseTcpOnly."),
            Shape.required("usedBy", TEXTS, "The enabled send connectors that ask them."));
    private static final Shape.Fields CACHED = Shape.fields(
            Shape.required("name", Shape.TEXT, "What was asked for."),
            Shape.required("type", Shape.TEXT, "MX, A or AAAA."),
            Shape.required(
                    "status",
                    Shape.TEXT,
                    "NOERROR; NODATA or NXDOMAIN where dns.negativeCacheEnabled has it remember what does not exist."),
            Shape.required("records", TEXTS, "As zone files write their data."),
            Shape.required("ttlSeconds", Shape.WHOLE, "How long it is still remembered, in lab time, rounded up."),
            Shape.required("from", Shape.TEXT, "The server that said so."),
            Shape.required("servers", TEXTS, "It is remembered for look-ups that ask these."));
    private static final Shape.Fields ATTEMPT = Shape.fields(
            Shape.required("server", Shape.TEXT, "Who was asked."),
            Shape.required("protocol", Shape.TEXT, "UDP or TCP, what carried the query last."),
            Shape.required("question", Shape.TEXT, "gmail.com MX."),
            Shape.required("outcome", Shape.TEXT, "NOERROR, 5 records; SERVFAIL; no answer …"),
            Shape.required("tookMillis", Shape.WHOLE, "In lab time."));
    private static final Shape.Fields ANSWER = Shape.fields(
            Shape.required(
                    "answer",
                    Shape.TEXT,
                    "Of a name: NOERROR, NODATA, NXDOMAIN, or why nobody could say. Of a domain: Hosts, NoSuchDomain,"
                            + " NoRecords, NullMx, Loop, NoUsableHost, QueryFailed."),
            Shape.optional(
                    "hosts",
                    new Shape.ListOf(Shape.fields(
                            Shape.required("name", Shape.TEXT, "The host."),
                            Shape.required("preference", Shape.WHOLE, "Lower is tried first."),
                            Shape.required("addresses", TEXTS, "In the order in which they are tried."))),
                    "Of a domain: who takes its mail."),
            Shape.optional("owner", Shape.TEXT, "Of a name: where its aliases led."),
            Shape.optional("records", TEXTS, "Of a name: as zone files write their data."),
            Shape.required("detail", Shape.TEXT, "For people; often empty."),
            Shape.required("attempts", new Shape.ListOf(ATTEMPT), "Each query, in order; none where all was cached."));
    private static final Shape.Fields FORGOTTEN =
            Shape.fields(Shape.required("forgotten", Shape.WHOLE, "How many record sets that were."));

    private final List<Route> routes = new ArrayList<>();

    private SettingsRoutes() {}

    public static List<Route> of(SettingsDesk desk, DnsOperations dns) {
        SettingsRoutes all = new SettingsRoutes();
        all.settings(new SettingsOperations(desk));
        all.dns(dns);
        all.cache(dns);
        return all.routes;
    }

    private void settings(SettingsOperations operations) {
        routes.add(Route.get("/api/v1/settings", "Every setting with the value that holds, and who said so.")
                .tagged()
                .givesItems(SETTING, "Settings, in the order of the reference page.")
                .by(_ -> {
                    SettingsOperations.Shown shown = operations.shown();
                    return Reply.ok(Map.of("items", shown.all(), "more", false)).tagged(shown.tag());
                }));
        Shape.Fields changes = Shape.fields(Shape.required(
                "changes",
                new Shape.Map(Shape.ANYTHING),
                "Key to value: a text, number, truth value or list of texts; of a list of connectors or domains, all"
                        + " elements as objects; null takes back what was set at run time."));
        routes.add(Route.patch("/api/v1/settings", "Changes settings, all at once or none; kept over restarts.")
                .tagged()
                .takes(changes)
                .gives(
                        Shape.fields(
                                Shape.required(
                                        "changed",
                                        new Shape.Map(new Shape.Nullable(Shape.TEXT)),
                                        "What has another value than before; null where its element is gone."),
                                Shape.required(
                                        "atNextStart", TEXTS, "Those that take effect only when it is started again.")),
                        "They are changed.")
                .by(r -> {
                    @SuppressWarnings("unchecked") // the shape says so
                    Map<String, Object> wanted = (Map<String, Object>) r.body().get("changes");
                    SettingsOperations.Done done = operations.change(wanted, r.ifMatch());
                    SequencedMap<String, Object> json = new LinkedHashMap<>();
                    json.put("changed", done.changed());
                    json.put("atNextStart", done.atNextStart());
                    return Reply.ok(json).tagged(done.tag());
                }));
        routes.add(Route.get("/api/v1/settings/changes", "What was set at run time, as PATCH takes it.")
                .gives(changes, "Key to text.")
                .by(_ -> Reply.ok(Map.of("changes", operations.changes()))));
    }

    private void dns(DnsOperations dns) {
        routes.add(Route.get("/api/v1/dns", "Whom the server asks for names now.")
                .gives(
                        Shape.fields(
                                Shape.required(
                                        "external", RESOLVERS, "For connectors with UseExternalDNSServersEnabled."),
                                Shape.required("internal", RESOLVERS, "For all others."),
                                Shape.required("adapter", TEXTS, "The servers that the network adapter has.")),
                        "Both sets of servers.")
                .by(_ -> Reply.ok(dns.settings())));
        routes.add(Route.post(
                        "/api/v1/dns/resolve",
                        "Asks as the server would, and tells every query. Reads the cache," + " leaves nothing in it.")
                .takes(Shape.fields(
                        Shape.optional("name", Shape.TEXT, "A name; with type."),
                        Shape.optional("type", Shape.TEXT, "MX, A, AAAA, TXT …; A if not given."),
                        Shape.optional(
                                "domain", Shape.TEXT, "Instead of a name: a recipient domain, whose hosts are sought."),
                        Shape.optional("set", Shape.TEXT, "external or internal servers; external if not given.")))
                .gives(ANSWER, "What came of it; also where nothing was found.")
                .by(r -> Reply.ok(dns.resolve(question(r)))));
    }

    private static DnsOperations.Question question(Request request) {
        boolean external = switch (request.text("set").orElse("external")) {
            case "external" -> true;
            case "internal" -> false;
            default -> throw new ProblemException(Problem.invalidParameter("set", "set is external or internal."));
        };
        if (request.text("domain").isPresent()) {
            if (request.text("name").isPresent() || request.text("type").isPresent()) {
                throw new ProblemException(
                        Problem.invalidParameter("domain", "A domain is asked for without name and type."));
            }
            return new DnsOperations.Question(request.text("domain").get(), Optional.empty(), external);
        }
        String name = request.text("name")
                .orElseThrow(() -> new ProblemException(
                        Problem.invalidParameter("name", "There must be a name with its type, or a domain.")));
        return new DnsOperations.Question(name, Optional.of(request.text("type").orElse("A")), external);
    }

    private void cache(DnsOperations dns) {
        routes.add(Route.get(
                        "/api/v1/dns/cache",
                        "What the server remembers of DNS. What does not exist is remembered only with dns.negativeCacheEnabled,"
                                + " and a failure never.")
                .query("name", NAME)
                .givesItems(CACHED, "Record sets, in the order in which they were learned.")
                .by(r -> Reply.items(dns.cached(r.query("name")))));
        routes.add(Route.delete("/api/v1/dns/cache", "Forgets all of it, as a restart does.")
                .gives(FORGOTTEN, "It is forgotten.")
                .by(_ -> Reply.ok(Map.of("forgotten", dns.forget()))));
        routes.add(Route.delete("/api/v1/dns/cache/{name}", "Forgets what was asked for under one name.")
                .gives(FORGOTTEN, "It is forgotten; 404 where there was nothing.")
                .by(r -> Reply.ok(Map.of("forgotten", dns.forget(r.path("name"))))));
    }
}
