package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.Settings;
import dev.tarry.queue.Administration;
import dev.tarry.queue.QueueSight;
import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueView;
import dev.tarry.queue.QueueWatcher;
import dev.tarry.queue.Queues;
import dev.tarry.queue.ServiceStoppedException;
import dev.tarry.receive.SmtpListener;
import dev.tarry.server.Plan;
import dev.tarry.server.TransportService;
import dev.tarry.server.TransportService.Status;
import dev.tarry.store.MailboxItem;
import dev.tarry.tracking.MemoryTrackingLog;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingSink;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The service is paused, stopped and started while the process goes on.
final class ServiceOrdersTest {
    private static final String TO = "bob@fabrikam.com";

    private final MemoryTrackingLog tracking = new MemoryTrackingLog();
    private TrackingSink alsoTold = _ -> {};
    private final Simulation simulation =
            new Simulation("service orders", 1, Plan.of(Settings.defaults(), ZoneOffset.UTC), event -> {
                tracking.write(event);
                alsoTold.write(event);
            });
    private final TransportService service = simulation.server().service();

    @AfterEach
    void end() {
        simulation.close();
    }

    private String send(String to) {
        List<SimulatedClient.Outcome> outcomes = new ArrayList<>();
        simulation.send("alice@company.com", List.of(to), SimulationTest.TEXT, outcomes::add);
        simulation.pass(Duration.ofSeconds(5));
        return outcomes.isEmpty() ? "no answer" : outcomes.getFirst().lastReply();
    }

    private int delivered(String to) {
        return simulation.lab().mail(to, "*", 100).size();
    }

    private Optional<QueueView> queue(String nextHop) {
        return simulation.await(simulation.server().queues().views()).stream()
                .filter(view -> view.key().nextHopDomain().equals(nextHop))
                .findFirst();
    }

    private void brokenDns() {
        simulation.lab().addFault("dns servfail name=*fabrikam.com");
    }

    @Test
    void paused_it_turns_clients_away_and_goes_on_delivering() {
        brokenDns();
        send(TO);
        assertEquals(Status.PAUSED, simulation.await(service.pause()));
        assertEquals("421 4.3.2 Service not active", send("carol@gmail.com"));
        simulation.lab().reset(false);
        simulation.pass(Duration.ofMinutes(2));
        assertEquals(1, delivered(TO));
        assertEquals(Status.RUNNING, simulation.await(service.resume()));
        assertTrue(send("carol@gmail.com").startsWith("250 2.6.0"));
    }

    @Test
    void stopped_it_does_nothing_at_all_and_says_so() {
        brokenDns();
        send(TO);
        assertEquals(Status.STOPPED, simulation.await(service.stop()));
        simulation.lab().reset(false);
        int asked = simulation.lab().queries(1_000).size();
        assertEquals("", send("carol@gmail.com"), "nobody listens");
        simulation.pass(Duration.ofHours(3));
        assertEquals(0, delivered(TO));
        assertEquals(asked, simulation.lab().queries(1_000).size());
        Queues queues = simulation.server().queues();
        List<Supplier<CompletableFuture<?>>> questions = List.of(
                queues::views,
                () -> queues.resubmissions().all(),
                () -> queues.administration().carryOut(new Administration.QueueOrder.Retry(), 4));
        for (Supplier<CompletableFuture<?>> question : questions) {
            CompletionException refused =
                    assertThrows(CompletionException.class, () -> simulation.await(question.get()));
            assertInstanceOf(ServiceStoppedException.class, refused.getCause());
        }
    }

    @Test
    void started_again_it_tries_queues_in_retry_at_once_and_knows_no_dns_any_more() {
        send("carol@gmail.com");
        assertFalse(simulation.server().resolver().cache().list().isEmpty());
        brokenDns();
        send(TO);
        simulation.pass(Duration.ofHours(1));
        Instant next = queue("fabrikam.com").orElseThrow().nextRetryTime().orElseThrow();
        simulation.await(service.stop());
        simulation.lab().reset(false);
        int loaded = loaded();
        simulation.await(service.start());
        assertEquals(1, delivered(TO));
        assertTrue(simulation.time().instant().isBefore(next));
        assertEquals(loaded + 1, loaded());
        assertTrue(simulation.server().resolver().cache().list().stream()
                .noneMatch(one -> one.name().contains("gmail")));
        assertTrue(send("carol@gmail.com").startsWith("250 2.6.0"));
    }

