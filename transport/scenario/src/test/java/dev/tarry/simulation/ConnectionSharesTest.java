package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.Settings;
import dev.tarry.server.Plan;
import dev.tarry.tracking.MemoryTrackingLog;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who gets connections when hosts keep silent or hang up, through the whole house.
final class ConnectionSharesTest {
    private static final int DEAD = 40;

    private static Simulation simulation(String... more) throws Exception {
        List<String> sets = new ArrayList<>(
                List.of("transport.maxOutboundConnections=10", "transport.maxPerDomainOutboundConnections=5"));
        sets.addAll(List.of(more));
        Plan plan = Plan.of(Settings.load(Optional.empty(), Map.of(), sets), ZoneOffset.UTC);
        return new Simulation("shares", 1, plan, new MemoryTrackingLog());
    }

    private static void send(Simulation simulation, String to) {
        simulation.send("alice@company.com", List.of(to), SimulationTest.TEXT, _ -> {});
    }

    /// Forty domains whose hosts say nothing: each holds a connection for five minutes at a time.
    private static void fillWithSilence(Simulation simulation) {
        simulation.lab().addFault("smtp stall stage=banner host=" + CATCH_ALL);
        for (int i = 0; i < DEAD; i++) {
            send(simulation, "x@dead" + i + ".example");
        }
        simulation.pass(Duration.ofMinutes(30));
    }

    private static final String CATCH_ALL = "mx.everyone-else.net";

    @Test
    void silent_hosts_leave_room_for_new_mail() throws Exception {
        try (Simulation simulation = simulation("smtpSend.retryConnectionsPercent=30")) {
            fillWithSilence(simulation);
            for (int minute = 0; minute < 20; minute++) {
                send(simulation, "new" + minute + "@fabrikam.com");
                simulation.pass(Duration.ofSeconds(10));
                assertEquals(
                        1,
                        simulation
                                .lab()
                                .mail("new" + minute + "@fabrikam.com", "*", 10)
                                .size(),
                        "waits at minute " + minute);
                simulation.pass(Duration.ofSeconds(50));
            }
        }
    }

    @Test
    void without_their_bound_they_take_everything_which_is_what_it_is_there_for() throws Exception {
        try (Simulation simulation = simulation("smtpSend.retryConnectionsPercent=100")) {
            fillWithSilence(simulation);
            int waited = 0;
            for (int minute = 0; minute < 20; minute++) {
                send(simulation, "new" + minute + "@fabrikam.com");
                simulation.pass(Duration.ofSeconds(10));
                waited += simulation
                                .lab()
                                .mail("new" + minute + "@fabrikam.com", "*", 10)
                                .isEmpty()
                        ? 1
                        : 0;
                simulation.pass(Duration.ofSeconds(50));
            }
            assertTrue(waited > 0, "nothing had to wait: the other test shows nothing");
        }
    }

    @Test
    void all_silent_hosts_are_tried_again_and_again_within_their_share() throws Exception {
        try (Simulation simulation = simulation("smtpSend.retryConnectionsPercent=30")) {
            fillWithSilence(simulation);
            simulation.lab().clearFaults();
            simulation.pass(Duration.ofHours(1));
            Set<String> delivered = new HashSet<>();
            for (int i = 0; i < DEAD; i++) {
                if (!simulation.lab().mail("x@dead" + i + ".example", "*", 10).isEmpty()) {
                    delivered.add("dead" + i);
                }
            }
            assertEquals(DEAD, delivered.size());
            assertEquals(List.of(), simulation.server().hostHealth().list(), "whoever is well is not remembered");
        }
    }

    @Test
    void a_message_that_breaks_every_connection_lets_the_others_through() throws Exception {
        try (Simulation simulation = simulation()) {
            simulation.lab().addFault("smtp close stage=content sender=breaker@*");
            simulation.send("breaker@company.com", List.of("x@fabrikam.com"), SimulationTest.TEXT, _ -> {});
            for (int i = 0; i < 3; i++) {
                send(simulation, "behind" + i + "@fabrikam.com");
            }
            simulation.pass(Duration.ofMinutes(5));
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        1,
                        simulation
                                .lab()
                                .mail("behind" + i + "@fabrikam.com", "*", 10)
                                .size(),
                        "behind" + i);
            }
            assertEquals(0, simulation.lab().mail("x@fabrikam.com", "*", 10).size(), "and that one waits");
            simulation.lab().clearFaults();
            simulation.pass(Duration.ofMinutes(5));
            assertEquals(1, simulation.lab().mail("x@fabrikam.com", "*", 10).size());
        }
    }
}
