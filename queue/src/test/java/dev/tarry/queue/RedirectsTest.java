package dev.tarry.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.mail.Reply;
import dev.tarry.queue.Administration.CopyId;
import dev.tarry.queue.Administration.MessageOrder;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.QueueOrder;
import dev.tarry.queue.Administration.Refusal;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingEvent.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Redirect-Message.
final class RedirectsTest {
    private static final String TARGET = "mail2.company.com";
    private static final NextHopKey KEY =
            new NextHopKey(DeliveryType.SMTP_RELAY_TO_SERVERS, TARGET, NextHopKey.NO_CONNECTOR);

    private final QueueBench bench = new QueueBench();
    private final Orders orders = new Orders(bench);

    private CompletableFuture<Outcome> redirect(String target) {
        CompletableFuture<Outcome> redirect = bench.queues.administration().redirect(target);
        bench.run();
        return redirect;
    }

    private static QueueView there(QueueBench bench) {
        return new Orders(bench)
                .done(bench.queues.views()).stream()
                        .filter(view -> view.key().equals(KEY))
                        .findFirst()
                        .orElseThrow();
    }

    private static Queues.Attempt attempt(QueueBench bench) {
        Queues.Attempt attempt = bench.attempts.stream()
                .filter(a -> a.key().equals(KEY))
                .findFirst()
                .orElseThrow();
        bench.attempts.remove(attempt);
        return attempt;
    }

    @Test
    void everything_that_waits_goes_to_the_other_server_and_nothing_comes_in_meanwhile() {
        bench.send("a@company.com", "b@gmail.com", "c@yahoo.com");
        bench.send("a@company.com", "d@gmail.com");
        orders.failDns("gmail.com");
        CompletableFuture<Outcome> redirect = redirect("Mail2.Company.com");
        assertFalse(redirect.isDone(), "the other server has not got it yet");
        assertEquals(Optional.of(TARGET), bench.queues.administration().redirecting());
        assertEquals(0, bench.view("gmail.com").messageCount());
        assertEquals(0, bench.view("yahoo.com").messageCount());
        assertEquals(2, there(bench).messageCount());
        assertEquals(
                new Submission.Acceptance.Refused(Reply.of(421, "4.3.2 Service not available")),
                bench.send("a@company.com", "e@gmail.com"));
        List<TrackingEvent> lines = bench.tracked(Event.REDIRECT);
        assertEquals(3, lines.size());
        assertEquals(Source.ADMIN, lines.getFirst().source());
        assertEquals(TARGET, lines.getFirst().serverHostname());

        Queues.Attempt attempt = attempt(bench);
        bench.queues.connected(attempt);
        List<Leased> all = bench.lease(attempt, 10);
        assertEquals(2, all.size(), "the parts of one message are one again");
        all.forEach(leased -> bench.queues.settle(leased, QueueBench.delivered(leased), Endpoint.NONE));
        bench.queues.disconnected(attempt);
        bench.run();
        assertEquals(new Outcome.Done(3), redirect.join());
        assertEquals(0, bench.messages());
        assertEquals(Optional.empty(), bench.queues.administration().redirecting());
        assertInstanceOf(Submission.Acceptance.Queued.class, bench.send("a@company.com", "e@gmail.com"));
        assertEquals(1, bench.view("gmail.com").messageCount(), "new mail goes its own way");
    }

    @Test
    void what_the_other_server_does_not_take_waits_for_it_in_retry() {
        bench.send("a@company.com", "b@gmail.com");
        CompletableFuture<Outcome> redirect = redirect(TARGET);
        orders.failDns(attempt(bench));
        assertEquals(Orders.DONE, redirect.join());
        assertEquals(QueueStatus.RETRY, there(bench).status());
        assertInstanceOf(Submission.Acceptance.Queued.class, bench.send("a@company.com", "e@gmail.com"));
        QueueBench after = bench.killed();
        assertEquals(1, there(after).messageCount());
        assertEquals(1, after.view("gmail.com").messageCount());
        // and goes its own way again after twelve hours
        after.pass(Duration.ofMinutes(1));
        for (int i = 0; i < 13 * 60 && there(after).messageCount() > 0; i++) {
            if (after.attempts.stream().anyMatch(a -> a.key().equals(KEY))) {
                new Orders(after).failDns(attempt(after));
            }
            after.pass(Duration.ofMinutes(1));
        }
        assertEquals(2, after.view("gmail.com").messageCount());
    }

