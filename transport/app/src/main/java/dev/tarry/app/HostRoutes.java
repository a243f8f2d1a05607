package dev.tarry.app;

import dev.tarry.admin.Listing;
import dev.tarry.admin.http.Problem;
import dev.tarry.admin.http.ProblemException;
import dev.tarry.admin.http.Reply;
import dev.tarry.admin.http.Request;
import dev.tarry.admin.http.Route;
import dev.tarry.admin.http.Shape;
import dev.tarry.lab.Lab;
import dev.tarry.lab.fault.Glob;
import dev.tarry.lab.mx.HostGrammar;
import dev.tarry.lab.mx.MailHost;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/// `/lab/v1/hosts`: who the mail hosts are, how they behave, and where they really listen.
final class HostRoutes {
    private static final long OPENING_SECONDS = 30;
    private static final int SMTP_PORT = 25;

    private static final Shape.Fields HOST = Shape.fields(
            Shape.optional("name", Shape.TEXT, "As in the path."),
            Shape.optional(
                    "addresses", new Shape.ListOf(Shape.TEXT), "Where it lives; where the zones say, if not given."),
            Shape.optional("banner", new Shape.Nullable(Shape.TEXT), "What follows the 220."),
            Shape.optional("esmtp", Shape.FLAG, "False: it knows only HELO. True if not given."),
            Shape.optional(
                    "extensions",
                    new Shape.ListOf(Shape.TEXT),
                    "What it offers, and what it refuses when it does not: PIPELINING, SIZE, 8BITMIME, DSN,"
                            + " ENHANCEDSTATUSCODES, SMTPUTF8, CHUNKING, BINARYMIME, STARTTLS."),
            Shape.optional("auth", new Shape.ListOf(Shape.TEXT), "PLAIN, LOGIN, XOAUTH2; none if not given."),
            Shape.optional(
                    "users",
                    Shape.ANYTHING,
                    "Names with passwords. Shown without them; a list of names keeps the passwords."),
            Shape.optional(
                    "mailboxes",
                    new Shape.ListOf(Shape.TEXT),
                    "Patterns of the addresses it knows; others get 550 5.1.1. Everybody if not given."),
            Shape.optional("certificate", Shape.TEXT, "good, expired, notyet, selfsigned, wrongname or unknownca."),
            Shape.optional("requireTls", Shape.FLAG, "It takes mail only behind STARTTLS."),
            Shape.optional("requireAuth", Shape.FLAG, "It takes mail only from users."),
            Shape.optional("messageOctets", new Shape.Nullable(Shape.WHOLE), "The largest message it takes."),
            Shape.optional("recipients", new Shape.Nullable(Shape.WHOLE), "The most it takes in one transaction."),
            Shape.optional("given", Shape.FLAG, "Shown, not taken: whether anything was said of it."),
            Shape.optional(
                    "listens",
                    new Shape.Nullable(Shape.TEXT),
                    "Shown, not taken: where port 25 of its first address really is; null before it is opened."),
            Shape.optional(
                    "listening",
                    new Shape.Map(Shape.TEXT),
                    "Shown, not taken: where it really listens by now, by its address and port in the lab's world."));

    private final Lab lab;

    private HostRoutes(Lab lab) {
        this.lab = lab;
    }

    static List<Route> of(Lab lab) {
        HostRoutes routes = new HostRoutes(lab);
        return List.of(
                Route.get("/lab/v1/hosts", "The mail hosts of the lab's world.")
                        .query("name", "Whose name matches this pattern.")
                        .query("limit", "The first so many; 1000 if not given.")
                        .givesItems(
                                HOST, "Those of whom something was said, then the others in the order of the zones.")
                        .by(routes::all),
                Route.get("/lab/v1/hosts/{name}", "One mail host.")
                        .query("open", "True: it listens from now on, so that any client can be pointed at it.")
                        .gives(HOST, "As it can be sent back.")
                        .by(request -> request.queryFlag("open")
                                ? routes.open(request)
                                : Reply.ok(routes.shown(routes.found(request)))),
                Route.post("/lab/v1/hosts/{name}/open", "Lets a mail host listen, as the first dial would.")
                        .takes(Shape.fields())
                        .gives(HOST, "The host, with where it really listens.")
                        .by(routes::open),
                Route.put("/lab/v1/hosts/{name}", "Says how a mail host behaves, and where it lives.")
                        .takes(HOST)
                        .gives(HOST, "The host as it is now.")
                        .by(routes::put),
                Route.delete("/lab/v1/hosts/{name}", "Forgets what was said of a mail host.")
                        .by(routes::remove));
    }

    private Reply all(Request request) {
        Glob name = new Glob(request.query("name").orElse("*"));
        List<SequencedMap<String, Object>> bags = new ArrayList<>();
        int limit = LabRoutes.limit(request);
        lab.hostAddresses().forEach((host, addresses) -> {
            if (bags.size() < limit && name.matches(host)) {
                bags.add(shown(lab.saidOfHost(host).orElseGet(() -> MailHost.standard(host)), addresses));
            }
        });
        return Reply.items(Listing.of(bags));
    }

    private MailHost found(Request request) {
        return lab.host(request.path("name"))
                .orElseThrow(() -> new ProblemException(Problem.notFound(
                        "There is no mail host of this name; GET /lab/v1/hosts lists them, PUT makes one.")));
    }

    private Reply open(Request request) throws Exception {
        MailHost host = found(request);
        lab.openHost(host.name()).get(OPENING_SECONDS, TimeUnit.SECONDS);
        return Reply.ok(shown(host));
    }

    private Reply put(Request request) {
        MailHost host = LabRoutes.checked("host", () -> {
            String name = request.path("name").toLowerCase(Locale.ROOT);
            MailHost read = HostGrammar.read(name, request.body(), lab.host(name));
            lab.putHost(read);
            return read;
        });
        return Reply.ok(shown(host));
    }

    private Reply remove(Request request) {
        if (!lab.removeHost(request.path("name"))) {
            throw new ProblemException(Problem.notFound(
                    "Nothing was said of a mail host of this name; hosts that follow from the zones go with them."));
        }
        return Reply.nothing();
    }

    private SequencedMap<String, Object> shown(MailHost host) {
        return shown(host, lab.hostAddresses(host.name()));
    }

    private SequencedMap<String, Object> shown(MailHost host, List<InetAddress> addresses) {
        SequencedMap<String, Object> bag = HostGrammar.write(host);
        bag.put("addresses", addresses.stream().map(InetAddress::getHostAddress).toList());
        bag.put("given", lab.saidOfHost(host.name()).isPresent());
        SequencedMap<String, Object> listening = new LinkedHashMap<>();
        lab.hostListeners(host.name()).forEach((dialled, real) -> listening.put(text(dialled), text(real)));
        bag.put(
                "listens",
                lab.hostListeners(host.name()).entrySet().stream()
                        .filter(entry -> entry.getKey().getPort() == SMTP_PORT)
                        .findFirst()
                        .map(entry -> text(entry.getValue()))
                        .orElse(null));
        bag.put("listening", listening);
        return bag;
    }

    private static String text(SocketAddress address) {
        return address instanceof InetSocketAddress at ? Addresses.text(at) : address.toString();
    }
}
