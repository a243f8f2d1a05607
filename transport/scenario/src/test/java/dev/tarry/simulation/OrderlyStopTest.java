package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.Settings;
import dev.tarry.server.Plan;
import dev.tarry.tracking.TrackingEvent;
import dev.tarry.tracking.TrackingEvent.Event;
import dev.tarry.tracking.TrackingSink;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that is told to end lets hosts say what they have to say of the message they have in hand.
final class OrderlyStopTest {
    private static final int MESSAGES = 12;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 8, 11})
    void nothing_is_delivered_twice_or_lost_over_an_orderly_stop_in_the_middle(int stopAfter) throws Exception {
        Plan plan = Plan.of(Settings.defaults(), ZoneOffset.UTC);
        Watch watch = new Watch(stopAfter);
        try (Simulation simulation = new Simulation("stop-" + stopAfter, stopAfter, plan, watch)) {
            watch.simulation = simulation;
            List<SimulatedClient.Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                simulation.send(
                        "a@company.com", List.of("user" + i + "@gmail.com"), SimulationTest.TEXT, outcomes::add);
            }
            simulation.pass(Duration.ofSeconds(1));
            assertTrue(watch.stopped, "it was stopped in the middle");
            simulation.kill();
            simulation.start();
            simulation.pass(Duration.ofMinutes(10));
            long accepted =
                    outcomes.stream().filter(SimulatedClient.Outcome::accepted).count();
            assertEquals(
                    accepted, simulation.lab().mail("*@gmail.com", "*", 100).size());
        }
    }

    /// Tells the server to end when so many messages were sent, and takes its life as soon as it says that it may go.
    private static final class Watch implements TrackingSink {
        private final int stopAfter;
        private Simulation simulation;
        private int sent;
        private boolean stopped;

        Watch(int stopAfter) {
            this.stopAfter = stopAfter;
        }

        @Override
        public void write(TrackingEvent event) {
            sent += event.event() == Event.SEND ? 1 : 0;
            if (!stopped && sent >= stopAfter) {
                stopped = true;
                simulation.server().stop().whenComplete((_, _) -> simulation.killAfter(1));
            }
        }
    }
}