    @Test
    void what_is_suspended_stays_and_what_is_in_flight_moves_if_it_comes_back() {
        bench.send("a@company.com", "flying@gmail.com");
        Queues.Attempt gmail = orders.connected("gmail.com");
        Leased flying = bench.lease(gmail, 1).getFirst();
        bench.send("a@company.com", "b@yahoo.com");
        orders.message(new MessageOrder.Suspend(), orders.only("yahoo.com"));
        bench.send("a@company.com", "b@outlook.com");
        orders.queue(new QueueOrder.Suspend(), "outlook.com");
        CompletableFuture<Outcome> redirect = redirect(TARGET);
        assertFalse(redirect.isDone());
        orders.settleDeferred(flying);
        bench.queues.disconnected(gmail);
        bench.run();
        orders.failDns(attempt(bench));
        assertEquals(Orders.DONE, redirect.join());
        assertEquals(1, bench.view("yahoo.com").messageCount());
        assertEquals(1, bench.view("outlook.com").messageCount());
        assertEquals(1, there(bench).messageCount());
    }

    @Test
    void an_empty_server_is_drained_at_once() {
        assertEquals(new Outcome.Done(0), redirect(TARGET).join());
        assertEquals(Optional.empty(), bench.queues.administration().redirecting());
    }

    @Test
    void the_target_is_another_server_by_its_full_name_and_one_at_a_time() {
        for (String wrong : List.of("mail2", "", "10.0.0.1", "mail2..com", "-x.com", "mail 2.com", "a/b.com")) {
            assertEquals(
                    new Outcome.Refused(Refusal.TARGET_NOT_FQDN),
                    redirect(wrong).join(),
                    wrong);
        }
        assertEquals(
                new Outcome.Refused(Refusal.TARGET_IS_THIS_SERVER),
                redirect("MAIL.company.com").join());
        bench.send("a@company.com", "b@gmail.com");
        redirect(TARGET);
        assertEquals(
                new Outcome.Refused(Refusal.REDIRECT_UNDER_WAY),
                redirect("mail3.company.com").join());
    }

    @Test
    void a_store_that_fails_ends_it_and_mail_comes_in_again() {
        bench.send("a@company.com", "b@gmail.com");
        CompletableFuture<Outcome> redirect = redirect(TARGET);
        bench.faults = (_, _) -> {
            bench.faults = dev.tarry.store.StoreFaults.NONE;
            return Optional.of(new dev.tarry.store.StoreFault.Full());
        };
        bench.queues.administration().carryOut(new QueueOrder.Suspend(), Shelves.UNREACHABLE_ID);
        bench.run();
        assertTrue(redirect.isCompletedExceptionally());
        bench.mendStore();
        assertEquals(1, there(bench).messageCount());
        assertInstanceOf(Submission.Acceptance.Queued.class, bench.send("a@company.com", "b@gmail.com"));
    }

    @Test
    void what_cannot_be_moved_is_tried_once_and_stays() {
        bench.send("a@company.com", "b@gmail.com");
        bench.send("a@company.com", "c@gmail.com");
        CopyId unreadable = orders.copies(bench.view("gmail.com").id()).getFirst();
        bench.store().forget(unreadable.messageId(), unreadable.queueId());
        bench.patience = 1_000;
        CompletableFuture<Outcome> redirect = redirect(TARGET);
        assertTrue(bench.patience > 0, "it does not go round and round");
        assertFalse(redirect.isDone(), "the other one is still here");
        orders.failDns(attempt(bench));
        assertEquals(Orders.DONE, redirect.join(), "what has not been moved is not counted");
        assertEquals(unreadable, orders.only("gmail.com"));
        assertEquals(MessageRow.Status.RETRY, orders.status(unreadable));
    }

