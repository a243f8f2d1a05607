package dev.tarry.admin.http;

import dev.tarry.admin.Changed;
import dev.tarry.admin.ConnectorOperations;
import dev.tarry.admin.DomainOperations;
import dev.tarry.admin.EntityTag;
import dev.tarry.admin.ReceiveConnectorOperations;
import dev.tarry.admin.RemoteDomainOperations;
import dev.tarry.admin.ServiceOperations;
import dev.tarry.admin.SettingForm;
import dev.tarry.admin.SettingProperty;
import dev.tarry.admin.SettingTable;
import dev.tarry.admin.SettingsDesk;
import dev.tarry.admin.SystemMessageOperations;
import dev.tarry.config.SendConnectorTls;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/// The routes of what Exchange's Set-cmdlets change: transport service and configuration, connectors,
/// accepted and remote domains.
///
/// Reading gives the property bag with its ETag. A change takes any of the properties, all of them hold
/// at once or none does, and it answers `{"item": {…}, "atNextStart": […], "warnings": […]}` with the
/// new ETag.
public final class ServiceRoutes {
    private static final String SEND = "/api/v1/send-connectors";
    private static final String RECEIVE = "/api/v1/receive-connectors";
    private static final String DOMAINS = "/api/v1/accepted-domains";
    private static final String REMOTE = "/api/v1/remote-domains";
    private static final String MESSAGES = "/api/v1/system-messages";

    private final List<Route> routes = new ArrayList<>();

    private ServiceRoutes() {}

    /// @param listensAt where the receive connector of a name listens, each `ip:port`; empty while it
    ///                  does not
    /// @param certificateMissing what a send connector with such settings is to show and the server does not have
    public static List<Route> of(
            SettingsDesk desk,
            Function<String, List<String>> listensAt,
            Function<SendConnectorTls, Optional<String>> certificateMissing) {
        ServiceRoutes all = new ServiceRoutes();
        all.service(new ServiceOperations(desk));
        all.sendConnectors(new ConnectorOperations(desk, certificateMissing));
        all.receiveConnectors(new ReceiveConnectorOperations(desk, listensAt));
        all.domains(new DomainOperations(desk));
        all.remoteDomains(new RemoteDomainOperations(desk));
        all.systemMessages(new SystemMessageOperations(desk));
        return all.routes;
    }

    private void service(ServiceOperations operations) {
        SettingTable service = ServiceOperations.serviceTable();
        routes.add(Route.get("/api/v1/transport-service", "The transport service (Get-TransportService).")
                .tagged()
                .gives(shown(service), "Its properties.")
                .by(_ -> Reply.tagged(operations.service())));
        routes.add(Route.patch("/api/v1/transport-service", "Changes the transport service (Set-TransportService).")
                .tagged()
                .takes(taken(service, Set.of()))
                .gives(changed(service), "It is changed.")
                .by(r -> reply(operations.changeService(r.body(), r.ifMatch()))));
        SettingTable config = ServiceOperations.configTable();
        routes.add(Route.get("/api/v1/transport-config", "What holds for all of transport (Get-TransportConfig).")
                .tagged()
                .gives(shown(config), "Its properties.")
                .by(_ -> Reply.tagged(operations.config())));
        routes.add(Route.patch(
                        "/api/v1/transport-config",
                        "Changes what holds for all of transport" + " (Set-TransportConfig).")
                .tagged()
                .takes(taken(config, Set.of()))
                .gives(changed(config), "It is changed.")
                .by(r -> reply(operations.changeConfig(r.body(), r.ifMatch()))));
    }

