package dev.tarry.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.admin.OperationRefused.Reason;
import dev.tarry.admin.OperationState.Phase;
import dev.tarry.queue.Administration.CopyId;
import dev.tarry.queue.Administration.MessageOrder;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.QueueOrder;
import dev.tarry.queue.Administration.Refusal;
import dev.tarry.queue.DeliveryType;
import dev.tarry.queue.NextHopKey;
import dev.tarry.queue.QueueView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Verbs on one and on many, on queues and messages that a test lays out.
final class VerbsTest {
    private static final QueueOrder RETRY = new QueueOrder.Retry();
    private static final MessageOrder SUSPEND = new MessageOrder.Suspend();

    private final Desk desk = new Desk();
    private final Orders orders = new Orders();
    private final Operations operations = new Operations(
            InstantSource.fixed(Desk.NOW), work -> Thread.ofPlatform().daemon().unstarted(work), 1_000);
    private final QueueVerbs queues = new QueueVerbs(desk, orders, operations, () -> Desk.SERVER, TlsDomains.NONE);
    private final MessageVerbs messages = new MessageVerbs(desk, orders, null, operations, () -> Desk.SERVER);

    @BeforeEach
    void lay_out() {
        QueueView retrying = Desk.retrying(4, Desk.dns("external-company.com"), 2);
        desk.views.addAll(List.of(
                Desk.queue(1, NextHopKey.SUBMISSION),
                Desk.queue(2, NextHopKey.UNREACHABLE),
                retrying,
                Desk.queue(5, Desk.dns("gmail.com")),
                Desk.queue(
                        6,
                        new NextHopKey(Desk.dns("gmail.com").deliveryType(), "gmail.com", NextHopKey.NO_CONNECTOR))));
        desk.message(11, retrying, "a@company.com", "x@external-company.com", "Invoice");
        desk.message(12, retrying, "b@company.com", "y@external-company.com", "Hello");
        desk.message(13, desk.views.get(3), "a@company.com", "z@gmail.com", "Invoice");
    }

    private static OperationRefused refused(Executable what) {
        return assertThrows(OperationRefused.class, what);
    }

    private OperationState ended(OperationState begun) throws Exception {
        return operations.over(begun.id()).get(60, TimeUnit.SECONDS);
    }

    @Test
    void a_verb_on_one_queue_reaches_that_queue() {
        assertEquals(new Outcome.Done(1), queues.carryOut(RETRY, "external-company.com"));
        assertEquals(new Outcome.Done(1), queues.carryOut(new QueueOrder.Suspend(), "MAIL\\Unreachable"));
        assertEquals(
                List.of(new Orders.QueueOrdered(RETRY, 4), new Orders.QueueOrdered(new QueueOrder.Suspend(), 2)),
                orders.onQueues);
    }

    @Test
    void while_the_queues_are_closed_no_operation_is_begun() {
        desk.closed = true;
        assertThrows(OperationRefused.class, () -> queues.begin(RETRY, "MessageCount -ge 0", Optional.empty()));
        assertThrows(OperationRefused.class, () -> messages.begin(SUSPEND, "Size -gt 0", Optional.empty()));
        assertEquals(List.of(), operations.list());
    }

    @Test
    void an_identity_that_means_several_queues_or_none_is_refused_before_anything_is_done() {
        assertEquals(
                Reason.AMBIGUOUS_IDENTITY,
                refused(() -> queues.carryOut(RETRY, "gmail.com")).reason());
        assertEquals(
                Reason.AMBIGUOUS_IDENTITY,
                refused(() -> queues.carryOut(RETRY, "*")).reason());
        assertEquals(
                Reason.UNKNOWN_QUEUE,
                refused(() -> queues.carryOut(RETRY, "MAIL\\77")).reason());
        assertEquals(
                Reason.UNKNOWN_QUEUE,
                refused(() -> queues.carryOut(RETRY, "OTHER\\4")).reason());
        assertEquals(List.of(), orders.onQueues);
    }

