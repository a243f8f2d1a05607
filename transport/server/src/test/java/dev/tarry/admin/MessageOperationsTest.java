package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.queue.MessageRow;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.QueueView;
import dev.tarry.queue.StoreDoor;
import dev.tarry.routing.Router;
import dev.tarry.store.ErrorRecord;
import dev.tarry.store.MemoryDisk;
import dev.tarry.store.MemoryMessageStore;
import dev.tarry.store.StoreException;
import dev.tarry.store.StoreFaults;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MessageOperationsTest {
    private final Desk desk = new Desk();
    private final QueueView broken = Desk.retrying(4, Desk.dns("external-company.com"), 2);
    private final QueueView fine = Desk.queue(5, Desk.dns("gmail.com"));
    private MessageOperations messages;

    @BeforeEach
    void lay_out() throws StoreException {
        messages = new MessageOperations(
                desk,
                StoreDoor.open(() -> MemoryMessageStore.open(new MemoryDisk(), StoreFaults.NONE)),
                () -> Desk.SERVER,
                InstantSource.fixed(Desk.NOW.plusSeconds(90)),
                () -> ResultSize.UNLIMITED);
        desk.views.add(broken);
        desk.views.add(fine);
        desk.message(101, broken, "user@company.com", "a@external-company.com", "Hello");
        desk.message(102, fine, "stranger@elsewhere.example", "b@gmail.com", "Offer");
        desk.message(103, broken, "<>", "c@external-company.com", "Undeliverable: Hello");
    }

    private static MessageOperations.Query query(String queue, String filter, int most, boolean recipients) {
        return new MessageOperations.Query(
                Optional.ofNullable(queue), Optional.ofNullable(filter), new ResultSize(most), recipients);
    }

    private List<Object> identities(Listing listing) {
        return listing.toList().stream().map(bag -> bag.get("Identity")).toList();
    }

    @Test
    void an_error_in_a_persistent_queue_is_the_bare_sentence() {
        QueueView unreachable = Desk.queue(2, NextHopKey.UNREACHABLE);
        desk.views.add(unreachable);
        desk.message(104, unreachable, "user@company.com", "d@nowhere.invalid", "Lost");
        desk.failed(104, new ErrorRecord(Router.NO_CONNECTOR, "", "", Desk.NOW.toEpochMilli()));
        Map<String, Object> bag =
                messages.find("MAIL\\Unreachable\\104", true).toList().getFirst();
        assertEquals("A matching connector cannot be found to route the external recipient", bag.get("LastError"));
        assertTrue(bag.get("Recipients").toString().contains("LastError=A matching connector"), bag::toString);
        assertEquals(
                List.of("MAIL\\Unreachable\\104"),
                identities(messages.list(query(null, "LastError -eq '" + Router.NO_CONNECTOR + "'", 10, false))));
    }

    @Test
    void a_message_has_exchanges_properties_in_order() {
        Map<String, Object> bag = messages.find("MAIL\\4\\101", true).toList().getFirst();
        assertEquals(
                List.of(
                        "Identity",
                        "MessageIdentity",
                        "Subject",
                        "InternetMessageId",
                        "FromAddress",
                        "Status",
                        "Size",
                        "SizeBytes",
                        "MessageSourceName",
                        "SourceIP",
                        "SCL",
                        "DateReceived",
                        "ExpirationTime",
                        "LastError",
                        "Queue",
                        "Recipients",
                        "ComponentLatency",
                        "MessageLatency",
                        "DeferReason",
                        "LockReason",
                        "Priority",
                        "RetryCount",
                        "OriginalFromAddress",
                        "Directionality",
                        "AccountForest",
                        "ExternalDirectoryOrganizationId",
                        "TrafficType",
                        "TrafficSubType",
                        "IsValid",
                        "ObjectState"),
                new ArrayList<>(bag.keySet()));
        assertEquals("MAIL\\4\\101", bag.get("Identity"));
        assertEquals("user@company.com", bag.get("FromAddress"));
        assertEquals("Retry", bag.get("Status"));
        assertEquals("3.456 KB (3,539 bytes)", bag.get("Size"));
        assertEquals(3_539L, bag.get("SizeBytes"));
        assertEquals(Desk.NOW.plus(Duration.ofHours(48)), bag.get("ExpirationTime"));
        assertTrue(bag.get("LastError").toString().startsWith("[{LED=451 4.4.0 DNS query failed."));
        assertEquals("00:00:01.23", bag.get("MessageLatency"));
        assertEquals("Originating", bag.get("Directionality"));
        Map<?, ?> recipient = (Map<?, ?>) ((List<?>) bag.get("Recipients")).getFirst();
        assertEquals("a@external-company.com", recipient.get("Address"));
        assertEquals("Retry", recipient.get("Status"));
        assertEquals("External", recipient.get("Type"));
    }

    @Test
    void recipients_are_blank_unless_asked_for() {
        assertNull(messages.find("101", false).toList().getFirst().get("Recipients"));
    }

    @Test
    void a_report_comes_from_the_null_sender_and_a_stranger_is_incoming() {
        assertEquals("<>", messages.find("103", false).toList().getFirst().get("FromAddress"));
        assertEquals("Incoming", messages.find("102", false).toList().getFirst().get("Directionality"));
    }

    @Test
    void lists_narrow_by_queue_filter_and_size() {
        assertEquals(3, messages.list(query(null, null, 10, false)).toList().size());
        assertEquals(
                List.of("MAIL\\4\\101", "MAIL\\4\\103"),
                identities(messages.list(query("external-company.com", null, 10, false))));
        assertEquals(
                List.of("MAIL\\4\\101"),
                identities(messages.list(query(null, "FromAddress -like '*@company.com'", 10, false))));
        assertEquals(
                List.of("MAIL\\5\\102"),
                identities(messages.list(query(null, "Recipients -like '*b@gmail.com*'", 10, false))));
        assertEquals(
                List.of("MAIL\\4\\103"),
                identities(
                        messages.list(query("MAIL\\4", "Subject -like 'undeliverable*' -and Size -gt 1KB", 10, true))));
        assertTrue(messages.list(query(null, null, 2, false)).forEach(_ -> {}));
        assertEquals(
                Reason.UNKNOWN_QUEUE,
                assertThrows(OperationRefused.class, () -> messages.list(query("MAIL\\9", null, 10, false)))
                        .reason());
    }

    @Test
    void a_filter_on_what_the_index_knows_reads_nothing_for_those_that_do_not_match() {
        messages.list(query(null, "Status -eq 'Ready' -and Subject -like '*'", 10, false))
                .toList();
        assertEquals(1, desk.reads);
    }

    @Test
    void a_message_that_leaves_while_it_is_listed_is_passed_over() {
        desk.records.remove(102L);
        assertEquals(2, messages.list(query(null, null, 10, false)).toList().size());
        assertEquals(
                Reason.UNKNOWN_MESSAGE,
                assertThrows(OperationRefused.class, () -> messages.content("102"))
                        .reason());
    }

    @Test
    void a_message_in_another_queue_is_unknown() {
        assertEquals(
                Reason.UNKNOWN_MESSAGE,
                assertThrows(OperationRefused.class, () -> messages.find("MAIL\\5\\101", false))
                        .reason());
    }

    @Test
    void a_store_that_cannot_be_read_is_unavailable() {
        desk.broken = true;
        Listing listing = messages.list(query(null, null, 10, false));
        assertEquals(
                Reason.UNAVAILABLE,
                assertThrows(OperationRefused.class, listing::toList).reason());
    }

    private Map<String, Object> one(MessageOperations.Query query) {
        return messages.list(query).toList().getFirst();
    }

    @Test
    void component_latency_is_there_only_for_whoever_asks() {
        assertNull(one(query(null, null, 1, true)).get("ComponentLatency"));
        Object latency = one(new MessageOperations.Query(
                        Optional.empty(), Optional.empty(), Paging.first(ResultSize.DEFAULT), false, true))
                .get("ComponentLatency");
        assertEquals(
                "[{Component=Categorizer, Latency=00:00:01.23}, {Component=Delivery Queue, Latency=00:01:28.77}]",
                latency.toString());
    }

    @Test
    void what_waits_in_submission_of_its_own_accord_is_deferred() {
        QueueView submission = Desk.queue(1, NextHopKey.SUBMISSION);
        desk.views.add(submission);
        desk.message(900, submission, "a@company.com", "x@gmail.com", "Odd");
        assertEquals("None", one(query("Submission", null, 1, false)).get("DeferReason"));
        desk.rows.removeLast();
        desk.rows.add(new MessageRow(
                900, 1, NextHopKey.SUBMISSION, MessageRow.Status.RETRY, 1, ErrorRecord.NONE, 0, 1, 1, 1));
        assertEquals(
                "Transient Failure",
                one(query(null, "DeferReason -like 'Transient*'", 1, false)).get("DeferReason"));
        assertEquals("None", one(query("MAIL\\4", null, 1, false)).get("DeferReason"));
    }

    @Test
    void mail_of_our_own_people_is_trusted_and_other_mail_is_not() {
        assertEquals(-1L, one(query(null, null, 1, false)).get("SCL"));
        desk.message(901, desk.views.getFirst(), "a@elsewhere.example", "x@gmail.com", "Offer");
        Map<String, Object> foreign = one(query(null, "SCL -gt -1", 1, false));
        assertEquals(0L, foreign.get("SCL"));
        assertEquals("Incoming", foreign.get("Directionality"));
    }
}
