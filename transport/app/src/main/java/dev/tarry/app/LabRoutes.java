package dev.tarry.app;

import dev.tarry.admin.Listing;
import dev.tarry.admin.RawContent;
import dev.tarry.admin.http.Problem;
import dev.tarry.admin.http.ProblemException;
import dev.tarry.admin.http.ProblemType;
import dev.tarry.admin.http.Reply;
import dev.tarry.admin.http.Request;
import dev.tarry.admin.http.Route;
import dev.tarry.admin.http.Shape;
import dev.tarry.lab.Lab;
import dev.tarry.lab.dns.JournaledQuery;
import dev.tarry.lab.dns.QuerySearch;
import dev.tarry.lab.fault.Glob;
import dev.tarry.lab.mx.ReceivedMessage;
import dev.tarry.lab.net.FirewallRule;
import dev.tarry.lab.net.RuleGrammar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// `/lab/v1`, but for the clock, the zones and the faults: firewall, what the hosts received, what DNS was asked,
/// reset.
final class LabRoutes {
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int COPY_BYTES = 64 * 1024;

    private static final Shape.Fields RULE = Shape.fields(
            Shape.optional("Name", Shape.TEXT, "Unique; made up if not given."),
            Shape.required("DisplayName", Shape.TEXT, "For people."),
            Shape.optional("Direction", Shape.TEXT, "Inbound or Outbound; Inbound if not given, as in Windows."),
            Shape.optional("Protocol", Shape.TEXT, "TCP, UDP or Any."),
            Shape.optional(
                    "LocalPort",
                    Shape.ANYTHING,
                    "Of the server: a port, a range, a list, or Any. 25 and 587 are the receive connectors that stand for"
                            + " them, wherever they are bound."),
            Shape.optional("RemotePort", Shape.ANYTHING, "A port, a range, a list, or Any."),
            Shape.optional("RemoteAddress", Shape.ANYTHING, "An address, a network, a list, or Any."),
            Shape.optional(
                    "Action",
                    Shape.TEXT,
                    "Allow, Block, or Reject: refused at once instead of dropped; Windows has no such action."),
            Shape.optional("Enabled", Shape.FLAG, "Whether it counts."),
            Shape.optional("Profile", Shape.TEXT, "Kept and shown; the lab has one network."),
            Shape.optional("Description", Shape.TEXT, "Kept and shown."),
            Shape.optional("Group", Shape.TEXT, "Kept and shown."));

    private static final Shape.Fields RULE_CHANGES = Shape.fields(RULE.fields().stream()
            .filter(field -> !field.name().equals("Name"))
            .map(field -> Shape.optional(field.name(), field.shape(), field.description()))
            .toArray(Shape.Field[]::new));

    private static final Shape.Fields MAIL = Shape.fields(
            Shape.required("Id", Shape.TEXT, "Names the message in the lab."),
            Shape.required("Received", Shape.MOMENT, "Lab time of the final dot."),
            Shape.required("Host", Shape.TEXT, "Which host took it."),
            Shape.required("HostAddress", Shape.TEXT, "Where that host is in the lab's world."),
            Shape.required("HeloName", Shape.TEXT, "What the client called itself."),
            Shape.required("From", Shape.TEXT, "The reverse-path; empty for the null sender."),
            Shape.required("MailParameters", new Shape.ListOf(Shape.TEXT), "Of MAIL, word for word."),
            Shape.required("Recipients", new Shape.ListOf(Shape.TEXT), "Forward-paths, in order."),
            Shape.required(
                    "RecipientParameters",
                    new Shape.ListOf(new Shape.ListOf(Shape.TEXT)),
                    "Of each RCPT, word for word."),
            Shape.required("SizeBytes", Shape.WHOLE, "Octets of the content."));

    private static final Shape.Fields QUERY = Shape.fields(
            Shape.required("Id", Shape.WHOLE, "Counts from 1 since the start."),
            Shape.required("At", Shape.MOMENT, "Lab time."),
            Shape.required("Server", Shape.TEXT, "Which DNS server was asked."),
            Shape.required("AskedBy", Shape.TEXT, "client, or the lab server that passed the question on."),
            Shape.required("Protocol", Shape.TEXT, "UDP or TCP."),
            Shape.required("Name", Shape.TEXT, "Asked for."),
            Shape.required("Type", Shape.TEXT, "Asked for."),
            Shape.required("Outcome", Shape.TEXT, "NOERROR with the number of answers, another code, or SILENCE."),
            Shape.required("Answers", new Shape.ListOf(Shape.TEXT), "The first records, each in short."));