    @Test
    void what_exchange_refuses_is_refused_with_its_reason() {
        orders.ofQueue.put(2, new Outcome.Refused(Refusal.UNREACHABLE_WANTS_RESUBMIT));
        OperationRefused refused = refused(() -> queues.carryOut(RETRY, "Unreachable"));
        assertEquals(Reason.ORDER_REFUSED, refused.reason());
        assertEquals(Refusal.UNREACHABLE_WANTS_RESUBMIT.sentence(), refused.getMessage() + ".");
        orders.ofQueue.put(4, new Outcome.Gone());
        assertEquals(
                Reason.UNKNOWN_QUEUE, refused(() -> queues.carryOut(RETRY, "4")).reason());
    }

    @Test
    void a_verb_on_a_filter_is_an_operation_that_counts_what_became_of_each() throws Exception {
        orders.ofQueue.put(1, new Outcome.Refused(Refusal.SUBMISSION_QUEUE));
        orders.ofQueue.put(2, new Outcome.Unchanged());
        orders.ofQueue.put(4, new Outcome.Done(2));
        OperationState begun = queues.begin(new QueueOrder.Resume(), "MessageCount -ge 0", Optional.of("mail"));
        assertEquals(1_001, begun.id());
        assertEquals("Resume-Queue", begun.verb());
        OperationState ended = ended(begun);
        assertEquals(Phase.DONE, ended.phase());
        assertEquals(List.of(5L, 5L, 5L), List.of(ended.objects(), ended.looked(), ended.matched()));
        assertEquals(3, ended.done());
        assertEquals(4, ended.messages());
        assertEquals(1, ended.unchanged());
        assertEquals(Map.of(Refusal.SUBMISSION_QUEUE, 1L), ended.refused());
        assertEquals(Optional.of(Desk.NOW), ended.ended());
        assertEquals(List.of(ended), operations.list());
        assertEquals(0, operations.running());
    }

    @Test
    void only_queues_that_match_are_touched() throws Exception {
        OperationState ended = ended(queues.begin(RETRY, "Status -eq 'Retry'", Optional.empty()));
        assertEquals(List.of(new Orders.QueueOrdered(RETRY, 4)), orders.onQueues);
        assertEquals(1, ended.matched());
        assertEquals(
                0,
                ended(queues.begin(RETRY, "Status -eq 'Suspended'", Optional.empty()))
                        .matched());
    }

    @Test
    void a_filter_that_is_none_and_another_server_begin_nothing() {
        assertEquals(
                Reason.INVALID_FILTER,
                refused(() -> messages.begin(SUSPEND, "Nope -eq 'x'", Optional.empty()))
                        .reason());
        assertEquals(
                Reason.INVALID_FILTER,
                refused(() -> messages.begin(SUSPEND, "", Optional.empty())).reason());
        assertEquals(
                Reason.UNKNOWN_QUEUE,
                refused(() -> messages.begin(SUSPEND, "Size -gt 1", Optional.of("EX02")))
                        .reason());
        assertEquals(List.of(), operations.list());
    }

    @Test
    void a_verb_on_one_message_reaches_that_copy() {
        assertEquals(new Outcome.Done(1), messages.carryOut(SUSPEND, "11"));
        orders.ofMessage.put(12L, new Outcome.Pending());
        assertEquals(new Outcome.Pending(), messages.carryOut(new MessageOrder.Remove(true), "MAIL\\4\\12"));
        assertEquals(
                List.of(
                        new Orders.MessagesOrdered(SUSPEND, List.of(new CopyId(11, 4))),
                        new Orders.MessagesOrdered(new MessageOrder.Remove(true), List.of(new CopyId(12, 4)))),
                orders.onMessages);
    }

    @Test
    void an_identity_that_means_several_copies_or_none_is_refused() {
        desk.message(11, desk.views.get(3), "a@company.com", "z@gmail.com", "Invoice");
        assertEquals(
                Reason.AMBIGUOUS_IDENTITY,
                refused(() -> messages.carryOut(SUSPEND, "11")).reason());
        assertEquals(
                Reason.AMBIGUOUS_IDENTITY,
                refused(() -> messages.carryOut(SUSPEND, "MAIL\\*\\11")).reason());
        assertEquals(
                Reason.UNKNOWN_MESSAGE,
                refused(() -> messages.carryOut(SUSPEND, "MAIL\\1\\11")).reason());
        assertEquals(
                Reason.UNKNOWN_MESSAGE,
                refused(() -> messages.carryOut(SUSPEND, "99")).reason());
        assertEquals(List.of(), orders.onMessages);
    }

