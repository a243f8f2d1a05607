package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.Settings;
import dev.tarry.server.Plan;
import dev.tarry.server.TransportService;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A small story of everything that a store is for, once for each of its calls, with that call failing.
final class EveryNthCallTest {
    /// A story that makes more calls than this to its store is no small one.
    private static final int MOST_CALLS = 400;

    /// `-Dtarry.everyCall=true` leaves none out; else of the later ones each 17th fails.
    private static final boolean ALL = Boolean.getBoolean("tarry.everyCall");

    private static final int STRIDE = 17;

    private static final Plan PLAN = Plan.of(Settings.defaults(), ZoneOffset.UTC);

    @TestFactory
    Stream<DynamicTest> whichever_call_fails_nothing_is_lost_and_the_store_is_opened_again() {
        return Stream.of(
                        "fail operation=commit",
                        "full operation=commit",
                        "torn operation=commit",
                        "fail operation=read",
                        "corrupt operation=read",
                        "fail operation=open")
                .map(fault -> DynamicTest.dynamicTest(fault, () -> {
                    int n = 1;
                    while (struck(fault, n)) {
                        n += ALL || n < 25 ? 1 : STRIDE;
                        assertTrue(n < MOST_CALLS, "it never ends");
                    }
                    assertTrue(n > 1, "there is such a call");
                }));
    }

    /// @return whether there is an nth call, which has failed
    private static boolean struck(String fault, int n) {
        String what = "store " + fault + " every=" + n + " first=1";
        try (Simulation simulation = new Simulation("nth-" + what, 1, PLAN, _ -> {})) {
            simulation.lab().addFault("dns servfail name=*fabrikam.com");
            long id = simulation.lab().addFault(what).id();
            Truth truth = new Truth(simulation);
            truth.failingDisk();
            Instant end = simulation.time().instant().plus(Duration.ofHours(60));
            send(simulation, truth, "one", List.of("a@gmail.com", "b@outlook.com"));
            send(simulation, truth, "two", List.of("c@company.com"));
            send(simulation, truth, "three", List.of("d@fabrikam.com", "e@gmail.com"));
            send(simulation, truth, "four", List.of("f@company.com", "g@nowhere.invalid"));
            until(simulation, truth, simulation.time().instant().plus(Duration.ofHours(1)));
            simulation.server().service().restart();
            until(simulation, truth, simulation.time().instant().plus(Duration.ofHours(1)));
            if (simulation.server().service().status() != TransportService.Status.RUNNING) {
                simulation.await(simulation.server().service().start()); // it found the disk broken, and said so
            }
            send(simulation, truth, "five", List.of("h@gmail.com"));
            until(simulation, truth, end);
            simulation.look(truth::settled);
            return simulation.lab().faults().stream().anyMatch(one -> one.id() == id && one.fired() > 0);
        } catch (RuntimeException | AssertionError failed) {
            throw new AssertionError(what + ": " + failed.getMessage(), failed);
        }
    }

    /// What is refused may be there all the same: nobody knows what of it has reached the disk. So each try is a
    /// message of its own.
    private static void send(Simulation simulation, Truth truth, String name, List<String> to) {
        List<SimulatedClient.To> recipients =
                to.stream().map(SimulatedClient.To::plain).toList();
        Set<String> refused = new TreeSet<>();
        boolean[] accepted = {false};
        for (int tries = 0; tries < 5 && !accepted[0]; tries++) {
            String once = name + tries;
            Instant sent = simulation.time().instant();
            String text = Truth.text(once, "alice@company.com", recipients);
            simulation.sendTo("alice@company.com", recipients, text, outcome -> {
                if (outcome.accepted()) {
                    accepted[0] = true;
                    truth.promised(once, "alice@company.com", recipients, sent);
                } else {
                    refused.add(outcome.lastReply());
                }
            });
            until(simulation, truth, simulation.time().instant().plus(Duration.ofSeconds(10)));
        }
        assertTrue(accepted[0], () -> "it is never taken: " + refused);
        assertTrue(refused.stream().allMatch(reply -> reply.startsWith("452 4.3.1")), refused::toString);
    }

    private static void until(Simulation simulation, Truth truth, Instant limit) {
        while (simulation.step(limit)) {
            simulation.look(truth::holds);
        }
        simulation.look(truth::holds);
    }
}
