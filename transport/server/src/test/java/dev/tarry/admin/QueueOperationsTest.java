package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.admin.QueueOperations.Query;
import dev.tarry.queue.NextHopKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class QueueOperationsTest {
    private final Desk desk = new Desk();
    private final QueueOperations queues = new QueueOperations(desk, () -> Desk.SERVER, TlsDomains.NONE, () -> 250_000);

    @BeforeEach
    void lay_out() {
        desk.views.add(Desk.queue(1, NextHopKey.SUBMISSION));
        desk.views.add(Desk.queue(2, NextHopKey.UNREACHABLE));
        desk.views.add(Desk.retrying(4, Desk.dns("external-company.com"), 1));
        desk.views.add(Desk.queue(5, Desk.dns("gmail.com")));
        desk.views.add(
                Desk.queue(6, new NextHopKey(Desk.dns("x").deliveryType(), "gmail.com", UUID.fromString("1-2-3-4-5"))));
    }

    private List<Object> identities(Listing listing) {
        return listing.toList().stream().map(bag -> bag.get("Identity")).toList();
    }

    private static Reason reason(Runnable act) {
        return assertThrows(OperationRefused.class, act::run).reason();
    }

    @Test
    void a_queue_in_retry_has_exchanges_properties_in_exchanges_order() {
        Map<String, Object> bag = queues.find("MAIL\\4").toList().getFirst();
        assertEquals(
                List.of(
                        "DeliveryType",
                        "NextHopDomain",
                        "TlsDomain",
                        "NextHopConnector",
                        "Status",
                        "MessageCount",
                        "LastError",
                        "RetryCount",
                        "LastRetryTime",
                        "NextRetryTime",
                        "FirstRetryTime",
                        "DeferredMessageCount",
                        "LockedMessageCount",
                        "MessageCountsPerPriority",
                        "DeferredMessageCountsPerPriority",
                        "RiskLevel",
                        "OutboundIPPool",
                        "NextHopCategory",
                        "IncomingRate",
                        "OutgoingRate",
                        "Velocity",
                        "OverrideSource",
                        "QueueIdentity",
                        "PriorityDescriptions",
                        "Identity",
                        "IsValid",
                        "ObjectState"),
                new ArrayList<>(bag.keySet()));
        assertEquals("DnsConnectorDelivery", bag.get("DeliveryType"));
        assertEquals("external-company.com", bag.get("NextHopDomain"));
        assertEquals(Desk.CONNECTOR.toString(), bag.get("NextHopConnector"));
        assertEquals("Retry", bag.get("Status"));
        assertEquals(1L, bag.get("MessageCount"));
        assertEquals(
                "[{LED=451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry};{MSG=};"
                        + "{FQDN=external-company.com};{IP=};{LRT=3/4/2026 9:15:00 AM}]",
                bag.get("LastError"));
        assertEquals(3L, bag.get("RetryCount"));
        assertEquals(Instant.parse("2026-03-04T09:16:00Z"), bag.get("NextRetryTime"));
        assertEquals(List.of(0, 1, 0, 0), bag.get("DeferredMessageCountsPerPriority"));
        assertEquals("External", bag.get("NextHopCategory"));
        assertEquals(-0.5, bag.get("Velocity"));
        assertEquals("MAIL\\4", bag.get("Identity"));
    }

    @Test
    void an_idle_queue_has_no_times_and_no_error() {
        Map<String, Object> bag = queues.find("Submission").toList().getFirst();
        assertEquals("MAIL\\Submission", bag.get("Identity"));
        assertEquals("Undefined", bag.get("DeliveryType"));
        assertEquals("", bag.get("LastError"));
        assertTrue(bag.containsKey("NextRetryTime"));
        assertEquals(null, bag.get("NextRetryTime"));
    }

    @Test
    void a_filter_and_a_size_narrow_the_list() {
        assertEquals(
                5,
                queues.list(Query.of(Optional.empty(), ResultSize.DEFAULT))
                        .toList()
                        .size());
        assertEquals(
                List.of("MAIL\\4"),
                identities(queues.list(
                        Query.of(Optional.of("Status -eq 'Retry' -and LastError -like '*DNS*'"), ResultSize.DEFAULT))));
        assertEquals(
                List.of("MAIL\\4"),
                identities(queues.list(Query.of(Optional.of("Identity -like '*company.com'"), ResultSize.DEFAULT))));
        assertEquals(
                List.of("MAIL\\4"),
                identities(queues.list(Query.of(Optional.of("Identity -eq 'mail\\4'"), ResultSize.DEFAULT))));
        assertEquals(
                4,
                identities(queues.list(Query.of(Optional.of("Identity -ne 'MAIL\\4'"), ResultSize.DEFAULT)))
                        .size());
        assertEquals(
                List.of("MAIL\\4"),
                identities(queues.list(Query.of(
                        Optional.of("DeferredMessageCountsPerPriority -eq '{0, 1, 0, 0}'"), ResultSize.DEFAULT))));
        assertEquals(
                List.of(),
                identities(queues.list(Query.of(Optional.of("NextRetryTime -gt '3/5/2026'"), ResultSize.DEFAULT))));
        List<Object> two = new ArrayList<>();
        boolean more =
                queues.list(Query.of(Optional.empty(), new ResultSize(2))).forEach(bag -> two.add(bag.get("Identity")));
        assertEquals(List.of("MAIL\\Submission", "MAIL\\Unreachable"), two);
        assertTrue(more);
    }

    @Test
    void a_domain_may_mean_several_queues() {
        assertEquals(List.of("MAIL\\5", "MAIL\\6"), identities(queues.find("gmail.com")));
    }

    @Test
    void a_queue_that_is_not_there_is_unknown() {
        assertEquals(Reason.UNKNOWN_QUEUE, reason(() -> queues.find("MAIL\\77")));
    }

    @Test
    void queues_that_are_closed_are_unavailable() {
        desk.closed = true;
        assertEquals(Reason.UNAVAILABLE, reason(() -> queues.list(Query.of(Optional.empty(), ResultSize.DEFAULT))));
    }

    @Test
    void result_sizes_have_bounds() {
        assertEquals(ResultSize.UNLIMITED, ResultSize.parse("unlimited").most());
        assertEquals(7, ResultSize.parse("7").most());
        for (String wrong : List.of("0", "-1", "1000001", "many", "", "9999999999")) {
            assertEquals(Reason.INVALID_PARAMETER, reason(() -> ResultSize.parse(wrong)));
        }
    }
}
