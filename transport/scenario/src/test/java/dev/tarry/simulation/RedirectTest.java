package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.Settings;
import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.DeliveryType;
import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueView;
import dev.tarry.server.Plan;
import dev.tarry.tracking.MemoryTrackingLog;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Redirect-Message, to a server that is there and to one that is not.
final class RedirectTest {
    private static final Plan PLAN = Plan.of(Settings.defaults(), ZoneOffset.UTC);
    private static final String TO = "bob@gmail.com";

    private static SimulatedClient.Outcome send(Simulation simulation) {
        List<SimulatedClient.Outcome> outcomes = new ArrayList<>();
        simulation.send("alice@company.com", List.of(TO), SimulationTest.TEXT, outcomes::add);
        simulation.run();
        return outcomes.getFirst();
    }

    private static Simulation waiting(MemoryTrackingLog tracking) {
        Simulation simulation = new Simulation("redirect", 1, PLAN, tracking);
        simulation.lab().addFault("dns servfail name=gmail.com");
        assertTrue(send(simulation).accepted());
        simulation.pass(Duration.ofSeconds(61));
        return simulation;
    }

    @Test
    void mail_that_waits_for_its_next_hop_leaves_by_the_other_server() {
        MemoryTrackingLog tracking = new MemoryTrackingLog();
        try (Simulation simulation = waiting(tracking)) {
            CompletableFuture<Outcome> redirect =
                    simulation.server().queues().administration().redirect("mail.fabrikam.com");
            simulation.pass(Duration.ofSeconds(61));
            assertEquals(new Outcome.Done(1), redirect.join());
            assertEquals(1, simulation.lab().mail(TO, "*", 10).size());
            assertTrue(tracking.text().contains(",ADMIN,REDIRECT,"), tracking::text);
            assertTrue(tracking.text().contains(",mail.fabrikam.com,"), tracking::text);
            assertTrue(send(simulation).accepted(), "and mail comes in again");
        }
    }

    @Test
    void a_server_that_does_not_exist_leaves_the_mail_waiting_for_it_and_none_comes_in_meanwhile() {
        MemoryTrackingLog tracking = new MemoryTrackingLog();
        try (Simulation simulation = waiting(tracking)) {
            simulation.lab().addFault("dns noanswer name=mail2.company.com");
            CompletableFuture<Outcome> redirect =
                    simulation.server().queues().administration().redirect("mail2.company.com");
            simulation.run();
            assertFalse(redirect.isDone());
            SimulatedClient.Outcome refused = send(simulation);
            assertFalse(refused.accepted());
            assertTrue(refused.lastReply().startsWith("421 4.3.2"), refused::toString);
            simulation.pass(Duration.ofSeconds(61));
            assertEquals(new Outcome.Done(1), redirect.join());
            QueueView there = simulation.await(simulation.server().queues().views()).stream()
                    .filter(view -> view.key().deliveryType() == DeliveryType.SMTP_RELAY_TO_SERVERS)
                    .findFirst()
                    .orElseThrow();
            assertEquals(QueueStatus.RETRY, there.status());
            assertEquals(
                    "451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry",
                    there.lastError().details());
            assertTrue(send(simulation).accepted());
        }
    }
}
