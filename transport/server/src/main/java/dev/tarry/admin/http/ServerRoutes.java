package dev.tarry.admin.http;

import dev.tarry.admin.ComponentOperations;
import dev.tarry.admin.ServerOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/// The one server that there is: what it is, its network adapter, and which of its components rest.
public final class ServerRoutes {
    private static final Shape SERVER = Shape.fields(
                    Shape.required("Name", Shape.TEXT.such("MAIL"), "Its short name."),
                    Shape.required("Fqdn", Shape.TEXT.such("mail.company.com"), "Its full name."),
                    Shape.required("Domain", Shape.TEXT, "The domain that it is in."),
                    Shape.required("Site", Shape.TEXT, "Always Default-First-Site-Name here."),
                    Shape.required("ServerRole", Shape.TEXT, "Always Mailbox here."),
                    Shape.required("Edition", Shape.TEXT, "Always Standard here."),
                    Shape.required(
                            "AdminDisplayVersion",
                            Shape.TEXT.such("Version 15.2 (Build 1544.4)"),
                            "The version of Exchange that it says it is."),
                    Shape.required("Identity", Shape.TEXT, "The same as Name."),
                    Shape.required("Guid", Shape.TEXT, "Made of the name, the same at every start."),
                    Shape.required("IsHubTransportServer", Shape.FLAG, "Always true."),
                    Shape.required("IsFrontendTransportServer", Shape.FLAG, "Always true."),
                    Shape.required("IsMailboxServer", Shape.FLAG, "Always true."),
                    Shape.required("IsEdgeServer", Shape.FLAG, "Always false."),
                    Shape.required("IsValid", Shape.FLAG, "Always true."),
                    Shape.required("ObjectState", Shape.TEXT, "Always Unchanged."))
            .named("Server");
    private static final Shape ADAPTER = Shape.fields(
                    Shape.required("Name", Shape.TEXT.such("Ethernet"), "What it is called."),
                    Shape.required(
                            "DnsServers",
                            new Shape.ListOf(Shape.TEXT.such("192.168.1.10")),
                            "The DNS servers that it has, in their order."),
                    Shape.required("IPAddresses", new Shape.ListOf(Shape.TEXT), "Where the server is reached."),
                    Shape.required("AdapterGuid", Shape.TEXT, "The same at every start."),
                    Shape.required("MacAddress", new Shape.Nullable(Shape.TEXT), "Always null here."),
                    Shape.required("Identity", Shape.TEXT, "The same as AdapterGuid."),
                    Shape.required("IsValid", Shape.FLAG, "Always true."),
                    Shape.required("ObjectState", Shape.TEXT, "Always Unchanged."))
            .named("NetworkConnection");
    private static final Shape COMPONENT = Shape.fields(
                    Shape.required("Server", Shape.TEXT.such("MAIL"), "Whose component it is."),
                    Shape.required("Component", Shape.TEXT.such("HubTransport"), "Which it is."),
                    Shape.required(
                            "State",
                            Shape.oneOf("Active", "Draining", "Inactive"),
                            "How it is: as its strictest request says, or Active. HubTransport that drains takes no mail,"
                                    + " and sends what is queued; Inactive it sends nothing to other servers either."),
                    Shape.required(
                            "Requests",
                            new Shape.ListOf(Shape.TEXT.such("Maintenance:Draining")),
                            "Who asked for what, where that is not Active."),
                    Shape.required("Identity", Shape.TEXT.such("MAIL\\HubTransport"), "Server and component."))
            .named("ServerComponent");
    private static final String COMPONENTS = "/api/v1/server/components";

    private ServerRoutes() {}

    public static List<Route> of(ServerOperations server, ComponentOperations components) {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get("/api/v1/server", "The server itself (Get-ExchangeServer).")
                .gives(SERVER, "What it is.")
                .by(_ -> Reply.ok(server.server())));
        routes.add(Route.get("/api/v1/server/network-connections", "Its network adapter (Get-NetworkConnectionInfo).")
                .givesItems(ADAPTER, "The one that there is.")
                .by(_ -> items(List.of(server.networkConnection()))));
        routes.add(Route.get(COMPONENTS, "Which components of the server rest (Get-ServerComponentState).")
                .givesItems(COMPONENT, "All of them.")
                .by(_ -> items(components.list())));
        routes.add(Route.post(
                        COMPONENTS + "/{component}",
                        "Has a component rest or be active again, over restarts too (Set-ServerComponentState).")
                .takes(Shape.fields(
                        Shape.required(
                                "Requester",
                                Shape.TEXT.such("Maintenance"),
                                "Who asks: HealthAPI, Maintenance, Sidelined, Functional or Deployment. A component is"
                                        + " active only while nobody asks for something else."),
                        Shape.required("State", Shape.TEXT.such("Draining"), "Active, Draining or Inactive.")))
                .gives(COMPONENT, "How it is now.")
                .by(r -> Reply.ok(components.set(
                        r.path("component"),
                        r.text("Requester").orElseThrow(),
                        r.text("State").orElseThrow()))));
        return routes;
    }

    private static Reply items(List<SequencedMap<String, Object>> all) {
        return Reply.items(to -> {
            all.forEach(to);
            return false;
        });
    }
}