    @Test
    void what_the_other_server_refuses_for_now_does_not_keep_this_one_closed() {
        bench.send("a@company.com", "b@gmail.com");
        bench.send("a@company.com", "c@gmail.com");
        CompletableFuture<Outcome> redirect = redirect(TARGET);
        Queues.Attempt attempt = attempt(bench);
        bench.queues.connected(attempt);
        List<Leased> both = bench.lease(attempt, 10);
        orders.settleDeferred(both.getFirst());
        assertFalse(redirect.isDone(), "it may still take the other");
        bench.queues.settle(both.getLast(), QueueBench.delivered(both.getLast()), Endpoint.NONE);
        bench.queues.disconnected(attempt);
        bench.run();
        assertEquals(new Outcome.Done(2), redirect.join());
        assertInstanceOf(Submission.Acceptance.Queued.class, bench.send("a@company.com", "e@gmail.com"));
        assertEquals(1, there(bench).messageCount(), "it is tried there again");
    }

    @Test
    void a_redirection_that_is_cancelled_leaves_things_as_they_are_and_mail_comes_in_again() {
        assertEquals(Orders.UNCHANGED, orders.done(bench.queues.administration().cancelRedirect()));
        bench.send("a@company.com", "flying@gmail.com");
        Queues.Attempt gmail = orders.connected("gmail.com");
        Leased flying = bench.lease(gmail, 1).getFirst();
        bench.send("a@company.com", "b@yahoo.com");
        CompletableFuture<Outcome> redirect = redirect(TARGET);
        assertEquals(Orders.DONE, orders.done(bench.queues.administration().cancelRedirect()));
        assertEquals(Orders.DONE, redirect.join());
        assertEquals(Optional.empty(), bench.queues.administration().redirecting());
        orders.settleDeferred(flying);
        bench.queues.disconnected(gmail);
        bench.run();
        assertEquals(1, bench.view("gmail.com").messageCount());
        assertEquals(1, there(bench).messageCount());
        assertInstanceOf(Submission.Acceptance.Queued.class, bench.send("a@company.com", "e@gmail.com"));
    }

    @Test
    void a_queue_that_is_suspended_meanwhile_is_not_waited_for() {
        bench.send("a@company.com", "b@gmail.com");
        bench.collecting = false;
        CompletableFuture<Outcome> redirect = redirect(TARGET);
        assertFalse(redirect.isDone());
        orders.queue(new QueueOrder.Suspend(), there(bench).id());
        assertTrue(redirect.isDone());
        assertInstanceOf(Submission.Acceptance.Queued.class, bench.send("a@company.com", "e@gmail.com"));
    }

    @Test
    void what_a_queue_holds_that_is_suspended_meanwhile_stays() {
        bench.send("a@company.com", "b@gmail.com");
        Queues.Attempt gmail = orders.connected("gmail.com");
        Leased flying = bench.lease(gmail, 1).getFirst();
        CompletableFuture<Outcome> redirect = redirect(TARGET);
        assertFalse(redirect.isDone());
        orders.queue(new QueueOrder.Suspend(), "gmail.com");
        assertEquals(new Outcome.Done(0), redirect.join());
        orders.settleDeferred(flying);
        assertEquals(1, bench.view("gmail.com").messageCount());
    }

    @Test
    void nothing_is_lost_or_doubled_whatever_moment_a_kill_comes_at() {
        boolean moved = false;
        for (int tasks = 0; tasks < 80; tasks++) {
            QueueBench house = new QueueBench();
            house.send("a@company.com", "b@gmail.com", "c@yahoo.com");
            house.patience = tasks;
            house.queues.administration().redirect(TARGET);
            house.run();
            QueueBench after = house.killed();
            List<String> all = new ArrayList<>();
            for (Queues.Attempt attempt : List.copyOf(after.attempts)) {
                moved |= attempt.key().equals(KEY);
                after.queues.connected(attempt);
                after.lease(attempt, 10)
                        .forEach(l -> l.copy()
                                .recipients()
                                .forEach(r -> all.add(r.recipient().address().toString())));
            }
            assertEquals(
                    List.of("b@gmail.com", "c@yahoo.com"), all.stream().sorted().toList(), "after " + tasks);
        }
        assertTrue(moved);
    }
}