    @Test
    void a_filter_on_what_the_index_knows_reads_nothing_from_the_store() throws Exception {
        OperationState ended = ended(messages.begin(SUSPEND, "Queue -eq 'MAIL\\4'", Optional.empty()));
        assertEquals(2, ended.done());
        int before = desk.reads;
        assertEquals(0, before);
        assertEquals(
                2,
                ended(messages.begin(SUSPEND, "Subject -eq 'invoice'", Optional.empty()))
                        .done());
        assertEquals(3, desk.reads);
    }

    @Test
    void many_messages_are_dealt_with_slice_by_slice_each_once() throws Exception {
        for (long id = 100; id < 1_100; id++) {
            desk.message(id, desk.views.get(3), "a@company.com", "z@gmail.com", "Mass");
        }
        OperationState ended =
                ended(messages.begin(new MessageOrder.Remove(false), "Subject -eq 'Mass'", Optional.empty()));
        assertEquals(1_000, ended.done());
        assertEquals(1_003, ended.looked());
        assertEquals("Remove-Message -WithNDR $false", ended.verb());
        assertTrue(orders.onMessages.stream().allMatch(o -> o.copies().size() <= MessageVerbs.SLICE));
        List<Long> ids = new ArrayList<>();
        orders.onMessages.forEach(o -> o.copies().forEach(copy -> ids.add(copy.messageId())));
        assertEquals(1_000, ids.stream().distinct().count());
    }

    @Test
    void a_cancelled_operation_leaves_the_rest_as_it_was_and_says_how_far_it_came() throws Exception {
        for (long id = 100; id < 1_100; id++) {
            desk.message(id, desk.views.get(3), "a@company.com", "z@gmail.com", "Mass");
        }
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        orders.beforeEach = () -> {
            if (orders.onMessages.size() == 1) {
                second.countDown();
                uninterrupted(goOn);
            }
        };
        OperationState begun = messages.begin(SUSPEND, "Subject -eq 'Mass'", Optional.empty());
        assertTrue(second.await(60, TimeUnit.SECONDS));
        OperationState asked = operations.cancel(begun.id(), Duration.ZERO);
        assertEquals(Phase.RUNNING, asked.phase());
        assertEquals(1, asked.done());
        assertEquals(1, operations.running());
        goOn.countDown();
        OperationState ended = ended(begun);
        assertEquals(Phase.CANCELLED, ended.phase());
        assertEquals(3, ended.done());
        assertEquals(2, orders.onMessages.size());
        assertEquals(ended, operations.cancel(begun.id(), Duration.ofSeconds(60)));
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_operation_that_cannot_go_on_says_why() throws Exception {
        desk.broken = true;
        OperationState ended = ended(messages.begin(SUSPEND, "Subject -eq 'Hello'", Optional.empty()));
        assertEquals(Phase.FAILED, ended.phase());
        assertTrue(ended.problem().contains("cannot be read"), ended.problem());
        assertEquals(0, ended.done());
        orders.beforeEach = () -> {
            throw new IllegalArgumentException("secret inner words");
        };
        OperationState broken = ended(queues.begin(RETRY, "Status -eq 'Retry'", Optional.empty()));
        assertEquals(Phase.FAILED, broken.phase());
        assertTrue(!broken.problem().contains("secret") && broken.problem().contains("log"), broken.problem());
    }

    @Test
    void so_many_go_on_at_once_and_so_many_are_kept() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        orders.beforeEach = () -> uninterrupted(goOn);
        List<OperationState> begun = new ArrayList<>();
        for (int i = 0; i < Operations.MAX_RUNNING; i++) {
            begun.add(messages.begin(SUSPEND, "Queue -eq 'MAIL\\4'", Optional.empty()));
        }
        assertEquals(
                Reason.BUSY,
                refused(() -> messages.begin(SUSPEND, "Queue -eq 'MAIL\\4'", Optional.empty()))
                        .reason());
        goOn.countDown();
        for (OperationState one : begun) {
            assertEquals(Phase.DONE, ended(one).phase());
        }
        orders.beforeEach = () -> {};
        for (int i = 0; i < Operations.MAX_KEPT + 10; i++) {
            ended(messages.begin(SUSPEND, "Queue -eq 'MAIL\\77'", Optional.empty()));
        }
        assertTrue(operations.list().size() <= Operations.MAX_KEPT + 1);
        assertEquals(
                Reason.UNKNOWN_OBJECT,
                refused(() -> operations.find(begun.getFirst().id())).reason());
    }