    private final Lab lab;

    private LabRoutes(Lab lab) {
        this.lab = lab;
    }

    static List<Route> of(Lab lab) {
        LabRoutes routes = new LabRoutes(lab);
        List<Route> all = new ArrayList<>(routes.firewall());
        all.addAll(routes.lookingIn());
        return all;
    }

    private List<Route> firewall() {
        return List.of(
                Route.get("/lab/v1/firewall", "The firewall's rules, in the order of making.")
                        .givesItems(RULE, "As Get-NetFirewallRule shows them.")
                        .by(_ -> items(
                                lab.rules().stream().map(RuleGrammar::write).toList())),
                Route.post("/lab/v1/firewall", "Makes a rule.")
                        .takes(RULE)
                        .gives(201, RULE, "The rule.")
                        .by(request -> Reply.created(RuleGrammar.write(checked(
                                "rule", () -> lab.addRule(RuleGrammar.read(request.body(), lab.freeRuleName())))))),
                Route.patch("/lab/v1/firewall/{name}", "Changes the rule of this Name; it keeps its place.")
                        .takes(RULE_CHANGES)
                        .gives(RULE, "The rule as it is now.")
                        .by(this::changeRule),
                Route.delete("/lab/v1/firewall/{name}", "Removes the rule of this Name.")
                        .by(request -> {
                            List<FirewallRule> removed =
                                    lab.removeRules(rule -> rule.name().equalsIgnoreCase(request.path("name")));
                            if (removed.isEmpty()) {
                                throw noSuchRule();
                            }
                            return Reply.nothing();
                        }));
    }

    private Reply changeRule(Request request) {
        FirewallRule rule = lab.rules().stream()
                .filter(one -> one.name().equalsIgnoreCase(request.path("name")))
                .findFirst()
                .orElseThrow(LabRoutes::noSuchRule);
        return Reply.ok(RuleGrammar.write(checked("rule", () -> {
            FirewallRule next = RuleGrammar.change(rule, request.body());
            if (!lab.replaceRule(next)) {
                throw noSuchRule();
            }
            return next;
        })));
    }

    private static ProblemException noSuchRule() {
        return new ProblemException(
                Problem.notFound("There is no firewall rule of this Name; GET /lab/v1/firewall lists them."));
    }

    private List<Route> lookingIn() {
        return List.of(
                Route.get("/lab/v1/mail", "What the lab's hosts received, oldest first.")
                        .query("recipient", "Of which any recipient matches this pattern.")
                        .query("host", "That a host took whose name matches this pattern.")
                        .query("limit", "So many of the newest; 1000 if not given.")
                        .givesItems(MAIL, "Without the content.")
                        .by(request -> items(lab
                                .mail(
                                        request.query("recipient").orElse("*"),
                                        request.query("host").orElse("*"),
                                        limit(request))
                                .stream()
                                .map(LabRoutes::shown)
                                .toList())),
                Route.get("/lab/v1/mail/{id}/content", "A received message, octet for octet.")
                        .givesType("message/rfc822", "Dot-stuffing undone, otherwise as it was sent.")
                        .by(this::content),
                Route.get("/lab/v1/dns/queries", "What the lab's DNS servers were asked, oldest first.")
                        .query("server", "By the address of the server, a pattern such as 8.8.*.")
                        .query("askedBy", "By who asked: client, or the address of a server of the lab; a pattern.")
                        .query("name", "By the name asked for, a pattern such as *.company.com.")
                        .query("type", "By the record type asked for, a pattern such as MX.")
                        .query("protocol", "udp or tcp, a pattern.")
                        .query("outcome", "By what became of it, a pattern such as NOERROR or SERVFAIL.")
                        .query("since", "From this moment of lab time on.")
                        .query("until", "Before this moment of lab time.")
                        .query(
                                "after",
                                "Only greater ids, and of those the oldest first: what is new since the last one seen.")
                        .query("limit", "So many of the newest; 1000 if not given.")
                        .givesItems(QUERY, "Each with what became of it.")
                        .by(request -> items(lab.queries(search(request)).stream()
                                .map(LabRoutes::shown)
                                .toList())),
                Route.post(
                                "/lab/v1/reset",
                                "Brings good weather: no faults, no firewall rules, the standard zones and forwarders.")
                        .takes(Shape.fields(Shape.optional(
                                "forgetMail",
                                Shape.FLAG,
                                "Forget also what was received and asked; false if not given.")))
                        .by(request -> {
                            lab.reset(request.flag("forgetMail", false));
                            return Reply.nothing();
                        }));
    }