    private int loaded() {
        return tracking.text().split(",LOAD,", -1).length - 1;
    }

    @Test
    void what_the_queue_went_through_is_still_known_after_a_restart() {
        brokenDns();
        send(TO);
        simulation.pass(Duration.ofMinutes(20));
        QueueView before = queue("fabrikam.com").orElseThrow();
        assertEquals(Status.RUNNING, simulation.await(service.restart()));
        QueueView after = queue("fabrikam.com").orElseThrow();
        assertEquals(before.firstRetryTime(), after.firstRetryTime());
        assertEquals(before.id(), after.id());
        assertEquals(QueueStatus.RETRY, after.status());
        assertTrue(after.retryCount() > before.retryCount(), "it was tried at once");
        simulation.pass(Duration.ofHours(48));
        assertEquals(1, tracking.text().split(",FAIL,", -1).length - 1, "it expires once");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 11})
    void nothing_is_delivered_twice_or_lost_over_a_restart_in_the_middle(int restartAfter) {
        int[] sent = {0};
        alsoTold = event -> {
            if (event.event() == TrackingEvent.Event.SEND && ++sent[0] == restartAfter) {
                service.restart();
            }
        };
        List<SimulatedClient.Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            simulation.send("a@company.com", List.of("user" + i + "@gmail.com"), SimulationTest.TEXT, outcomes::add);
        }
        simulation.pass(Duration.ofMinutes(10));
        long accepted =
                outcomes.stream().filter(SimulatedClient.Outcome::accepted).count();
        assertEquals(accepted, delivered("*@gmail.com"));
        assertEquals(Status.RUNNING, service.status());
    }

    @Test
    void orders_are_carried_out_in_the_order_in_which_they_came() {
        List<Status> seen = new ArrayList<>();
        service.onChange(seen::add);
        List<CompletableFuture<Status>> orders =
                List.of(service.restart(), service.stop(), service.stop(), service.start(), service.pause());
        simulation.run();
        assertEquals(
                List.of(Status.RUNNING, Status.STOPPED, Status.STOPPED, Status.RUNNING, Status.PAUSED),
                orders.stream().map(CompletableFuture::join).toList());
        assertEquals(
                List.of(
                        Status.STOP_PENDING,
                        Status.STOPPED,
                        Status.START_PENDING,
                        Status.RUNNING,
                        Status.STOP_PENDING,
                        Status.STOPPED,
                        Status.START_PENDING,
                        Status.RUNNING,
                        Status.PAUSED),
                seen);
    }

    @Test
    void what_is_stopped_can_be_neither_paused_nor_continued() {
        simulation.await(service.stop());
        for (CompletableFuture<Status> order : List.of(service.pause(), service.resume())) {
            simulation.run();
            CompletionException refused = assertThrows(CompletionException.class, order::join);
            assertInstanceOf(TransportService.Refused.class, refused.getCause());
        }
        assertEquals(Status.STOPPED, service.status());
    }

    @Test
    void a_start_that_finds_the_disk_broken_fails_and_can_be_made_again() {
        brokenDns();
        send(TO);
        simulation.await(service.stop());
        simulation.lab().addFault("store fail operation=open");
        CompletableFuture<Status> start = service.start();
        simulation.pass(Duration.ofMinutes(1));
        assertTrue(start.isCompletedExceptionally());
        assertEquals(Status.STOPPED, service.status());
        simulation.lab().reset(false);
        assertEquals(Status.RUNNING, simulation.await(service.start()));
        assertEquals(1, delivered(TO));
    }

    @Test
    void a_restart_that_finds_the_disk_broken_leaves_nothing_open() {
        simulation.lab().addFault("store fail operation=open");
        CompletableFuture<Status> restart = service.restart();
        simulation.pass(Duration.ofMinutes(1));
        assertTrue(restart.isCompletedExceptionally());
        assertEquals(Status.STOPPED, service.status());
        assertEquals("", send(TO), "nobody listens");
        assertTrue(simulation.server().listeners().stream().noneMatch(SmtpListener::listening));
        simulation.lab().reset(false);
        assertEquals(Status.RUNNING, simulation.await(service.start()));
        assertTrue(send(TO).startsWith("250 2.6.0"));
        assertEquals(1, delivered(TO));
    }

    @Test
    void a_disk_that_is_slow_for_hours_does_not_keep_the_service_from_stopping() {
        simulation.lab().addFault("store slow operation=commit by=5h");
        List<SimulatedClient.Outcome> outcomes = new ArrayList<>();
        simulation.send("alice@company.com", List.of(TO), SimulationTest.TEXT, outcomes::add);
        simulation.pass(Duration.ofSeconds(5));
        CompletableFuture<Status> stop = service.stop();
        simulation.pass(Duration.ofSeconds(5));
        assertEquals(Status.STOP_PENDING, service.status(), "it waits for a while");
        assertEquals(List.of(), outcomes);
        simulation.pass(Duration.ofSeconds(30));
        assertTrue(stop.isDone());
        assertEquals(Status.STOPPED, service.status());
        assertTrue(outcomes.getFirst().lastReply().startsWith("250 2.6.0"), outcomes::toString);
        CompletableFuture<Status> start = service.start();
        simulation.pass(Duration.ofSeconds(30));
        assertTrue(start.isDone());
        assertEquals(Status.RUNNING, service.status());
        simulation.send("alice@company.com", List.of(TO), SimulationTest.TEXT, outcomes::add);
        simulation.pass(Duration.ofMinutes(10));
        assertEquals(1, outcomes.size(), "the disk is as slow as before");
        simulation.lab().reset(false);
        simulation.pass(Duration.ofHours(12));
        assertEquals(2, delivered(TO));
    }

    @Test
    void a_store_that_failed_is_not_opened_behind_the_back_of_who_stopped_the_service() {
        send(TO);
        simulation.lab().addFault("store fail operation=commit");
        assertTrue(send(TO).startsWith("452 4.3.1"), "it has failed");
        simulation.await(service.stop());
        simulation.lab().reset(false);
        simulation.pass(Duration.ofHours(1));
        assertThrows(
                CompletionException.class,
                () -> simulation.await(simulation.server().queues().views()));
        assertEquals(Status.RUNNING, simulation.await(service.start()));
        simulation.pass(Duration.ofHours(1));
        assertTrue(send(TO).startsWith("250 2.6.0"));
    }

    @Test
    void who_watches_the_queues_sees_those_of_after_the_restart() {
        List<String> seen = new ArrayList<>();
        simulation.await(simulation.server().queues().watch(new QueueWatcher() {
            @Override
            public void anew() {
                seen.add("anew");
            }

            @Override
            public void changed(QueueSight queue) {
                seen.add(queue.key().nextHopDomain());
            }

            @Override
            public void gone(int queueId) {}

            @Override
            public void delivered(MailboxItem item) {}

            @Override
            public void removed(MailboxItem item) {}
        }));
        brokenDns();
        send(TO);
        simulation.await(service.restart());
        int anew = seen.indexOf("anew");
        assertTrue(anew > 0, seen::toString);
        assertTrue(seen.subList(anew, seen.size()).contains("fabrikam.com"), seen::toString);
    }

    @Test
    void the_process_ends_in_good_order_while_the_service_is_stopped() {
        simulation.await(service.stop());
        simulation.await(simulation.server().stop());
        CompletionException refused = assertThrows(CompletionException.class, () -> simulation.await(service.start()));
        assertInstanceOf(TransportService.Refused.class, refused.getCause());
    }
}
