package dev.tarry.admin.http;

import dev.tarry.admin.ProtocolLogOperations;
import dev.tarry.admin.ResultSize;
import java.util.List;

/// `/api/v1/protocol-log/receive` and `/send`.
public final class ProtocolLogRoutes {
    private static final Shape LINE = Shape.fields(
            Shape.required("DateTime", Shape.MOMENT, "Lab time."),
            Shape.required("ConnectorId", Shape.TEXT, "Internet; MAIL\\Default Frontend MAIL."),
            Shape.required("SessionId", Shape.TEXT, "Sixteen hexadecimal digits."),
            Shape.required("SequenceNumber", Shape.WHOLE, "From 0 in each session."),
            Shape.required("LocalEndpoint", Shape.TEXT, "Our end, ip:port; empty until there is a connection."),
            Shape.required("RemoteEndpoint", Shape.TEXT, "The other end, ip:port."),
            Shape.required(
                    "Event", Shape.TEXT, "+ connected, - disconnected, > said by us, < said to us, * information."),
            Shape.required("Data", Shape.TEXT, "What was said, secrets hidden."),
            Shape.required("Context", Shape.TEXT, "What more there is to say."));

    private ProtocolLogRoutes() {}

    public static List<Route> of(ProtocolLogOperations receive, ProtocolLogOperations send) {
        return List.of(
                route(
                        "/api/v1/protocol-log/receive",
                        "What clients said to receive connectors, and was answered.",
                        receive),
                route("/api/v1/protocol-log/send", "What send connectors said to hosts, and was answered.", send));
    }

    private static Route route(String path, String says, ProtocolLogOperations log) {
        return Route.get(
                        path,
                        says
                                + " Oldest first, of many lines the newest; only of connectors with ProtocolLoggingLevel Verbose.")
                .query("connector", "Of this connector-id.")
                .query("session", "Of this session-id: a transcript.")
                .query("remote", "With this address, or address and port.")
                .query("text", "That holds this, in any case.")
                .query("start", "The earliest moment, ISO 8601.")
                .query("end", "The moment before which, ISO 8601.")
                .query("resultSize", "How many at most: 1 to 1000000 or Unlimited; 1000 if not given.")
                .givesItems(LINE, "Lines.")
                .by(r -> Reply.items(log.list(new ProtocolLogOperations.Wanted(
                        r.query("connector"),
                        r.query("session"),
                        r.query("remote"),
                        r.query("text"),
                        r.query("start"),
                        r.query("end"),
                        r.query("resultSize").map(ResultSize::parse).orElse(ResultSize.DEFAULT)))));
    }
}
