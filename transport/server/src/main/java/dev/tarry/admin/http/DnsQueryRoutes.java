package dev.tarry.admin.http;

import dev.tarry.admin.DnsQueryOperations;
import dev.tarry.admin.ResultSize;
import java.util.List;

/// `/api/v1/dns/queries`.
public final class DnsQueryRoutes {
    private static final Shape.ListOf TEXTS = new Shape.ListOf(Shape.TEXT);
    private static final Shape QUERY = Shape.fields(
            Shape.required("id", Shape.WHOLE, "Grows by one with each query."),
            Shape.required("at", Shape.MOMENT, "When it was over, in lab time."),
            Shape.required("search", Shape.WHOLE, "All queries of one search for hosts have one number."),
            Shape.required("asker", Shape.TEXT, "delivery, or operator where a person asked."),
            Shape.required("nextHop", Shape.TEXT, "Whose hosts are sought: a domain, or a queue's smart hosts."),
            Shape.required("name", Shape.TEXT, "What was asked for."),
            Shape.required("type", Shape.TEXT, "MX, A, AAAA …"),
            Shape.required("server", Shape.TEXT, "Who was asked; of the cache, who had said so."),
            Shape.required("port", Shape.WHOLE, "The server's."),
            Shape.required("protocol", Shape.TEXT, "UDP or TCP, what carried the query last."),
            Shape.required(
                    "outcome",
                    Shape.TEXT,
                    "records, no_records, no_name, alias_loop: answers. servfail, refused, error, no_answer, unreachable,"
                            + " malformed, truncated: the next server is asked."),
            Shape.required("detail", Shape.TEXT, "For people."),
            Shape.required("tookMillis", Shape.WHOLE, "In lab time."),
            Shape.required("cached", Shape.FLAG, "Whether the cache had it, and nobody was asked."),
            Shape.required(
                    "detours", TEXTS, "truncated over UDP, asked again without EDNS, ignored what was no answer."),
            Shape.required("records", TEXTS, "As zone files write their data; the first twenty."));

    private DnsQueryRoutes() {}

    public static List<Route> of(DnsQueryOperations queries) {
        return List.of(Route.get(
                        "/api/v1/dns/queries",
                        "The server's own DNS queries, newest first; as many as dns.journalEntries are remembered.")
                .query("domain", "Asked for, or whose hosts were sought.")
                .query("server", "Asked of the server with this address.")
                .query("outcome", "With this outcome: records, no_answer, servfail …")
                .query("cached", "true: from the cache; false: asked of a server.")
                .query("search", "Of this search.")
                .query("since", "From this moment of lab time on, ISO 8601.")
                .query("before", "Older than the query with this id, as the next page wants them.")
                .query("resultSize", "How many at most: 1 to 1000000 or Unlimited; 1000 if not given.")
                .givesItems(QUERY, "Queries.")
                .by(r -> Reply.items(queries.list(new DnsQueryOperations.Wanted(
                        r.query("domain"),
                        r.query("server"),
                        r.query("outcome"),
                        r.query("cached"),
                        r.query("search"),
                        r.query("since"),
                        r.query("before"),
                        r.query("resultSize").map(ResultSize::parse).orElse(ResultSize.DEFAULT))))));
    }
}