    @Test
    void the_servers_end_is_the_operations() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        orders.beforeEach = () -> uninterrupted(goOn);
        OperationState begun = queues.begin(RETRY, "MessageCount -ge 0", Optional.empty());
        operations.close();
        assertEquals(
                Reason.UNAVAILABLE,
                refused(() -> queues.begin(RETRY, "MessageCount -ge 0", Optional.empty()))
                        .reason());
        goOn.countDown();
        OperationState ended = ended(begun);
        assertEquals(Phase.CANCELLED, ended.phase());
        assertTrue(ended.done() <= 1, ended.sentence());
    }

    @Test
    void whoever_watches_hears_of_beginning_and_end() throws Exception {
        List<OperationState> heard = new ArrayList<>();
        CountDownLatch over = new CountDownLatch(1);
        operations.watch(state -> {
            synchronized (heard) {
                heard.add(state);
            }
            if (state.over()) {
                over.countDown();
            }
        });
        messages.begin(SUSPEND, "Queue -eq 'MAIL\\4'", Optional.empty());
        assertTrue(over.await(60, TimeUnit.SECONDS));
        assertEquals(Phase.RUNNING, heard.getFirst().phase());
        assertEquals(2, heard.getLast().done());
    }

    @Test
    void a_message_that_is_not_suspended_cannot_be_exported() {
        OperationRefused refused = refused(() -> messages.export("MAIL\\4\\11"));
        assertEquals(Reason.ORDER_REFUSED, refused.reason());
        assertTrue(refused.getMessage().contains("Status of 'MAIL\\4\\11' is Retry"), refused.getMessage());
        assertEquals(
                Reason.UNKNOWN_MESSAGE,
                refused(() -> messages.export("MAIL\\4\\99")).reason());
    }

    @Test
    void redirecting_is_an_operation_that_ends_when_all_has_been_moved() throws Exception {
        OperationState begun = messages.redirect("mail2.company.com", Optional.of("MAIL"));
        assertEquals("mail2.company.com", begun.what());
        orders.redirection.complete(new Outcome.Done(2));
        OperationState ended = ended(begun);
        assertEquals(Phase.DONE, ended.phase());
        assertEquals(List.of(2L, 2L, 2L, 2L), List.of(ended.looked(), ended.matched(), ended.done(), ended.messages()));
        assertEquals("", ended.warning());
        assertEquals(List.of("mail2.company.com"), orders.redirected);
    }

    @Test
    void cancelling_the_operation_of_a_redirection_ends_the_redirection() throws Exception {
        OperationState begun = messages.redirect("mail2.company.com", Optional.empty());
        operations.cancel(begun.id(), Duration.ofMinutes(1));
        OperationState ended = ended(begun);
        assertEquals(Phase.CANCELLED, ended.phase());
        assertEquals(1, ended.messages(), "what had been moved has been moved");
        assertEquals(new Outcome.Unchanged(), messages.cancelRedirect(Optional.empty()), "none is under way");
    }

    @Test
    void cancelling_the_operation_of_a_redirection_that_is_over_leaves_the_next_one_alone() throws Exception {
        OperationState first = messages.redirect("mail2.company.com", Optional.empty());
        orders.redirection.complete(new Outcome.Done(2));
        ended(first);
        orders.redirection = new CompletableFuture<>();
        OperationState second = messages.redirect("mail3.company.com", Optional.empty());
        operations.cancel(first.id(), Duration.ofMinutes(1));
        assertFalse(orders.redirection.isDone());
        assertEquals(Phase.RUNNING, operations.find(second.id()).phase());
        assertEquals(Phase.DONE, operations.find(first.id()).phase());
    }

    @Test
    void a_redirection_that_is_cancelled_is_over_with_what_it_had_moved() throws Exception {
        OperationState begun = messages.redirect("mail2.company.com", Optional.empty());
        assertEquals(new Outcome.Done(1), messages.cancelRedirect(Optional.empty()));
        OperationState ended = ended(begun);
        assertEquals(Phase.DONE, ended.phase());
        assertEquals(1, ended.messages());
        assertEquals(new Outcome.Unchanged(), messages.cancelRedirect(Optional.of("MAIL")));
        assertEquals(
                Reason.UNKNOWN_QUEUE,
                refused(() -> messages.cancelRedirect(Optional.of("EX02"))).reason());
    }

    @Test
    void a_redirection_that_the_target_has_not_taken_says_where_the_mail_is_and_what_to_do() throws Exception {
        OperationState begun = messages.redirect("Mail2.company.com", Optional.empty());
        desk.views.add(Desk.retrying(
                9,
                new NextHopKey(DeliveryType.SMTP_RELAY_TO_SERVERS, "mail2.company.com", NextHopKey.NO_CONNECTOR),
                2));
        orders.redirection.complete(new Outcome.Done(3));
        OperationState ended = ended(begun);
        assertEquals(Phase.DONE, ended.phase());
        assertEquals(3, ended.done());
        assertTrue(
                ended.warning()
                        .startsWith("2 messages have not been taken by Mail2.company.com: they wait in the queue"
                                + " MAIL\\9 (Retry)."),
                ended.warning());
        assertTrue(ended.warning().contains("Retry-Queue -Identity MAIL\\9 -Resubmit $true"), ended.warning());
        assertEquals(ended.warning(), ended.bag().get("warning"));
    }

    @Test
    void where_no_operation_may_begin_nothing_is_redirected() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        orders.beforeEach = () -> uninterrupted(goOn);
        List<OperationState> begun = new ArrayList<>();
        for (int i = 0; i < Operations.MAX_RUNNING; i++) {
            begun.add(messages.begin(SUSPEND, "Queue -eq 'MAIL\\4'", Optional.empty()));
        }
        assertEquals(
                Reason.BUSY,
                refused(() -> messages.redirect("mail2.company.com", Optional.empty()))
                        .reason());
        assertEquals(List.of(), orders.redirected);
        goOn.countDown();
        for (OperationState one : begun) {
            ended(one);
        }
        messages.redirect("mail2.company.com", Optional.empty());
        assertEquals(List.of("mail2.company.com"), orders.redirected);
    }

    @Test
    void a_redirection_that_is_refused_leaves_its_place_to_others() {
        orders.redirection.complete(new Outcome.Refused(Refusal.TARGET_IS_THIS_SERVER));
        for (int i = 0; i <= Operations.MAX_RUNNING; i++) {
            assertEquals(
                    Reason.ORDER_REFUSED,
                    refused(() -> messages.redirect("mail.company.com", Optional.empty()))
                            .reason());
        }
        assertEquals(0, operations.running());
    }

    @Test
    void a_redirection_that_is_refused_begins_nothing() {
        orders.redirection.complete(new Outcome.Refused(Refusal.TARGET_IS_THIS_SERVER));
        assertEquals(
                Reason.ORDER_REFUSED,
                refused(() -> messages.redirect("mail.company.com", Optional.empty()))
                        .reason());
        assertEquals(
                Reason.UNKNOWN_QUEUE,
                refused(() -> messages.redirect("mail2.company.com", Optional.of("EX02")))
                        .reason());
        assertEquals(List.of(), operations.list());
    }
}
