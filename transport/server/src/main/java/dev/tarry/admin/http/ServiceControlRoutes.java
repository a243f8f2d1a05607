package dev.tarry.admin.http;

import dev.tarry.admin.ServiceControl;
import java.util.ArrayList;
import java.util.List;

/// Pausing, stopping and starting the transport service, while this API goes on.
public final class ServiceControlRoutes {
    private static final String PATH = "/api/v1/transport-service";
    private static final Shape SERVICE = Shape.fields(
                    Shape.required("Name", Shape.TEXT.such("MSExchangeTransport"), "As Windows calls it."),
                    Shape.required("DisplayName", Shape.TEXT, "For people."),
                    Shape.required(
                            "Status",
                            Shape.oneOf("Running", "Paused", "Stopped", "StartPending", "StopPending"),
                            "How it stands."),
                    Shape.required(
                            "RedirectingTo",
                            new Shape.Nullable(Shape.TEXT.such("mail2.company.com")),
                            "The server that is being given all that is queued (Redirect-Message): no new mail is taken"
                                    + " meanwhile; null: none."))
            .named("Service");

    private ServiceControlRoutes() {}

    public static List<Route> of(ServiceControl control) {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get(PATH + "/status", "Whether the transport service runs (Get-Service).")
                .gives(SERVICE, "How it stands.")
                .by(_ -> Reply.ok(control.service())));
        for (ServiceControl.Verb verb : ServiceControl.Verb.values()) {
            routes.add(Route.post(PATH + "/" + verb.word(), verb.says())
                    .gives(SERVICE, "It is done.")
                    .by(_ -> Reply.ok(control.order(verb))));
        }
        return routes;
    }
}