    private void sendConnectors(ConnectorOperations operations) {
        SettingTable table = ConnectorOperations.table();
        routes.add(Route.get(SEND, "Send connectors, in the order in which they were made (Get-SendConnector).")
                .givesItems(shown(table), "Connectors with their properties.")
                .by(_ -> items(operations.list())));
        List<Shape.Field> fields =
                new ArrayList<>(taken(table, Set.of("Name", "AddressSpaces")).fields());
        fields.add(Shape.optional(
                "Usage", Shape.TEXT, "Custom, Internal, Internet or Partner; Internal: MaxMessageSize is Unlimited."));
        routes.add(Route.post(
                        SEND,
                        "Makes a send connector (New-SendConnector): new mail leaves by it at once, queued"
                                + " mail stays where it is.")
                .takes(new Shape.Fields(fields))
                .gives(201, changed(table), "It is made.")
                .by(r -> created(operations.create(r.body()), SEND, "Name")));
        routes.add(Route.get(SEND + "/{identity}", "A send connector, by its name or GUID.")
                .tagged()
                .gives(shown(table), "Its properties.")
                .by(r -> Reply.tagged(operations.get(r.path("identity")))));
        routes.add(Route.patch(SEND + "/{identity}", "Changes a send connector (Set-SendConnector).")
                .tagged()
                .takes(taken(table, Set.of()))
                .gives(changed(table), "It is changed.")
                .by(r -> reply(operations.change(r.path("identity"), r.body(), r.ifMatch()))));
        routes.add(Route.delete(SEND + "/{identity}", "Removes a send connector (Remove-SendConnector).")
                .tagged()
                .by(r -> {
                    operations.remove(r.path("identity"), r.ifMatch());
                    return Reply.nothing();
                }));
    }

    private void receiveConnectors(ReceiveConnectorOperations operations) {
        SettingTable table = ReceiveConnectorOperations.table();
        routes.add(Route.get(RECEIVE, "Receive connectors (Get-ReceiveConnector).")
                .givesItems(shown(table), "Connectors with their properties.")
                .by(_ -> items(operations.list())));
        List<Shape.Field> fields = new ArrayList<>(taken(table, Set.of("Name")).fields());
        fields.add(Shape.optional(
                "Usage",
                Shape.TEXT,
                "Client, Custom, Internal, Internet or Partner: what else is needed, and what holds where nothing is"
                        + " said. Custom if it is not given; it needs Bindings and RemoteIPRanges."));
        routes.add(Route.post(RECEIVE, "Makes a receive connector, which listens at once (New-ReceiveConnector).")
                .takes(new Shape.Fields(fields))
                .gives(201, changed(table), "It is made.")
                .by(r -> created(operations.create(r.body()), RECEIVE, "Name")));
        routes.add(Route.get(
                        RECEIVE + "/{identity}",
                        "A receive connector: MAIL\\Default Frontend MAIL, its name alone," + " or its GUID.")
                .tagged()
                .gives(shown(table), "Its properties.")
                .by(r -> Reply.tagged(operations.get(r.path("identity")))));
        routes.add(Route.patch(
                        RECEIVE + "/{identity}",
                        "Changes a receive connector: at once where it listens, else for new sessions"
                                + " (Set-ReceiveConnector).")
                .tagged()
                .takes(taken(table, Set.of()))
                .gives(changed(table), "It is changed.")
                .by(r -> reply(operations.change(r.path("identity"), r.body(), r.ifMatch()))));
        routes.add(Route.delete(
                        RECEIVE + "/{identity}",
                        "Removes a receive connector; its sessions go on to their end (Remove-ReceiveConnector)."
                                + " 409 for the last one.")
                .tagged()
                .by(r -> {
                    operations.remove(r.path("identity"), r.ifMatch());
                    return Reply.nothing();
                }));
    }

