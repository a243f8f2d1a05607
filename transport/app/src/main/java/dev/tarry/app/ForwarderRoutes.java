package dev.tarry.app;

import dev.tarry.admin.http.Problem;
import dev.tarry.admin.http.ProblemException;
import dev.tarry.admin.http.Reply;
import dev.tarry.admin.http.Request;
import dev.tarry.admin.http.Route;
import dev.tarry.admin.http.Shape;
import dev.tarry.lab.Lab;
import java.util.LinkedHashMap;
import java.util.List;

/// `/lab/v1/forwarders` and `/lab/v1/dns/conditional-forwarders`: whom the lab's internal DNS servers ask.
final class ForwarderRoutes {
    private static final Shape LISTS = new Shape.Map(new Shape.ListOf(Shape.TEXT));
    private static final Shape.Fields ADDRESSES = Shape.fields(Shape.required(
            "forwarders",
            new Shape.ListOf(Shape.TEXT),
            "Addresses, in the order of asking; none: SERVFAIL for what it doesn't know."));

    private final Lab lab;

    private ForwarderRoutes(Lab lab) {
        this.lab = lab;
    }

    static List<Route> of(Lab lab) {
        ForwarderRoutes routes = new ForwarderRoutes(lab);
        return List.of(
                Route.get("/lab/v1/forwarders", "Whom each internal DNS server asks.")
                        .gives(LISTS, "By server, in the order of asking.")
                        .by(_ -> Reply.ok(new LinkedHashMap<String, Object>(lab.forwarders()))),
                Route.put("/lab/v1/forwarders/{server}", "Says whom an internal DNS server asks.")
                        .takes(ADDRESSES)
                        .by(routes::forward),
                Route.get(
                                "/lab/v1/dns/conditional-forwarders",
                                "Whom the internal DNS servers ask about single domains.")
                        .gives(LISTS, "By domain, which stands for all below it too; the longest match counts.")
                        .by(_ -> Reply.ok(new LinkedHashMap<String, Object>(lab.conditionalForwarders()))),
                Route.put(
                                "/lab/v1/dns/conditional-forwarders/{domain}",
                                "Says whom the internal DNS servers ask about a domain and all below it.")
                        .takes(ADDRESSES)
                        .by(routes::forwardDomain),
                Route.delete(
                                "/lab/v1/dns/conditional-forwarders/{domain}",
                                "Lets the internal DNS servers ask their forwarders about a domain again.")
                        .by(routes::forget));
    }

    private Reply forward(Request request) {
        if (!lab.forwarders().containsKey(request.path("server"))) {
            throw new ProblemException(Problem.notFound("The lab's internal DNS servers are "
                    + String.join(" and ", lab.forwarders().keySet()) + "."));
        }
        return LabRoutes.checked("forwarders", () -> {
            lab.setForwarders(request.path("server"), addresses(request));
            return Reply.nothing();
        });
    }

    private Reply forwardDomain(Request request) {
        return LabRoutes.checked("forwarders", () -> {
            lab.setConditionalForwarders(request.path("domain"), addresses(request));
            return Reply.nothing();
        });
    }

    private Reply forget(Request request) {
        if (!LabRoutes.checked("domain", () -> lab.removeConditionalForwarders(request.path("domain")))) {
            throw new ProblemException(Problem.notFound("There are no conditional forwarders for this domain."));
        }
        return Reply.nothing();
    }

    private static List<String> addresses(Request request) {
        return ((List<?>) request.body().get("forwarders"))
                .stream().map(Object::toString).toList();
    }
}
