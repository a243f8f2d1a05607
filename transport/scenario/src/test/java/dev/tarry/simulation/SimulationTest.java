package dev.tarry.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.config.Settings;
import dev.tarry.server.Plan;
import dev.tarry.tracking.TrackingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SimulationTest {
    static final String TEXT = "From: a@company.com\r\nSubject: hello\r\n\r\n.a dot\r\nhello\r\n";

    @Test
    void a_message_to_gmail_arrives_octet_for_octet() throws Exception {
        List<TrackingEvent> tracked = new ArrayList<>();
        try (Simulation simulation =
                new Simulation("arrives", 1, Plan.of(Settings.defaults(), ZoneOffset.UTC), tracked::add)) {
            List<SimulatedClient.Outcome> outcomes = new ArrayList<>();
            simulation.send("a@company.com", List.of("user@gmail.com"), TEXT, outcomes::add);
            simulation.pass(Duration.ofMinutes(1));
            assertTrue(outcomes.getFirst().accepted(), () -> outcomes + " " + tracked);
            var mail = simulation.lab().mail("user@gmail.com", "*", 10);
            assertEquals(1, mail.size(), () -> tracked.toString());
            String received = new String(
                    simulation.lab().content(mail.getFirst().id()).orElseThrow().readAllBytes(),
                    StandardCharsets.ISO_8859_1);
            assertTrue(received.endsWith(TEXT.substring(TEXT.indexOf("From:"))), received);
        }
    }
}