    private void domains(DomainOperations operations) {
        SettingTable table = DomainOperations.table();
        routes.add(Route.get(DOMAINS, "Domains that mail is accepted for (Get-AcceptedDomain).")
                .givesItems(shown(table), "Domains with their properties.")
                .by(_ -> items(operations.list())));
        routes.add(Route.post(
                        DOMAINS,
                        "Accepts mail for a domain (New-AcceptedDomain); *.contoso.com stands for a domain"
                                + " with its subdomains.")
                .takes(taken(table, Set.of("DomainName")))
                .gives(201, changed(table), "It is accepted.")
                .by(r -> created(operations.create(r.body()), DOMAINS, "DomainName")));
        routes.add(Route.get(DOMAINS + "/{identity}", "An accepted domain, by its name, domain or GUID.")
                .tagged()
                .gives(shown(table), "Its properties.")
                .by(r -> Reply.tagged(operations.get(r.path("identity")))));
        routes.add(Route.patch(
                        DOMAINS + "/{identity}",
                        "Changes an accepted domain (Set-AcceptedDomain); Default: true"
                                + " makes it the default in place of the one before.")
                .tagged()
                .takes(taken(table, Set.of()))
                .gives(changed(table), "It is changed.")
                .by(r -> reply(operations.change(r.path("identity"), r.body(), r.ifMatch()))));
        routes.add(Route.delete(
                        DOMAINS + "/{identity}",
                        "Accepts no more mail for a domain (Remove-AcceptedDomain);" + " 409 for the default one.")
                .tagged()
                .by(r -> {
                    operations.remove(r.path("identity"), r.ifMatch());
                    return Reply.nothing();
                }));
    }

    private void remoteDomains(RemoteDomainOperations operations) {
        SettingTable table = RemoteDomainOperations.table();
        routes.add(Route.get(REMOTE, "Domains outside, and what they are told (Get-RemoteDomain).")
                .givesItems(shown(table), "Domains with their properties.")
                .by(_ -> items(operations.list())));
        routes.add(Route.post(REMOTE, "Tells a domain something else than the others (New-RemoteDomain).")
                .takes(taken(table, Set.of("Name", "DomainName")))
                .gives(201, changed(table), "It is made.")
                .by(r -> created(operations.create(r.body()), REMOTE, "Name")));
        routes.add(Route.get(REMOTE + "/{identity}", "A remote domain, by its name, domain or GUID.")
                .tagged()
                .gives(shown(table), "Its properties.")
                .by(r -> Reply.tagged(operations.get(r.path("identity")))));
        routes.add(Route.patch(REMOTE + "/{identity}", "Changes a remote domain (Set-RemoteDomain).")
                .tagged()
                .takes(taken(table, Set.of()))
                .gives(changed(table), "It is changed.")
                .by(r -> reply(operations.change(r.path("identity"), r.body(), r.ifMatch()))));
        routes.add(Route.delete(
                        REMOTE + "/{identity}",
                        "Removes a remote domain (Remove-RemoteDomain); 409 for the one of all others, *.")
                .tagged()
                .by(r -> {
                    operations.remove(r.path("identity"), r.ifMatch());
                    return Reply.nothing();
                }));
    }

    private void systemMessages(SystemMessageOperations operations) {
        SettingTable table = SystemMessageOperations.table();
        routes.add(Route.get(MESSAGES, "Texts of the operator's own in reports of failures (Get-SystemMessage).")
                .query("original", Shape.FLAG, "true gives what reports say without any.")
                .givesItems(shown(table), "Texts with their properties.")
                .by(r -> items(r.queryFlag("original") ? operations.originals() : operations.list())));
        routes.add(Route.post(MESSAGES, "Has reports of a code say something else (New-SystemMessage).")
                .takes(taken(table, Set.of("DsnCode", "Internal", "Language", "Text")))
                .gives(201, changed(table), "It is made.")
                .by(r -> created(operations.create(r.body()), MESSAGES, "Identity")));
        routes.add(Route.get(MESSAGES + "/{identity}", "One of them: En\\Internal\\5.4.4, or its GUID.")
                .tagged()
                .gives(shown(table), "Its properties.")
                .by(r -> Reply.tagged(operations.get(r.path("identity")))));
        routes.add(Route.patch(MESSAGES + "/{identity}", "Changes such a text (Set-SystemMessage).")
                .tagged()
                .takes(taken(table, Set.of()))
                .gives(changed(table), "It is changed.")
                .by(r -> reply(operations.change(r.path("identity"), r.body(), r.ifMatch()))));
        routes.add(Route.delete(
                        MESSAGES + "/{identity}",
                        "Has reports of that code say what Exchange's say (Remove-SystemMessage).")
                .tagged()
                .by(r -> {
                    operations.remove(r.path("identity"), r.ifMatch());
                    return Reply.nothing();
                }));
    }