    private Reply content(Request request) throws IOException {
        String id = request.path("id");
        ReceivedMessage message = lab.mail("*", "*", Integer.MAX_VALUE).stream()
                .filter(m -> m.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.notFound("The lab's hosts received no such message, or it was let go.")));
        return Reply.download(new RawContent(id + ".eml", message.sizeBytes(), to -> {
            try (InputStream content =
                    lab.content(id).orElseThrow(() -> new IOException("the content of " + id + " was let go"))) {
                byte[] octets = new byte[COPY_BYTES];
                for (int n = content.read(octets); n >= 0; n = content.read(octets)) {
                    to.write(ByteBuffer.wrap(octets, 0, n));
                }
            }
        }));
    }

    static SequencedMap<String, Object> shown(ReceivedMessage message) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Id", message.id());
        bag.put("Received", message.received());
        bag.put("Host", message.host());
        bag.put("HostAddress", message.hostAddress());
        bag.put("HeloName", message.heloName());
        bag.put("From", message.mailFrom());
        bag.put("MailParameters", message.mailParameters());
        bag.put(
                "Recipients",
                message.recipients().stream().map(r -> r.address()).toList());
        bag.put(
                "RecipientParameters",
                message.recipients().stream().map(r -> r.parameters()).toList());
        bag.put("SizeBytes", message.sizeBytes());
        return bag;
    }

    static SequencedMap<String, Object> shown(JournaledQuery query) {
        SequencedMap<String, Object> bag = new LinkedHashMap<>();
        bag.put("Id", query.id());
        bag.put("At", query.at());
        bag.put("Server", query.server());
        bag.put("AskedBy", query.askedBy());
        bag.put("Protocol", query.protocol().name());
        bag.put("Name", query.name());
        bag.put("Type", query.type());
        bag.put("Outcome", query.outcome());
        bag.put("Answers", query.answers());
        return bag;
    }

    static Reply items(List<? extends SequencedMap<String, Object>> bags) {
        return Reply.items(Listing.of(bags));
    }

    private static QuerySearch search(Request request) {
        return new QuerySearch(
                glob(request, "server"),
                glob(request, "askedBy"),
                glob(request, "protocol"),
                glob(request, "name"),
                glob(request, "type"),
                glob(request, "outcome"),
                moment(request, "since"),
                moment(request, "until"),
                request.query("after").map(LabRoutes::id),
                limit(request));
    }

    private static Glob glob(Request request, String name) {
        return request.query(name)
                .map(pattern -> checked(name, () -> new Glob(pattern)))
                .orElse(Glob.ANYTHING);
    }

    private static Optional<Instant> moment(Request request, String name) {
        try {
            return request.query(name).map(Instant::parse);
        } catch (DateTimeParseException _) {
            throw new ProblemException(
                    Problem.invalidParameter(name, name + " is a moment such as 2026-01-02T03:04:05Z."));
        }
    }

    private static Long id(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException _) {
            throw new ProblemException(
                    Problem.invalidParameter("after", "after is the id of a query, a whole number."));
        }
    }

    static int limit(Request request) {
        String text = request.query("limit").orElse(Integer.toString(DEFAULT_LIMIT));
        try {
            int limit = Integer.parseInt(text);
            if (limit > 0) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new ProblemException(Problem.invalidParameter("limit", "limit is a whole number from 1 on."));
    }

    /// What the lab refuses as impossible is the client's mistake; the lab says which.
    static <T> T checked(String what, Supplier<T> action) {
        try {
            return action.get();
        } catch (IllegalArgumentException wrong) {
            throw new ProblemException(Problem.invalidParameter(what, String.valueOf(wrong.getMessage())));
        } catch (UncheckedIOException full) {
            throw new ProblemException(new Problem(
                    ProblemType.NOT_KEPT,
                    full.getMessage() + ": " + full.getCause().getMessage()));
        }
    }
}
