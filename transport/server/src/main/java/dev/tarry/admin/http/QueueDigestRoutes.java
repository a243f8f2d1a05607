package dev.tarry.admin.http;

import dev.tarry.admin.QueueDigestOperations;
import dev.tarry.admin.QueueDigestOperations.DetailsLevel;
import dev.tarry.admin.QueueDigestOperations.GroupBy;
import java.util.Arrays;
import java.util.List;

/// `/api/v1/queue-digest`.
public final class QueueDigestRoutes {
    private static final Shape GROUP = Shape.fields(
                    Shape.required("GroupByValue", Shape.TEXT.such("gmail.com"), "What the queues have in common."),
                    Shape.required("MessageCount", Shape.WHOLE, "How many messages they hold."),
                    Shape.required("DeferredMessageCount", Shape.WHOLE, "How many of them wait to be tried again."),
                    Shape.required("LockedMessageCount", Shape.WHOLE, "Always 0 on premises."),
                    Shape.required("StaleMessageCount", Shape.WHOLE, "Always 0: the queues themselves are asked."),
                    Shape.required(
                            "Details",
                            new Shape.ListOf(Shape.ANYTHING),
                            "The queues: QueueIdentity, ServerIdentity, MessageCount, and with Verbose how they stand."))
            .named("QueueDigest");
    private static final long MOST_GROUPS = 1_000_000;

    private QueueDigestRoutes() {}

    public static List<Route> of(QueueDigestOperations digests) {
        return List.of(Route.get(
                        "/api/v1/queue-digest",
                        "Queues counted together, those with the most messages first (Get-QueueDigest). Delivery queues"
                                + " with fewer messages than queueLog.threshold are left out, unless they are suspended.")
                .query("filter", "As for queues: Status -eq 'Retry'.")
                .query(
                        "groupBy",
                        Shape.oneOf(Arrays.stream(GroupBy.values())
                                .map(GroupBy::word)
                                .toList()),
                        "What they are to have in common; NextHopDomain if not given.")
                .query(
                        "detailsLevel",
                        Shape.oneOf(Arrays.stream(DetailsLevel.values())
                                .map(DetailsLevel::word)
                                .toList()),
                        "How much is said of each queue; Normal if not given.")
                .query(
                        "resultSize",
                        Shape.within(1, MOST_GROUPS),
                        "How many groups at most; " + QueueDigestOperations.DEFAULT_GROUPS + " if not given.")
                .givesItems(GROUP, "Groups.")
                .by(r -> Reply.items(digests.digest(new QueueDigestOperations.Wanted(
                        r.query("filter"),
                        r.query("groupBy")
                                .flatMap(word -> Arrays.stream(GroupBy.values())
                                        .filter(by -> by.word().equals(word))
                                        .findFirst())
                                .orElse(GroupBy.NEXT_HOP_DOMAIN),
                        r.query("detailsLevel")
                                .flatMap(word -> Arrays.stream(DetailsLevel.values())
                                        .filter(level -> level.word().equals(word))
                                        .findFirst())
                                .orElse(DetailsLevel.NORMAL),
                        r.query("resultSize").map(Integer::valueOf).orElse(QueueDigestOperations.DEFAULT_GROUPS))))));
    }
}
