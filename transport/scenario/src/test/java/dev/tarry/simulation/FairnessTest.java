package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.Settings;
import dev.tarry.server.Plan;
import dev.tarry.tracking.TrackingEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// One huge queue and many small ones want the few connections that there are. Messages are counted, not time: each
/// takes a second of the lab's.
final class FairnessTest {
    /// More of them with `-Dtarry.fair.small=10000 -Dtarry.fair.huge=100000`, which takes some minutes.
    private static final int SMALL_QUEUES = Integer.getInteger("tarry.fair.small", 100);

    private static final int HUGE_QUEUE = Integer.getInteger("tarry.fair.huge", 1_000);
    private static final int SLOTS = 25;
    private static final String TEXT = "Subject: x\r\n\r\nx\r\n";

    private int small;
    private int huge;
    private int hugeWhenSmallWereDone;
    private int smallWhenHugeBegan = -1;
    private Instant smallDone;

    private Plan plan(boolean connected) throws Exception {
        return Plan.of(
                Settings.load(
                        Optional.empty(),
                        Map.of(),
                        List.of(
                                "sendConnectors[Internet].enabled=" + connected,
                                "transport.maxPerDomainOutboundConnections=" + SLOTS,
                                "transport.maxOutboundConnections=" + SLOTS)),
                ZoneOffset.UTC);
    }

    private void tracked(TrackingEvent event) {
        if (event.event() != TrackingEvent.Event.SEND) {
            return;
        }
        if (event.recipients().getFirst().toString().contains("@gmail.com")) {
            smallWhenHugeBegan = smallWhenHugeBegan < 0 ? small : smallWhenHugeBegan;
            huge++;
        } else if (++small == SMALL_QUEUES) {
            hugeWhenSmallWereDone = huge;
        }
    }

    @Test
    void nobody_starves_where_one_queue_is_huge_and_many_are_small() throws Exception {
        try (Simulation simulation = new Simulation("fairness", 1, plan(false), this::tracked)) {
            simulation.lab().addFault("smtp delay stage=eod by=1s");
            for (int i = 0; i < HUGE_QUEUE; i++) {
                simulation.send("a@company.com", List.of("u@gmail.com"), TEXT, _ -> {});
                simulation.run();
            }
            for (int i = 0; i < SMALL_QUEUES; i++) {
                simulation.send("a@company.com", List.of("u@d" + i + ".example"), TEXT, _ -> {});
                simulation.run();
            }
            assertEquals(0, huge + small, "all of it waits for a way out");

            Instant began = simulation.time().instant();
            simulation.apply(plan(true));
            for (int seconds = 0; huge + small < HUGE_QUEUE + SMALL_QUEUES; seconds++) {
                assertTrue(seconds < 4 * (HUGE_QUEUE + SMALL_QUEUES) / SLOTS + 120, this::toString);
                simulation.pass(Duration.ofSeconds(1));
                assertTrue(simulation.connections() <= SLOTS);
                if (small == SMALL_QUEUES && smallDone == null) {
                    smallDone = simulation.time().instant();
                }
            }
            long seconds = Duration.between(began, simulation.time().instant()).toSeconds();
            if (System.getProperty("tarry.fair.huge") != null) {
                System.out.println(this + "; all was done after " + seconds + " s");
            }
            assertTrue(smallWhenHugeBegan < SLOTS, this::toString);
            assertTrue(hugeWhenSmallWereDone > 0, this::toString);
            // so many had been sent of the huge queue as the small ones left room for, and no more than its share
            assertTrue(
                    Duration.between(began, smallDone).toSeconds() <= 2L * SMALL_QUEUES / SLOTS + 60, this::toString);
            assertTrue(seconds <= (HUGE_QUEUE + SMALL_QUEUES) * 3L / 2 / SLOTS + 60, "connections stood idle: " + this);
        }
    }

    @Override
    public String toString() {
        return HUGE_QUEUE + " messages in one queue, " + SMALL_QUEUES + " queues of one, " + SLOTS + " connections: "
                + small
                + " small ones and " + huge + " of the huge one are sent; when the huge one began " + smallWhenHugeBegan
                + " small ones were done, when the last small one was, " + hugeWhenSmallWereDone + " of the huge one";
    }
}