    private static Reply items(List<SequencedMap<String, Object>> all) {
        return Reply.items(to -> {
            all.forEach(to);
            return false;
        });
    }

    private static Reply reply(Changed changed) {
        return Reply.ok(json(changed)).tagged(EntityTag.of(changed.item()));
    }

    private static Reply created(Changed changed, String path, String name) {
        String segment = URLEncoder.encode((String) changed.item().get(name), StandardCharsets.UTF_8)
                .replace("+", "%20");
        return Reply.created(json(changed)).tagged(EntityTag.of(changed.item())).at(path + "/" + segment);
    }

    private static SequencedMap<String, Object> json(Changed changed) {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put("item", changed.item());
        json.put("atNextStart", changed.atNextStart());
        json.put("warnings", changed.warnings());
        return json;
    }

    // -- shapes

    private static Shape.Fields changed(SettingTable table) {
        return Shape.fields(
                Shape.required("item", shown(table), "The properties now."),
                Shape.required(
                        "atNextStart",
                        new Shape.ListOf(Shape.TEXT),
                        "Changed properties that take effect only when the server is started again."),
                Shape.required("warnings", new Shape.ListOf(Shape.TEXT), "What may not have been meant."));
    }

    private static Shape.Fields shown(SettingTable table) {
        return new Shape.Fields(table.properties().stream()
                .map(p -> Shape.required(p.name(), shown(p), p.description()))
                .toList());
    }

    private static Shape shown(SettingProperty property) {
        return switch (property.form()) {
            case FLAG -> Shape.FLAG;
            case WHOLE -> Shape.WHOLE;
            case COUNT -> Shape.ANYTHING;
            case SPAN, SIZE, WORDS -> Shape.TEXT;
            case TEXT, CREDENTIAL -> new Shape.Nullable(Shape.TEXT);
            case LIST -> new Shape.ListOf(Shape.TEXT);
        };
    }

    /// Also those that cannot be changed: what was read may be sent back as it is.
    private static Shape.Fields taken(SettingTable table, Set<String> required) {
        return new Shape.Fields(table.properties().stream()
                .map(p -> new Shape.Field(p.name(), taken(p), required.contains(p.name()), p.description() + hint(p)))
                .toList());
    }

    private static Shape taken(SettingProperty property) {
        return switch (property.form()) {
            case FLAG -> Shape.FLAG;
            case WHOLE -> Shape.WHOLE;
            case SPAN -> Shape.TEXT;
            case TEXT -> new Shape.Nullable(Shape.TEXT);
            case COUNT, SIZE, WORDS, LIST, CREDENTIAL -> Shape.ANYTHING;
        };
    }

    private static String hint(SettingProperty property) {
        if (property.form() == SettingForm.CREDENTIAL) {
            return " Written as {\"UserName\": ..., \"Password\": ...}; null takes it away.";
        }
        if (!property.changeable()) {
            return " Cannot be changed.";
        }
        return switch (property.form()) {
            case COUNT -> " A whole number; \"Unlimited\" where there may be no limit.";
            case SPAN -> " As d.hh:mm:ss.";
            case SIZE -> " In bytes, or as a text with a unit such as \"35MB\".";
            case WORDS -> " A list of words, or one text with commas.";
            case LIST -> " A list of texts, which replaces the old one; or {\"Add\": [...], \"Remove\": [...]}.";
            case FLAG, WHOLE, TEXT, CREDENTIAL -> "";
        };
    }
}
