package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.Settings;
import dev.tarry.lab.mx.SessionSearch;
import dev.tarry.queue.QueueStatus;
import dev.tarry.queue.QueueView;
import dev.tarry.server.Plan;
import dev.tarry.tracking.TrackingEvent;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the server makes of a host that misbehaves: how the queue stands, in which words, and that the
/// message gets there when the weather is good again, once, or twice where the host had it and did not say so.
final class HostFaultsTest {
    private static final String LOST = "421 4.4.2 Connection dropped due to ConnectionReset";
    private static final String SILENT = "421 4.4.2 Connection dropped due to TimedOut";

    /// @param queue what its last error says while the fault stands; `sent` if it is done with, `failed`
    ///     if the sender was told of a failure
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smtp reply stage=banner code=554 text=no | 554 no | 1",
                "smtp reply stage=banner code=421 text=no | 421 no | 1",
                "smtp close stage=banner | LOST | 1",
                "smtp reset stage=banner | LOST | 1",
                "smtp stall stage=banner | SILENT | 1",
                "smtp delay stage=banner by=20m | SILENT | 1",
                "smtp drip stage=banner by=1m | SILENT | 1",
                "smtp half stage=banner then=stall | SILENT | 1",
                "smtp raw stage=banner text=hello\\r\\n | hello | 1",
                "smtp close stage=ehlo | LOST | 1",
                "smtp stall stage=ehlo | SILENT | 1",
                "smtp half stage=ehlo then=close | LOST | 1",
                "smtp reply stage=ehlo code=502 text=no | sent | 1",
                "smtp reply stage=mail code=451 text=no | 451 no | 1",
                "smtp reply stage=mail code=550 text=no | failed | 0",
                "smtp reply stage=mail code=251 text=yes | sent | 1",
                "smtp close stage=mail | LOST | 1",
                "smtp halfclose stage=mail | LOST | 1",
                "smtp stall stage=mail | SILENT | 1",
                "smtp raw stage=mail text=25O\\r\\n | 25O | 1",
                "smtp reply stage=rcpt code=450 text=no | 450 no | 1",
                "smtp close stage=rcpt | LOST | 1",
                "smtp delay stage=rcpt by=1m | sent | 1",
                "smtp greylist stage=rcpt wait=3m | sent | 1",
                "smtp greylist stage=rcpt wait=2h | 451 4.7.1 Greylisted | 1",
                "smtp limit stage=rcpt count=0 per=1h | 452 4.7.1 Too much mail | 1",
                "smtp reply stage=data code=451 text=no | 451 no | 1",
                "smtp reply stage=data code=250 text=no | in answer to DATA | 1",
                "smtp close stage=data | LOST | 1",
                "smtp stall stage=data | SILENT | 1",
                "smtp reply stage=content code=452 text=no | 452 no | 1",
                "smtp reply stage=content code=421 text=no | 421 no | 1",
                "smtp close stage=content | LOST | 1",
                "smtp reset stage=content octets=20 | LOST | 1",
                "smtp stall stage=content | SILENT | 1",
                "smtp reply stage=eod code=451 text=no | 451 no | 1",
                "smtp reply stage=eod code=354 text=no | in answer to the end of data | 1",
                "smtp close stage=eod | LOST | 1",
                "smtp stall stage=eod | SILENT | 1",
                "smtp half stage=eod then=stall | SILENT | 1",
                "smtp half stage=eod then=close | LOST | 1",
                "smtp drip stage=eod by=1m | SILENT | 1",
                "smtp raw stage=eod text=25O\\r\\n | 25O | 1",
                "smtp close stage=kept first=1 | sent | 2",
                "smtp stall stage=kept first=1 | sent | 2",
                "smtp reply stage=kept code=451 first=1 | sent | 2",
                "smtp reply stage=kept code=550 | failed | 1",
                "smtp close stage=between | sent | 1",
                "smtp reply stage=between code=421 | sent | 1",
                "smtp raw stage=between text=what\\r\\n | sent | 1",
                "smtp stall stage=between | sent | 1",
                "smtp close stage=quit | sent | 1",
                "smtp stall stage=quit | sent | 1",
                "smtp raw stage=quit text=what\\r\\n | sent | 1",
                "smtp bounce stage=eod after=20m | failed | 0",
                "tls strip | sent | 1",
            })
    void the_server_waits_says_why_and_delivers_in_the_end(String line, String queue, int copies) throws Exception {
        List<TrackingEvent> tracked = new ArrayList<>();
        try (Simulation simulation =
                new Simulation("host " + line, 1, Plan.of(Settings.defaults(), ZoneOffset.UTC), tracked::add)) {
            simulation.lab().addFault(line.replace("text=", "text=\"").replaceAll("(text=\"[^ ]*)", "$1\""));
            simulation.send("a@company.com", List.of("b@fabrikam.com"), SimulationTest.TEXT, _ -> {});
            simulation.pass(Duration.ofMinutes(50));
            String expected = switch (queue) {
                case "LOST" -> LOST;
                case "SILENT" -> SILENT;
                default -> queue;
            };
            List<QueueView> before = waiting(simulation);
            if (queue.equals("sent") || queue.equals("failed")) {
                assertEquals(List.of(), before);
            } else {
                assertEquals(1, before.size(), () -> tracked.toString());
                String error = tracked.stream()
                        .filter(event -> event.toString().contains("DEFER"))
                        .toList()
                        .toString();
                assertTrue(
                        before.getFirst().lastError().toString().contains(expected) || error.contains(expected),
                        () -> before + " " + tracked);
                assertEquals(0, received(simulation));
            }
            simulation.lab().clearFaults();
            simulation.pass(Duration.ofHours(2));
            assertEquals(List.of(), waiting(simulation));
            assertEquals(copies, received(simulation), () -> tracked.toString());
            assertEquals(
                    queue.equals("failed") ? 1 : 0,
                    simulation.store().items("a@company.com").size());
            assertTrue(
                    simulation.lab().sessions(SessionSearch.newest(1_000)).stream()
                            .allMatch(session -> session.closed().isPresent()),
                    "a connection is left behind");
            assertEquals(List.of(), simulation.lab().reportsOwed());
        }
    }

    private static List<QueueView> waiting(Simulation simulation) {
        return simulation.await(simulation.server().queues().views()).stream()
                .filter(view ->
                        view.messageCount() > 0 || view.connections() > 0 || view.status() == QueueStatus.ACTIVE)
                .toList();
    }

    private static int received(Simulation simulation) {
        return simulation.lab().mail("b@fabrikam.com", "*", 100).size();
    }
}
