package dev.tarry.admin.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What belongs together in the API's description: the routes under one noun.
///
/// @param name  `queues`, `lab: faults`
/// @param about one sentence; empty where the name says it
record ApiGroup(String name, String about) {
    private static final Map<String, String> ABOUT = Map.ofEntries(
            Map.entry("queues", "Queues by next hop, with Exchange's properties, filters and paging."),
            Map.entry("messages", "Queued messages: properties, recipients, header, octets."),
            Map.entry("operations", "Verbs for all that match a filter: how far they are, and cancelling them."),
            Map.entry("tracking", "The message tracking log."),
            Map.entry("mailboxes", "Local mailboxes: mail for accepted domains, and reports to our own people."),
            Map.entry("resubmit-requests", "Delivered mail that is sent once more (Add-ResubmitRequest …)."),
            Map.entry("wait", "Waiting for a condition, so that no script polls."),
            Map.entry("events", "What happens, as it happens (server-sent events)."),
            Map.entry("send-connectors", "Send connectors (Get-, New-, Set-, Remove-SendConnector)."),
            Map.entry("receive-connectors", "Receive connectors (Get-, New-, Set-, Remove-ReceiveConnector)."),
            Map.entry("accepted-domains", "Accepted domains (Get-, New-, Set-, Remove-AcceptedDomain)."),
            Map.entry("remote-domains", "Remote domains (Get-, New-, Set-, Remove-RemoteDomain)."),
            Map.entry("routes", "Which way a recipient's mail would go, and why."),
            Map.entry(
                    "transport-service",
                    "The transport service (Get-, Set-TransportService), and what Windows can do to it (Stop-Service ...)."),
            Map.entry("transport-config", "Transport settings of the organization (Get-, Set-TransportConfig)."),
            Map.entry("settings", "All settings, with where each comes from."),
            Map.entry("dns", "DNS servers in use, the cache, and look-ups as the server makes them."),
            Map.entry(
                    "computer",
                    "The machine that the server runs on: its DNS client, ports it can reach, its mail program."),
            Map.entry("event-log", "The event log, with Exchange's sources and ids."),
            Map.entry("transcripts", "What clients say to receive connectors, kept on demand."),
            Map.entry("store", "The queue database."),
            Map.entry("health", "For what watches over the server; wants no token."),
            Map.entry("metrics", "For Prometheus."),
            Map.entry("lab: clock", "Lab time: frozen, run at a rate, advanced."),
            Map.entry("lab: faults", "What goes wrong on cue: where, whom, what, when."),
            Map.entry("lab: zones", "What the lab's DNS servers answer."),
            Map.entry("lab: hosts", "The lab's mail hosts."),
            Map.entry("lab: firewall", "The simulated firewall around the server."),
            Map.entry("api", "This description."));

    static ApiGroup of(Route route) {
        String[] parts = route.path().substring(1).split("/");
        String name = parts.length > 2 && parts[0].equals("lab")
                ? "lab: " + noun(parts[2])
                : parts.length > 2 && parts[0].equals("api") ? noun(parts[2]) : parts[0];
        return new ApiGroup(name, ABOUT.getOrDefault(name, ""));
    }

    /// `openapi.json` and `problems` describe the API, `ca.pem` and `ca.der` are one thing.
    private static String noun(String segment) {
        String bare = segment.contains(".") ? segment.substring(0, segment.indexOf('.')) : segment;
        return switch (bare) {
            case "openapi", "problems" -> "api";
            case "fault-forms", "presets" -> "faults";
            default -> bare;
        };
    }

    /// Routes by group, both in the order in which they first come.
    static SequencedMap<ApiGroup, List<Route>> of(List<Route> routes) {
        SequencedMap<ApiGroup, List<Route>> groups = new LinkedHashMap<>();
        routes.forEach(route ->
                groups.computeIfAbsent(of(route), _ -> new ArrayList<>()).add(route));
        return groups;
    }
}
